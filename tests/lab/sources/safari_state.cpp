// Safari's BrowserState.db: open tabs and their back-forward lists. Test tool.
// Tables: statements of SFBrowserStateSQLiteStore; tab groups came with iOS 15, other profiles with iOS 17.
// session_data: a version in four octets, big-endian, then a property list (WebKit, LegacySessionStateCodingCF).
#include "known_ids.h"
#include "lab.h"

namespace testudo::lab {
namespace {

constexpr std::string_view parser = "ios.safari_state";

const Indicator open_tab("host", "open-tab-lure.test");
const Indicator back("host", "back-list-lure.test");
const Indicator new_store("host", "tab-store-lure.test");
const Indicator profile_tab("host", "profile-tab-lure.test");

std::string tables(int ios) {
  std::string out =
      "CREATE TABLE browser_windows (id INTEGER PRIMARY KEY AUTOINCREMENT,uuid TEXT NOT NULL,type INTEGER DEFAULT 0,"
      "active_document_index INTEGER DEFAULT 0,active_private_document_index INTEGER DEFAULT "
      "0,active_document_is_valid BOOL "
      "DEFAULT 1,tab_state_successfully_loaded BOOL DEFAULT 0,legacy_plist_file_version INTEGER DEFAULT 0";
  if (ios >= 13) out += ",scene_ID TEXT";
  if (ios >= 17) out += ",active_profile_identifier TEXT NOT NULL DEFAULT ''";
  out +=
      ",CONSTRAINT uuid_type_index UNIQUE(uuid, type));"
      "CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT,uuid TEXT NOT NULL UNIQUE,title TEXT,url TEXT COLLATE "
      "NOCASE,"
      "user_visible_url TEXT COLLATE NOCASE,order_index INTEGER NOT NULL,last_viewed_time REAL DEFAULT NULL,"
      "readinglist_bookmark_id INTEGER DEFAULT 0,opened_from_link BOOL DEFAULT 0,showing_reader BOOL DEFAULT 0,"
      "reader_view_top_scroll_offset INTEGER DEFAULT 0,private_browsing BOOL DEFAULT 0,displaying_standalone_image "
      "BOOL DEFAULT "
      "0,browser_window_uuid TEXT NOT NULL,browser_window_id INTEGER NOT NULL";
  if (ios >= 15) out += ",tab_group_uuid TEXT NOT NULL DEFAULT ''";
  return out +
         ",FOREIGN KEY(browser_window_id) REFERENCES browser_windows(id) ON DELETE CASCADE ON UPDATE CASCADE);"
         "CREATE INDEX tabs__uuid ON tabs (uuid);"
         "CREATE TABLE tab_sessions (id INTEGER PRIMARY KEY AUTOINCREMENT,tab_uuid TEXT NOT NULL UNIQUE,session_data "
         "BLOB DEFAULT "
         "NULL,uncompressed_session_data_size INTEGER NOT NULL DEFAULT 0,FOREIGN KEY(tab_uuid) REFERENCES tabs(uuid) "
         "ON DELETE "
         "CASCADE ON UPDATE CASCADE);"
         "CREATE INDEX tab_sessions__uuid ON tab_sessions (tab_uuid);";
}

std::string session_data(Random& random, const std::vector<std::string>& addresses) {
  Array entries;
  for (const std::string& address : addresses)
    entries.emplace_back(Dict{{"SessionHistoryEntryTitle", title(random)},
                              {"SessionHistoryEntryURL", address},
                              {"SessionHistoryEntryOriginalURL", address},
                              {"SessionHistoryEntryShouldOpenExternalURLsPolicyKey", 1},
                              {"SessionHistoryEntryData", Data{random.bytes(120)}}});
  const auto current = static_cast<std::int64_t>(addresses.size()) - 1;
  return std::string("\0\0\0\2", 4) +
         binary_plist(Dict{{"RenderTreeSize", 400},
                           {"SessionHistory", Dict{{"SessionHistoryCurrentIndex", current},
                                                   {"SessionHistoryEntries", std::move(entries)},
                                                   {"SessionHistoryVersion", 1}}}});
}

void state(Lab& lab, std::string_view path, std::string_view name, int tabs,
           const std::vector<std::vector<std::string>>& planted) {
  Random random = lab.random(name);
  Database db(lab.backup.scratch("BrowserState"));
  db.run(tables(lab.ios()));
  const std::string window = random.uuid();
  db.run("INSERT INTO browser_windows (uuid) VALUES ('" + window + "')");
  {
    auto tab = db.prepare(
        "INSERT INTO tabs (uuid,title,url,user_visible_url,order_index,last_viewed_time,browser_window_uuid,"
        "browser_window_id) VALUES (?,?,?,?,?,?,?,1)");
    auto session =
        db.prepare("INSERT INTO tab_sessions (tab_uuid,session_data,uncompressed_session_data_size) VALUES (?,?,?)");
    int order = 0;
    const auto one = [&](const std::vector<std::string>& addresses) {
      const std::string uuid = random.uuid();
      tab.run(uuid, title(random), addresses.back(), addresses.back(), ++order, lab.ago(random, 30), window);
      const std::string data = session_data(random, addresses);
      session.run(uuid, Blob{data}, static_cast<std::int64_t>(data.size()));
    };
    for (int i = 0; i < tabs; ++i) one({web_address(random), web_address(random), web_address(random)});
    for (const auto& addresses : planted) one(addresses);
  }
  lab.store(safari_domain(lab.ios()), path, db);
}

// Since iOS 15 the tabs stand in SafariTabs.db, a bookmark collection (WebBookmarkTabCollection; published dumps).
void tab_store(Lab& lab) {
  Random random = lab.random("tab store");
  Database db(lab.backup.scratch("SafariTabs"));
  db.run(
      "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY AUTOINCREMENT,special_id INTEGER DEFAULT 0,parent INTEGER, type "
      "INTEGER,"
      "title TEXT,url TEXT COLLATE NOCASE,num_children INTEGER DEFAULT 0,editable INTEGER DEFAULT 1,deletable INTEGER "
      "DEFAULT 1,"
      "hidden INTEGER DEFAULT 0,hidden_ancestor_count INTEGER DEFAULT 0,order_index INTEGER NOT NULL,external_uuid "
      "TEXT UNIQUE,"
      "read INTEGER DEFAULT NULL,last_modified REAL DEFAULT NULL,server_id TEXT, sync_key TEXT,sync_data BLOB,added "
      "INTEGER "
      "DEFAULT 1,deleted INTEGER DEFAULT 0,extra_attributes BLOB DEFAULT NULL,local_attributes BLOB DEFAULT "
      "NULL,fetched_icon "
      "BOOL DEFAULT 0, icon BLOB DEFAULT NULL,dav_generation INTEGER DEFAULT 0,locally_added BOOL DEFAULT "
      "0,archive_status "
      "INTEGER DEFAULT 0,syncable BOOL DEFAULT 1,web_filter_status INTEGER DEFAULT 0, modified_attributes UNSIGNED BIG "
      "INT "
      "DEFAULT 0, date_closed REAL DEFAULT NULL, last_selected_child INTEGER DEFAULT NULL, subtype INTEGER DEFAULT 0);"
      "CREATE TABLE windows (id INTEGER PRIMARY KEY,active_tab_group_id INTEGER DEFAULT NULL,active_profile_id INTEGER "
      "DEFAULT "
      "NULL,date_closed REAL DEFAULT NULL,extra_attributes BLOB DEFAULT NULL,is_last_session INTEGER DEFAULT 0,"
      "local_tab_group_id INTEGER DEFAULT NULL,private_tab_group_id INTEGER DEFAULT NULL,scene_id TEXT DEFAULT "
      "NULL,uuid TEXT "
      "NOT NULL UNIQUE,restoration_archive BLOB DEFAULT NULL);"
      "CREATE TABLE windows_tab_groups (id INTEGER PRIMARY KEY,active_tab_id INTEGER DEFAULT NULL,tab_group_id INTEGER "
      "NOT NULL,"
      "window_id INTEGER NOT NULL);"
      "INSERT INTO bookmarks (id,parent,type,title,num_children,order_index) VALUES "
      "(0,NULL,1,'Root',1,0),(1,0,1,'Local',6,0);"
      "INSERT INTO windows (id,active_tab_group_id,local_tab_group_id,is_last_session,uuid) VALUES (1,1,1,1,'" +
      random.uuid() + "')");
  {
    auto tab = db.prepare(
        "INSERT INTO bookmarks (parent,type,title,url,order_index,external_uuid,last_modified,extra_attributes) "
        "VALUES (1,0,?,?,?,?,?,?)");
    int order = 0;
    const auto one = [&](const std::string& address) {
      const double when = lab.ago(random, 30);
      const std::string extra = binary_plist(Dict{{"com.apple.Bookmark", Dict{{"DateAdded", Date{when}}}}});
      tab.run(title(random), address, order++, random.uuid(), when, Blob{extra});
    };
    for (int i = 0; i < 5; ++i) one(web_address(random));
    if (lab.plants()) {
      const std::string address = "https://" + new_store.value() + "/t";
      lab.planted.add("tab-in-new-store", parser, new_store, address, "high", "an open tab in SafariTabs.db", true);
      one(address);
    }
  }
  lab.store(safari_domain(lab.ios()), "Library/Safari/SafariTabs.db", db);
}

void write(Lab& lab) {
  std::vector<std::vector<std::string>> main, other;
  if (lab.plants()) {
    const std::string tab = "https://" + open_tab.value() + "/t";
    lab.planted.add("tab-url", parser, open_tab, tab, "high", "an open tab");
    main.push_back({"https://garden.example/a", tab});
    const std::string entry = "https://" + back.value() + "/b";
    lab.planted.add("tab-session-entry", parser, back, entry, "high", "only in the tab's back list");
    main.push_back({entry, "https://garden.example/b"});
    if (lab.ios() >= 17) {
      const std::string inside = "https://" + profile_tab.value() + "/p";
      lab.planted.add("tab-of-profile", parser, profile_tab, inside, "high", "a tab of another profile");
      other.push_back({inside});
    }
  }
  state(lab, "Library/Safari/BrowserState.db", "tabs", 24, main);
  if (lab.ios() >= 15) tab_store(lab);
  if (lab.ios() >= 17)
    state(lab, "Library/Safari/Profiles/6F2C1D4E-0B3A-4C55-9E8D-1A2B3C4D5E6F/BrowserState.db", "profile tabs", 4,
          other);
}

const Source source{"ios.safari_state", write};

}  // namespace
}  // namespace testudo::lab
