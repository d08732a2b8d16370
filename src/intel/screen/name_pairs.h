// Scores a file of pairs of names. Floor 3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace testudo {

struct PairsSummary {
  std::uint64_t rows = 0;
  std::uint64_t at_threshold = 0;  // scored at or above screen_threshold
  std::uint64_t incomplete = 0;    // rows that end before a column that is needed: their score is 0
};

// Appends `csv` to `out` with a column `score` (four decimals) added last, or `testudo_score` beside a `score` of
// somebody else's. Columns `name1` and `name2` are needed, `schema` is used if there; others are kept as they are, in
// any order. Errors: `malformed`: no such columns, or "pairs_not_utf8"; `limit`: more than 10 million rows.
Result<PairsSummary> score_pairs(std::string_view csv, std::string& out);

}  // namespace testudo
