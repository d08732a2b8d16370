// Tables with a header line: rows of feed/csv_rows.h, and columns by name. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed/csv_rows.h"

namespace testudo {

// Reads rows one by one from a text that must outlive it, as CsvRows does and with its limits, but skips a byte-order
// mark and empty lines.
class TableRows {
 public:
  explicit TableRows(std::string_view text, char separator = ',');
  // False at the end.
  bool next(std::vector<std::string>& fields);
  std::uint64_t offset() const { return start_; }                     // of the row read last
  std::size_t next_offset() const { return mark_ + rows_.offset(); }  // of the first octet that no row has taken
  bool open_quote() const { return open_quote_; }                     // a quote of any row so far was never closed
  bool too_long() const { return too_long_; }                         // a row so far was cut

 private:
  std::size_t mark_;  // octets of the byte-order mark
  CsvRows rows_;
  std::size_t start_ = 0;
  bool open_quote_ = false, too_long_ = false;
};

// The separator of a header line: the one of `,` `;` tab and `|` that stands most often outside quotes.
char csv_separator(std::string_view text);

// Columns by name, case and spaces at the ends ignored.
class CsvHeader {
 public:
  explicit CsvHeader(std::vector<std::string> names);
  std::optional<std::size_t> column(std::string_view name) const;
  // The field of a row, trimmed; empty if the column or field is absent.
  std::string_view get(const std::vector<std::string>& row, std::string_view name) const;

 private:
  std::vector<std::string> names_;
};

// Appends a field, quoted where it must be.
void append_csv_field(std::string& out, std::string_view field);

}  // namespace testudo
