// Floor 0. Sources: see letters.h.
#include "base/letters.h"

#include <algorithm>

namespace testudo {
namespace {

struct Range {
  char32_t first, last;
  Letter letter;
};

// In order, without overlap; what lies between is a letter of a name.
constexpr std::array ranges = {
    Range{0x0080, 0x00A9, Letter::boundary},   // C1, no-break space, Latin-1 signs
    Range{0x00AB, 0x00AC, Letter::boundary},   // «
    Range{0x00AD, 0x00AD, Letter::ignorable},  // soft hyphen
    Range{0x00AE, 0x00B1, Letter::boundary},
    Range{0x00B4, 0x00B4, Letter::boundary},  // acute accent
    Range{0x00B6, 0x00B6, Letter::boundary},
    Range{0x00B8, 0x00B8, Letter::boundary},
    Range{0x00BB, 0x00BB, Letter::boundary},   // »
    Range{0x00BF, 0x00BF, Letter::boundary},   // ¿
    Range{0x00D7, 0x00D7, Letter::boundary},   // ×
    Range{0x00F7, 0x00F7, Letter::boundary},   // ÷
    Range{0x034F, 0x034F, Letter::ignorable},  // combining grapheme joiner
    Range{0x037E, 0x037E, Letter::boundary},   // Greek question mark
    Range{0x0589, 0x058F, Letter::boundary},   // Armenian punctuation
    Range{0x0590, 0x060B, Letter::apart},      // Hebrew, Arabic
    Range{0x060C, 0x060D, Letter::boundary},   // Arabic comma
    Range{0x060E, 0x061A, Letter::apart},
    Range{0x061B, 0x061B, Letter::boundary},   // Arabic semicolon
    Range{0x061C, 0x061C, Letter::ignorable},  // Arabic letter mark
    Range{0x061D, 0x061F, Letter::boundary},   // Arabic question mark
    Range{0x0620, 0x06D3, Letter::apart},
    Range{0x06D4, 0x06D4, Letter::boundary},  // Arabic full stop
    Range{0x06D5, 0x08FF, Letter::apart},
    Range{0x0964, 0x0965, Letter::boundary},  // danda
    Range{0x0E00, 0x0EFF, Letter::apart},     // Thai, Lao
    Range{0x1000, 0x109F, Letter::apart},     // Myanmar
    Range{0x1100, 0x11FF, Letter::apart},     // Hangul letters
    Range{0x1680, 0x1680, Letter::boundary},  // Ogham space
    Range{0x1780, 0x17B3, Letter::apart},     // Khmer
    Range{0x17B4, 0x17B5, Letter::ignorable},
    Range{0x17B6, 0x17FF, Letter::apart},
    Range{0x180B, 0x180F, Letter::ignorable},  // Mongolian variation selectors, vowel separator
    Range{0x2000, 0x200A, Letter::boundary},   // spaces
    Range{0x200B, 0x200F, Letter::ignorable},  // zero-width space and joiners, direction marks
    Range{0x2010, 0x2023, Letter::boundary},   // dashes, quotes, bullets
    Range{0x2024, 0x2024, Letter::dot},        // one dot leader
    Range{0x2025, 0x2029, Letter::boundary},   // …
    Range{0x202A, 0x202E, Letter::ignorable},  // embedding, override
    Range{0x202F, 0x205F, Letter::boundary},
    Range{0x2060, 0x206F, Letter::ignorable},  // word joiner, invisible operators, isolates
    Range{0x2190, 0x2BFF, Letter::apart},      // arrows, signs, dingbats
    Range{0x2E00, 0x2E7F, Letter::boundary},   // punctuation
    Range{0x2E80, 0x2FFF, Letter::apart},      // radicals
    Range{0x3000, 0x3001, Letter::boundary},   // ideographic space, comma
    Range{0x3002, 0x3002, Letter::dot},        // ideographic full stop
    Range{0x3003, 0x3003, Letter::boundary},
    Range{0x3004, 0x3007, Letter::apart},
    Range{0x3008, 0x3020, Letter::boundary},   // brackets
    Range{0x3021, 0x3163, Letter::apart},      // Kana, Bopomofo, Hangul
    Range{0x3164, 0x3164, Letter::ignorable},  // Hangul filler
    Range{0x3165, 0xA4CF, Letter::apart},      // Han, Yi
    Range{0xA960, 0xA97F, Letter::apart},
    Range{0xAC00, 0xD7FF, Letter::apart},      // Hangul
    Range{0xD800, 0xF8FF, Letter::boundary},   // surrogates, private use
    Range{0xF900, 0xFAFF, Letter::apart},      // Han
    Range{0xFB1D, 0xFDFF, Letter::apart},      // Hebrew, Arabic
    Range{0xFE00, 0xFE0F, Letter::ignorable},  // variation selectors
    Range{0xFE10, 0xFE1F, Letter::boundary},
    Range{0xFE30, 0xFE51, Letter::boundary},  // compatibility punctuation
    Range{0xFE52, 0xFE52, Letter::dot},       // small full stop
    Range{0xFE53, 0xFE6F, Letter::boundary},
    Range{0xFE70, 0xFEFE, Letter::apart},      // Arabic
    Range{0xFEFF, 0xFEFF, Letter::ignorable},  // byte order mark
    Range{0xFF00, 0xFF0C, Letter::boundary},   // full-width punctuation
    Range{0xFF0E, 0xFF0E, Letter::dot},        // full-width full stop
    Range{0xFF0F, 0xFF0F, Letter::boundary},
    Range{0xFF1A, 0xFF20, Letter::boundary},
    Range{0xFF3B, 0xFF3E, Letter::boundary},
    Range{0xFF40, 0xFF40, Letter::boundary},
    Range{0xFF5B, 0xFF60, Letter::boundary},
    Range{0xFF61, 0xFF61, Letter::dot},  // half-width ideographic full stop
    Range{0xFF62, 0xFF65, Letter::boundary},
    Range{0xFF66, 0xFF9F, Letter::apart},      // half-width Katakana
    Range{0xFFA0, 0xFFA0, Letter::ignorable},  // half-width Hangul filler
    Range{0xFFA1, 0xFFDC, Letter::apart},
    Range{0xFFE0, 0xFFFF, Letter::boundary},
    Range{0x1F000, 0x1FAFF, Letter::apart},      // emoji
    Range{0x20000, 0x3FFFF, Letter::apart},      // Han
    Range{0xE0000, 0xE0FFF, Letter::ignorable},  // tags, variation selectors
    Range{0xF0000, 0x10FFFF, Letter::boundary},  // private use
};

}  // namespace

Letter letter_of(char32_t code_point) {
  if (code_point < 0x80) return letters_detail::ascii[code_point];
  const auto after = std::ranges::upper_bound(ranges, code_point, {}, &Range::first);
  if (after == ranges.begin()) return Letter::name;
  const Range& range = *std::prev(after);
  return code_point <= range.last ? range.letter : Letter::name;
}

}  // namespace testudo
