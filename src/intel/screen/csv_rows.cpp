// csv_rows.h.
#include "intel/screen/csv_rows.h"

#include <algorithm>

#include "base/text.h"

namespace testudo {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

TableRows::TableRows(std::string_view text, char separator)
    : mark_(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0), rows_(text.substr(mark_), separator) {}

bool TableRows::next(std::vector<std::string>& fields) {
  do {
    start_ = mark_ + rows_.offset();
    if (!rows_.next(fields)) return false;
    open_quote_ |= rows_.unterminated();
    too_long_ |= rows_.cut();
  } while (fields.size() == 1 && fields[0].empty());
  return true;
}

char csv_separator(std::string_view text) {
  constexpr std::string_view separators = ",;\t|";
  std::size_t counts[4] = {};
  bool quoted = false;
  for (const char c : text.substr(0, 65536)) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    const std::size_t which = separators.find(c);
    if (!quoted && which != std::string_view::npos) ++counts[which];
  }
  return separators[static_cast<std::size_t>(std::max_element(counts, counts + 4) - counts)];
}

CsvHeader::CsvHeader(std::vector<std::string> names) : names_(std::move(names)) {
  for (std::string& name : names_) name = lower_ascii(trim(name));
}

std::optional<std::size_t> CsvHeader::column(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), lower_ascii(name));
  if (found == names_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names_.begin());
}

std::string_view CsvHeader::get(const std::vector<std::string>& row, std::string_view name) const {
  const std::optional<std::size_t> at = column(name);
  return at && *at < row.size() ? trim(row[*at]) : std::string_view();
}

void append_csv_field(std::string& out, std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += field;
    return;
  }
  out.push_back('"');
  for (const char c : field) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

}  // namespace testudo
