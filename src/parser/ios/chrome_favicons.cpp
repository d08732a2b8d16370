// ios.chrome_favicons: the small pictures that Chrome keeps of sites, by page; all profiles. Floor 4.
// Format and sources: docs/formats/ios-favicons.md.
#include "parser/ios/browser.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Favicon {
  std::optional<std::string_view> url, icon_url;
  std::optional<Time> last_updated_at, last_requested_at;
  std::optional<bool> fetched_on_visit;
  std::optional<std::int64_t> icon_type;
};

}  // namespace

template <>
struct Schema<Favicon> {
  static constexpr std::string_view name = "ios.chrome_favicon";
  static constexpr std::string_view prose =
      "A page whose icon Chrome keeps. An icon that was fetched on a visit shows that the page was loaded; one that "
      "was "
      "fetched for a bookmark or a suggestion does not.";
  static constexpr std::string_view line = "Chrome keeps the icon of {url}";
  static constexpr std::array identity{"url", "icon_url"};
  static constexpr std::tuple fields{
      Field<&Favicon::url>{"url", Kind::url, "address of the page"},
      Field<&Favicon::icon_url>{"icon_url", Kind::url, "address of the icon"},
      Field<&Favicon::last_updated_at>{"last_updated_at", Kind::time, "when the icon was last fetched on a visit",
                                       Show::event},
      Field<&Favicon::last_requested_at>{"last_requested_at", Kind::time,
                                         "when Chrome last wanted an icon that it fetched without a visit"},
      Field<&Favicon::fetched_on_visit>{"fetched_on_visit", Kind::boolean,
                                        "whether a visit fetched the icon; missing where neither time is kept"},
      Field<&Favicon::icon_type>{"icon_type", Kind::integer, "kind of icon as the browser numbers them"}};
};

namespace {

// An icon has a picture for each size; the latest of their times stands for the icon.
constexpr std::string_view with_bitmaps[]{
    "SELECT {m=icon_mapping.id}, {m=icon_mapping.page_url}, {f=favicons.url}, b.updated, b.requested,"
    " {?f=favicons.icon_type} FROM icon_mapping AS m LEFT JOIN favicons AS f ON f.id = {m=icon_mapping.icon_id}"
    " LEFT JOIN (SELECT {favicon_bitmaps.icon_id} AS icon, max({favicon_bitmaps.last_updated}) AS updated,"
    " max({?favicon_bitmaps.last_requested}) AS requested FROM favicon_bitmaps GROUP BY 1) AS b ON b.icon = f.id",
    // Icons whose pages were deleted.
    "SELECT {f=favicons.id}, NULL, {f=favicons.url}, b.updated, b.requested, {?f=favicons.icon_type} FROM favicons AS f"
    " LEFT JOIN (SELECT {favicon_bitmaps.icon_id} AS icon, max({favicon_bitmaps.last_updated}) AS updated,"
    " max({?favicon_bitmaps.last_requested}) AS requested FROM favicon_bitmaps GROUP BY 1) AS b ON b.icon = f.id"
    " WHERE f.id NOT IN (SELECT {m=icon_mapping.icon_id} FROM icon_mapping AS m"
    " WHERE {m=icon_mapping.icon_id} IS NOT NULL)"};

// Before version 6 the picture stood in `favicons`.
constexpr std::string_view without_bitmaps[]{
    "SELECT {m=icon_mapping.id}, {m=icon_mapping.page_url}, {f=favicons.url}, {?f=favicons.last_updated}, NULL,"
    " {?f=favicons.icon_type} FROM icon_mapping AS m LEFT JOIN favicons AS f ON f.id = {m=icon_mapping.icon_id}",
    "SELECT {f=favicons.id}, NULL, {f=favicons.url}, {?f=favicons.last_updated}, NULL, {?f=favicons.icon_type}"
    " FROM favicons AS f WHERE f.id NOT IN (SELECT {m=icon_mapping.icon_id} FROM icon_mapping AS m"
    " WHERE {m=icon_mapping.icon_id} IS NOT NULL)"};

Result<void> read_icons(const Database& db, std::string_view sql, Input& in, Sink& out) {
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    Favicon favicon{.url = row.text(1),
                    .icon_url = row.text(2),
                    .last_updated_at = browser::chrome_time(out, row, 3, id),
                    .last_requested_at = browser::chrome_time(out, row, 4, id),
                    .icon_type = row.integer(5)};
    // Chromium, favicon_database.cc: one of the two times is zero, by the way the picture was fetched.
    if (favicon.last_updated_at || favicon.last_requested_at)
      favicon.fetched_on_visit = favicon.last_updated_at.has_value();
    out.emit(favicon, in.row(id));
    return true;
  });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  for (const std::string_view sql : db.has_table("favicon_bitmaps") ? with_bitmaps : without_bitmaps)
    TRY(read_icons(db, sql, in, out));
  return {};
}

constexpr Want wants[]{{"*", "Library/Application Support/Google/Chrome/*/Favicons"}};
const RecordType* const records[]{&record_type<Favicon>()};
const Registration registration{
    {.name = "ios.chrome_favicons", .page = "ios-favicons.md", .wants = wants, .records = records, .parse = parse}};

}  // namespace
}  // namespace testudo
