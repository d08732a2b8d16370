// RFC 4180 with the leniency that real files need: other delimiters, CR alone, blanks around quotes, open quotes.
#include "intel/feed/csv_rows.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace testudo {

bool CsvRows::next(std::vector<std::string>& cells) {
  cells.clear();
  unterminated_ = cut_ = false;
  if (at_ >= text_.size()) return false;
  line_ = next_line_;
  row_begin_ = at_;
  while (true) {
    std::string& cell = cells.emplace_back();
    if (!quoted_cell(cell)) plain_cell(cell);
    if (end_of_row()) return true;
    if (cells.size() >= cell_limit || at_ - row_begin_ > row_limit) {
      cut_ = true;
      const std::size_t end = text_.find_first_of("\r\n", at_);
      at_ = std::min(end, text_.size());
      end_of_row();
      return true;
    }
  }
}

void CsvRows::plain_cell(std::string& cell) {
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
  const std::size_t size = std::min(at_ - begin, row_limit);
  cut_ |= size < at_ - begin;
  cell.append(text_.substr(begin, size));
}

// Whether the cell was quoted. What stands between the closing quote and the delimiter is kept: `"a"b` is `ab`.
bool CsvRows::quoted_cell(std::string& cell) {
  std::size_t at = at_;
  while (at < text_.size() && text_[at] == ' ' && delimiter_ != ' ') ++at;
  if (at >= text_.size() || text_[at] != '"') return false;
  std::uint64_t lines = 0;
  for (++at; at < text_.size() && at - row_begin_ <= row_limit; ++at) {
    if (text_[at] == '"') {
      if (at + 1 >= text_.size() || text_[at + 1] != '"') {
        at_ = at + 1;
        next_line_ += lines;
        plain_cell(cell);
        return true;
      }
      ++at;
    }
    lines += text_[at] == '\n' ? 1U : 0U;
    cell.push_back(text_[at]);
  }
  // Never closed: the rest of the file is not one cell.
  unterminated_ = true;
  cell.clear();
  return false;
}

bool CsvRows::end_of_row() {
  if (at_ >= text_.size()) return true;
  if (text_[at_] == delimiter_) {
    ++at_;
    // A delimiter at the very end stands before one more, empty cell.
    return false;
  }
  if (text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  ++next_line_;
  return true;
}

bool is_empty_row(const std::vector<std::string>& row) {
  return std::ranges::all_of(row, [](const std::string& cell) { return trim(cell).empty(); });
}

bool names_delimiter(const std::vector<std::string>& row) {
  const std::string_view cell = row[0];
  return cell.size() >= 4 && cell.size() <= 5 && equals_ignoring_case(cell.substr(0, 4), "sep=");
}

char csv_delimiter(std::string_view head) {
  if (head.size() > 5 && equals_ignoring_case(head.substr(0, 4), "sep=") && (head[5] == '\n' || head[5] == '\r'))
    return head[4];
  char best = '\0';
  std::size_t best_cells = 1;
  for (const char delimiter : std::array{',', '\t', ';', '|'}) {
    CsvRows rows(head, delimiter);
    std::vector<std::string> cells;
    std::size_t fewest = CsvRows::cell_limit, seen = 0;
    while (seen < 20 && rows.next(cells)) {
      if (is_empty_row(cells) || cells[0].starts_with('#')) continue;
      fewest = std::min(fewest, cells.size());
      ++seen;
    }
    if (seen > 0 && fewest > best_cells) {
      best = delimiter;
      best_cells = fewest;
    }
  }
  return best;
}

}  // namespace testudo
