#include "intel/hunt/name_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>

#include "base/embedded.h"
#include "base/hash.h"
#include "base/host.h"
#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t shortest = 3, longest = 18;  // letters of a word

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_alnum(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

}  // namespace

std::size_t WordSplitter::Hash::operator()(std::string_view text) const { return hash64(text); }

ChosenName chosen_name(std::string_view host) {
  const auto domain = registrable_domain(host);
  if (!domain) return {};
  const std::size_t dot = domain->find('.');
  if (dot == std::string_view::npos) return {};
  return {domain->substr(0, dot), domain->substr(dot + 1)};
}

void WordSplitter::add(std::string_view word) {
  words_.emplace(word);
  lengths_[beginning(word)] |= std::uint32_t{1} << word.size();
}

WordSplitter::WordSplitter() {
  const std::string_view text = embedded_file("knowledge/hunt_words.txt").value_or("");
  for (const std::string_view line : testudo::split(text, '\n')) {
    if (line.starts_with('#')) continue;
    for (const std::string_view word : testudo::split(line, ' '))
      if (word.size() >= shortest && word.size() <= longest) add(word);
  }
}

void WordSplitter::learn(const std::vector<std::string_view>& labels) {
  std::map<std::string_view, std::size_t> between, left_over;
  for (const std::string_view label : labels) {
    const auto parts = testudo::split(label, '-');
    for (const std::string_view part : parts) {
      if (part.size() < shortest || part.size() > longest) continue;
      bool letters = true;
      for (const char c : part) letters &= is_letter(c);
      if (!letters) continue;
      if (parts.size() > 1) ++between[part];
      for (std::size_t i = shortest; i + shortest <= part.size(); ++i) {
        if (knows(part.substr(0, i))) ++left_over[part.substr(i)];
        if (knows(part.substr(i))) ++left_over[part.substr(0, i)];
      }
    }
  }
  for (const auto& [word, n] : between)
    if (n >= 2) add(word);
  for (const auto& [word, n] : left_over)
    if (n >= 3 && word.size() > shortest && word.size() <= longest) add(word);
}

LabelWords WordSplitter::split(std::string_view label) const {
  constexpr std::size_t most = 63;  // octets of a label (RFC 1035)
  label = label.substr(0, most);
  // cost[i]: of the first i octets; a word costs 1, a letter of no word 1, a hyphen nothing. Of equal splits the one
  // whose last word is longer counts, and a word before single letters.
  std::array<std::uint8_t, most + 1> cost{}, from{};
  std::ranges::fill(cost, std::uint8_t{255});
  cost[0] = 0;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const std::string_view rest = label.substr(i);
    for (std::uint32_t lengths = lengths_from(rest); lengths != 0; lengths &= lengths - 1) {
      const auto n = static_cast<std::size_t>(std::countr_zero(lengths));
      if (n > rest.size()) break;
      if (cost[i] + 1 >= cost[i + n] || !words_.contains(rest.substr(0, n))) continue;
      cost[i + n] = static_cast<std::uint8_t>(cost[i] + 1);
      from[i + n] = static_cast<std::uint8_t>(i);
    }
    const auto single = static_cast<std::uint8_t>(cost[i] + (label[i] == '-' ? 0 : 1));
    if (single >= cost[i + 1]) continue;
    cost[i + 1] = single;
    from[i + 1] = static_cast<std::uint8_t>(i);
  }
  LabelWords found;
  std::size_t letters = 0, inside = 0;
  for (const char c : label) letters += is_alnum(c) ? 1 : 0;
  for (std::size_t i = label.size(); i > 0; i = from[i]) {
    if (i - from[i] < shortest) continue;
    found.add_before(label.substr(from[i], i - from[i]));
    inside += i - from[i];
  }
  found.covered = letters == 0 ? 0 : static_cast<double>(inside) / static_cast<double>(letters);
  return found;
}

}  // namespace testudo
