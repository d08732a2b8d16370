// name_pairs.h.
#include "intel/screen/name_pairs.h"

#include <fmt/format.h>

#include "base/result.h"
#include "base/text.h"
#include "intel/screen/csv_rows.h"
#include "intel/screen/name_match.h"

namespace testudo {
namespace {

constexpr std::uint64_t max_rows = 10'000'000;

void append_row(std::string& out, const std::vector<std::string>& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_csv_field(out, row[i]);
  }
  out.push_back('\n');
}

}  // namespace

Result<PairsSummary> score_pairs(std::string_view csv, std::string& out) {
  if (!is_utf8(csv)) return error(Fault::malformed, "pairs_not_utf8", 0);
  TableRows rows(csv, csv_separator(csv));
  std::vector<std::string> row;
  if (!rows.next(row)) return error(Fault::malformed, "no header line", 0);
  const CsvHeader header(row);
  const auto first = header.column("name1"), second = header.column("name2"), schema = header.column("schema");
  if (!first || !second) return error(Fault::malformed, "no columns name1 and name2", 0);
  // A score of somebody else's stays, beside ours.
  const std::string_view own = header.column("score") ? "testudo_score" : "score";
  const auto known = header.column(own);
  const std::size_t width = row.size(), score_at = known.value_or(width);
  if (!known) row.emplace_back(own);
  append_row(out, row);
  PairsSummary summary;
  while (rows.next(row)) {
    if (++summary.rows > max_rows) return error(Fault::limit, "more than 10 million rows", rows.offset());
    double score = 0;
    if (*first < row.size() && *second < row.size()) {
      const std::string_view kind =
          schema && *schema < row.size() ? std::string_view(row[*schema]) : std::string_view();
      score = match_names(row[*first], row[*second], name_mode(kind)).score;
    } else {
      ++summary.incomplete;
    }
    if (score >= screen_threshold) ++summary.at_threshold;
    if (row.size() < width) row.resize(width);
    // Cells beyond the header's keep their order behind the score.
    if (!known) row.emplace(row.begin() + static_cast<std::ptrdiff_t>(score_at));
    row[score_at] = fmt::format("{:.4f}", score);
    append_row(out, row);
  }
  return summary;
}

}  // namespace testudo
