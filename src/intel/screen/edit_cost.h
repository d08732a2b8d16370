// Weighted edits between two words, and a quick bound of them. Floor 3. The weights are ours: docs/design/screening.md.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace testudo {

// Weighted edits between two words (Damerau): letters that lists confuse cost half, doubled letters and h less, vowels
// less. limit + 1 where it is more than `limit`. Words longer than 64 are compared by their first 64 letters.
// Cost: some nanoseconds for each letter of one times each letter of the other, beginnings and ends in common aside.
float edit_cost(std::string_view a, std::string_view b, float limit);

// One word whose edits to many others are bounded from below, each in some ten instructions a letter: edits without
// weights, by the bit-parallel algorithm of Hyyrö (A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit
// Distances, 2003), each counted as the cheapest that it can be.
class EditBound {
 public:
  explicit EditBound(std::string_view word);
  // At most edit_cost(word, other, infinity).
  float least_cost(std::string_view other) const;

 private:
  std::array<std::uint64_t, 128> places_{};  // of each letter: where it stands in the word
  std::uint64_t last_ = 0;                   // the place of the last letter; 0 for an empty word
  int letters_ = 0, doubled_ = 0, breaths_ = 0;
};

}  // namespace testudo
