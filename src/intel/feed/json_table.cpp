// [{"type": "domain", "value": "evil.test", "description": "…"}], {"iocs": {"domains": ["evil.test"]}}: a list of
// objects is read as a table whose header is their keys.
#include "intel/feed/json_table.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "intel/feed/csv_columns.h"
#include "intel/feed/csv_reader.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/file_marking.h"
#include "intel/feed/json_fields.h"
#include "intel/feed/json_said.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr unsigned list_depth = 6;
constexpr std::size_t most_columns = 256;

bool holds_values(const Column& column) { return column.use == ColumnUse::value || column.use == ColumnUse::typed; }

// Values of a list, a number, a text as the cell of a table; an object holds no values of its row.
std::string cell_of(dom::element value) {
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return std::string(text);
  dom::array list;
  if (value.get(list) == simdjson::SUCCESS) {
    std::string cell;
    for (const dom::element item : list)
      if (item.get(text) == simdjson::SUCCESS) cell.append(cell.empty() ? "" : ", ").append(text);
    return cell;
  }
  return value.is_null() || value.is_object() ? std::string() : simdjson::minify(value);
}

// A value whose kind the row tells, or one of a kind that the key names beside what is only said of indicators. A list
// of "url" and "name" could be anything.
bool is_table(const std::vector<Column>& columns) {
  const auto has = [&](ColumnUse use) { return std::ranges::find(columns, use, &Column::use) != columns.end(); };
  if (has(ColumnUse::value) && has(ColumnUse::type)) return true;
  const bool told = std::ranges::any_of(columns, [](const Column& column) {
    constexpr std::array<std::string_view, 7> names{"ioc",      "iocs",       "ioc_value",      "indicator",
                                                    "phish_id", "observable", "indicator_value"};
    return std::ranges::find(names, lower_ascii(column.name)) != names.end();
  });
  const bool said = has(ColumnUse::threat) || has(ColumnUse::tlp) || has(ColumnUse::confidence) ||
                    has(ColumnUse::first_seen) || has(ColumnUse::last_seen) || has(ColumnUse::valid_until);
  return std::ranges::any_of(columns, holds_values) && (told || said);
}

class JsonTables {
 public:
  JsonTables(FeedSink& sink, FeedNotes& notes) : held_(sink), notes_(notes) {}

  // Whether anything in it is a table or a list of values. `key` is that of the member, `said` what is said of it.
  bool walk(dom::element element, std::string_view key, unsigned depth, JsonSaid said) {
    if (depth > list_depth) return false;
    bool any = false;
    dom::array list;
    dom::object object;
    if (element.get(list) == simdjson::SUCCESS) {
      if (table(list, said) || values(list, key, said)) return true;
      for (const dom::element item : list) any |= walk(item, key, depth + 1, said);
    } else if (element.get(object) == simdjson::SUCCESS) {
      said.add(said_beside(object, notes_));
      for (const dom::key_value_pair member : object) {
        JsonSaid below = said;
        below.add(said_by_key(member.key));
        any |= walk(member.value, member.key, depth + 1, below);
      }
      // A page of several: what it does not name may stand on another.
      if (const std::string_view next = json_text(object, "next"); any && next.starts_with("http"))
        notes_.add("", "truncated", next);
    }
    return any;
  }

 private:
  bool table(dom::array list, const JsonSaid& said) {
    std::vector<std::string> header;
    std::unordered_map<std::string_view, std::size_t> places;
    for (const dom::element item : list) {
      dom::object object;
      if (item.get(object) != simdjson::SUCCESS) continue;
      for (const dom::key_value_pair member : object)
        if (header.size() < most_columns && places.emplace(member.key, header.size()).second)
          header.emplace_back(member.key);
    }
    std::vector<Column> columns = columns_of(header);
    if (!is_table(columns)) return false;
    CsvReader reader(held_, notes_, "object");
    reader.header(std::move(columns));
    std::uint64_t number = 0;
    std::vector<std::string> cells(header.size());
    for (const dom::element item : list) {
      ++number;
      dom::object object;
      if (item.get(object) != simdjson::SUCCESS) {
        notes_.add("object " + std::to_string(number), "not_an_object", simdjson::minify(item));
        continue;
      }
      std::ranges::for_each(cells, [](std::string& cell) { cell.clear(); });
      JsonSaid of_row = said;
      for (const dom::key_value_pair member : object) {
        const auto place = places.find(member.key);
        const bool takes = place != places.end() && cells[place->second].empty();
        if (takes) cells[place->second] = cell_of(member.value);
        if (place == places.end()) notes_.add("object " + std::to_string(number), "unknown_key", member.key);
        // A cell is what its column says; the rest of the object may still say with whom the row may be shared.
        if (!takes || member.value.is_array() || member.value.is_object())
          of_row.add(said_by_member(member.key, member.value, notes_));
      }
      held_.hold(of_row.tlp, of_row.role);
      reader.row(number, cells);
    }
    return true;
  }

  // Texts below a key that names their kind: "domains", "sha256".
  bool values(dom::array list, std::string_view key, const JsonSaid& said) {
    const std::optional<Kind> kind = kind_of_word(key);
    if (!kind) return false;
    held_.hold(said.tlp, said.role);
    bool any = false;
    std::string_view text;
    for (const dom::element item : list) {
      if (item.get(text) != simdjson::SUCCESS || trim(text).empty()) continue;
      std::string owned;
      FeedClaim claim;
      claim.value = refang(trim(text), owned);
      claim.kind = fitted_kind(*kind, claim.value);
      held_.claim(claim);
      any = true;
    }
    return any;
  }

  MarkedSink held_;
  FeedNotes& notes_;
};

Result<void> read_json(const FeedText& feed, FeedSink& sink) {
  FeedNotes notes(sink);
  JsonFeed json;
  TRY(open_json(feed, notes, json, BrokenJson::take_objects));
  JsonSaid said;
  if (json.mended && (json.apart || json.root.is_object())) {
    // What stood around the tables may have marked them.
    notes.add("", "marking_may_be_lost", "");
    said.tlp = Tlp::amber_strict;
  }
  if (!JsonTables(sink, notes).walk(json.root, {}, 0, said)) return error(Fault::malformed, "no list of indicators");
  return {};
}

// What is said of indicators alone must be among the keys: any program writes JSON.
int json_likeness(const FeedHead& head) {
  if (!begins_like_json(head)) return 0;
  const auto key = [&](std::string_view word) { return has_json_key(head, word); };
  const bool called = key("\"iocs\"") || key("\"ioc\"") || key("\"indicators\"") ||
                      (key("\"indicator\"") && key("\"type\"")) || key("\"indicator_type\"") || key("\"ioc_type\"") ||
                      key("\"observables\"") || key("\"phish_id\"");
  if (called) return 60;
  if (key("\"value\"") && key("\"type\"") && !key("\"meta\"") && !key("\"uuid\"")) return 52;
  return 0;
}

}  // namespace

const FeedFormat json_format{"json", json_likeness, read_json, 60};

}  // namespace testudo
