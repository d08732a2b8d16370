// AsciiDoc: cells begin with '|' and may stand on lines of their own, the number of columns comes from `cols` or from
// the first line. Markdown: a row is a line, the second one of dashes makes the first a header.
#include "intel/feed/prose_table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "intel/feed/claim_words.h"

namespace testudo {
namespace {

constexpr std::size_t width_limit = 64;
constexpr std::size_t waiting_limit = 4096;

// `[cols="4*",options="header"]`: 4; `[cols="1,2,2"]`: 3.
std::size_t columns_asked(std::string_view line) {
  const std::size_t at = line.find("cols=");
  if (at == std::string_view::npos) return 0;
  std::string_view value = line.substr(at + 5);
  if (value.starts_with('"')) {
    value = value.substr(1, std::min(value.find('"', 1), value.size()) - 1);
  } else {
    value = value.substr(0, value.find_first_of(",]"));
  }
  if (const std::size_t star = value.find('*'); star != std::string_view::npos) {
    std::size_t count = 0;
    const std::string_view number = value.substr(0, star);
    std::from_chars(number.data(), number.data() + number.size(), count);
    return std::min(count, width_limit);
  }
  return std::min<std::size_t>(static_cast<std::size_t>(std::ranges::count(value, ',')) + 1, width_limit);
}

bool is_rule_of_dashes(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find_first_not_of("|-: ") == std::string_view::npos;
}

// Cells between bars; "\|" and bars in code spans do not count.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  if (line.starts_with('|')) line.remove_prefix(1);
  if (line.ends_with('|')) line.remove_suffix(1);
  std::string cell;
  bool code = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '`') code = !code;
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell.push_back(line[++i]);
    } else if (line[i] == '|' && !code) {
      cells.push_back(std::move(cell));
      cell.clear();
    } else {
      cell.push_back(line[i]);
    }
  }
  cells.push_back(std::move(cell));
  return cells;
}

// What may stand in front of a cell's bar: "2+", ".2+^", "3*", "a", "h". Nothing for other texts; else how many columns
// the cell takes.
std::optional<std::size_t> cell_specifier(std::string_view text) {
  std::size_t at = 0;
  const auto number = [&] {
    std::size_t value = 0;
    const auto [end, fault] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    at = static_cast<std::size_t>(end - text.data());
    return fault == std::errc() ? value : 1;
  };
  std::size_t columns = 1;
  const std::size_t factor = text.find_first_of("+*");
  if (factor != std::string_view::npos) {
    columns = number();
    if (at < factor && text[at] == '.') ++at, number();
    if (at != factor) return std::nullopt;
    ++at;
  }
  if (text.substr(at).find_first_not_of("<^>.adehlmsv") != std::string_view::npos || text.size() > at + 5)
    return std::nullopt;
  return std::min(columns, width_limit);
}

bool begins_cell(std::string_view line) {
  const std::size_t bar = line.find('|');
  return bar != std::string_view::npos && bar > 0 && bar < 12 && cell_specifier(line.substr(0, bar));
}

// The cells of a line of AsciiDoc: the specifier of each stands at the end of what is before it.
std::vector<std::string> specified_cells(std::string_view line) {
  std::vector<std::string> cells;
  std::size_t columns = 1;
  if (!line.starts_with('|')) {
    const std::size_t bar = line.find('|');
    columns = cell_specifier(line.substr(0, bar)).value_or(1);
    line.remove_prefix(bar);
  }
  std::vector<std::string> plain = cells_of(line);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    std::string& cell = plain[i];
    const std::size_t blank = i + 1 < plain.size() ? cell.find_last_of(" \t") : std::string::npos;
    const bool marked = blank != std::string::npos && blank + 1 < cell.size();
    const std::optional<std::size_t> next =
        marked ? cell_specifier(std::string_view(cell).substr(blank + 1)) : std::nullopt;
    if (next) cell.resize(blank);
    cells.push_back(std::move(cell));
    for (; columns > 1; --columns) cells.emplace_back();
    columns = next.value_or(1);
  }
  return cells;
}

}  // namespace

void ProseTable::complete() {
  if (!cells_.empty()) rows_.push_back({std::move(cells_), cells_line_});
  cells_.clear();
}

bool ProseTable::takes(std::uint64_t number, std::string_view line) {
  line_ = number;
  if (kind_ == Kind::asciidoc || (line.starts_with("|===") && line.find_first_not_of('=', 1) == std::string_view::npos))
    return asciidoc_line(line);
  if (line.starts_with('[') && line.ends_with(']') &&
      (line.find("cols=") != std::string_view::npos || line.find("options=") != std::string_view::npos ||
       line.find("%header") != std::string_view::npos)) {
    asked_width_ = columns_asked(line);
    asked_header_ = line.find("header") != std::string_view::npos;
    return true;
  }
  return markdown_line(line);
}

bool ProseTable::asciidoc_line(std::string_view line) {
  if (kind_ != Kind::asciidoc) {
    kind_ = Kind::asciidoc;
    fence_ = line;
    width_ = asked_width_;
    header_due_ = asked_header_;
    asked_width_ = 0;
    asked_header_ = false;
    columns_.clear();
    tlp_columns_.clear();
    cells_.clear();
    return true;
  }
  if (line == fence_) {
    close_asciidoc();
  } else if (line.starts_with('|') || begins_cell(line)) {
    add_cells(line);
  } else if (!line.empty() && !cells_.empty() && cells_.back().size() < waiting_limit) {
    cells_.back() += " " + std::string(line);
    cells_line_ = line_;
  }
  return true;
}

// A row is complete only when the next one begins: its last cell may go on.
void ProseTable::add_cells(std::string_view line) {
  std::vector<std::string> cells = specified_cells(line);
  if (width_ == 0) width_ = std::min(cells.size(), width_limit);
  for (std::string& cell : cells) {
    if (cells_.size() >= width_) {
      complete();
    }
    cells_.push_back(std::move(cell));
    cells_line_ = line_;
  }
}

void ProseTable::close_asciidoc() {
  complete();
  kind_ = Kind::none;
}

bool ProseTable::markdown_line(std::string_view line) {
  if (!line.starts_with('|') || line.size() < 3) {
    if (kind_ == Kind::markdown) complete();
    cells_.clear();
    kind_ = Kind::none;
    // The line itself is none of the table's; the row that waited is taken with the next one of any table, or at the
    // end.
    return false;
  }
  // The first one; behind it a row of dashes is a row in which nothing stands.
  if (kind_ == Kind::markdown && !ruled_ && is_rule_of_dashes(line)) {
    if (!cells_.empty()) use_header(cells_);
    cells_.clear();
    return ruled_ = true;
  }
  if (kind_ != Kind::markdown) {
    ruled_ = false;
    columns_.clear();
    tlp_columns_.clear();
    header_due_ = false;
  }
  complete();
  kind_ = Kind::markdown;
  cells_ = cells_of(line);
  cells_line_ = line_;
  return true;
}

bool ProseTable::end() {
  complete();
  return !rows_.empty();
}

bool ProseTable::next_row(std::vector<std::string>& cells) {
  while (!rows_.empty()) {
    cells = std::move(rows_.front().cells);
    row_line_ = rows_.front().line;
    rows_.erase(rows_.begin());
    if (!header_due_) return true;
    header_due_ = false;
    use_header(cells);
  }
  return false;
}

void ProseTable::use_header(const std::vector<std::string>& cells) {
  columns_.clear();
  tlp_columns_.clear();
  for (const std::string& cell : cells) {
    columns_.push_back(section_of(cell));
    tlp_columns_.push_back(names_tlp(cell));
  }
}

const Section* ProseTable::column(std::size_t index) const {
  return index < columns_.size() ? &columns_[index] : nullptr;
}

bool ProseTable::holds_indicators() const {
  return columns_.empty() || std::ranges::any_of(columns_, &Section::telling) ||
         std::ranges::any_of(columns_, &Section::anything);
}

bool ProseTable::is_called(std::size_t index, std::initializer_list<std::string_view> names) const {
  if (index >= columns_.size()) return false;
  const std::string name = lower_ascii(columns_[index].title);
  return std::ranges::find(names, std::string_view(name)) != names.end();
}

bool ProseTable::is_role(std::size_t index) const { return is_called(index, {"role", "roles"}); }

bool ProseTable::is_word(std::size_t index) const {
  return is_role(index) ||
         is_called(index, {"type", "kind", "category", "status", "indicator type", "ioc type", "usage", "purpose"});
}

bool ProseTable::is_about(std::size_t index) const {
  if (index >= columns_.size()) return false;
  constexpr std::array<std::string_view, 20> words{
      "location", "country",   "city", "region", "count", "number", "size", "provider", "hosting",      "owner",
      "org",      "registrar", "asn",  "port",   "date",  "seen",   "type", "status",   "registration", "version"};
  const std::string name = plain_words(columns_[index].title);
  return std::ranges::any_of(
      words, [&](std::string_view word) { return name.find(" " + std::string(word)) != std::string::npos; });
}

bool ProseTable::is_value(std::size_t index) const {
  return is_called(index, {"value", "values", "artifact", "artifacts", "artefact", "artefacts"});
}

bool ProseTable::is_comment(std::size_t index) const {
  if (index >= columns_.size()) return false;
  const std::string name = lower_ascii(columns_[index].title);
  return name.find("description") != std::string::npos || name.find("comment") != std::string::npos ||
         name.find("note") != std::string::npos || name.find("detection") != std::string::npos;
}

}  // namespace testudo
