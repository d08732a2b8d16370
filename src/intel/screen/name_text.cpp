// Splits and transliterates names (name_text.h).
#include "intel/screen/name_text.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "intel/screen/name_scripts.h"
#include "intel/screen/name_tables.h"

namespace testudo {
namespace {

constexpr std::size_t max_octets = 1024, max_words = 48, max_letters = 64;

const icu::Transliterator* transliterator(const char* rules) {
  UErrorCode status = U_ZERO_ERROR;
  const auto made = icu::Transliterator::createInstance(rules, UTRANS_FORWARD, status);
  return U_SUCCESS(status) ? made : nullptr;
}
// One for the life of the process: making one takes milliseconds; transliterate() is const and guards its own state.
const icu::Transliterator* any_to_latin() {
  static const icu::Transliterator* const instance = transliterator("Any-Latin; Latin-ASCII; Lower");
  return instance;
}
const icu::Transliterator* simplified() {
  static const icu::Transliterator* const instance = transliterator("Traditional-Simplified");
  return instance;
}
const icu::Normalizer2* folding() {
  UErrorCode status = U_ZERO_ERROR;
  return icu::Normalizer2::getNFKCCasefoldInstance(status);
}
const icu::Normalizer2* decomposing() {
  UErrorCode status = U_ZERO_ERROR;
  return icu::Normalizer2::getNFDInstance(status);
}

std::u32string code_points(const icu::UnicodeString& text) {
  std::u32string points;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
    points += static_cast<char32_t>(text.char32At(i));
  return points;
}

bool is_ascii_alnum(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

void append_ascii(std::string& out, std::string_view text) {
  for (const char c : text) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (is_ascii_alnum(static_cast<unsigned char>(low)) && out.size() < max_letters) out.push_back(low);
  }
}

// Scripts that ICU has no rules for (Khmer, Lao, Tibetan …): the last word of each character's Unicode name, "KHMER
// LETTER BA" gives b and "KHMER VOWEL SIGN U" u. Muusikatoan turns ba into pa (Unicode, chapter 16.4).
void append_by_character_names(std::string& out, std::u32string_view word) {
  for (const char32_t c : word) {
    char buffer[128];
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t size = u_charName(static_cast<UChar32>(c), U_UNICODE_CHAR_NAME, buffer, sizeof buffer, &status);
    const std::string_view name(buffer, U_SUCCESS(status) && size > 0 ? static_cast<std::size_t>(size) : 0);
    const std::string_view last = name.substr(name.rfind(' ') == std::string_view::npos ? 0 : name.rfind(' ') + 1);
    if (name.find("LETTER") != std::string_view::npos) {
      append_ascii(out, last.substr(0, last.find_first_of("AEIOU")));
    } else if (name.find("VOWEL") != std::string_view::npos) {
      append_ascii(out, last);
    } else if (last == "MUUSIKATOAN" && !out.empty() && out.back() == 'b') {
      out.back() = 'p';
    }
  }
}

void append_by_icu(std::string& out, std::u32string_view word) {
  if (any_to_latin() == nullptr) return;
  const std::size_t before = out.size();
  icu::UnicodeString text;
  for (const char32_t c : word) text.append(static_cast<UChar32>(c));
  any_to_latin()->transliterate(text);
  std::string latin;
  append_ascii(out, text.toUTF8String(latin));
  if (out.size() == before) append_by_character_names(out, word);
}

NameScript script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_LATIN:
      return NameScript::latin;
    case USCRIPT_CYRILLIC:
      return NameScript::cyrillic;
    case USCRIPT_GREEK:
      return NameScript::greek;
    case USCRIPT_ARABIC:
      return NameScript::arabic;
    case USCRIPT_HEBREW:
      return NameScript::hebrew;
    case USCRIPT_HAN:
      return NameScript::han;
    case USCRIPT_HANGUL:
      return NameScript::hangul;
    case USCRIPT_KATAKANA:
    case USCRIPT_HIRAGANA:
      return NameScript::kana;
    case USCRIPT_COMMON:
      return c == U'ー' ? NameScript::kana : NameScript::latin;
    default:
      return NameScript::other;
  }
}

// Marks that sit on a letter: dropped where a table reads the letters, kept where they are vowels (Devanagari, Thai …).
bool is_mark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == '`' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BF || c == 0x02BE ||
         c == 0xB4 || c == 0x2032 || c == 0x05F3 || c == 0x05F4 || c == 0x02B9 || c == 0x02BB || c == 0x0640 ||
         c == 0x200C || c == 0x200D || c == 0x200B || c == 0x00AD || c == 0x0674;
}

void append_latin(std::string& out, char32_t c) {
  if (c < 0x80) return append_ascii(out, std::string(1, static_cast<char>(c)));
  if (const std::string_view known = latin_letter(c); !known.empty()) return append_ascii(out, known);
  icu::UnicodeString parts;
  if (!decomposing()->getDecomposition(static_cast<UChar32>(c), parts)) return append_by_icu(out, std::u32string(1, c));
  for (const char32_t part : code_points(parts)) {
    if (is_mark(part)) continue;
    if (part < 0x80) {
      append_ascii(out, std::string(1, static_cast<char>(part)));
    } else if (const std::string_view known = latin_letter(part); !known.empty()) {
      append_ascii(out, known);
    }
  }
}

// Scripts of northern India write a final "a" that nobody says: "राजेश" is Rajesh. Behind two consonants it is said:
// "नरेन्द्र" is Narendra.
bool ends_unspoken(std::u32string_view word) {
  const auto joins = [](char32_t c) { return c == 0x094D || c == 0x09CD || c == 0x0A4D || c == 0x0ACD; };  // virama
  if (word.size() > 1 && joins(word[word.size() - 2])) return false;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(word.back()), &status);
  return (script == USCRIPT_DEVANAGARI || script == USCRIPT_BENGALI || script == USCRIPT_GUJARATI ||
          script == USCRIPT_GURMUKHI) &&
         !is_mark(word.back());
}

// Letters that Persian, Urdu and Pashto write and Arabic does not; an end and a beginning of Persian names.
bool is_persian(const std::u32string& text) {
  return text.find_first_of(U"پچژگکیۀہٹڈړښګۍې") != std::u32string::npos || text.find(U"زاده") != std::u32string::npos ||
         text.find(U"غلام") != std::u32string::npos;
}

class Words {
 public:
  explicit Words(bool persian = false) : persian_(persian) {}
  void add(char32_t c);
  void end_word();
  std::vector<NameWord> take() {
    end_word();
    join_dotted();
    return std::move(words_);
  }
  bool full() const { return words_.size() >= max_words; }

 private:
  void add_letter(char32_t c, NameScript script);
  void push(NameWord word);
  void mark(NameBreak how);
  void join_dotted();
  std::vector<NameWord> words_;
  std::u32string letters_;
  NameScript script_ = NameScript::latin;
  bool persian_;
  bool mixed_ = false;  // Latin and look-alike letters in one word
  NameBreak before_ = NameBreak::space;
};

void Words::mark(NameBreak how) {
  const bool ends = how == NameBreak::dot && !letters_.empty();
  end_word();
  if (how != NameBreak::space && before_ != NameBreak::comma) before_ = how;
  if (!ends || words_.empty()) return;
  NameWord& ended = words_.back();
  ended.letter = ended.one_letter || (ended.script == NameScript::latin && writes_one_letter(ended.text));
}

void Words::push(NameWord word) {
  if (word.text.empty() || full()) return;
  word.before = before_;
  before_ = NameBreak::space;
  words_.push_back(std::move(word));
}

void Words::add(char32_t c) {
  if (is_apostrophe(c)) return;
  if (c == ',' || c == 0x060C || c == 0x3001 || c == 0xFF0C) return mark(NameBreak::comma);
  if (c == '-' || (c >= 0x2010 && c <= 0x2015)) return mark(NameBreak::hyphen);
  if (c == '.') return mark(NameBreak::dot);
  if (c == '/') return mark(NameBreak::slash);
  if (c == '&' || c == '+') {
    end_word();
    return push({"and"});
  }
  const bool letter = u_isalnum(static_cast<UChar32>(c)) || (is_mark(c) && !letters_.empty()) || c == U'ー';
  if (!letter) return mark(NameBreak::space);
  add_letter(c, is_mark(c) || u_isdigit(static_cast<UChar32>(c)) ? script_ : script_of(c));
}

void Words::add_letter(char32_t c, NameScript script) {
  if (script == NameScript::han || script == NameScript::hangul) {
    end_word();
    NameWord word{.text = "", .script = script, .native = c};
    if (script == NameScript::hangul) {
      append_hangul(word.text, c);
    } else {
      icu::UnicodeString text(static_cast<UChar32>(c));
      if (simplified() != nullptr) simplified()->transliterate(text);
      word.native = static_cast<char32_t>(text.char32At(0));
      append_by_icu(word.text, std::u32string(1, word.native));
    }
    return push(std::move(word));
  }
  if (!letters_.empty() && script != script_) {
    const bool alike = (script == NameScript::latin || script_ == NameScript::latin) &&
                       (script == NameScript::cyrillic || script_ == NameScript::cyrillic ||
                        script == NameScript::greek || script_ == NameScript::greek);
    if (!alike) end_word();
    mixed_ = alike;
  }
  if (letters_.empty() || script != NameScript::latin) script_ = script;
  if (letters_.size() < max_letters) letters_.push_back(c);
}

void Words::end_word() {
  if (letters_.empty()) return;
  NameWord word;
  word.script = script_;
  std::u32string plain;
  for (const char32_t c : letters_) {
    if (!is_mark(c)) plain.push_back(c);
  }
  if (mixed_) {
    word.script = NameScript::latin;
    for (const char32_t c : plain) {
      const char alike = latin_look_alike(c);
      if (alike != '\0') {
        word.text.push_back(alike);
      } else if (script_of(c) == NameScript::cyrillic) {
        append_cyrillic(word.text, std::u32string(1, c));
      } else {
        append_latin(word.text, c);
      }
    }
  } else if (script_ == NameScript::latin) {
    for (const char32_t c : plain) append_latin(word.text, c);
  } else {
    std::u32string digits;
    for (char32_t& c : plain) {
      const std::int32_t digit = u_charDigitValue(static_cast<UChar32>(c));
      if (digit >= 0) digits.push_back(c = static_cast<char32_t>('0' + digit));
    }
    const bool number = !digits.empty() && digits.size() == plain.size();
    if (number) {
      append_ascii(word.text, std::string(digits.begin(), digits.end()));
    } else if (script_ == NameScript::cyrillic) {
      append_cyrillic(word.text, plain);
    } else if (script_ == NameScript::greek) {
      icu::UnicodeString text;
      for (const char32_t c : letters_) text.append(static_cast<UChar32>(c));
      UErrorCode status = U_ZERO_ERROR;
      std::u32string bare;
      for (const char32_t c : code_points(decomposing()->normalize(text, status))) {
        if (!is_mark(c)) bare.push_back(c);
      }
      append_greek(word.text, bare);
    } else if (script_ == NameScript::arabic) {
      // The article is written onto the word; lists write "al-".
      const bool article = plain.size() >= 5 && plain.starts_with(U"ال");
      if (article) push({"al", NameScript::arabic});
      append_arabic(word.text, std::u32string_view(plain).substr(article ? 2 : 0), persian_);
    } else if (script_ == NameScript::hebrew) {
      append_hebrew(word.text, plain);
    } else {
      append_by_icu(word.text, letters_);
      if (word.text.size() > 3 && word.text.back() == 'a' && ends_unspoken(letters_)) word.text.pop_back();
    }
  }
  if (word.text.size() > max_letters) word.text.resize(max_letters);
  word.one_letter = plain.size() == 1 && script_ != NameScript::kana;
  letters_.clear();
  mixed_ = false;
  script_ = NameScript::latin;
  push(std::move(word));
}

// "S.p.A.", "o.o.", "A/S": letters that a full stop or slash keeps apart are one word; so are two that stand alone,
// "J P Morgan", as abbreviations lose their stops.
void Words::join_dotted() {
  std::vector<NameWord> out;
  for (NameWord& word : words_) {
    const bool joins = word.before == NameBreak::dot || word.before == NameBreak::slash;
    const auto is_single = [](const NameWord& w) { return w.text.size() == 1 || w.one_letter || w.letter; };
    if (joins && !out.empty() && is_single(word) && word.script == out.back().script && word.native == 0 &&
        (is_single(out.back()) || out.back().dotted)) {
      if (!out.back().dotted) out.back().letters.push_back(out.back().text);
      out.back().letters.push_back(word.text);
      out.back().text += word.text;
      out.back().dotted = true;
      out.back().letter = false;
    } else {
      out.push_back(std::move(word));
    }
  }
  words_ = std::move(out);
}

std::vector<NameWord> ascii_words(std::string_view name) {
  Words words;
  for (const char c : name) {
    words.add(static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
    if (words.full()) break;
  }
  return words.take();
}

}  // namespace

bool writes_one_letter(std::string_view text) {
  constexpr std::string_view known[] = {"ch", "chr", "kh", "ph", "sh", "shch", "th",
                                        "ts", "ya",  "ye", "yo", "yu", "zh"};
  return std::ranges::find(known, text) != std::end(known);
}

std::vector<NameWord> name_words(std::string_view name) {
  if (name.size() > max_octets) name = name.substr(0, max_octets);
  if (is_ascii(name)) return ascii_words(name);
  const std::string valid = to_utf8(name);
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString folded = folding()->normalize(icu::UnicodeString::fromUTF8(valid), status);
  const std::u32string points = code_points(folded);
  Words words(is_persian(points));
  for (const char32_t c : points) {
    words.add(c);
    if (words.full()) break;
  }
  return words.take();
}

void load_name_tables() {
  name_words("Ünïcode Имя 名 नाम");
  name_tables();
}

}  // namespace testudo
