// Comma-separated values as RFC 4180 has them, hostile ones too. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// Reads rows one by one from a text that must outlive it. Quotes may hold separators, doubled quotes and line ends; a
// quote inside an unquoted field is a letter; an open quote ends with the text (`open_quote`). A byte-order mark is
// skipped. Rows longer than 1 MB or with more than 4096 fields are cut (`too_long`).
class TableRows {
 public:
  explicit TableRows(std::string_view text, char separator = ',');
  // False at the end. Empty lines are skipped.
  bool next(std::vector<std::string>& fields);
  std::uint64_t offset() const { return start_; }  // of the row read last
  bool open_quote() const { return open_quote_; }
  bool too_long() const { return too_long_; }

 private:
  void read_field(std::string& field);
  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, start_ = 0;
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
