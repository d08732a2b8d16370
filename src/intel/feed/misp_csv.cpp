// MISP's CSV: a row is an attribute. Citizen Lab's repositories carry an old header (…,to_ids,date), newer exports
// …,to_ids,timestamp,object_relation,attribute_tag and the names of objects.
#include <algorithm>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/csv.h"
#include "intel/feed/csv_rows.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/misp.h"
#include "intel/feed/misp_attribute.h"
#include "intel/feed/tlp_said.h"

namespace testudo {
namespace {

using Cells = std::vector<std::string>;

bool is_misp_header(const Cells& cells) {
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(cells, [&](const std::string& cell) { return trim(cell) == name; });
  };
  return has("uuid") && has("type") && has("value") && has("category") && has("to_ids");
}

class MispCsvReader {
 public:
  MispCsvReader(FeedSink& sink, FeedNotes& notes) : notes_(notes), claims_(sink, notes) {}
  void header(const Cells& cells) {
    for (const std::string& cell : cells) names_.emplace_back(trim(cell));
  }
  bool has_header() const { return !names_.empty(); }
  std::uint64_t rows() const { return rows_; }
  bool lacks_cells(const Cells& cells) const { return cells.size() < names_.size(); }

  void row(std::uint64_t line, const Cells& cells) {
    ++rows_;
    if (std::ranges::all_of(cells, [](const std::string& cell) { return trim(cell).empty(); }))
      return notes_.add_line(line, "empty_row", "");
    if (cells.size() != names_.size()) notes_.add_line(line, "ragged_row", std::to_string(cells.size()) + " cells");
    MispAttribute attribute;
    attribute.type = cell(cells, "type");
    attribute.category = cell(cells, "category");
    attribute.value = cell(cells, "value");
    attribute.uuid = cell(cells, "uuid");
    attribute.comment = cell(cells, "comment");
    attribute.object = cell(cells, "object_name");
    attribute.relation = cell(cells, "object_relation");
    attribute.to_ids = flag(cell(cells, "to_ids"));
    attribute.created = date(cell(cells, "date"));
    attribute.modified = time_of(cell(cells, "timestamp"));
    if (attribute.type.empty() || attribute.value.empty()) return notes_.add_line(line, "row_without_value", cells[0]);
    MispMarks marks;
    tags(cell(cells, "attribute_tag"), marks);
    tags(cell(cells, "event_tag"), marks);
    marking(line, cells, marks);
    if (!claims_.add(attribute, marks, {})) claims_.keep(attribute, marks, "kind_without_indicators");
  }

 private:
  std::string_view cell(const Cells& cells, std::string_view name) const {
    const auto place = std::ranges::find(names_, name);
    const auto at = static_cast<std::size_t>(place - names_.begin());
    return at < std::min(cells.size(), names_.size()) ? plain_cell(cells[at]) : std::string_view{};
  }
  static std::optional<bool> flag(std::string_view text) {
    if (text == "1" || equals_ignoring_case(text, "true")) return true;
    if (text == "0" || equals_ignoring_case(text, "false")) return false;
    return std::nullopt;
  }
  // "20140924", the form of the old header.
  static std::optional<Time> date(std::string_view text) {
    if (text.size() != 8) return time_of(text);
    const std::string day(text);
    return time_of(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6));
  }
  static void tags(std::string_view text, MispMarks& marks) {
    for (const std::string_view tag : split(text, ',')) marks.add_tag(trim(tag));
  }

  // A column that MISP itself does not write.
  void marking(std::uint64_t line, const Cells& cells, MispMarks& marks) {
    for (std::size_t i = 0; i < std::min(cells.size(), names_.size()); ++i) {
      if (!names_tlp(names_[i]) || trim(cells[i]).empty()) continue;
      const std::optional<Tlp> tlp = tlp_of(plain_cell(cells[i]));
      if (!tlp) notes_.add_line(line, "unreadable_tlp", cells[i]);
      marks.tlp = stricter(marks.tlp, tlp.value_or(Tlp::amber_strict));
    }
  }

  FeedNotes& notes_;
  MispClaims claims_;
  std::vector<std::string> names_;
  std::uint64_t rows_ = 0;
};

Result<void> read_misp_csv(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  std::string owned;
  const std::string_view text = TRY(feed_text(feed, owned, notes));
  MispCsvReader reader(sink, notes);
  CsvRows rows(text, ',');
  Cells cells;
  while (rows.next(cells)) {
    if (rows.unterminated()) notes.add_line(rows.line(), "unterminated_quote", cells[0]);
    if (rows.cut()) notes.add_line(rows.line(), "row_too_long", cells[0]);
    for (std::string& cell : cells) {
      if (is_utf8(cell)) continue;
      notes.add_line(rows.line(), "not_utf8", cell);
      cell = to_utf8(cell);
    }
    if (reader.has_header()) {
      reader.row(rows.line(), cells);
      if (rows.ends_in_row() && reader.lacks_cells(cells)) notes.add("", "truncated", "");
    } else if (is_misp_header(cells)) {
      reader.header(cells);
    } else if (cells[0].starts_with('#') || is_marking(cells[0])) {
      continue;
    } else if (!trim(cells[0]).empty()) {
      return error(Fault::malformed, "no header of MISP's CSV");
    }
    if (text.data() == feed.text.data()) feed.done_until(rows.offset());
  }
  if (reader.rows() == 0) notes.add("", "empty_feed", "");
  return {};
}

int misp_csv_likeness(const FeedHead& head) {
  for (const std::string_view line : head.lines()) {
    if (trim(line).empty() || line.starts_with('#') || is_marking(line)) continue;
    CsvRows rows(line, ',');
    Cells cells;
    return rows.next(cells) && is_misp_header(cells) ? 95 : 0;
  }
  return 0;
}

}  // namespace

const FeedFormat misp_csv_format{"misp-csv", misp_csv_likeness, read_misp_csv, 100, FeedFormat::SaidIn::lone_lines};

}  // namespace testudo
