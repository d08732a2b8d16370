// edit_cost.h.
#include "intel/screen/edit_cost.h"

#include <algorithm>
#include <array>

namespace testudo {
namespace {

constexpr std::size_t most_letters = 64;

constexpr bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

// Pairs of letters that lists write for one another, by sound or by shape.
constexpr std::string_view confused[] = {"sz", "ck", "kq", "vw", "fv", "iy", "ij", "gj", "td", "bp", "0o", "1i",
                                         "1l", "5s", "3e", "4a", "9g", "9q", "6b", "8b", "cs", "xk", "uv", "uw",
                                         "jy", "jz", "kg", "qg", "Sx", "sS", "CS", "JC", "Jg", "zJ", "SC", "xk",
                                         "xh", "kx", "rn", "mn", "jZ", "ei", "ou", "ao", "xs", "JS"};

constexpr int whole_change = 10;  // costs are tenths of it
constexpr std::size_t alphabet = 128;
using Costs = std::array<std::array<std::int8_t, alphabet>, alphabet>;
constexpr Costs substitution = [] {
  Costs made{};
  for (std::size_t a = 0; a < alphabet; ++a) {
    for (std::size_t b = 0; b < alphabet; ++b) {
      const bool vowels = is_vowel(static_cast<char>(a)) && is_vowel(static_cast<char>(b));
      made[a][b] = a == b ? 0 : vowels ? 7 : whole_change;
    }
  }
  for (const std::string_view pair : confused) {
    const auto a = static_cast<unsigned char>(pair[0]), b = static_cast<unsigned char>(pair[1]);
    made[a][b] = made[b][a] = 6;
  }
  return made;
}();

constexpr int doubled_gap = 4, breath_gap = 5, vowel_gap = 8;
constexpr int cheapest_edit = 6;  // that is no such gap

bool is_doubled(std::string_view text, std::size_t at) {
  return (at > 0 && text[at - 1] == text[at]) || (at + 1 < text.size() && text[at + 1] == text[at]);
}

int gap(std::string_view text, std::size_t at) {
  if (is_doubled(text, at)) return doubled_gap;
  if (text[at] == 'h') return breath_gap;
  return is_vowel(text[at]) ? vowel_gap : whole_change;
}

}  // namespace

// Counted in tenths of a change. What both words begin or end with is the same in both, and not aligned with anything
// else: that takes most of the work away.
float edit_cost(std::string_view a, std::string_view b, float limit) {
  constexpr int swap = 8;
  a = a.substr(0, most_letters);
  b = b.substr(0, most_letters);
  std::size_t same = 0, a_end = a.size(), b_end = b.size();
  while (same < a_end && same < b_end && a[same] == b[same]) ++same;
  while (a_end > same && b_end > same && a[a_end - 1] == b[b_end - 1]) --a_end, --b_end;
  const std::size_t width = b_end - same;
  const float limit_tenths = limit * whole_change;
  std::array<int, most_letters + 1> rows[3];
  std::array<int, most_letters> insert;
  int *before = rows[0].data(), *previous = rows[1].data(), *current = rows[2].data();
  previous[0] = 0;
  for (std::size_t j = 0; j < width; ++j) {
    insert[j] = gap(b, same + j);
    previous[j + 1] = previous[j] + insert[j];
  }
  for (std::size_t i = same; i < a_end; ++i) {
    const int remove = gap(a, i);
    const auto& cost = substitution[static_cast<unsigned char>(a[i]) & 127];
    current[0] = previous[0] + remove;
    int least = current[0];
    for (std::size_t j = 0; j < width; ++j) {
      const char other = b[same + j];
      const int replace = previous[j] + cost[static_cast<unsigned char>(other) & 127];
      int best = std::min(std::min(replace, previous[j + 1] + remove), current[j] + insert[j]);
      if (i > same && j > 0 && a[i] == b[same + j - 1] && a[i - 1] == other && a[i] != other)
        best = std::min(best, before[j - 1] + swap);
      current[j + 1] = best;
      least = std::min(least, best);
    }
    if (static_cast<float>(least) > limit_tenths) return limit + 1;
    int* const free = before;
    before = previous;
    previous = current;
    current = free;
  }
  const auto cost = static_cast<float>(previous[width]);
  return cost > limit_tenths ? limit + 1 : cost / whole_change;
}

EditBound::EditBound(std::string_view word) {
  word = word.substr(0, most_letters);
  letters_ = static_cast<int>(word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    last_ = std::uint64_t{1} << i;
    places_[static_cast<unsigned char>(word[i]) & 127] |= last_;
    doubled_ += is_doubled(word, i);
    breaths_ += word[i] == 'h';
  }
}

float EditBound::least_cost(std::string_view other) const {
  other = other.substr(0, most_letters);
  std::uint64_t more = ~std::uint64_t{0}, less = 0;  // where the column's cells rise and fall by one
  std::uint64_t diagonal = 0, places_before = 0;
  int edits = letters_, doubled = doubled_, breaths = breaths_;
  for (std::size_t j = 0; j < other.size(); ++j) {
    const std::uint64_t places = places_[static_cast<unsigned char>(other[j]) & 127];
    const std::uint64_t swapped = ((~diagonal & places) << 1) & places_before;
    diagonal = swapped | (((places & more) + more) ^ more) | places | less;
    std::uint64_t right_more = less | ~(diagonal | more), right_less = diagonal & more;
    edits += (right_more & last_) != 0;
    edits -= (right_less & last_) != 0;
    right_more = right_more << 1 | 1;
    right_less <<= 1;
    more = right_less | ~(diagonal | right_more);
    less = right_more & diagonal;
    places_before = places;
    doubled += is_doubled(other, j);
    breaths += other[j] == 'h';
  }
  if (letters_ == 0) edits = static_cast<int>(other.size());
  const int halves = std::min(edits, doubled), light = std::min(edits - halves, breaths);
  const int tenths = cheapest_edit * (edits - halves - light) + doubled_gap * halves + breath_gap * light;
  return static_cast<float>(tenths) / whole_change;
}

}  // namespace testudo
