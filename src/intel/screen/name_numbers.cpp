// name_numbers.h.
#include "intel/screen/name_numbers.h"

#include <algorithm>

namespace testudo {
namespace {

struct Word {
  std::string_view text;
  int value;
};
constexpr Word small_numbers[] = {
    {"zero", 0},      {"one", 1},       {"two", 2},         {"three", 3},    {"four", 4},     {"five", 5},
    {"six", 6},       {"seven", 7},     {"eight", 8},       {"nine", 9},     {"ten", 10},     {"eleven", 11},
    {"twelve", 12},   {"thirteen", 13}, {"fourteen", 14},   {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
    {"eighteen", 18}, {"nineteen", 19}, {"first", 1},       {"second", 2},   {"third", 3},    {"fourth", 4},
    {"fifth", 5},     {"sixth", 6},     {"seventh", 7},     {"eighth", 8},   {"ninth", 9},    {"tenth", 10},
    {"eleventh", 11}, {"twelfth", 12},  {"thirteenth", 13}, {"pervyi", 1},   {"vtoroi", 2},   {"hundred", 100},
};
constexpr Word tens[] = {{"twenty", 20}, {"thirty", 30},  {"forty", 40},  {"fourty", 40}, {"fifty", 50},
                         {"sixty", 60},  {"seventy", 70}, {"eighty", 80}, {"ninety", 90}};

template <std::size_t N>
int value_of(const Word (&words)[N], std::string_view text) {
  const auto found = std::find_if(std::begin(words), std::end(words), [&](const Word& w) { return w.text == text; });
  return found == std::end(words) ? -1 : found->value;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string without_zeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

int roman_value(std::string_view text) {
  constexpr std::string_view ones[] = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
  constexpr std::string_view ten[] = {"", "x", "xx", "xxx"};
  for (int t = 0; t < 4; ++t) {
    for (int o = 0; o < 10; ++o) {
      if (t + o != 0 && text == std::string(ten[t]) + std::string(ones[o])) return t * 10 + o;
    }
  }
  return -1;
}

}  // namespace

std::optional<NameNumber> read_number(std::span<const NameWord> words, bool roman) {
  const std::string& text = words.front().text;
  const std::size_t digits =
      static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
  if (digits == text.size()) return NameNumber{without_zeros(text)};
  const std::string_view tail = std::string_view(text).substr(digits);
  if (digits > 0 && (tail == "st" || tail == "nd" || tail == "rd" || tail == "th")) {
    return NameNumber{without_zeros(std::string_view(text).substr(0, digits))};
  }
  if (const int ten = value_of(tens, text); ten > 0) {
    const int one = words.size() > 1 ? value_of(small_numbers, words[1].text) : -1;
    return one > 0 && one < 10 ? NameNumber{std::to_string(ten + one), 2} : NameNumber{std::to_string(ten)};
  }
  if (const int small = value_of(small_numbers, text); small >= 0) return NameNumber{std::to_string(small)};
  if (roman && !words.front().dotted) {
    if (const int value = roman_value(text); value > 0) return NameNumber{std::to_string(value)};
  }
  return std::nullopt;
}

}  // namespace testudo
