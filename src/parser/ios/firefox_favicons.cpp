// ios.firefox_favicons: the small pictures that Firefox kept of sites, by page; browser.db of versions to about 110.
// Floor 4. Format and sources: docs/formats/ios-favicons.md.
#include "parser/ios/browser.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Favicon {
  std::optional<std::string_view> url, title, icon_url;
  std::optional<Time> last_updated_at;
  std::optional<std::int64_t> width, height, icon_type, history_id;
};

}  // namespace

template <>
struct Schema<Favicon> {
  static constexpr std::string_view name = "ios.firefox_favicon";
  static constexpr std::string_view prose =
      "An icon that Firefox kept, with a page that it was for. It can outlive the visit, and can come from a bookmark.";
  static constexpr std::string_view line = "Firefox keeps the icon of {url}";
  static constexpr std::array identity{"url", "icon_url"};
  static constexpr std::tuple fields{
      Field<&Favicon::url>{"url", Kind::url, "address of the page; missing for an icon without one"},
      Field<&Favicon::title>{"title", Kind::text, "title of the page", Show::content},
      Field<&Favicon::icon_url>{"icon_url", Kind::url, "address of the icon"},
      Field<&Favicon::last_updated_at>{"last_updated_at", Kind::time, "when the icon was last fetched", Show::event},
      Field<&Favicon::width>{"width", Kind::integer, "width of the picture in pixels"},
      Field<&Favicon::height>{"height", Kind::integer, "height of the picture in pixels"},
      Field<&Favicon::icon_type>{"icon_type", Kind::integer, "kind of icon as the browser numbers them"},
      Field<&Favicon::history_id>{"history_id", Kind::integer, "number of the address in history or moz_places"}};
};

namespace {

// Firefox wrote seconds since 1970 in some versions and microseconds in others; the sizes lie far apart.
std::optional<Time> icon_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  constexpr double micros_from = 1e14;  // as seconds the year 3 168 000, as microseconds 1973
  constexpr double millis_from = 1e11;  // as seconds the year 5138, as milliseconds 1973
  const auto stored = browser::number(out, row, column, rowid);
  if (!stored || *stored <= 0) return std::nullopt;
  const double unit = *stored >= micros_from ? 1e6 : *stored >= millis_from ? 1e3 : 1;
  return out.checked(from_unix_seconds(*stored / unit), static_cast<std::uint64_t>(rowid));
}

Result<void> read_icons(const Database& db, std::string_view sql, Input& in, Sink& out) {
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    out.emit(Favicon{.url = row.text(1),
                     .title = browser::filled(row, 2),
                     .icon_url = row.text(3),
                     .last_updated_at = icon_time(out, row, 4, id),
                     .width = row.integer(5),
                     .height = row.integer(6),
                     .icon_type = row.integer(7),
                     .history_id = row.integer(8)},
             in.row(id));
    return true;
  });
}

constexpr std::string_view by_history =
    "SELECT {f=favicons.id}, {h=history.url}, {h=history.title}, {f=favicons.url}, {f=favicons.date}, "
    "{?f=favicons.width},"
    " {?f=favicons.height}, {?f=favicons.type}, {s=favicon_sites.siteID} FROM favicons AS f"
    " LEFT JOIN favicon_sites AS s ON {s=favicon_sites.faviconID} = {f=favicons.id}"
    " LEFT JOIN history AS h ON h.id = {s=favicon_sites.siteID}";

// Later versions also name pages by address, without a row in `history`.
constexpr std::string_view by_address =
    "SELECT {s=favicon_site_urls.id}, {s=favicon_site_urls.site_url}, NULL, {f=favicons.url}, {f=favicons.date},"
    " {?f=favicons.width}, {?f=favicons.height}, {?f=favicons.type}, NULL FROM favicon_site_urls AS s"
    " LEFT JOIN favicons AS f ON f.id = {s=favicon_site_urls.faviconID}";

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  const bool moved_on = db.has_table("remote_devices") || db.has_table("queue") || db.has_table("pinned_top_sites");
  if (!db.has_table("favicons") && moved_on) return {};  // newer versions keep icons in their cache, outside the backup
  TRY(read_icons(db, by_history, in, out));
  return db.has_table("favicon_site_urls") ? read_icons(db, by_address, in, out) : Result<void>();
}

constexpr Want wants[]{{"*", "*.profile/browser.db"}};
const RecordType* const records[]{&record_type<Favicon>()};
const Registration registration{
    {.name = "ios.firefox_favicons", .page = "ios-favicons.md", .wants = wants, .records = records, .parse = parse}};

}  // namespace
}  // namespace testudo
