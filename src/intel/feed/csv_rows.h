// Rows of delimited text. Floor 3. Source: RFC 4180; what feeds make of it: docs/formats/feeds.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// The delimiter that "sep=;" in the first line names, as spreadsheets write it; else the one that the rows of `head`
// agree on most, of , ; TAB and |; '\0' if none occurs in every row.
char csv_delimiter(std::string_view head);
bool is_empty_row(const std::vector<std::string>& row);  // nothing but blanks
// Whether a row is the line that names the delimiter.
bool names_delimiter(const std::vector<std::string>& row);

class CsvRows {
 public:
  static constexpr std::size_t row_limit = std::size_t{1} << 20;  // octets; a longer row is cut there
  static constexpr std::size_t cell_limit = 4096;                 // cells of a row; the rest is not read
  CsvRows(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}
  // Cells without quotes, doubled quotes resolved, as they are encoded. A quote that never closes ends with its line
  // and sets `unterminated`; a row above the limits sets `cut`. An empty line is a row of one empty cell.
  bool next(std::vector<std::string>& cells);
  std::uint64_t line() const { return line_; }  // where the row that next() gave begins, from 1
  std::size_t offset() const { return at_; }    // of the first octet that no row has taken
  bool unterminated() const { return unterminated_; }
  bool cut() const { return cut_; }
  // Whether no row is left and the last one lacks its line break: so ends a file that was cut, or one without a last
  // line break.
  bool ends_in_row() const { return at_ >= text_.size() && !text_.ends_with('\n') && !text_.ends_with('\r'); }

 private:
  void plain_cell(std::string& cell);
  bool quoted_cell(std::string& cell);
  bool end_of_row();
  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0, row_begin_ = 0;
  std::uint64_t line_ = 0, next_line_ = 1;
  bool unterminated_ = false, cut_ = false;
};

}  // namespace testudo
