// Floor 0. Sources: see link_scan.h; defanged spellings as analysts write them (IODEF and MISP reports, e-mail tools).
#include "base/link_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/letters.h"

namespace testudo {
namespace {

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool is_sign(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '.':
    case ':':
    case '%':
    case '[':
      return true;
    case '\xE2':
    case '\xE3':
    case '\xEF':
      return letter_at(text, at).letter == Letter::dot;
    default:
      return false;
  }
}

#ifdef __SSE2__
// One bit an octet: a sign, or how a look-alike dot's three octets begin.
unsigned signs_of_16(const char* at) {
  const auto same = [](__m128i octets, char c) { return _mm_cmpeq_epi8(octets, _mm_set1_epi8(c)); };
  const __m128i here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 1));
  const __m128i third = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 2));
  const __m128i ascii =
      _mm_or_si128(_mm_or_si128(same(here, '.'), same(here, ':')), _mm_or_si128(same(here, '%'), same(here, '[')));
  const __m128i ideographic = _mm_and_si128(same(here, '\xE3'), same(next, '\x80'));
  const __m128i leader = _mm_and_si128(same(here, '\xE2'), _mm_and_si128(same(next, '\x80'), same(third, '\xA4')));
  const __m128i small = _mm_and_si128(same(next, '\xB9'), same(third, '\x92'));
  const __m128i wide =
      _mm_and_si128(same(here, '\xEF'), _mm_or_si128(_mm_or_si128(same(next, '\xBC'), same(next, '\xBD')), small));
  return static_cast<unsigned>(
      _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(ascii, leader), _mm_or_si128(ideographic, wide))));
}
#endif

// What an octet does to an address in running text.
enum class UrlOctet : std::uint8_t { part, stop, decode };
constexpr std::array<UrlOctet, 256> make_url_octets() {
  std::array<UrlOctet, 256> table{};
  for (unsigned c = 0; c <= 0x20; ++c) table[c] = UrlOctet::stop;
  for (unsigned c = 0x80; c <= 0xFF; ++c) table[c] = UrlOctet::decode;
  table[0x7F] = table['"'] = table['<'] = table['>'] = table['`'] = UrlOctet::stop;
  return table;
}
constexpr std::array<UrlOctet, 256> url_octets = make_url_octets();

struct Defanged {
  std::string_view spelling, plain;
};
// Longest first where one begins another.
constexpr std::array defanged_signs = {
    Defanged{"[.]", "."},   Defanged{"(.)", "."},   Defanged{"{.}", "."},     Defanged{"[dot]", "."},
    Defanged{"{dot}", "."}, Defanged{"(dot)", "."}, Defanged{"[://]", "://"}, Defanged{"[:]", ":"},
    Defanged{"[/]", "/"},   Defanged{"[@]", "@"},   Defanged{"[at]", "@"},    Defanged{"[.", "."},
    Defanged{"\\.", "."},
};

const Defanged* defanged_at(std::string_view text, std::size_t at) {
  const char first = text[at];
  if (first != '[' && first != '(' && first != '{' && first != '\\') return nullptr;
  for (const Defanged& sign : defanged_signs)
    if (equals_ignoring_case(text.substr(at, sign.spelling.size()), sign.spelling)) return &sign;
  return nullptr;
}

}  // namespace

std::size_t next_sign(std::string_view text, std::size_t from) {
  std::size_t at = from;
#ifdef __SSE2__
  for (; at + 18 <= text.size(); at += 16) {
    for (unsigned bits = signs_of_16(text.data() + at); bits != 0; bits &= bits - 1) {
      const std::size_t found = at + static_cast<std::size_t>(std::countr_zero(bits));
      if (is_sign(text, found)) return found;
    }
  }
#endif
  while (at < text.size() && !is_sign(text, at)) ++at;
  return std::min(at, text.size());
}

bool is_web_scheme(std::string_view scheme) {
  constexpr std::array<std::string_view, 7> schemes = {"https", "http", "hxxps", "hxxp", "ftp", "wss", "ws"};
  return std::ranges::any_of(schemes, [&](std::string_view s) { return equals_ignoring_case(s, scheme); });
}

bool is_escape(std::string_view text, std::size_t at) {
  return at + 2 < text.size() && text[at] == '%' && nibble(text[at + 1]) >= 0 && nibble(text[at + 2]) >= 0;
}

std::size_t defanged_size(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const Defanged* sign = defanged_at(text, at);
  return sign == nullptr ? 0 : sign->spelling.size();
}

std::size_t name_begin(std::string_view text, std::size_t at, std::size_t floor) {
  bool dot = at < text.size() && letter_at(text, at).letter == Letter::dot;
  while (at > floor) {
    while (at > floor && is_name_octet(text[at - 1])) --at, dot = false;
    if (at == floor) break;
    const LetterAt before = letter_before(text, at);
    if (before.letter == Letter::boundary || before.size > at - floor) break;
    if (before.letter == Letter::dot && dot) break;
    if (before.letter != Letter::ignorable) dot = before.letter == Letter::dot;
    at -= before.size;
  }
  return at;
}

std::size_t name_end(std::string_view text, std::size_t at) {
  std::size_t end = at;  // after the last letter that is no dot
  bool dot = false;
  while (at < text.size()) {
    while (at < text.size() && is_name_octet(text[at])) end = ++at, dot = false;
    if (at == text.size()) break;
    const LetterAt next = letter_at(text, at);
    if (next.letter == Letter::boundary || (next.letter == Letter::dot && dot)) break;
    if (next.letter != Letter::ignorable) dot = next.letter == Letter::dot;
    at += next.size;
    if (!dot) end = at;
  }
  return end;
}

std::size_t url_stop(std::string_view text, std::size_t from) {
  std::size_t at = from;
  while (at < text.size()) {
    if (const UrlOctet octet = url_octets[static_cast<unsigned char>(text[at])]; octet != UrlOctet::decode) {
      if (octet == UrlOctet::stop) break;
      ++at;
      continue;
    }
    const LetterAt next = letter_at(text, at);
    if (next.letter == Letter::boundary || next.letter == Letter::dot) break;
    at += next.size;
  }
  return at;
}

std::size_t without_punctuation(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view closing = ".,;:!?'*_~|";
  constexpr std::size_t window = 512;  // how far back the opening bracket is looked for
  while (end > begin) {
    const char last = text[end - 1];
    const char open = last == ')' ? '(' : last == ']' ? '[' : last == '}' ? '{' : '\0';
    const std::size_t from = end - begin > window ? end - window : begin;
    const std::string_view before = text.substr(from, end - 1 - from);
    const bool unopened = open != '\0' && std::ranges::count(before, open) <= std::ranges::count(before, last);
    if (!unopened && closing.find(last) == std::string_view::npos) break;
    --end;
  }
  return end;
}

PlainCopy percent_decoded(std::string_view text) {
  PlainCopy copy;
  copy.text.reserve(text.size());
  copy.changed.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = is_escape(text, i);
    copy.text.push_back(escape ? static_cast<char>(nibble(text[i + 1]) << 4 | nibble(text[i + 2])) : text[i]);
    copy.changed.push_back(escape ? '\1' : '\0');
    if (escape) i += 2;
  }
  return copy;
}

PlainCopy refanged(std::string_view text) {
  PlainCopy copy;
  for (std::size_t i = 0; i < text.size();) {
    const bool spaced = text[i] == ' ' && i + 1 < text.size() && text[i + 1] != ' ';
    const Defanged* sign = defanged_at(text, spaced ? i + 1 : i);
    // "evil [.] com": the spaces go only as a pair.
    const std::size_t after = sign == nullptr ? 0 : i + spaced + sign->spelling.size();
    if (sign == nullptr || (spaced && (after >= text.size() || text[after] != ' '))) {
      copy.text.push_back(text[i++]);
      copy.changed.push_back('\0');
      continue;
    }
    copy.text += sign->plain;
    copy.changed.append(sign->plain.size(), '\1');
    i = after + spaced;
  }
  return copy;
}

}  // namespace testudo
