// text_encoding.h.
#include "intel/feed/text_encoding.h"

#include <array>
#include <cstdint>

#include "base/text.h"

namespace testudo {
namespace {

enum class Encoding : std::uint8_t { octets, utf8_mark, utf16le_mark, utf16be_mark, utf16le, utf16be };

Encoding encoding_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) return Encoding::utf8_mark;
  if (text.starts_with("\xFF\xFE")) return Encoding::utf16le_mark;
  if (text.starts_with("\xFE\xFF")) return Encoding::utf16be_mark;
  const auto zeros_at = [&](std::size_t parity) {
    if (text.size() < 6) return false;
    for (std::size_t i = 0; i < 6; ++i)
      if ((text[i] == '\0') != (i % 2 == parity)) return false;
    return true;
  };
  if (zeros_at(1)) return Encoding::utf16le;
  if (zeros_at(0)) return Encoding::utf16be;
  return Encoding::octets;
}

// Unicode of the octets 0x80 to 0x9F. Source: WHATWG Encoding, index windows-1252.
constexpr std::array<std::uint16_t, 32> windows_1252{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                     0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

}  // namespace

bool is_utf16(std::string_view text) {
  const Encoding encoding = encoding_of(text);
  return encoding != Encoding::octets && encoding != Encoding::utf8_mark;
}

std::string_view decoded(std::string_view text, std::string& owned) {
  switch (encoding_of(text)) {
    case Encoding::utf8_mark:
      return text.substr(3);
    case Encoding::utf16le_mark:
      return owned = utf16le_to_utf8(as_bytes(text.substr(2)));
    case Encoding::utf16be_mark:
      return owned = utf16be_to_utf8(as_bytes(text.substr(2)));
    case Encoding::utf16le:
      return owned = utf16le_to_utf8(as_bytes(text));
    case Encoding::utf16be:
      return owned = utf16be_to_utf8(as_bytes(text));
    case Encoding::octets:
      break;
  }
  return text;
}

std::string from_windows_1252(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char octet : text) {
    const auto c = static_cast<unsigned char>(octet);
    append_utf8(out, c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80U] : c);
  }
  return out;
}

}  // namespace testudo
