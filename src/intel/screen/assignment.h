// Best assignment of rows to columns. Floor 3. Source: the Hungarian method by shortest augmenting paths (Kuhn 1955,
// Munkres 1957; the form with potentials is textbook knowledge).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace testudo {

// Row-major gains, none negative. For each row its column, or -1 where no gain above 0 is to be had. The sum of gains
// is the largest possible. Cost: rows × columns where every row's best column is its own, else rows² × columns.
std::vector<int> best_assignment(std::span<const float> gain, std::size_t rows, std::size_t columns);

}  // namespace testudo
