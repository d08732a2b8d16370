// A row is one or more indicators and what the feed says of them all.
#include "intel/feed/csv.h"

#include <algorithm>
#include <array>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/csv_columns.h"
#include "intel/feed/csv_rows.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/text_list.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

using Cells = std::vector<std::string>;

bool is_empty(const Cells& cells) {
  return std::ranges::all_of(cells, [](const std::string& cell) { return trim(cell).empty(); });
}

// A header that is written as a comment: "# id,dateadded,url".
bool header_in_comment(Cells cells) {
  cells[0] = std::string(trim(std::string_view(cells[0]).substr(1)));
  return cells.size() > 1 && is_header(cells);
}

bool holds_blanks(Kind kind) {
  return kind == Kind::path || kind == Kind::file_name || kind == Kind::process || kind == Kind::registry_key ||
         kind == Kind::property || kind == Kind::phone;
}

// The words of feeds, and those that only our own exports use.
std::optional<Kind> kind_of_type(std::string_view word) {
  if (const auto kind = kind_of_word(word)) return kind;
  const auto kind = kind_from_name(word);
  const bool own = kind == Kind::property || kind == Kind::profile_id || kind == Kind::account || kind == Kind::ja4;
  return own ? kind : std::nullopt;
}

// Words for what no Kind stands for, although its value may look like one that has.
bool is_kindless(std::string_view word) {
  const std::string text = lower_ascii(word);
  return std::ranges::any_of(
      std::array<std::string_view, 7>{"mutex", "mac", "user-agent", "useragent", "imphash", "ssdeep", "yara"},
      [&](std::string_view known) { return text.starts_with(known); });
}

// A list of files with their digests, licences and origins says nothing against any of them.
bool is_inventory(const Cells& header) {
  return std::ranges::any_of(header, [](const std::string& name) {
    const std::string word = lower_ascii(trim(name));
    return word == "licence" || word == "license" || word == "commit" || word == "repo" || word == "repository";
  });
}

class CsvReader {
 public:
  CsvReader(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}
  void header(const Cells& cells) { columns_ = columns_of(cells); }
  void one_column(std::size_t column) {
    columns_.assign(column + 1, Column{});
    columns_[column].use = ColumnUse::value;
    any_width_ = true;
  }
  bool has_header() const { return !columns_.empty(); }
  std::uint64_t rows() const { return rows_; }

  void row(std::uint64_t line, const Cells& cells) {
    ++rows_;
    if (is_empty(cells)) return notes_.add_line(line, "empty_row", "");
    if (cells.size() != columns_.size() && !any_width_)
      notes_.add_line(line, "ragged_row", std::to_string(cells.size()) + " cells");
    line_ = line;
    FeedClaim claim;
    describe(cells, claim);
    bool any = false;
    for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i)
      if (columns_[i].use == ColumnUse::value || columns_[i].use == ColumnUse::typed)
        any |= values(columns_[i], plain_cell(cells[i]), claim);
    if (!any) notes_.add_line(line, "row_without_value", cells[0]);
  }

 private:
  // Everything of the row but its values.
  void describe(const Cells& cells, FeedClaim& claim) {
    comment_.clear();
    type_ = shown_ = {};
    for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
      const std::string_view cell = plain_cell(cells[i]);
      if (!cell.empty()) say(columns_[i], cell, claim);
    }
    claim.comment = comment_;
  }
  void say(const Column& column, std::string_view cell, FeedClaim& claim) {
    switch (column.use) {
      case ColumnUse::type:
        type_ = cell;
        if (const auto role = role_of(cell)) claim.role = *role;
        break;
      case ColumnUse::comment:
        add_comment(cell);
        break;
      case ColumnUse::threat:
        if (claim.threat.empty()) claim.threat = cell;
        break;
      case ColumnUse::tags:
        tags(cell, claim);
        break;
      case ColumnUse::tlp:
        claim.tlp = stricter(claim.tlp, understood(tlp_of(cell), column, cell));
        break;
      case ColumnUse::confidence:
        claim.confidence = understood(confidence_of(cell), column, cell);
        break;
      case ColumnUse::role:
        claim.role = understood(role_of(cell), column, cell).value_or(claim.role);
        break;
      case ColumnUse::object:
        claim.object = cell;
        break;
      case ColumnUse::revoked:
        claim.revoked = equals_ignoring_case(cell, "true");
        break;
      case ColumnUse::shown:
        shown_ = cell;
        break;
      case ColumnUse::unknown:
      case ColumnUse::value:
      case ColumnUse::typed:
        break;
      default:
        time(column, cell, claim);
    }
  }
  void time(const Column& column, std::string_view cell, FeedClaim& claim) {
    const std::optional<Time> at = understood(time_of(cell), column, cell);
    switch (column.use) {
      case ColumnUse::created:
        claim.created = at;
        break;
      case ColumnUse::modified:
        claim.modified = at;
        break;
      case ColumnUse::valid_from:
        claim.valid_from = at;
        break;
      case ColumnUse::valid_until:
        claim.valid_until = at;
        break;
      case ColumnUse::first_seen:
        claim.first_seen = at;
        break;
      default:
        claim.last_seen = at;
    }
  }
  template <typename T>
  std::optional<T> understood(std::optional<T> value, const Column& column, std::string_view cell) {
    if (!value) notes_.add_line(line_, "unreadable_" + note_name(column.use), cell);
    return value;
  }
  static std::string note_name(ColumnUse use) {
    if (use == ColumnUse::tlp) return "tlp";
    if (use == ColumnUse::confidence) return "confidence";
    return use == ColumnUse::role ? "role" : "time";
  }
  void tags(std::string_view cell, FeedClaim& claim) {
    add_comment(cell);
    for (std::size_t at = 0; at < cell.size();) {
      const std::size_t end = OctetSet(",;| ").find_in(cell, at);
      const std::string_view tag = cell.substr(at, end - at);
      if (tag.size() > 4 && equals_ignoring_case(tag.substr(0, 4), "tlp:"))
        claim.tlp = stricter(claim.tlp, tlp_of(tag));
      at = end + 1;
    }
  }
  void add_comment(std::string_view text) {
    if (!comment_.empty()) comment_ += "; ";
    comment_ += text;
  }

  bool values(const Column& column, std::string_view cell, FeedClaim& claim) {
    if (cell.empty()) return false;
    if (cell.front() == '=') {
      notes_.add_line(line_, "formula_cell", cell);
      return true;
    }
    if (column.use == ColumnUse::typed) {
      typed(column.kind, cell, claim);
    } else {
      untyped(cell, claim);
    }
    return true;
  }
  void typed(Kind kind, std::string_view cell, FeedClaim& claim) {
    std::vector<std::string_view> parts;
    if (!holds_blanks(kind) && may_be_several(cell)) parts = values_in(cell);
    if (parts.empty()) parts.push_back(cell);
    std::string owned;
    for (const std::string_view part : parts) {
      const std::string_view text = refang(part, owned);
      emit(fitted_kind(kind, text), text, claim);
    }
  }
  void untyped(std::string_view cell, FeedClaim& claim) {
    const std::optional<Kind> kind = kind_of_type(type_);
    if (kind) return typed(*kind, *kind == Kind::url && !shown_.empty() ? shown_ : cell, claim);
    const std::vector<std::string_view> parts = is_kindless(type_) ? std::vector<std::string_view>{} : values_in(cell);
    std::string owned;
    for (const std::string_view part : parts) {
      const std::string_view text = refang(part, owned);
      emit(*kind_of_value(text), text, claim);
    }
    if (!parts.empty()) return;
    if (type_.empty()) return notes_.add_line(line_, "unrecognised_value", cell);
    keep(cell, claim);
  }
  void emit(Kind kind, std::string_view text, FeedClaim& claim) {
    claim.kind = kind;
    claim.value = text;
    sink_.claim(claim);
  }
  void keep(std::string_view cell, const FeedClaim& claim) {
    keep_value(sink_, {.language = "csv", .object = claim.object, .name = claim.comment, .tlp = claim.tlp}, type_,
               cell);
  }

  FeedSink& sink_;
  FeedNotes& notes_;
  std::vector<Column> columns_;
  bool any_width_ = false;
  std::string comment_;
  std::string_view type_, shown_;
  std::uint64_t line_ = 0, rows_ = 0;
};

// The column of a feed without header whose cells look most like indicators; nothing if none does in half of the rows.
std::optional<std::size_t> column_of_values(std::string_view head, char delimiter) {
  CsvRows rows(head, delimiter);
  Cells cells;
  std::vector<std::size_t> found;
  std::size_t seen = 0;
  while (seen < 50 && rows.next(cells)) {
    if (is_empty(cells) || cells[0].starts_with('#')) continue;
    ++seen;
    found.resize(std::max(found.size(), cells.size()));
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (kind_of_value(refang(plain_cell(cells[i])))) ++found[i];
  }
  const auto best = std::ranges::max_element(found);
  if (best == found.end() || *best * 2 < seen) return std::nullopt;
  return static_cast<std::size_t>(best - found.begin());
}

// The first row that could be a header; nothing if values come first.
std::optional<Cells> first_row(std::string_view head, char delimiter) {
  CsvRows rows(head, delimiter);
  Cells cells;
  while (rows.next(cells)) {
    if (is_empty(cells)) continue;
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
  const char found = csv_delimiter(head);
  const char delimiter = found == '\0' ? ',' : found;
  CsvReader reader(sink, notes);
  CsvRows rows(text, delimiter);
  Cells cells;
  while (rows.next(cells)) {
    if (rows.unterminated()) notes.add_line(rows.line(), "unterminated_quote", cells[0]);
    if (rows.cut()) notes.add_line(rows.line(), "row_too_long", cells[0]);
    mend(cells, rows.line(), notes);
    const bool comment = cells[0].starts_with('#');
    if (!reader.has_header() && !is_empty(cells)) {
      if (comment && !header_in_comment(cells)) continue;
      if (comment) cells[0].erase(0, 1);
      if (is_header(cells)) {
        reader.header(cells);
        continue;
      }
      const std::optional<std::size_t> column = column_of_values(head, delimiter);
      if (!column) return error(Fault::malformed, "no column of indicators");
      notes.add("", "no_header", "");
      reader.one_column(*column);
    }
    if (!reader.has_header() || comment) continue;
    reader.row(rows.line(), cells);
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
  const char delimiter = csv_delimiter(lines);
  if (delimiter == '\0' && !named) return 0;
  std::optional<Cells> first = first_row(lines, delimiter == '\0' ? ',' : delimiter);
  if (!first) return named && head.text().empty() ? 55 : 0;
  if ((*first)[0].starts_with('#')) (*first)[0].erase(0, 1);
  if (is_inventory(*first)) return 0;
  if (is_header(*first)) return named ? 90 : 75;
  if (!column_of_values(lines, delimiter == '\0' ? ',' : delimiter)) return 0;
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

const FeedFormat csv_format{"csv", csv_likeness, read_csv};

}  // namespace testudo
