// assignment.h.
#include "intel/screen/assignment.h"

#include <algorithm>
#include <limits>

namespace testudo {
namespace {

// Where no two rows want the same column, each gets what it wants.
bool assign_unopposed(std::span<const float> gain, std::size_t rows, std::size_t columns, std::vector<int>& chosen) {
  std::vector<bool> taken(columns);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = gain.subspan(i * columns, columns);
    const auto best = std::max_element(row.begin(), row.end());
    if (best == row.end() || *best <= 0) continue;
    const auto j = static_cast<std::size_t>(best - row.begin());
    if (taken[j]) return false;
    taken[j] = true;
    chosen[i] = static_cast<int>(j);
  }
  return true;
}

}  // namespace

std::vector<int> best_assignment(std::span<const float> gain, std::size_t rows, std::size_t columns) {
  std::vector<int> chosen(rows, -1);
  if (rows == 0 || columns == 0 || assign_unopposed(gain, rows, columns, chosen)) return chosen;
  const std::size_t n = std::max(rows, columns);
  const auto cost = [&](std::size_t i, std::size_t j) {
    return i < rows && j < columns ? -gain[i * columns + j] : 0.0F;
  };
  // Potentials u (rows) and v (columns); owner[j] is the row that column j has. Index 0 is the outside.
  std::vector<float> u(n + 1), v(n + 1);
  std::vector<std::size_t> owner(n + 1), way(n + 1);
  for (std::size_t i = 1; i <= n; ++i) {
    owner[0] = i;
    std::vector<float> least(n + 1, std::numeric_limits<float>::max());
    std::vector<bool> used(n + 1);
    std::size_t j0 = 0;
    do {
      used[j0] = true;
      const std::size_t i0 = owner[j0];
      float delta = std::numeric_limits<float>::max();
      std::size_t j1 = 0;
      for (std::size_t j = 1; j <= n; ++j) {
        if (used[j]) continue;
        const float reduced = cost(i0 - 1, j - 1) - u[i0] - v[j];
        if (reduced < least[j]) {
          least[j] = reduced;
          way[j] = j0;
        }
        if (least[j] < delta) {
          delta = least[j];
          j1 = j;
        }
      }
      for (std::size_t j = 0; j <= n; ++j) {
        if (used[j]) {
          u[owner[j]] += delta;
          v[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      j0 = j1;
    } while (owner[j0] != 0);
    do {
      const std::size_t j1 = way[j0];
      owner[j0] = owner[j1];
      j0 = j1;
    } while (j0 != 0);
  }
  std::fill(chosen.begin(), chosen.end(), -1);
  for (std::size_t j = 1; j <= columns; ++j) {
    const std::size_t i = owner[j];
    if (i >= 1 && i <= rows && gain[(i - 1) * columns + j - 1] > 0) chosen[i - 1] = static_cast<int>(j - 1);
  }
  return chosen;
}

}  // namespace testudo
