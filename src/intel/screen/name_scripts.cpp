// The tables of name_scripts.h.
#include "intel/screen/name_scripts.h"

#include <array>
#include <span>

namespace testudo {
namespace {

struct Row {
  char32_t from;
  std::string_view to;
};

// Sorted by code point, for binary search.
constexpr auto cyrillic = std::to_array<Row>({
    {U'а', "a"},  {U'б', "b"},    {U'в', "v"},  {U'г', "g"},  {U'д', "d"},  {U'е', "e"},  {U'ж', "zh"}, {U'з', "z"},
    {U'и', "i"},  {U'й', "y"},    {U'к', "k"},  {U'л', "l"},  {U'м', "m"},  {U'н', "n"},  {U'о', "o"},  {U'п', "p"},
    {U'р', "r"},  {U'с', "s"},    {U'т', "t"},  {U'у', "u"},  {U'ф', "f"},  {U'х', "kh"}, {U'ц', "ts"}, {U'ч', "ch"},
    {U'ш', "sh"}, {U'щ', "shch"}, {U'ъ', ""},   {U'ы', "y"},  {U'ь', ""},   {U'э', "e"},  {U'ю', "yu"}, {U'я', "ya"},
    {U'ѐ', "e"},  {U'ё', "e"},    {U'ђ', "dj"}, {U'ѓ', "gj"}, {U'є', "ye"}, {U'ѕ', "dz"}, {U'і', "i"},  {U'ї', "yi"},
    {U'ј', "j"},  {U'љ', "lj"},   {U'њ', "nj"}, {U'ћ', "c"},  {U'ќ', "kj"}, {U'ѝ', "i"},  {U'ў', "u"},  {U'џ', "dz"},
    {U'ґ', "g"},  {U'ғ', "g"},    {U'җ', "j"},  {U'қ', "k"},  {U'ҝ', "g"},  {U'ң', "ng"}, {U'ү', "u"},  {U'ұ', "u"},
    {U'ҳ', "h"},  {U'ҷ', "j"},    {U'ҹ', "j"},  {U'һ', "h"},  {U'ә', "a"},  {U'ӣ', "i"},  {U'ө', "o"},  {U'ӯ', "u"},
});
constexpr auto greek = std::to_array<Row>({
    {U'α', "a"},  {U'β', "v"},  {U'γ', "g"},  {U'δ', "d"}, {U'ε', "e"}, {U'ζ', "z"}, {U'η', "i"},
    {U'θ', "th"}, {U'ι', "i"},  {U'κ', "k"},  {U'λ', "l"}, {U'μ', "m"}, {U'ν', "n"}, {U'ξ', "x"},
    {U'ο', "o"},  {U'π', "p"},  {U'ρ', "r"},  {U'ς', "s"}, {U'σ', "s"}, {U'τ', "t"}, {U'υ', "y"},
    {U'φ', "f"},  {U'χ', "ch"}, {U'ψ', "ps"}, {U'ω', "o"},
});
constexpr auto arabic = std::to_array<Row>({
    {U'ء', ""},   {U'آ', "a"},  {U'أ', "a"},  {U'ؤ', "u"},  {U'إ', "i"}, {U'ئ', "i"},  {U'ا', "a"},  {U'ب', "b"},
    {U'ة', "a"},  {U'ت', "t"},  {U'ث', "th"}, {U'ج', "j"},  {U'ح', "h"}, {U'خ', "kh"}, {U'د', "d"},  {U'ذ', "dh"},
    {U'ر', "r"},  {U'ز', "z"},  {U'س', "s"},  {U'ش', "sh"}, {U'ص', "s"}, {U'ض', "d"},  {U'ط', "t"},  {U'ظ', "z"},
    {U'ع', "a"},  {U'غ', "gh"}, {U'ف', "f"},  {U'ق', "q"},  {U'ك', "k"}, {U'ل', "l"},  {U'م', "m"},  {U'ن', "n"},
    {U'ه', "h"},  {U'و', "u"},  {U'ى', "a"},  {U'ي', "i"},  {U'ٱ', "a"}, {U'ٹ', "t"},  {U'ټ', "t"},  {U'پ', "p"},
    {U'ځ', "z"},  {U'څ', "ts"}, {U'چ', "ch"}, {U'ڈ', "d"},  {U'ډ', "d"}, {U'ړ', "r"},  {U'ژ', "zh"}, {U'ږ', "g"},
    {U'ښ', "sh"}, {U'ک', "k"},  {U'ګ', "g"},  {U'گ', "g"},  {U'ں', "n"}, {U'ڼ', "n"},  {U'ھ', "h"},  {U'ہ', "h"},
    {U'ۀ', "a"},  {U'ی', "i"},  {U'ې', "e"},  {U'ۍ', "i"},  {U'ے', "e"}, {U'ە', "a"},
});
constexpr auto hebrew = std::to_array<Row>({
    {U'א', "a"},  {U'ב', "b"},  {U'ג', "g"}, {U'ד', "d"}, {U'ה', "h"},  {U'ו', "u"}, {U'ז', "z"},
    {U'ח', "h"},  {U'ט', "t"},  {U'י', "i"}, {U'ך', "k"}, {U'כ', "k"},  {U'ל', "l"}, {U'ם', "m"},
    {U'מ', "m"},  {U'ן', "n"},  {U'נ', "n"}, {U'ס', "s"}, {U'ע', "a"},  {U'ף', "f"}, {U'פ', "p"},
    {U'ץ', "ts"}, {U'צ', "ts"}, {U'ק', "k"}, {U'ר', "r"}, {U'ש', "sh"}, {U'ת', "t"},
});
constexpr auto latin = std::to_array<Row>({
    {U'ß', "ss"}, {U'æ', "ae"}, {U'ð', "d"},  {U'ø', "o"},  {U'þ', "th"}, {U'đ', "d"}, {U'ħ', "h"}, {U'ı', "i"},
    {U'ĸ', "k"},  {U'ł', "l"},  {U'ŋ', "ng"}, {U'œ', "oe"}, {U'ŧ', "t"},  {U'ƒ', "f"}, {U'ɓ', "b"}, {U'ɖ', "d"},
    {U'ɗ', "d"},  {U'ə', "a"},  {U'ɛ', "e"},  {U'ɣ', "g"},  {U'ɨ', "i"},  {U'ƙ', "k"}, {U'ɲ', "n"},
});

std::string_view find(std::span<const Row> rows, char32_t c) {
  for (const Row& row : rows) {
    if (row.from == c) return row.to;
  }
  return {};
}

// αυ, ευ: "av" before vowels and voiced letters, "af" elsewhere; lists write both, the first is kept.
std::string_view greek_pair(char32_t a, char32_t b, bool first) {
  if (a == U'ο' && b == U'υ') return "ou";
  if (a == U'α' && b == U'υ') return "av";
  if (a == U'ε' && b == U'υ') return "ev";
  if (a == U'ε' && b == U'ι') return "ei";
  if (a == U'μ' && b == U'π') return first ? "b" : "mp";
  if (a == U'ν' && b == U'τ') return first ? "d" : "nt";
  if (a == U'γ' && b == U'κ') return first ? "g" : "gk";
  if (a == U'γ' && b == U'γ') return "ng";
  if (a == U'τ' && b == U'σ') return "ts";
  if (a == U'τ' && b == U'ζ') return "tz";
  return {};
}

bool is_arabic_consonant(char32_t c) {
  return c != U'ا' && c != U'و' && c != U'ي' && c != U'ی' && c != U'ى' && c != U'ة' && c != U'أ' && c != U'إ' &&
         c != U'آ';
}

}  // namespace

void append_cyrillic(std::string& out, std::u32string_view word) {
  for (const char32_t c : word) out += find(cyrillic, c);
}

void append_greek(std::string& out, std::u32string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const std::string_view pair = i + 1 < word.size() ? greek_pair(word[i], word[i + 1], i == 0) : std::string_view();
    out += pair.empty() ? find(greek, word[i]) : pair;
    if (!pair.empty()) ++i;
  }
}

// A letter that two letters of Latin would join into another sound: "k" and "h" are no "kh".
bool would_join(const std::string& out, std::string_view letter) {
  return letter == "h" && !out.empty() && std::string_view("kstcgpdz").find(out.back()) != std::string_view::npos;
}

// و and ي are consonants at the beginning of a word and between long vowels, else vowels.
void append_arabic(std::string& out, std::u32string_view word, bool persian) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char32_t c = word[i];
    if (persian && (c == U'ض' || c == U'ذ' || c == U'ث')) {
      out += c == U'ث' ? "s" : "z";
      continue;
    }
    if (c == U'ه' && would_join(out, "h")) out += "e";
    const bool weak = c == U'و' || c == U'ي' || c == U'ی';
    const bool before_vowel = i + 1 < word.size() && !is_arabic_consonant(word[i + 1]);
    if (weak && (i == 0 || before_vowel)) {
      out += c != U'و' ? "y" : persian ? "v" : "w";
    } else {
      out += find(arabic, c);
    }
  }
}

void append_hebrew(std::string& out, std::u32string_view word) {
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool before_yod = i + 1 < word.size() && word[i + 1] == U'י';  // "Levi"
    if (word[i] == U'ו' && (i == 0 || before_yod)) {
      out += "v";
    } else if (word[i] == U'י' && i == 0) {
      out += "y";
    } else {
      const std::string_view letter = find(hebrew, word[i]);
      if (would_join(out, letter)) out += "e";  // "Cohen"
      out += letter;
    }
  }
}

void append_hangul(std::string& out, char32_t syllable) {
  constexpr std::string_view first[] = {"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                        "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
  constexpr std::string_view middle[] = {"a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
                                         "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i"};
  constexpr std::string_view last[] = {"",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
                                       "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"};
  if (syllable < 0xAC00 || syllable > 0xD7A3) return;
  const char32_t index = syllable - 0xAC00;
  out += first[index / 588];
  out += middle[index % 588 / 28];
  out += last[index % 28];
}

char latin_look_alike(char32_t letter) {
  constexpr std::u32string_view looks = U"аеорсухіѕјкмтвнԁҺһοανρτυκι";
  constexpr std::string_view as = "aeopcyxisjkmtbhdhhoavptuki";
  const std::size_t at = looks.find(letter);
  return at == std::u32string_view::npos ? '\0' : as[at];
}

std::string_view latin_letter(char32_t letter) { return find(latin, letter); }

}  // namespace testudo
