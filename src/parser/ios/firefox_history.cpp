// ios.firefox_history: the pages that Firefox visited. Two databases: browser.db (history to about version 110) and
// places.db (after). Floor 4. Format and sources: docs/formats/ios-firefox-history.md.
#include <array>

#include "parser/columns.h"
#include "parser/ios/browser.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Visit {
  std::optional<std::string_view> url, title;
  std::optional<Time> visited_at, deleted_at;
  std::optional<std::string_view> visit_type;
  std::optional<std::int64_t> from_visit, history_id;
  std::optional<std::string_view> from_url, page_description, preview_image_url;
  std::optional<bool> is_local, deleted;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<Visit> {
  static constexpr std::string_view name = "ios.firefox_visit";
  static constexpr std::string_view prose =
      "A page in Firefox's history, on this phone or synced from another device; also an address that Firefox knows "
      "without a visit, as of a bookmark. It does not prove that a person looked at the page.";
  static constexpr std::string_view line = "Firefox: {url} {title}";
  static constexpr std::array identity{"url", "visited_at"};
  static constexpr std::tuple fields{
      Field<&Visit::url>{"url", Kind::url, "address of the page; missing where it was deleted"},
      Field<&Visit::title>{"title", Kind::text, "title of the page", Show::content},
      Field<&Visit::visited_at>{"visited_at", Kind::time, "when the visit was recorded", Show::event},
      Field<&Visit::visit_type>{"visit_type", Kind::text,
                                "how the page was reached: link, typed, redirect_permanent …; missing without a visit"},
      Field<&Visit::from_visit>{"from_visit", Kind::integer, "number of the visit that led here"},
      Field<&Visit::from_url>{"from_url", Kind::url, "address of the visit that led here"},
      Field<&Visit::is_local>{"is_local", Kind::boolean, "whether this device made the visit"},
      Field<&Visit::deleted>{"deleted", Kind::boolean, "whether the row is marked as deleted"},
      Field<&Visit::deleted_at>{"deleted_at", Kind::time, "when the page was deleted from the history", Show::event},
      Field<&Visit::history_id>{"history_id", Kind::integer, "number of the address in history or moz_places"},
      Field<&Visit::page_description>{"page_description", Kind::text, "what the page said of itself", Show::content},
      Field<&Visit::preview_image_url>{"preview_image_url", Kind::url, "address of a picture that the page named"},
      Field<&Visit::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

namespace {

// Numbers of both generations: Storage/Visit.swift and components/places types.rs; the ninth differs.
constexpr std::array<std::string_view, 11> types{
    "unknown",  "link",        "typed",  "bookmark",    "embed", "redirect_permanent", "redirect_temporary",
    "download", "framed_link", "reload", "update_place"};
constexpr std::int64_t ninth = 9;

std::optional<std::string_view> type_name(std::optional<std::int64_t> type, std::string_view name_of_ninth) {
  if (!type) return std::nullopt;
  if (*type == ninth) return name_of_ninth;
  if (*type < 0 || *type >= static_cast<std::int64_t>(types.size())) return "unknown";
  return types[static_cast<std::size_t>(*type)];
}

// browser.db counts microseconds since 1970, in a column of reals.
std::optional<Time> micros_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  const auto micros = browser::number(out, row, column, rowid);
  if (!micros || *micros <= 0) return std::nullopt;
  return out.checked(from_unix_seconds(*micros / 1e6), static_cast<std::uint64_t>(rowid));
}

// places.db counts milliseconds since 1970.
std::optional<Time> millis_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  if (const auto millis = browser::number(out, row, column, rowid); !millis || *millis <= 0) return std::nullopt;
  return out.checked(from_unix_millis(row.integer(column).value_or(0)), static_cast<std::uint64_t>(rowid));
}

const std::vector<std::string_view> history_columns{"id", "url", "title", "is_deleted"};
const std::vector<std::string_view> place_columns{
    "id", "url", "title", "last_visit_date_local", "description", "preview_image_url"};
// Of visits all but what the join reads; the same in both generations.
const std::vector<std::string_view> visit_columns{"id",   "siteID",     "place_id", "date",      "visit_date",
                                                  "type", "visit_type", "is_local", "from_visit"};

Result<void> read_browser_visits(const Database& db, Input& in, Sink& out) {
  TRY(db.each(
      "SELECT {v=visits.id}, {h=history.url}, {h=history.title}, {v=visits.date}, {v=visits.type},"
      " {?v=visits.is_local}, {?h=history.is_deleted}, {v=visits.siteID}"
      " FROM visits AS v LEFT JOIN history AS h ON h.id = {v=visits.siteID}",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Visit visit{.url = row.text(1),
                    .title = browser::filled(row, 2),
                    .visited_at = micros_time(out, row, 3, id),
                    .visit_type = type_name(row.integer(4), "recently_closed"),
                    .history_id = row.integer(7),
                    .is_local = row.boolean(5),
                    .deleted = row.boolean(6)};
        out.emit(visit, in.row(id), [&](Visit& whole) { whole.extra = rest_of(db, "visits", id, visit_columns); });
        return true;
      }));
  return db.each(
      "SELECT {history.id}, {history.url}, {history.title}, {?history.is_deleted},"
      " {?history.local_modified} FROM history"
      " WHERE {history.id} NOT IN (SELECT {visits.siteID} FROM visits WHERE {visits.siteID} IS NOT NULL)",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Visit visit{.url = row.text(1), .title = browser::filled(row, 2), .history_id = id, .deleted = row.boolean(3)};
        if (visit.deleted == true) visit.deleted_at = millis_time(out, row, 4, id);
        out.emit(visit, in.row(id), [&](Visit& whole) { whole.extra = rest_of(db, "history", id, history_columns); });
        return true;
      });
}

Result<void> read_places_visits(const Database& db, Input& in, Sink& out) {
  TRY(db.each(
      "SELECT {v=moz_historyvisits.id}, {p=moz_places.url}, {p=moz_places.title}, {v=moz_historyvisits.visit_date},"
      " {v=moz_historyvisits.visit_type}, {?v=moz_historyvisits.is_local}, {?v=moz_historyvisits.from_visit},"
      " {q=moz_places.url}, {v=moz_historyvisits.place_id}, {?p=moz_places.description},"
      " {?p=moz_places.preview_image_url}"
      " FROM moz_historyvisits AS v LEFT JOIN moz_places AS p ON p.id = {v=moz_historyvisits.place_id}"
      " LEFT JOIN moz_historyvisits AS f ON f.id = {?v=moz_historyvisits.from_visit}"
      " LEFT JOIN moz_places AS q ON q.id = f.place_id",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Visit visit{.url = row.text(1),
                    .title = browser::filled(row, 2),
                    .visited_at = millis_time(out, row, 3, id),
                    .visit_type = type_name(row.integer(4), "reload"),
                    .from_visit = row.integer(6),
                    .history_id = row.integer(8),
                    .from_url = row.text(7),
                    .page_description = browser::filled(row, 9),
                    .preview_image_url = browser::filled(row, 10),
                    .is_local = row.boolean(5)};
        out.emit(visit, in.row(id),
                 [&](Visit& whole) { whole.extra = rest_of(db, "moz_historyvisits", id, visit_columns); });
        return true;
      }));
  return db.each(
      "SELECT {moz_places.id}, {moz_places.url}, {moz_places.title}, {?moz_places.last_visit_date_local},"
      " {?moz_places.description}, {?moz_places.preview_image_url} FROM moz_places"
      " WHERE {moz_places.id} NOT IN (SELECT {moz_historyvisits.place_id} FROM moz_historyvisits"
      " WHERE {moz_historyvisits.place_id} IS NOT NULL)",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Visit visit{.url = row.text(1),
                    .title = browser::filled(row, 2),
                    .visited_at = millis_time(out, row, 3, id),
                    .history_id = id,
                    .page_description = browser::filled(row, 4),
                    .preview_image_url = browser::filled(row, 5)};
        out.emit(visit, in.row(id), [&](Visit& whole) { whole.extra = rest_of(db, "moz_places", id, place_columns); });
        return true;
      });
}

// Newer versions keep browser.db for other things, without the history's tables.
bool moved_on(const Database& db) {
  return !db.has_table("visits") && !db.has_table("history") &&
         (db.has_table("remote_devices") || db.has_table("queue") || db.has_table("pinned_top_sites"));
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  if (in.file().path.ends_with("places.db")) return read_places_visits(db, in, out);
  if (moved_on(db)) return {};
  return read_browser_visits(db, in, out);
}

constexpr Want wants[]{{"*", "*.profile/browser.db"}, {"*", "*.profile/places.db"}};
const RecordType* const records[]{&record_type<Visit>()};
const Registration registration{{.name = "ios.firefox_history",
                                 .page = "ios-firefox-history.md",
                                 .wants = wants,
                                 .records = records,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
