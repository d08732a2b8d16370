// ios.chrome_history: the pages that Chrome visited, how it came to each, and what it downloaded; all profiles.
// Floor 4. Format and sources: docs/formats/ios-chrome-history.md.
#include <array>

#include "base/text.h"
#include "parser/columns.h"
#include "parser/id_map.h"
#include "parser/ios/browser.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Visit {
  std::optional<std::string_view> url, title;
  std::optional<Time> visited_at;
  std::optional<Duration> visit_duration;
  std::optional<std::int64_t> from_visit;
  std::optional<std::string_view> from_url, external_referrer, linked_from_url, linked_from_frame, search_term;
  std::optional<std::string_view> transition;
  std::optional<std::string> transition_qualifiers;
  std::optional<bool> is_redirect, is_synced, hidden;
  std::optional<std::int64_t> visit_count, typed_count, url_id;
  std::optional<std::string> extra;
};

struct Download {
  std::optional<std::string_view> url_chain, target_path, current_path, referrer, site_url, tab_url, tab_referrer;
  std::optional<std::string_view> mime_type;
  std::optional<Time> started_at, ended_at;
  std::optional<std::int64_t> received_bytes, total_bytes, download_state, danger_type;
  std::optional<bool> opened;
  std::optional<std::string> sha256, extra;
};

}  // namespace

template <>
struct Schema<Visit> {
  static constexpr std::string_view name = "ios.chrome_visit";
  static constexpr std::string_view prose =
      "A page in Chrome's history, on this phone or synced from another device; also an address that Chrome still "
      "knows "
      "and whose visits it has dropped. It does not prove that a person looked at the page.";
  static constexpr std::string_view line = "Chrome: {url} {title}";
  static constexpr std::array identity{"url", "visited_at"};
  static constexpr std::tuple fields{
      Field<&Visit::url>{"url", Kind::url, "address of the page; missing where the row that held it is gone"},
      Field<&Visit::title>{"title", Kind::text, "title of the page", Show::content},
      Field<&Visit::visited_at>{"visited_at", Kind::time,
                                "when the visit began; the last one where visits were dropped", Show::event},
      Field<&Visit::visit_duration>{"visit_duration", Kind::duration, "how long the page stayed open"},
      Field<&Visit::from_visit>{"from_visit", Kind::integer, "number of the visit that led here"},
      Field<&Visit::from_url>{"from_url", Kind::url, "address of the visit that led here"},
      Field<&Visit::external_referrer>{"external_referrer", Kind::url,
                                       "address that led here from outside the history"},
      Field<&Visit::linked_from_url>{"linked_from_url", Kind::url, "page that held the link that led here"},
      Field<&Visit::linked_from_frame>{"linked_from_frame", Kind::url, "frame of that page that held the link"},
      Field<&Visit::search_term>{"search_term", Kind::text, "what was searched for with this address", Show::content},
      Field<&Visit::transition>{"transition", Kind::text,
                                "how the page was reached: link, typed, reload …; missing without a visit"},
      Field<&Visit::transition_qualifiers>{"transition_qualifiers", Kind::text,
                                           "flags of the transition, such as chain_start or server_redirect"},
      Field<&Visit::is_redirect>{"is_redirect", Kind::boolean, "whether a redirect led here, by server or by page"},
      Field<&Visit::is_synced>{"is_synced", Kind::boolean, "whether another device made the visit"},
      Field<&Visit::hidden>{"hidden", Kind::boolean, "whether Chrome keeps the address out of suggestions"},
      Field<&Visit::visit_count>{"visit_count", Kind::integer, "visits of this address that the browser counts in all"},
      Field<&Visit::typed_count>{"typed_count", Kind::integer, "how often the address was typed"},
      Field<&Visit::url_id>{"url_id", Kind::integer, "number of the address in the table urls"},
      Field<&Visit::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<Download> {
  static constexpr std::string_view name = "ios.chrome_download";
  static constexpr std::string_view prose =
      "A file that Chrome downloaded or began to. It does not prove that the file was opened or is still there.";
  static constexpr std::string_view line = "Chrome download: {url_chain} to {target_path}";
  static constexpr std::array identity{"url_chain", "started_at"};
  static constexpr std::tuple fields{
      Field<&Download::url_chain>{"url_chain", Kind::text, "addresses from the first to the last redirect, one a line",
                                  Show::content},
      Field<&Download::target_path>{"target_path", Kind::path, "where the file was to be stored", Show::content},
      Field<&Download::current_path>{"current_path", Kind::path, "where the file lay while it arrived", Show::content},
      Field<&Download::referrer>{"referrer", Kind::url, "address of the page that linked to the file"},
      Field<&Download::site_url>{"site_url", Kind::url, "address of the site that the download was made for"},
      Field<&Download::tab_url>{"tab_url", Kind::url, "address that the tab showed"},
      Field<&Download::tab_referrer>{"tab_referrer", Kind::url, "address that had led the tab there"},
      Field<&Download::mime_type>{"mime_type", Kind::text, "type of the file as the server named it"},
      Field<&Download::started_at>{"started_at", Kind::time, "when the download began", Show::event},
      Field<&Download::ended_at>{"ended_at", Kind::time, "when the download ended", Show::event},
      Field<&Download::received_bytes>{"received_bytes", Kind::integer, "octets that arrived"},
      Field<&Download::total_bytes>{"total_bytes", Kind::integer, "octets that the server announced"},
      Field<&Download::download_state>{"download_state", Kind::integer,
                                       "0 in progress, 1 complete, 2 cancelled, 4 interrupted"},
      Field<&Download::danger_type>{"danger_type", Kind::integer, "Chrome's verdict on the file, 0 is not dangerous"},
      Field<&Download::opened>{"opened", Kind::boolean, "whether the file was opened from Chrome"},
      Field<&Download::sha256>{"sha256", Kind::sha256, "hash of the file, if Chrome computed it"},
      Field<&Download::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

namespace {

// Chromium ui/base/page_transition_types.h: the type in the low octet, flags above it.
constexpr std::array<std::string_view, 11> transitions{
    "link",          "typed",       "auto_bookmark", "auto_subframe", "manual_subframe",  "generated",
    "auto_toplevel", "form_submit", "reload",        "keyword",       "keyword_generated"};

struct Qualifier {
  std::uint32_t bit;
  std::string_view name;
};
constexpr Qualifier qualifiers[]{
    {0x0080'0000, "blocked"},   {0x0100'0000, "forward_back"},    {0x0200'0000, "address_bar"},
    {0x0400'0000, "home_page"}, {0x0800'0000, "from_api"},        {0x1000'0000, "chain_start"},
    {0x2000'0000, "chain_end"}, {0x4000'0000, "client_redirect"}, {0x8000'0000, "server_redirect"}};
constexpr std::uint32_t redirect_mask = 0xC000'0000;

// The column holds the 32 bits as a signed number; the highest makes it negative.
void fill_transition(Visit& visit, std::int64_t stored) {
  const auto bits = static_cast<std::uint32_t>(stored);
  const std::uint32_t type = bits & 0xFF;
  visit.transition = type < transitions.size() ? transitions[type] : std::string_view("unknown");
  visit.is_redirect = (bits & redirect_mask) != 0;
  std::string names;
  for (const Qualifier& qualifier : qualifiers) {
    if ((bits & qualifier.bit) == 0) continue;
    if (!names.empty()) names.push_back(' ');
    names += qualifier.name;
  }
  if (!names.empty()) visit.transition_qualifiers = std::move(names);
}

std::optional<Duration> open_for(const QueryRow& row, int column) {
  const auto micros = row.integer(column);
  return micros && *micros != 0 ? std::optional(Duration{*micros}) : std::nullopt;
}

// The identifier of the device that a synced visit came from; empty for visits of this one, NULL before there was sync.
std::optional<bool> synced(const QueryRow& row, int column) {
  const auto device = row.text(column);
  return device ? std::optional(!device->empty()) : std::nullopt;
}

const std::vector<std::string_view> visit_columns{
    "id", "url", "visit_time", "from_visit", "transition", "visit_duration", "external_referrer_url"};
const std::vector<std::string_view> url_columns{
    "id", "url", "title", "visit_count", "typed_count", "last_visit_time", "hidden"};

// What was searched for, by address.
Result<void> read_search_terms(const Database& db, TextMap& terms, Sink& out) {
  if (!db.has_table("keyword_search_terms")) return {};
  return db.each("SELECT {?keyword_search_terms.url_id}, {?keyword_search_terms.term} FROM keyword_search_terms",
                 [&](const QueryRow& row) {
                   const std::int64_t id = row.integer(0).value_or(0);
                   if (!terms.add(id, row.text(1).value_or("")))
                     out.anomaly("too_many_joins", static_cast<std::uint64_t>(id));
                   return true;
                 });
}

Result<void> read_visits(const Database& db, const TextMap& terms, Input& in, Sink& out) {
  const bool annotated = db.has_column("content_annotations", "search_terms");
  const bool linked = db.has_column("visited_links", "top_level_url") && db.has_column("visited_links", "frame_url") &&
                      db.has_column("visits", "visited_link_id");
  std::string sql =
      "SELECT {v=visits.id}, {u=urls.url}, {u=urls.title}, {v=visits.visit_time}, {?v=visits.visit_duration},"
      " {?v=visits.from_visit}, {g=urls.url}, {?v=visits.external_referrer_url}, {v=visits.transition},"
      " {?v=visits.originator_cache_guid}, {?u=urls.hidden}, {?u=urls.visit_count}, {?u=urls.typed_count},"
      " {v=visits.url}";
  sql += annotated ? ", a.search_terms" : ", NULL";
  sql += linked ? ", l.top_level_url, l.frame_url" : ", NULL, NULL";
  sql +=
      " FROM visits AS v LEFT JOIN urls AS u ON u.id = {v=visits.url}"
      " LEFT JOIN visits AS f ON f.id = {?v=visits.from_visit} LEFT JOIN urls AS g ON g.id = f.url";
  if (annotated) sql += " LEFT JOIN content_annotations AS a ON a.ROWID = v.ROWID";
  if (linked) sql += " LEFT JOIN visited_links AS l ON l.ROWID = v.visited_link_id";
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    Visit visit{.url = row.text(1),
                .title = browser::filled(row, 2),
                .visited_at = browser::chrome_time(out, row, 3, id),
                .visit_duration = open_for(row, 4),
                .from_url = row.text(6),
                .external_referrer = browser::filled(row, 7),
                .linked_from_url = browser::filled(row, 15),
                .linked_from_frame = browser::filled(row, 16),
                .search_term = browser::filled(row, 14),
                .is_synced = synced(row, 9),
                .hidden = row.boolean(10),
                .visit_count = row.integer(11),
                .typed_count = row.integer(12),
                .url_id = row.integer(13)};
    if (!visit.url) out.anomaly("url_missing", static_cast<std::uint64_t>(id));
    if (const auto term = terms.find(row.integer(13).value_or(-1)); term && !term->empty()) visit.search_term = term;
    if (const auto from = row.integer(5); from && *from != 0) visit.from_visit = from;
    if (const auto transition = row.integer(8)) fill_transition(visit, *transition);
    out.emit(visit, in.row(id), [&](Visit& whole) { whole.extra = rest_of(db, "visits", id, visit_columns); });
    return true;
  });
}

// Chrome drops visits after 90 days and keeps the addresses that were typed or bookmarked.
Result<void> read_addresses_without_visits(const Database& db, const TextMap& terms, Input& in, Sink& out) {
  return db.each(
      "SELECT {urls.id}, {urls.url}, {urls.title}, {?urls.last_visit_time}, {?urls.hidden}, {?urls.visit_count},"
      " {?urls.typed_count} FROM urls WHERE {urls.id} NOT IN (SELECT {visits.url} FROM visits WHERE {visits.url} IS NOT"
      " NULL)",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Visit visit{.url = row.text(1),
                    .title = browser::filled(row, 2),
                    .visited_at = browser::chrome_time(out, row, 3, id),
                    .hidden = row.boolean(4),
                    .visit_count = row.integer(5),
                    .typed_count = row.integer(6),
                    .url_id = id};
        if (const auto term = terms.find(id); term && !term->empty()) visit.search_term = term;
        out.emit(visit, in.row(id), [&](Visit& whole) { whole.extra = rest_of(db, "urls", id, url_columns); });
        return true;
      });
}

const std::vector<std::string_view> download_columns{"id",          "target_path",  "referrer",    "tab_url",
                                                     "mime_type",   "start_time",   "end_time",    "received_bytes",
                                                     "total_bytes", "state",        "danger_type", "opened",
                                                     "hash",        "current_path", "site_url",    "tab_referrer_url"};

Result<void> read_downloads(const Database& db, Input& in, Sink& out) {
  if (!db.has_table("downloads")) return {};
  const std::string chain = db.has_table("downloads_url_chains")
                                ? "(SELECT group_concat(url, char(10)) FROM (SELECT {c=downloads_url_chains.url} AS url"
                                  " FROM downloads_url_chains AS c WHERE {c=downloads_url_chains.id} = {d=downloads.id}"
                                  " ORDER BY {c=downloads_url_chains.chain_index}))"
                                : "{?d=downloads.url}";  // the oldest generation kept one address
  return db.each(
      "SELECT {d=downloads.id}, " + chain +
          ", {?d=downloads.target_path}, {?d=downloads.referrer}, {?d=downloads.tab_url}, {?d=downloads.mime_type},"
          " {d=downloads.start_time}, {?d=downloads.end_time}, {?d=downloads.received_bytes},"
          " {?d=downloads.total_bytes}, {?d=downloads.state}, {?d=downloads.danger_type}, {?d=downloads.opened},"
          " {?d=downloads.hash}, {?d=downloads.current_path}, {?d=downloads.site_url}, {?d=downloads.tab_referrer_url}"
          " FROM downloads AS d",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Download download{.url_chain = row.text(1),
                          .target_path = browser::filled(row, 2),
                          .current_path = browser::filled(row, 14),
                          .referrer = browser::filled(row, 3),
                          .site_url = browser::filled(row, 15),
                          .tab_url = browser::filled(row, 4),
                          .tab_referrer = browser::filled(row, 16),
                          .mime_type = browser::filled(row, 5),
                          .started_at = browser::chrome_time(out, row, 6, id),
                          .ended_at = browser::chrome_time(out, row, 7, id),
                          .received_bytes = row.integer(8),
                          .total_bytes = row.integer(9),
                          .download_state = row.integer(10),
                          .danger_type = row.integer(11),
                          .opened = row.boolean(12)};
        if (const auto hash = row.bytes(13); hash && hash->size() == 32) download.sha256 = to_hex(*hash);
        out.emit(download, in.row(id),
                 [&](Download& whole) { whole.extra = rest_of(db, "downloads", id, download_columns); });
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  TextMap terms;
  Result<void> searched = read_search_terms(db, terms, out);
  const Result<void> visits = read_visits(db, terms, in, out);
  const Result<void> addresses = visits ? read_addresses_without_visits(db, terms, in, out) : Result<void>();
  TRY(read_downloads(db, in, out));
  return worse_of(visits ? addresses : visits, std::move(searched));
}

constexpr Want wants[]{{"*", "Library/Application Support/Google/Chrome/*/History"}};
const RecordType* const records[]{&record_type<Visit>(), &record_type<Download>()};
const Registration registration{{.name = "ios.chrome_history",
                                 .page = "ios-chrome-history.md",
                                 .wants = wants,
                                 .records = records,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
