// Splits the label of a name into words: "blogfashioned" -> blog, fashioned. Floor 3.
// Words: knowledge/hunt_words.txt (ours) and what the names that a model learns from show.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace testudo {

// The part of a name that its owner chose: "login.mail-box.co.uk" -> "mail-box" and "co.uk". Both empty for a public
// suffix or an address. Views of the argument.
struct ChosenName {
  std::string_view label, suffix;
};
ChosenName chosen_name(std::string_view host);

class LabelWords {
 public:
  static constexpr std::size_t most = 21;  // words of three letters in a label (RFC 1035)
  double covered = 0;                      // share of the letters and digits that the words cover
  // Of the dictionary, left to right; views of the label.
  std::span<const std::string_view> words() const { return std::span(words_).subspan(first_); }
  // Two words and nothing else but hyphens: how much of this infrastructure is named (docs/design/hunt.md).
  bool two() const { return words().size() == 2 && covered == 1; }
  void add_before(std::string_view word) { words_[--first_] = word; }

 private:
  std::array<std::string_view, most> words_;
  std::size_t first_ = most;
};

class WordSplitter {
 public:
  // The words of knowledge/hunt_words.txt.
  WordSplitter();
  // Adds words that the labels themselves show: between hyphens at least twice, or what a known word leaves over in at
  // least three labels.
  void learn(const std::vector<std::string_view>& labels);
  // The split with the fewest and longest words. Cost: linear in the label's length.
  LabelWords split(std::string_view label) const;
  bool knows(std::string_view word) const { return may_know(word) && words_.contains(word); }
  std::size_t size() const { return words_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };
  static std::size_t beginning(std::string_view word) { return (word[0] & 31) * 32U + (word[1] & 31); }
  // Most runs of letters are told to be no word by their first two letters and their length: one bit a length.
  std::uint32_t lengths_from(std::string_view rest) const { return rest.size() < 2 ? 0 : lengths_[beginning(rest)]; }
  bool may_know(std::string_view word) const {
    return word.size() < 32 && (lengths_from(word) >> word.size() & 1) != 0;
  }
  void add(std::string_view word);
  std::unordered_set<std::string, Hash, std::equal_to<>> words_;
  std::array<std::uint32_t, 1024> lengths_{};  // by the first two letters: one bit a length
};

}  // namespace testudo
