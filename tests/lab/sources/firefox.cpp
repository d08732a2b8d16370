// Firefox: browser.db (2e57c396a35b0d1bcbc624725002d98bd61d142b, the schema of the peer) and places.db (since 2022).
// Test tool. Schemas: firefox-ios Storage/SQL (browser.db, microseconds since 1970) and application-services places
// (milliseconds since 1970).
#include "known_ids.h"
#include "lab.h"

namespace testudo::lab {
namespace {

constexpr std::string_view history_parser = "ios.firefox_history";
constexpr std::string_view icon_parser = "ios.firefox_favicons";
constexpr std::string_view page_parser = "ios.firefox_pages";

const Indicator visited("host", "firefox-visit-lure.test");
const Indicator placed("host", "firefox-places-lure.test");
const Indicator pinned("host", "firefox-pinned-lure.test");
const Indicator icon("host", "firefox-icon-lure.test");

std::int64_t unix_millis(double mac) { return static_cast<std::int64_t>((mac + 978307200.0) * 1000); }

constexpr std::string_view browser_tables =
    "CREATE TABLE domains (id INTEGER PRIMARY KEY AUTOINCREMENT, domain TEXT NOT NULL UNIQUE, showOnTopSites TINYINT "
    "NOT NULL "
    "DEFAULT 1);"
    "CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, url TEXT UNIQUE, title "
    "TEXT NOT NULL, "
    "server_modified INTEGER, local_modified INTEGER, is_deleted TINYINT NOT NULL, should_upload TINYINT NOT NULL, "
    "domain_id "
    "INTEGER REFERENCES domains(id) ON DELETE CASCADE);"
    "CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, siteID INTEGER NOT NULL REFERENCES history(id) ON "
    "DELETE CASCADE, "
    "date REAL NOT NULL, type INTEGER NOT NULL, is_local TINYINT NOT NULL, UNIQUE (siteID, date, type));"
    "CREATE TABLE favicons (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, width INTEGER, height "
    "INTEGER, type "
    "INTEGER NOT NULL, date REAL NOT NULL);"
    "CREATE TABLE favicon_sites (id INTEGER PRIMARY KEY AUTOINCREMENT, siteID INTEGER NOT NULL REFERENCES history(id) "
    "ON DELETE "
    "CASCADE, faviconID INTEGER NOT NULL REFERENCES favicons(id) ON DELETE CASCADE, UNIQUE (siteID, faviconID));"
    "CREATE TABLE pinned_top_sites (historyID INTEGER, url TEXT NOT NULL UNIQUE, title TEXT, guid TEXT, pinDate REAL, "
    "domain TEXT NOT NULL);"
    "CREATE INDEX idx_visits_siteID_is_local_date ON visits (siteID, is_local, date);";

constexpr std::string_view places_tables =
    "CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, title LONGVARCHAR, visit_count_local "
    "INTEGER NOT "
    "NULL DEFAULT 0, visit_count_remote INTEGER NOT NULL DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER "
    "DEFAULT 0 NOT "
    "NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date_local INTEGER NOT NULL DEFAULT 0, "
    "last_visit_date_remote INTEGER "
    "NOT NULL DEFAULT 0, guid TEXT NOT NULL UNIQUE, foreign_count INTEGER DEFAULT 0 NOT NULL, url_hash INTEGER DEFAULT "
    "0 NOT NULL, "
    "description TEXT, preview_image_url TEXT, origin_id INTEGER, sync_status TINYINT NOT NULL DEFAULT 1, "
    "sync_change_counter "
    "INTEGER NOT NULL DEFAULT 0, unknown_fields TEXT);"
    "CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, is_local INTEGER NOT NULL, from_visit INTEGER, place_id "
    "INTEGER NOT "
    "NULL, visit_date INTEGER NOT NULL, visit_type INTEGER NOT NULL, unknown_fields TEXT);"
    "CREATE TABLE moz_origins (id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, host TEXT NOT NULL, rev_host TEXT NOT "
    "NULL, frecency "
    "INTEGER NOT NULL, UNIQUE (prefix, host));"
    "CREATE TABLE moz_meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX placedateindex ON moz_historyvisits(place_id, visit_date);";

void browser(Lab& lab) {
  Random random = lab.random("firefox browser");
  Database db(lab.backup.scratch("browser"));
  db.run(browser_tables);
  {
    auto site =
        db.prepare("INSERT INTO history (guid,url,title,local_modified,is_deleted,should_upload) VALUES (?,?,?,?,0,1)");
    auto visit = db.prepare("INSERT INTO visits (siteID,date,type,is_local) VALUES (?,?,1,1)");
    auto picture = db.prepare("INSERT INTO favicons (url,width,height,type,date) VALUES (?,32,32,1,?)");
    auto link = db.prepare("INSERT INTO favicon_sites (siteID,faviconID) VALUES (?,?)");
    const auto one = [&](const std::string& address, const std::string& image) {
      const std::int64_t micros = unix_millis(lab.ago(random, 200)) * 1000;
      site.run(random.hex(12), address, title(random), micros / 1000);
      const std::int64_t id = db.last_rowid();
      visit.run(id, static_cast<double>(micros));
      picture.run(image, static_cast<double>(micros));
      link.run(id, db.last_rowid());
    };
    for (int i = 0; i < 60; ++i)
      one(web_address(random) + "#" + std::to_string(i),
          "https://" + web_host(random) + "/" + std::to_string(i) + ".ico");
    if (lab.plants()) {
      const std::string address = "https://" + visited.value() + "/f";
      lab.planted.add("firefox-visit", history_parser, visited, address, "high", "a visit in browser.db");
      one(address, "https://garden.example/own.ico");
      const std::string image = "https://" + icon.value() + "/favicon.ico";
      lab.planted.add("firefox-icon", icon_parser, icon, image, "high", "an icon's address");
      one("https://garden.example/icon", image);
      const std::string pin = "https://" + pinned.value() + "/p";
      lab.planted.add("firefox-pinned", page_parser, pinned, pin, "high", "a pinned site in browser.db", true);
      db.prepare("INSERT INTO pinned_top_sites VALUES (0,?,'Pinned','pin',?,'')")
          .run(pin, static_cast<double>(unix_millis(lab.ago(random, 200))));
    }
  }
  lab.store(firefox_domain, "profile.profile/browser.db", db);
}

void places(Lab& lab) {
  Random random = lab.random("firefox places");
  Database db(lab.backup.scratch("places"));
  db.run(places_tables);
  {
    auto place = db.prepare(
        "INSERT INTO moz_places (url,title,visit_count_local,frecency,last_visit_date_local,guid,url_hash) "
        "VALUES (?,?,1,2000,?,?,?)");
    auto visit = db.prepare(
        "INSERT INTO moz_historyvisits (is_local,from_visit,place_id,visit_date,visit_type) VALUES (1,0,?,?,1)");
    const auto one = [&](const std::string& address) {
      const std::int64_t when = unix_millis(lab.ago(random, 200));
      place.run(address, title(random), when, random.hex(12), static_cast<std::int64_t>(random.below(1ULL << 48)));
      visit.run(db.last_rowid(), when);
    };
    for (int i = 0; i < 60; ++i) one(web_address(random));
    if (lab.plants()) {
      const std::string address = "https://" + placed.value() + "/f";
      lab.planted.add("firefox-places", history_parser, placed, address, "high", "a visit in places.db, today's schema",
                      true);
      one(address);
    }
  }
  lab.store(firefox_domain, "profile.profile/places.db", db);
}

void write(Lab& lab) {
  browser(lab);
  if (lab.ios() >= 14) places(lab);
}

const Source source{"ios.firefox", write};

}  // namespace
}  // namespace testudo::lab
