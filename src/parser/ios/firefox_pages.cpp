// ios.firefox_pages: what Firefox keeps of pages beside its history: pinned sites, bookmarks, the reading list, tabs of
// other devices, what was typed and searched for. Floor 4. Format and sources: docs/formats/ios-firefox-history.md.
#include <string>

#include "parser/columns.h"
#include "parser/embedded_texts.h"
#include "parser/ios/browser.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Page {
  std::optional<std::string_view> url, title, page_text, media_url;
  std::optional<Time> noted_at;
  std::string_view page_kind;
};

}  // namespace

template <>
struct Schema<Page> {
  static constexpr std::string_view name = "ios.firefox_page";
  static constexpr std::string_view prose =
      "A page that Firefox keeps beside its history, on this phone or synced from another device: pinned, bookmarked, "
      "put aside, open on another device, or what was typed for it. It does not prove that the page was opened here.";
  static constexpr std::string_view line = "Firefox {page_kind}: {url} {title}";
  static constexpr std::array identity{"page_kind", "url", "page_text"};
  static constexpr std::tuple fields{
      Field<&Page::page_kind>{"page_kind", Kind::text,
                              "pinned site, top site, hidden page, queued page, tab of another device, page metadata, "
                              "bookmark, reading list, typed text, search or site"},
      Field<&Page::url>{"url", Kind::url, "address of the page, or of the site"},
      Field<&Page::title>{"title", Kind::text, "title of the page", Show::content},
      Field<&Page::page_text>{"page_text", Kind::text,
                              "what was typed or searched for, what the page said of itself, the pages that a tab went "
                              "through, or the tabs of a device as JSON",
                              Show::content},
      Field<&Page::media_url>{"media_url", Kind::url, "address of a picture or feed that the page named"},
      Field<&Page::noted_at>{"noted_at", Kind::time, "when it was noted or last changed", Show::event}};
};

namespace {

struct Table {
  std::string_view name, kind;
  // Columns: row number, address, title, text, picture, milliseconds since 1970; and the table with its joins.
  std::string_view sql;
};

constexpr Table tables[]{
    {"pinned_top_sites", "pinned site",
     "p.ROWID, {?p=pinned_top_sites.url}, {?p=pinned_top_sites.title}, {?p=pinned_top_sites.domain}, NULL,"
     " {?p=pinned_top_sites.pinDate} FROM pinned_top_sites AS p"},
    {"queue", "queued page", "q.ROWID, {?q=queue.url}, {?q=queue.title}, NULL, NULL, NULL FROM queue AS q"},
    {"tabs", "tab of another device",
     "t.ROWID, {?t=tabs.url}, {?t=tabs.title}, coalesce({?t=tabs.history}, {?t=tabs.record}), NULL,"
     " coalesce({?t=tabs.last_used}, {?t=tabs.last_modified}) FROM tabs AS t"},
    {"page_metadata", "page metadata",
     "m.ROWID, {?m=page_metadata.site_url}, {?m=page_metadata.title}, {?m=page_metadata.description},"
     " {?m=page_metadata.media_url}, NULL FROM page_metadata AS m"},
    {"cached_top_sites", "top site",
     "c.ROWID, {?c=cached_top_sites.url}, {?c=cached_top_sites.title}, NULL, {?c=cached_top_sites.iconURL}, NULL"
     " FROM cached_top_sites AS c"},
    {"activity_stream_blocklist", "hidden page",
     "a.ROWID, {?a=activity_stream_blocklist.url}, NULL, NULL, NULL, NULL FROM activity_stream_blocklist AS a"},
    {"bookmarksLocal", "bookmark",
     "b.ROWID, {?b=bookmarksLocal.bmkUri}, {?b=bookmarksLocal.title}, {?b=bookmarksLocal.description},"
     " {?b=bookmarksLocal.siteUri}, {?b=bookmarksLocal.date_added} FROM bookmarksLocal AS b"
     " WHERE coalesce({?b=bookmarksLocal.bmkUri}, {?b=bookmarksLocal.siteUri}) IS NOT NULL"},
    {"bookmarksMirror", "bookmark",
     "b.ROWID, {?b=bookmarksMirror.bmkUri}, {?b=bookmarksMirror.title}, {?b=bookmarksMirror.description},"
     " {?b=bookmarksMirror.siteUri}, {?b=bookmarksMirror.date_added} FROM bookmarksMirror AS b"
     " WHERE coalesce({?b=bookmarksMirror.bmkUri}, {?b=bookmarksMirror.siteUri}) IS NOT NULL"},
    {"bookmarksBuffer", "bookmark",
     "b.ROWID, {?b=bookmarksBuffer.bmkUri}, {?b=bookmarksBuffer.title}, {?b=bookmarksBuffer.description},"
     " {?b=bookmarksBuffer.siteUri}, {?b=bookmarksBuffer.date_added} FROM bookmarksBuffer AS b"
     " WHERE coalesce({?b=bookmarksBuffer.bmkUri}, {?b=bookmarksBuffer.siteUri}) IS NOT NULL"},
    {"items", "reading list",
     "i.ROWID, {?i=items.url}, {?i=items.title}, {?i=items.excerpt}, {?i=items.resolved_url},"
     " {?i=items.client_last_modified} FROM items AS i"},
    {"moz_bookmarks", "bookmark",
     "b.ROWID, {?p=moz_places.url}, {?b=moz_bookmarks.title}, NULL, NULL, {?b=moz_bookmarks.dateAdded}"
     " FROM moz_bookmarks AS b LEFT JOIN moz_places AS p ON p.id = {?b=moz_bookmarks.fk}"
     " WHERE {?b=moz_bookmarks.fk} IS NOT NULL"},
    {"moz_bookmarks_synced", "bookmark",
     "s.ROWID, {?s=moz_bookmarks_synced.siteURL}, {?s=moz_bookmarks_synced.title},"
     " {?s=moz_bookmarks_synced.description}, {?s=moz_bookmarks_synced.feedURL}, {?s=moz_bookmarks_synced.dateAdded}"
     " FROM moz_bookmarks_synced AS s WHERE coalesce({?s=moz_bookmarks_synced.siteURL},"
     " {?s=moz_bookmarks_synced.feedURL}, {?s=moz_bookmarks_synced.description}) IS NOT NULL"},
    {"moz_inputhistory", "typed text",
     "i.ROWID, NULL, NULL, {?i=moz_inputhistory.input}, NULL, NULL FROM moz_inputhistory AS i"},
    {"moz_places_metadata_search_queries", "search",
     "q.ROWID, NULL, NULL, {?q=moz_places_metadata_search_queries.term}, NULL, NULL"
     " FROM moz_places_metadata_search_queries AS q"}};

Result<void> read(const Table& table, const Database& db, Input& in, Sink& out) {
  return db.each("SELECT " + std::string(table.sql), [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    Page page{.url = browser::filled(row, 1),
              .title = browser::filled(row, 2),
              .page_text = browser::filled(row, 3),
              .media_url = browser::filled(row, 4),
              .page_kind = table.kind};
    std::string json;
    if (page.page_text && page.page_text->find("\\/") != std::string_view::npos)
      page.page_text = json = without_escaped_slashes(*page.page_text);
    if (const auto millis = browser::number(out, row, 5, id); millis && *millis > 0)
      page.noted_at = out.checked(from_unix_seconds(*millis / 1e3), static_cast<std::uint64_t>(id));
    if (page.url || page.title || page.page_text || page.media_url) out.emit(page, in.row(id));
    return true;
  });
}

// Sites of which no page is left: in places.db and in browser.db.
Result<void> read_sites_alone(const Database& db, Input& in, Sink& out) {
  const bool places = db.has_column("moz_origins", "host") && db.has_column("moz_places", "origin_id");
  const bool browser = db.has_column("domains", "domain") && db.has_column("history", "domain_id");
  if (!places && !browser) return {};
  return db.each(places ? "SELECT o.ROWID, {?o=moz_origins.prefix} || {o=moz_origins.host} FROM moz_origins AS o"
                          " WHERE o.ROWID NOT IN (SELECT origin_id FROM moz_places WHERE origin_id IS NOT NULL)"
                        : "SELECT d.ROWID, {d=domains.domain} FROM domains AS d"
                          " WHERE d.ROWID NOT IN (SELECT domain_id FROM history WHERE domain_id IS NOT NULL)",
                 [&](const QueryRow& row) {
                   const Page page{.url = browser::filled(row, 1), .page_kind = "site"};
                   if (page.url) out.emit(page, in.row(row.integer(0).value_or(0)));
                   return true;
                 });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  Result<void> outcome;
  for (const Table& table : tables)
    if (db.has_table(table.name)) outcome = worse_of(std::move(outcome), read(table, db, in, out));
  return worse_of(std::move(outcome), read_sites_alone(db, in, out));
}

constexpr Want wants[]{{"*", "*.profile/browser.db"},
                       {"*", "*.profile/places.db"},
                       {"*", "*.profile/ReadingList.db"},
                       {"*", "*.profile/tabs.db"}};
const RecordType* const records[]{&record_type<Page>()};
const Registration registration{{.name = "ios.firefox_pages",
                                 .page = "ios-firefox-history.md",
                                 .wants = wants,
                                 .records = records,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
