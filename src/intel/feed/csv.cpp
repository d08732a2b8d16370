// Where the header of a delimited feed stands, and whether a file is one.
#include "intel/feed/csv.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/csv_columns.h"
#include "intel/feed/csv_looks.h"
#include "intel/feed/csv_reader.h"
#include "intel/feed/csv_rows.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/tlp_said.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

using Cells = std::vector<std::string>;

// A header that is written as a comment: "# id,dateadded,url".
bool header_in_comment(Cells cells) {
  cells[0] = std::string(trim(std::string_view(cells[0]).substr(1)));
  return cells.size() > 1 && is_header(cells);
}

// "TLP:RED", "Report 7 - TLP:RED" or "TLP,RED" above the header, to the width of the table.
bool is_marking_row(const Cells& cells) {
  std::vector<std::string_view> said;
  for (const std::string& cell : cells)
    if (!trim(cell).empty()) said.push_back(trim(cell));
  if (said.size() == 1) return tlp_said_in_parts(said[0], Brackets::part).states;
  return said.size() == 2 && names_tlp(said[0]) && tlp_of(said[1]);
}

// Where the header stands: at the first row, or below narrower ones that hold no value ("Report X", "Date,2026-01-01").
std::optional<std::uint64_t> line_of_header(std::string_view head, char delimiter) {
  constexpr unsigned rows_looked_at = 20;
  CsvRows rows(head, delimiter);
  Cells cells;
  std::string owned;
  std::ptrdiff_t widest = 1;
  for (unsigned seen = 0; seen < rows_looked_at && rows.next(cells); ++seen) {
    if (cells[0].starts_with('#')) continue;
    const auto is_value = [&](const std::string& cell) {
      return kind_of_value(refang(plain_cell(cell), owned)).has_value();
    };
    if (std::ranges::any_of(cells, is_value)) return std::nullopt;
    const auto filled = std::ranges::count_if(cells, [](const std::string& cell) { return !trim(cell).empty(); });
    if (filled > widest && is_header(cells)) return rows.line();
    widest = std::max(widest, filled);
  }
  return std::nullopt;
}

// Rows of one cell say nothing against a delimiter by which a header can be read; '\0' where nothing tells it.
char delimiter_of(std::string_view head) {
  if (const char found = csv_delimiter(head); found != '\0') return found;
  for (const char delimiter : std::array{',', ';', '\t', '|'})
    if (line_of_header(head, delimiter)) return delimiter;
  return '\0';
}

// A list of files with their digests, licences and origins says nothing against any of them.
bool is_inventory(const Cells& header) {
  return std::ranges::any_of(header, [](const std::string& name) {
    const std::string word = lower_ascii(trim(name));
    return word == "licence" || word == "license" || word == "commit" || word == "repo" || word == "repository";
  });
}

// The first row that could be a header, from the line of one that is; nothing if values come first.
std::optional<Cells> first_row(std::string_view head, char delimiter, std::uint64_t header) {
  CsvRows rows(head, delimiter);
  Cells cells;
  while (rows.next(cells)) {
    if (rows.line() < header && !cells[0].starts_with('#')) continue;
    if (is_empty_row(cells) || names_delimiter(cells) || is_marking_row(cells)) continue;
    if (!cells[0].starts_with('#')) return cells;
    if (header_in_comment(cells)) return cells;
  }
  return std::nullopt;
}

void mend(Cells& cells, std::uint64_t line, FeedNotes& notes) {
  for (std::string& cell : cells) {
    if (is_utf8(cell)) continue;
    notes.add_line(line, "not_utf8", cell);
    cell = to_utf8(cell);
  }
}

Result<void> read_csv(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  const std::string_view text = TRY(feed_text(feed, owned, notes));
  const std::string_view head = text.substr(0, feed_head);
  const char found = delimiter_of(head);
  const char delimiter = found == '\0' ? ',' : found;
  const std::uint64_t header = line_of_header(head, delimiter).value_or(0);
  CsvReader reader(sink, notes);
  CsvRows rows(text, delimiter);
  Cells cells;
  while (rows.next(cells)) {
    if (rows.unterminated()) notes.add_line(rows.line(), "unterminated_quote", cells[0]);
    if (rows.cut()) notes.add_line(rows.line(), "row_too_long", cells[0]);
    mend(cells, rows.line(), notes);
    const bool comment = cells[0].starts_with('#');
    if (!reader.has_header() && !is_empty_row(cells)) {
      if (comment && !header_in_comment(cells)) continue;
      if (comment) cells[0].erase(0, 1);
      if ((rows.line() == 1 && names_delimiter(cells)) || is_marking_row(cells)) continue;
      if (rows.line() < header) {
        notes.add_line(rows.line(), "unrecognised_value", cells[0]);
        continue;
      }
      if (std::vector<Column> columns = columns_below(cells, {head, delimiter}); !columns.empty()) {
        reader.header(std::move(columns));
        continue;
      }
      std::vector<Column> columns = columns_without_header({head, delimiter});
      if (columns.empty()) return error(Fault::malformed, "no column of indicators");
      notes.add("", "no_header", "");
      reader.without_header(std::move(columns));
    }
    if (!reader.has_header() || comment) continue;
    reader.row(rows.line(), cells);
    if (rows.ends_in_row() && reader.lacks_cells(cells)) notes.add("", "truncated", "");
    if (text.data() == feed.text.data()) feed.done_until(rows.offset());
  }
  if (reader.rows() == 0) notes.add("", "empty_feed", "");
  return {};
}

int csv_likeness(const FeedHead& head) {
  std::string lines;
  for (const std::string_view line : head.lines()) lines.append(line).push_back('\n');
  if (lines.find('\0') != std::string::npos) return 0;
  const bool named = head.lower_name().ends_with(".csv") || head.lower_name().ends_with(".tsv");
  const char found = named ? delimiter_of(lines) : csv_delimiter(lines);
  if (found == '\0' && !named) return 0;
  const char delimiter = found == '\0' ? ',' : found;
  std::optional<Cells> first = first_row(lines, delimiter, named ? line_of_header(lines, delimiter).value_or(0) : 0);
  if (!first) return named && head.text().empty() ? 55 : 0;
  if ((*first)[0].starts_with('#')) (*first)[0].erase(0, 1);
  if (is_inventory(*first)) return 0;
  if (is_header(*first)) return named ? 90 : 75;
  if (columns_below(*first, {lines, delimiter}).empty() && columns_without_header({lines, delimiter}).empty()) return 0;
  return named ? 75 : 30;
}

}  // namespace

std::string_view plain_cell(std::string_view cell) {
  cell = trim(cell);
  const bool quoted = cell.size() > 1 && cell[0] == '\'';
  if (quoted && (std::string_view("=+-@'").find(cell[1]) != std::string_view::npos || cell.substr(1, 2) == "\xEF\xBC"))
    cell.remove_prefix(1);
  return cell;
}

const FeedFormat csv_format{"csv", csv_likeness, read_csv, 100, FeedFormat::SaidIn::lone_lines};

}  // namespace testudo
