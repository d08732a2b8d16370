// csv_list.h.
#include "intel/screen/csv_list.h"

#include "base/text.h"

namespace testudo {

Result<void> read_table(std::string_view content, std::string_view wanted, SanctionList& list,
                        const std::function<void(const CsvHeader&, const std::vector<std::string>&)>& each,
                        const std::function<void(const std::vector<std::string>&)>& banner) {
  // A banner has other separators than the table: the header line decides.
  std::string_view head = content.substr(0, 65536);
  const std::string low = lower_ascii(head);
  const std::size_t found = low.find(lower_ascii(wanted));
  if (found == std::string::npos) return error(Fault::malformed, "no column " + std::string(wanted), 0);
  const std::size_t line = low.rfind('\n', found);
  const char separator = csv_separator(head.substr(line == std::string::npos ? 0 : line + 1));
  TableRows rows(content, separator);
  std::vector<std::string> row;
  std::optional<CsvHeader> header;
  for (int lines = 0; !header && lines < 20 && rows.next(row); ++lines) {
    CsvHeader candidate(row);
    if (candidate.column(wanted)) {
      header = std::move(candidate);
    } else if (banner) {
      banner(row);
    }
  }
  if (!header) return error(Fault::malformed, "no header line", 0);
  const std::size_t width = row.size();
  while (rows.next(row)) {
    if (row.size() < width) add_note(list, "short_row", row.empty() ? "" : row[0], rows.offset());
    each(*header, row);
  }
  if (rows.open_quote()) add_note(list, "truncated", "a quote is never closed", rows.offset());
  if (rows.too_long()) add_note(list, "row_too_long");
  return {};
}

EntityBuilder& KeyedEntities::at(std::string_view key, bool& is_new) {
  const auto [place, added] = places_.try_emplace(std::string(key), builders_.size());
  is_new = added;
  if (added) builders_.emplace_back(list_, list_name_, key);
  return builders_[place->second];
}

void KeyedEntities::finish() {
  for (EntityBuilder& builder : builders_) builder.finish();
}

}  // namespace testudo
