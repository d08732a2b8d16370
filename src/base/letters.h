// Letters: how each code point behaves in and around a host name in running text. Floor 0.
// Sources: UTS #46 §4 (what names may hold and what is ignored), Unicode block ranges; the choice of scripts that are
// written without spaces, or whose particles are written onto a Latin name, is ours (docs/design/matching.md).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace testudo {

enum class Letter : std::uint8_t {
  boundary,   // never part of a name: space, quote, bracket, punctuation, not UTF-8
  name,       // part of a name
  dot,        // '.' and what UTS #46 maps to it: U+3002, U+FF0E, U+FF61; in browsers (no STD3 rules) U+2024, U+FE52
  ignorable,  // shows nothing and is dropped from names: zero-width characters, joiners, soft hyphen, bidi controls
  apart,      // part of a name, but of a script that stands beside Latin names without a space: Han, Thai, Hebrew, …
};

Letter letter_of(char32_t code_point);

namespace letters_detail {
constexpr std::array<Letter, 128> make_ascii() {
  std::array<Letter, 128> table{};
  for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = Letter::name;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = Letter::name;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = Letter::name;
  table['-'] = table['_'] = Letter::name;
  table['.'] = Letter::dot;
  return table;
}
inline constexpr std::array<Letter, 128> ascii = make_ascii();
}  // namespace letters_detail

// A code point at a place in a text, and how it behaves there.
struct LetterAt {
  Letter letter = Letter::boundary;
  char32_t value = 0;
  std::size_t size = 1;  // octets
};

// The letter that begins at octet `at`, which must be inside the text.
inline LetterAt letter_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {letters_detail::ascii[first], first, 1};
  const CodePoint point = decode_utf8(text.substr(at, 4));
  return {point.valid ? letter_of(point.value) : Letter::boundary, point.value, point.size};
}

// The letter that ends before octet `at`, which must not be 0.
inline LetterAt letter_before(std::string_view text, std::size_t at) {
  const auto last = static_cast<unsigned char>(text[at - 1]);
  if (last < 0x80) return {letters_detail::ascii[last], last, 1};
  std::size_t size = 1;
  while (size < 4 && size < at && (static_cast<unsigned char>(text[at - size]) & 0xC0) == 0x80) ++size;
  const CodePoint point = decode_utf8(text.substr(at - size, size));
  if (!point.valid || point.size != size) return {Letter::boundary, point.value, 1};
  return {letter_of(point.value), point.value, size};
}

}  // namespace testudo
