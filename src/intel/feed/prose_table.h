// Tables of Markdown and AsciiDoc, row by row. Floor 3.
// Sources: GitHub Flavored Markdown §4.10; the AsciiDoc language documentation, "Tables".
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed/headings.h"

namespace testudo {

class ProseTable {
 public:
  // Gives it the next line, `number` from 1; whether it belongs to a table. Then the rows that are complete can be
  // taken.
  bool takes(std::uint64_t number, std::string_view line);
  // The text ends: whether that completed a row.
  bool end();
  bool next_row(std::vector<std::string>& cells);
  std::uint64_t row_line() const { return row_line_; }  // where the row that next_row() gave ends
  // What the header says of a column; nothing if there is no header.
  const Section* column(std::size_t index) const;
  bool holds_indicators() const;           // by the names of its columns, or where they have none
  bool is_about(std::size_t index) const;  // what stands beside indicators: "Server location"
  bool is_comment(std::size_t index) const;
  // With whom the row may be shared.
  bool is_tlp(std::size_t index) const { return index < tlp_columns_.size() && tlp_columns_[index]; }
  bool is_role(std::size_t index) const;   // whose the values of the row are
  bool is_word(std::size_t index) const;   // that, or of what kind they are
  bool is_value(std::size_t index) const;  // values of whatever the heading announces: "Value"

 private:
  bool is_called(std::size_t index, std::initializer_list<std::string_view> names) const;
  bool asciidoc_line(std::string_view line);
  bool markdown_line(std::string_view line);
  void add_cells(std::string_view line);
  void use_header(const std::vector<std::string>& cells);
  void close_asciidoc();
  enum class Kind : unsigned char { none, markdown, asciidoc } kind_ = Kind::none;
  bool header_due_ = false;
  bool ruled_ = false;              // the line of dashes was there
  std::size_t width_ = 0;           // cells of a row; 0 until the first line shows it
  std::string fence_;               // "|===" of the open table
  std::vector<std::string> cells_;  // of rows that are not complete
  struct Row {
    std::vector<std::string> cells;
    std::uint64_t line;
  };
  void complete();
  std::vector<Row> rows_;  // complete, in order
  std::uint64_t line_ = 0, cells_line_ = 0, row_line_ = 0;
  std::vector<Section> columns_;
  std::vector<bool> tlp_columns_;
  std::size_t asked_width_ = 0;  // of the attribute line before the table
  bool asked_header_ = false;
};

}  // namespace testudo
