// ios.safari_state: the tabs that Safari had open, and the pages that each could go back to. Floor 4.
// BrowserState.db (to iOS 14, and left over later), SafariTabs.db (from iOS 15), CloudTabs.db (other devices' tabs).
// Format and sources: docs/formats/ios-safari-state.md.
#include <algorithm>

#include "parser/columns.h"
#include "parser/ios/browser.h"
#include "parser/ios/safari_session.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Tab {
  std::optional<std::string_view> url, title, visible_url, local_title, tab_uuid, device_name;
  std::optional<Time> last_viewed_at, added_at, closed_at, synced_at;
  std::optional<bool> opened_from_link, private_browsing, deleted;
  std::optional<std::int64_t> session_size;
  std::optional<std::string> extra;
};

struct Entry {
  std::optional<std::string_view> url, title, original_url, tab_uuid;
  std::int64_t entry_index = 0;
  bool current_entry = false;
  std::optional<std::int64_t> data_length;
  std::optional<std::string> data_links;
};

}  // namespace

template <>
struct Schema<Tab> {
  static constexpr std::string_view name = "ios.safari_tab";
  static constexpr std::string_view prose =
      "A tab of Safari, open or recently closed, perhaps synced from another device. It does not prove that a person "
      "opened it: an app or a page can open tabs too.";
  static constexpr std::string_view line = "Safari tab: {url} {title}";
  static constexpr std::array identity{"tab_uuid", "url"};
  static constexpr std::tuple fields{
      Field<&Tab::url>{"url", Kind::url, "address of the tab's page"},
      Field<&Tab::title>{"title", Kind::text, "title of the page", Show::content},
      Field<&Tab::visible_url>{"visible_url", Kind::url,
                               "address as the address bar showed it, or as this device loaded it after redirects"},
      Field<&Tab::local_title>{"local_title", Kind::text, "title as this device saw it", Show::content},
      Field<&Tab::tab_uuid>{"tab_uuid", Kind::text, "the tab's identifier"},
      Field<&Tab::device_name>{"device_name", Kind::text, "device that has the tab open, where it is another one",
                               Show::content},
      Field<&Tab::last_viewed_at>{"last_viewed_at", Kind::time,
                                  "when the tab was last brought to the front; its page may be younger", Show::event},
      Field<&Tab::added_at>{"added_at", Kind::time, "when the tab was opened", Show::event},
      Field<&Tab::closed_at>{"closed_at", Kind::time, "when the tab was closed", Show::event},
      Field<&Tab::synced_at>{"synced_at", Kind::time, "when the other device last told iCloud of the tab", Show::event},
      Field<&Tab::opened_from_link>{"opened_from_link", Kind::boolean, "whether a link opened the tab"},
      Field<&Tab::private_browsing>{"private_browsing", Kind::boolean, "whether it is a private tab"},
      Field<&Tab::deleted>{"deleted", Kind::boolean,
                           "whether the row is marked as deleted, or another device was asked to close the tab"},
      Field<&Tab::session_size>{"session_size", Kind::integer, "octets of the tab's stored back and forward list"},
      Field<&Tab::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<Entry> {
  static constexpr std::string_view name = "ios.safari_tab_entry";
  static constexpr std::string_view prose =
      "A page in the back and forward list of a Safari tab. It survives deletion of the history and carries no time.";
  static constexpr std::string_view line = "Safari tab went through {url} {title}";
  static constexpr std::array identity{"tab_uuid", "url", "original_url"};
  static constexpr std::tuple fields{
      Field<&Entry::url>{"url", Kind::url, "address of the page"},
      Field<&Entry::title>{"title", Kind::text, "title of the page", Show::content},
      Field<&Entry::original_url>{"original_url", Kind::url, "address that was asked for, before redirects"},
      Field<&Entry::tab_uuid>{"tab_uuid", Kind::text, "the tab's identifier"},
      Field<&Entry::entry_index>{"entry_index", Kind::integer, "place in the list, 0 is the oldest"},
      Field<&Entry::current_entry>{"current_entry", Kind::boolean, "whether the tab showed this page"},
      Field<&Entry::data_length>{"data_length", Kind::integer, "octets of the page's stored frames and forms"},
      Field<&Entry::data_links>{"data_links", Kind::text,
                                "addresses inside those octets: frames, referrer, form targets; one a line",
                                Show::content}};
};

namespace {

constexpr std::string_view state_table = "tabs";
constexpr std::string_view bookmarks_table = "bookmarks";
const std::vector<std::string_view> tab_columns{"id",
                                                "uuid",
                                                "title",
                                                "url",
                                                "user_visible_url",
                                                "last_viewed_time",
                                                "opened_from_link",
                                                "private_browsing",
                                                "session_data"};
const std::vector<std::string_view> bookmark_columns{
    "id",   "external_uuid", "title", "url", "deleted", "date_closed", "extra_attributes", "local_attributes",
    "icon", "sync_data"};

void emit_entries(Bytes stored, std::optional<std::string_view> uuid, Locator where, Sink& out) {
  read_session(
      stored, [&](std::string_view name) { out.anomaly(name, where.rowid); },
      [&](const SessionEntry& page) {
        Entry entry{.url = page.url,
                    .title = page.title,
                    .original_url = page.original_url,
                    .tab_uuid = uuid,
                    .entry_index = page.index,
                    .current_entry = page.current};
        if (page.data) {
          entry.data_length = static_cast<std::int64_t>(page.data->size());
          if (std::string links = links_in_frame_state(*page.data); !links.empty()) entry.data_links = std::move(links);
        }
        out.emit(entry, where);
      });
}

std::optional<std::int64_t> size_of(const std::optional<Bytes>& bytes) {
  return bytes ? std::optional(static_cast<std::int64_t>(bytes->size())) : std::nullopt;
}

// BrowserState.db. Up to iOS 11 the list stands in `tabs`, then in `tab_sessions`.
Result<void> read_tabs(const Database& db, Input& in, Sink& out) {
  const bool apart = db.has_table("tab_sessions");
  const std::string sql =
      std::string(
          "SELECT {t=tabs.id}, {t=tabs.url}, {t=tabs.title}, {?t=tabs.user_visible_url}, {?t=tabs.uuid},"
          " {?t=tabs.last_viewed_time}, {?t=tabs.opened_from_link}, {?t=tabs.private_browsing}, ") +
      (apart ? "{s=tab_sessions.session_data} FROM tabs AS t LEFT JOIN tab_sessions AS s ON {s=tab_sessions.tab_uuid} ="
               " {t=tabs.uuid}"
             : "{?t=tabs.session_data} FROM tabs AS t");
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const auto session = row.bytes(8);
    Tab tab{.url = row.text(1),
            .title = row.text(2),
            .visible_url = row.text(3),
            .tab_uuid = row.text(4),
            .last_viewed_at = browser::mac_time(out, row, 5, id),
            .opened_from_link = row.boolean(6),
            .private_browsing = row.boolean(7),
            .session_size = size_of(session)};
    out.emit(tab, in.row(id), [&](Tab& whole) { whole.extra = rest_of(db, state_table, id, tab_columns); });
    if (session) emit_entries(*session, tab.tab_uuid, in.row(id), out);
    return true;
  });
}

// Lists whose tab is gone.
Result<void> read_orphans(const Database& db, Input& in, Sink& out) {
  if (!db.has_table("tab_sessions")) return {};
  return db.each(
      "SELECT {s=tab_sessions.id}, {s=tab_sessions.tab_uuid}, {s=tab_sessions.session_data} FROM tab_sessions AS s"
      " WHERE {s=tab_sessions.tab_uuid} IS NULL OR {s=tab_sessions.tab_uuid} NOT IN"
      " (SELECT {tabs.uuid} FROM tabs WHERE {tabs.uuid} IS NOT NULL)",
      [&](const QueryRow& row) {
        if (const auto session = row.bytes(2))
          emit_entries(*session, row.text(1), in.row(row.integer(0).value_or(0)), out);
        return true;
      });
}

// Fills in what only the row's two property lists say, and gives the pages of the list in the second.
class TabAttributes {
 public:
  TabAttributes(const QueryRow& row, int extra, int local, std::int64_t id, Sink& out)
      : extra_(open(row, extra, id, out)), local_(open(row, local, id, out)) {}

  void fill(Tab& tab) const {
    const Node extra = extra_ ? extra_->root() : Node();
    const Node local = local_ ? local_->root() : Node();
    tab.visible_url = extra["LocalURL"].text();
    tab.local_title = extra["LocalTitle"].text();
    tab.added_at = extra["com.apple.Bookmark"]["DateAdded"].date();
    tab.last_viewed_at = local["LastVisitTime"].date();
    if (!tab.last_viewed_at) tab.last_viewed_at = extra["DateLastViewed"].date();
    if (!tab.closed_at) tab.closed_at = local["DateClosed"].date();
    tab.opened_from_link = local["OpenedFromLink"].boolean();
  }
  std::optional<Bytes> session() const { return local_ ? local_->root()["SessionState"].data() : std::nullopt; }

 private:
  static std::optional<Plist> open(const QueryRow& row, int column, std::int64_t id, Sink& out) {
    const auto bytes = row.bytes(column);
    if (!bytes || bytes->empty()) return std::nullopt;
    auto list = Plist::parse(*bytes);
    if (list) return std::move(list).value();
    out.anomaly("tab_attributes_damaged", static_cast<std::uint64_t>(id));
    return std::nullopt;
  }
  std::optional<Plist> extra_, local_;
};

// SafariTabs.db. Rows of type 1 are folders: tab groups, windows, profiles.
Result<void> read_bookmarks(const Database& db, Input& in, Sink& out) {
  const bool apart = db.has_table("session_state");
  const std::string sql =
      std::string(
          "SELECT {b=bookmarks.id}, {b=bookmarks.url}, {b=bookmarks.title}, {?b=bookmarks.external_uuid},"
          " {?b=bookmarks.date_closed}, {?b=bookmarks.deleted}, {?b=bookmarks.extra_attributes},"
          " {?b=bookmarks.local_attributes}, ") +
      (apart ? "{s=session_state.data} FROM bookmarks AS b LEFT JOIN session_state AS s ON {s=session_state.uuid} ="
               " {?b=bookmarks.external_uuid}"
             : "NULL FROM bookmarks AS b") +
      " WHERE {b=bookmarks.url} IS NOT NULL OR {?b=bookmarks.type} IS NOT 1";
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    const TabAttributes attributes(row, 6, 7, id, out);
    const auto apart_list = row.bytes(8), own_list = attributes.session();
    const auto session = apart_list ? apart_list : own_list;
    Tab tab{.url = row.text(1),
            .title = row.text(2),
            .tab_uuid = row.text(3),
            .closed_at = browser::mac_time(out, row, 4, id),
            .deleted = row.boolean(5),
            .session_size = size_of(session)};
    attributes.fill(tab);
    out.emit(tab, in.row(id), [&](Tab& whole) { whole.extra = rest_of(db, bookmarks_table, id, bookmark_columns); });
    if (session) emit_entries(*session, tab.tab_uuid, in.row(id), out);
    // One that was left behind when lists moved out of the attributes.
    if (apart_list && own_list && !std::ranges::equal(*apart_list, *own_list))
      emit_entries(*own_list, tab.tab_uuid, in.row(id), out);
    return true;
  });
}

// Lists in session_state whose tab is gone.
Result<void> read_lists_alone(const Database& db, Input& in, Sink& out) {
  if (!db.has_table("session_state")) return {};
  return db.each(
      "SELECT s.rowid, {s=session_state.uuid}, {s=session_state.data} FROM session_state AS s WHERE"
      " {s=session_state.uuid} IS NULL OR {s=session_state.uuid} NOT IN"
      " (SELECT {?bookmarks.external_uuid} FROM bookmarks WHERE {?bookmarks.external_uuid} IS NOT NULL)",
      [&](const QueryRow& row) {
        if (const auto session = row.bytes(2))
          emit_entries(*session, row.text(1), in.row(row.integer(0).value_or(0)), out);
        return true;
      });
}

const std::vector<std::string_view> cloud_columns{"tab_uuid", "title", "url", "system_fields"};

// When iCloud's record of a tab was made and last changed: an archive of the record's system fields.
void add_record_times(Tab& tab, std::optional<Bytes> fields) {
  if (!fields) return;
  const auto list = Plist::parse(*fields);
  const auto archive = list ? KeyedArchive::of(list->root()) : std::nullopt;
  if (!archive) return;
  tab.added_at = archive->date(archive->top("RecordCtime"));
  tab.synced_at = archive->date(archive->top("RecordMtime"));
}

// CloudTabs.db: tabs open on the other devices of the account.
Result<void> read_cloud_tabs(const Database& db, Input& in, Sink& out) {
  const bool named = db.has_table("cloud_tab_devices");
  const std::string sql =
      std::string(
          "SELECT t.rowid, {t=cloud_tabs.url}, {t=cloud_tabs.title}, {?t=cloud_tabs.tab_uuid},"
          " {?t=cloud_tabs.system_fields}, ") +
      (named ? "{?d=cloud_tab_devices.device_name} FROM cloud_tabs AS t LEFT JOIN cloud_tab_devices AS d ON"
               " {d=cloud_tab_devices.device_uuid} = {t=cloud_tabs.device_uuid}"
             : "NULL FROM cloud_tabs AS t");
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    Tab tab{.url = row.text(1), .title = row.text(2), .tab_uuid = row.text(3), .device_name = row.text(5)};
    add_record_times(tab, row.bytes(4));
    out.emit(tab, in.row(id), [&](Tab& whole) { whole.extra = rest_of(db, "cloud_tabs", id, cloud_columns); });
    return true;
  });
}

// Tabs of other devices that were to be closed from here or elsewhere: they were open.
Result<void> read_close_requests(const Database& db, Input& in, Sink& out) {
  if (!db.has_table("cloud_tab_close_requests")) return {};
  return db.each(
      "SELECT rowid, {?cloud_tab_close_requests.url}, {?cloud_tab_close_requests.tab_uuid},"
      " {?cloud_tab_close_requests.system_fields} FROM cloud_tab_close_requests",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Tab tab{.url = row.text(1), .tab_uuid = row.text(2), .deleted = true};
        add_record_times(tab, row.bytes(3));
        // The record is that of the request, not of the tab.
        tab.added_at.reset();
        if (tab.url) out.emit(tab, in.row(id));
        return true;
      });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  if (in.file().path.ends_with("CloudTabs.db")) {
    Result<void> open = read_cloud_tabs(db, in, out);
    return worse_of(std::move(open), read_close_requests(db, in, out));
  }
  if (!db.has_table(state_table) && db.has_table(bookmarks_table)) {
    Result<void> tabs = read_bookmarks(db, in, out);
    return worse_of(std::move(tabs), read_lists_alone(db, in, out));
  }
  Result<void> tabs = read_tabs(db, in, out);
  if (tabs) TRY(read_orphans(db, in, out));
  return tabs;
}

constexpr Want wants[]{{"*", "Library/Safari/BrowserState.db"}, {"*", "Library/Safari/Profiles/*/BrowserState.db"},
                       {"*", "Library/Safari/SafariTabs.db"},   {"*", "Library/Safari/Profiles/*/SafariTabs.db"},
                       {"*", "Library/Safari/CloudTabs.db"},    {"*", "Library/Safari/Profiles/*/CloudTabs.db"}};
const RecordType* const records[]{&record_type<Tab>(), &record_type<Entry>()};
const Registration registration{
    {.name = "ios.safari_state", .page = "ios-safari-state.md", .wants = wants, .records = records, .parse = parse}};

}  // namespace
}  // namespace testudo
