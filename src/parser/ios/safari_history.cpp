// ios.safari_history: the pages that Safari visited, and what was deleted from that list. Floor 4.
// Format and sources: docs/formats/ios-safari-history.md.
#include "parser/columns.h"
#include "parser/ios/browser.h"
#include "parser/ios/safari_items.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Visit {
  std::optional<std::string_view> url, title;
  std::optional<Time> visited_at;
  std::optional<std::int64_t> redirect_source, redirect_destination;
  std::optional<std::string_view> redirect_destination_url;
  std::optional<Duration> redirect_after;
  std::optional<bool> redirect_other_host, redirect_other_site;
  std::optional<bool> load_successful, http_non_get, synthesized;
  std::optional<std::int64_t> visit_origin, visit_count, history_item_id;
  std::optional<std::string> extra;
};

struct Tombstone {
  std::optional<std::string_view> url;
  std::optional<Time> covers_from, covers_to;
  std::optional<std::string> extra;
};

}  // namespace

template <>
struct Schema<Visit> {
  static constexpr std::string_view name = "ios.safari_visit";
  static constexpr std::string_view prose =
      "A page in Safari's history, on this phone or synced from another device of the same account. It does not prove "
      "that a person looked at the page: a redirect or a link opened by an app leaves the same row.";
  static constexpr std::string_view line = "Safari: {url} {title}";
  static constexpr std::array identity{"url", "visited_at"};
  static constexpr std::tuple fields{
      Field<&Visit::url>{"url", Kind::url, "address of the page; missing where the item that held it is gone"},
      Field<&Visit::title>{"title", Kind::text, "title of the page, if it was known", Show::content},
      Field<&Visit::visited_at>{"visited_at", Kind::time,
                                "when the visit was recorded; missing for an address whose visits are gone",
                                Show::event},
      Field<&Visit::redirect_source>{"redirect_source", Kind::integer, "number of the visit that redirected here"},
      Field<&Visit::redirect_destination>{"redirect_destination", Kind::integer,
                                          "number of the visit that this one was redirected to"},
      Field<&Visit::redirect_destination_url>{"redirect_destination_url", Kind::url,
                                              "address that this visit was redirected to"},
      Field<&Visit::redirect_after>{"redirect_after", Kind::duration,
                                    "time from this visit to the one that it was redirected to"},
      Field<&Visit::redirect_other_host>{"redirect_other_host", Kind::boolean,
                                         "whether the redirect left the host (a leading www. is not counted)"},
      Field<&Visit::redirect_other_site>{"redirect_other_site", Kind::boolean,
                                         "whether the redirect left the registrable domain"},
      Field<&Visit::load_successful>{"load_successful", Kind::boolean, "whether the page loaded"},
      Field<&Visit::http_non_get>{"http_non_get", Kind::boolean, "whether it was requested by another method than GET"},
      Field<&Visit::synthesized>{"synthesized", Kind::boolean,
                                 "whether Safari made the visit up (for the start of a redirect, say)"},
      Field<&Visit::visit_origin>{"visit_origin", Kind::integer, "0: on this device; 1: synced from another one"},
      Field<&Visit::visit_count>{"visit_count", Kind::integer, "visits of this address that Safari counts in all"},
      Field<&Visit::history_item_id>{"history_item_id", Kind::integer, "number of the address in history_items"},
      Field<&Visit::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<Tombstone> {
  static constexpr std::string_view name = "ios.safari_tombstone";
  static constexpr std::string_view prose =
      "A mark that history was deleted, kept so that sync does not bring it back. It does not tell when, by whom or on "
      "which device it was deleted; clearing history is common.";
  static constexpr std::string_view line = "Safari history deleted: {url}";
  static constexpr std::array identity{"url", "covers_from", "covers_to"};
  static constexpr std::tuple fields{
      Field<&Tombstone::url>{"url", Kind::url, "address whose visits were deleted; missing where all of the span were"},
      Field<&Tombstone::covers_from>{"covers_from", Kind::time, "start of the span whose visits were deleted"},
      Field<&Tombstone::covers_to>{"covers_to", Kind::time, "end of the span whose visits were deleted"},
      Field<&Tombstone::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

namespace {

const std::vector<std::string_view> visit_columns{
    "id",          "history_item",    "visit_time",           "title", "load_successful", "http_non_get",
    "synthesized", "redirect_source", "redirect_destination", "origin"};
const std::vector<std::string_view> tombstone_columns{"id", "start_time", "end_time", "url"};

// Where a row's addresses come from: the table in memory by number, or the join where that table is too large.
class Addresses {
 public:
  explicit Addresses(HistoryItems* items) : items_(items) {}
  std::string select() const {
    return items_ != nullptr ? " {v=history_visits.history_item}, {d=history_visits.history_item}, NULL"
                             : " {i=history_items.url}, {j=history_items.url}, {?i=history_items.visit_count}";
  }
  std::string join() const {
    return items_ != nullptr ? ""
                             : " LEFT JOIN history_items AS i ON i.id = {v=history_visits.history_item}"
                               " LEFT JOIN history_items AS j ON j.id = {d=history_visits.history_item}";
  }
  void fill(Visit& visit, const QueryRow& row) const {
    if (items_ == nullptr) {
      visit.url = row.text(1), visit.redirect_destination_url = row.text(2), visit.visit_count = row.integer(3);
      return;
    }
    if (const HistoryItem* item = find(row, 1)) visit.url = item->url, visit.visit_count = item->visit_count;
    if (!visit.redirect_destination) return;
    if (const HistoryItem* item = find(row, 2)) visit.redirect_destination_url = item->url;
  }

 private:
  const HistoryItem* find(const QueryRow& row, int column) const {
    const auto id = row.integer(column);
    return id ? items_->find(*id) : nullptr;
  }
  HistoryItems* items_;
};

void fill_redirect(Visit& visit, const QueryRow& row, int column) {
  // A time that is none is reported for the destination's own row.
  const auto to = row.is_number(column) ? from_mac_seconds(row.real(column).value_or(0)) : std::nullopt;
  if (to && visit.visited_at) visit.redirect_after = Duration{to->micros - visit.visited_at->micros};
  if (!visit.url || !visit.redirect_destination_url) return;
  if (const auto far = browser::distance(*visit.url, *visit.redirect_destination_url)) {
    visit.redirect_other_host = far->other_host;
    visit.redirect_other_site = far->other_site;
  }
}

// Addresses that no visit refers to any more.
void emit_unvisited(const HistoryItems& items, Input& in, Sink& out) {
  for (const HistoryItem& item : items.all())
    if (!item.visited && item.url)
      out.emit(Visit{.url = item.url, .visit_count = item.visit_count, .history_item_id = item.id}, in.row(item.id));
}

Result<void> read_visits(const Database& db, Input& in, Sink& out) {
  Result<HistoryItems> items = HistoryItems::load(db);
  const Addresses addresses(items ? &items.value() : nullptr);
  // The join with the destination goes by primary key, and ends at once for visits that were not redirected.
  const std::string head =
      "{v=history_visits.id}," + addresses.select() +
      ", {v=history_visits.title}, {v=history_visits.visit_time},"
      " {?v=history_visits.redirect_source}, {?v=history_visits.redirect_destination}, {d=history_visits.visit_time},"
      " {?v=history_visits.load_successful}, {?v=history_visits.http_non_get}, {?v=history_visits.synthesized},"
      " {?v=history_visits.origin}, {v=history_visits.history_item}";
  const std::string from =
      "history_visits AS v"
      " LEFT JOIN history_visits AS d ON d.id = {?v=history_visits.redirect_destination}" +
      addresses.join();
  const SplitQuery query{
      .head = head, .details = {}, .from = from, .table = "history_visits", .alias = "v", .except = visit_columns};
  TRY(db.each(query, out.keeps_all(), [&](const SplitRow& stored) {
    const QueryRow& row = stored.head();
    const std::int64_t id = row.integer(0).value_or(0);
    Visit visit{.title = row.text(4),
                .visited_at = browser::mac_time(out, row, 5, id),
                .redirect_source = row.integer(6),
                .redirect_destination = row.integer(7),
                .load_successful = row.boolean(9),
                .http_non_get = row.boolean(10),
                .synthesized = row.boolean(11),
                .visit_origin = row.integer(12),
                .history_item_id = row.integer(13)};
    addresses.fill(visit, row);
    if (!visit.url) out.anomaly("url_missing", static_cast<std::uint64_t>(id));
    if (visit.redirect_destination) fill_redirect(visit, row, 8);
    out.emit(visit, in.row(id), [&](Visit& whole) { whole.extra = rest_of(stored); });
    return true;
  }));
  if (items) emit_unvisited(*items, in, out);
  return {};
}

// NSDate's distantPast, which stands for an open start.
constexpr double distant_past = -63'114'076'800;

std::optional<Time> span_start(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  if (row.real(column) == distant_past) return std::nullopt;
  return browser::mac_time(out, row, column, rowid);
}

Result<void> read_tombstones(const Database& db, Input& in, Sink& out) {
  if (!db.has_table("history_tombstones")) return {};  // databases older than sync have none
  return db.each(
      "SELECT {history_tombstones.id}, {history_tombstones.url}, {history_tombstones.start_time},"
      " {history_tombstones.end_time} FROM history_tombstones",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Tombstone tombstone{.url = row.text(1),
                            .covers_from = span_start(out, row, 2, id),
                            .covers_to = browser::mac_time(out, row, 3, id)};
        out.emit(tombstone, in.row(id),
                 [&](Tombstone& whole) { whole.extra = rest_of(db, "history_tombstones", id, tombstone_columns); });
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  Result<void> visits = read_visits(db, in, out);
  TRY(read_tombstones(db, in, out));  // also where the visits are damaged: the tables fail apart
  return visits;
}

constexpr Want wants[]{{"*", "Library/Safari/History.db"}, {"*", "Library/Safari/Profiles/*/History.db"}};
const RecordType* const records[]{&record_type<Visit>(), &record_type<Tombstone>()};
const Registration registration{{.name = "ios.safari_history",
                                 .page = "ios-safari-history.md",
                                 .wants = wants,
                                 .records = records,
                                 .presence = Presence::encrypted_only,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
