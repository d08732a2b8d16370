// Chrome: History and Favicons of the profiles Default and Profile 1. Test tool.
// Schemas: Chromium's history and favicon databases (components/history, components/favicon). Times in microseconds
// since 1601.
#include "known_ids.h"
#include "lab.h"

namespace testudo::lab {
namespace {

constexpr std::string_view history_parser = "ios.chrome_history";
constexpr std::string_view icon_parser = "ios.chrome_favicons";

const Indicator visited("host", "chrome-visit-lure.test");
const Indicator in_profile("host", "chrome-profile-lure.test");
const Indicator icon_page("host", "chrome-icon-page-lure.test");
const Indicator icon_url("host", "chrome-icon-lure.test");

std::int64_t chrome_time(double mac) { return static_cast<std::int64_t>((mac + 978307200.0 + 11644473600.0) * 1e6); }

constexpr std::string_view history_tables =
    "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);"
    "CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT,url LONGVARCHAR,title LONGVARCHAR,visit_count INTEGER "
    "DEFAULT 0 NOT "
    "NULL,typed_count INTEGER DEFAULT 0 NOT NULL,last_visit_time INTEGER NOT NULL,hidden INTEGER DEFAULT 0 NOT NULL);"
    "CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT,url INTEGER NOT NULL,visit_time INTEGER NOT "
    "NULL,from_visit "
    "INTEGER,external_referrer_url TEXT,transition INTEGER DEFAULT 0 NOT NULL,segment_id INTEGER,visit_duration "
    "INTEGER DEFAULT "
    "0 NOT NULL,incremented_omnibox_typed_score BOOLEAN DEFAULT FALSE NOT NULL,opener_visit "
    "INTEGER,originator_cache_guid TEXT,"
    "originator_visit_id INTEGER,originator_from_visit INTEGER,originator_opener_visit INTEGER,is_known_to_sync "
    "BOOLEAN DEFAULT "
    "FALSE NOT NULL,consider_for_ntp_most_visited BOOLEAN DEFAULT FALSE NOT NULL,visited_link_id INTEGER DEFAULT 0 NOT "
    "NULL,"
    "app_id TEXT);"
    "CREATE TABLE visit_source(id INTEGER PRIMARY KEY,source INTEGER NOT NULL);"
    "CREATE TABLE keyword_search_terms (keyword_id INTEGER NOT NULL,url_id INTEGER NOT NULL,term LONGVARCHAR NOT NULL,"
    "normalized_term LONGVARCHAR NOT NULL);"
    "CREATE TABLE downloads (id INTEGER PRIMARY KEY,guid VARCHAR NOT NULL,current_path LONGVARCHAR NOT "
    "NULL,target_path "
    "LONGVARCHAR NOT NULL,start_time INTEGER NOT NULL,received_bytes INTEGER NOT NULL,total_bytes INTEGER NOT "
    "NULL,state INTEGER "
    "NOT NULL,danger_type INTEGER NOT NULL,interrupt_reason INTEGER NOT NULL,hash BLOB NOT NULL,end_time INTEGER NOT "
    "NULL,opened "
    "INTEGER NOT NULL,last_access_time INTEGER NOT NULL,transient INTEGER NOT NULL,referrer VARCHAR NOT NULL,site_url "
    "VARCHAR NOT "
    "NULL,tab_url VARCHAR NOT NULL,tab_referrer_url VARCHAR NOT NULL,http_method VARCHAR NOT NULL,by_ext_id VARCHAR "
    "NOT NULL,"
    "by_ext_name VARCHAR NOT NULL,etag VARCHAR NOT NULL,last_modified VARCHAR NOT NULL,mime_type VARCHAR(255) NOT NULL,"
    "original_mime_type VARCHAR(255) NOT NULL);"
    "CREATE TABLE downloads_url_chains (id INTEGER NOT NULL,chain_index INTEGER NOT NULL,url LONGVARCHAR NOT NULL, "
    "PRIMARY KEY "
    "(id, chain_index));"
    "CREATE INDEX visits_url_index ON visits (url);CREATE INDEX visits_time_index ON visits (visit_time);"
    "CREATE INDEX urls_url_index ON urls (url);";

constexpr std::string_view icon_tables =
    "CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);"
    "CREATE TABLE favicons(id INTEGER PRIMARY KEY,url LONGVARCHAR NOT NULL,icon_type INTEGER DEFAULT 1);"
    "CREATE TABLE favicon_bitmaps(id INTEGER PRIMARY KEY,icon_id INTEGER NOT NULL,last_updated INTEGER DEFAULT "
    "0,image_data BLOB,"
    "width INTEGER DEFAULT 0,height INTEGER DEFAULT 0,last_requested INTEGER DEFAULT 0);"
    "CREATE TABLE icon_mapping(id INTEGER PRIMARY KEY,page_url LONGVARCHAR NOT NULL,icon_id INTEGER);"
    "CREATE INDEX icon_mapping_page_url_idx ON icon_mapping(page_url);CREATE INDEX favicons_url ON favicons(url);";

std::string folder(std::string_view profile) {
  return "Library/Application Support/Google/Chrome/" + std::string(profile) + "/";
}

void history(Lab& lab, std::string_view profile, std::int64_t visits, const std::vector<std::string>& planted) {
  Random random = lab.random("chrome " + std::string(profile));
  Database db(lab.backup.scratch("chrome-history"), Journal::rollback);
  db.run(history_tables);
  db.run("INSERT INTO meta VALUES ('version','66'),('last_compatible_version','16')");
  {
    auto url = db.prepare("INSERT INTO urls (url,title,visit_count,last_visit_time) VALUES (?,?,1,?)");
    auto visit = db.prepare(
        "INSERT INTO visits (url,visit_time,from_visit,transition,segment_id,visit_duration) VALUES "
        "(?,?,?,805306368,0,?)");
    const auto one = [&](const std::string& address, double when, std::int64_t from) {
      url.run(address, title(random), chrome_time(when));
      visit.run(db.last_rowid(), chrome_time(when), from, random.between(0, 60'000'000));
    };
    const double step = 200.0 * 86400 / static_cast<double>(visits + 1);
    for (std::int64_t i = 0; i < visits; ++i)
      one(web_address(random), lab.now() - 201.0 * 86400 + step * static_cast<double>(i), i % 5 == 4 ? i : 0);
    for (const std::string& address : planted) one(address, lab.now() - 800000, 0);
  }
  lab.store(chrome_domain, folder(profile) + "History", db);
}

void icons(Lab& lab, std::string_view profile, const std::vector<std::pair<std::string, std::string>>& planted) {
  Random random = lab.random("chrome icons " + std::string(profile));
  Database db(lab.backup.scratch("chrome-icons"), Journal::rollback);
  db.run(icon_tables);
  {
    auto icon = db.prepare("INSERT INTO favicons (url,icon_type) VALUES (?,1)");
    auto bitmap =
        db.prepare("INSERT INTO favicon_bitmaps (icon_id,last_updated,image_data,width,height) VALUES (?,?,?,16,16)");
    auto mapping = db.prepare("INSERT INTO icon_mapping (page_url,icon_id) VALUES (?,?)");
    const auto one = [&](const std::string& page, const std::string& address) {
      icon.run(address);
      const std::int64_t id = db.last_rowid();
      const std::string image = "\x89PNG\r\n\x1a\n" + random.bytes(120);
      bitmap.run(id, chrome_time(lab.ago(random, 100)), Blob{image});
      mapping.run(page, id);
    };
    for (int i = 0; i < 40; ++i) {
      const std::string host = web_host(random);
      one("https://" + host + "/", "https://" + host + "/favicon.ico");
    }
    for (const auto& [page, address] : planted) one(page, address);
  }
  lab.store(chrome_domain, folder(profile) + "Favicons", db);
}

void write(Lab& lab) {
  std::vector<std::string> main, other;
  std::vector<std::pair<std::string, std::string>> pictures;
  if (lab.plants()) {
    main.push_back("https://" + visited.value() + "/c");
    lab.planted.add("chrome-visit", history_parser, visited, main.back(), "high", "a visit in the profile Default");
    other.push_back("https://" + in_profile.value() + "/c");
    lab.planted.add("chrome-other-profile", history_parser, in_profile, other.back(), "high", "a visit in Profile 1",
                    true);
    pictures = {{"https://" + icon_page.value() + "/", "https://garden.example/favicon.ico"},
                {"https://garden.example/", "https://" + icon_url.value() + "/favicon.ico"}};
    lab.planted.add("chrome-icon-page", icon_parser, icon_page, pictures[0].first, "high", "the page of an icon");
    lab.planted.add("chrome-icon", icon_parser, icon_url, pictures[1].second, "high", "the icon's own address");
  }
  history(lab, "Default", std::max<std::int64_t>(40, lab.options.visits / 10), main);
  history(lab, "Profile 1", 20, other);
  icons(lab, "Default", pictures);
  icons(lab, "Profile 1", {});
}

const Source source{"ios.chrome", write};

}  // namespace
}  // namespace testudo::lab
