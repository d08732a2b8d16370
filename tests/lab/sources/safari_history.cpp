// Safari's History.db, the default profile's and another's. Test tool.
// Schema: WBSHistorySQLiteSchema of SafariShared (statements seen in published dumps); tombstones gained udid and
// attributes in later releases, items status_code in iOS 14. visit_time is seconds since 2001.
// *-Library/Safari/History.db and, since iOS 17, Library/Safari/Profiles/<uuid>/History.db.
#include "known_ids.h"
#include "lab.h"
#include "rule_names.h"

namespace testudo::lab {
namespace {

constexpr std::string_view parser = "ios.safari_history";

const Indicator visited("host", "visited-lure.test");
const Indicator in_profile("host", "profile-lure.test");
const Indicator erased("host", "erased-lure.test");
const Indicator hop("host", "hop-lure.test");

std::string tables(int ios) {
  std::string out =
      "CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT,url TEXT NOT NULL UNIQUE,domain_expansion TEXT "
      "NULL,"
      "visit_count INTEGER NOT NULL,daily_visit_counts BLOB NOT NULL,weekly_visit_counts BLOB NULL,"
      "autocomplete_triggers BLOB NULL,should_recompute_derived_visit_counts INTEGER NOT NULL,"
      "visit_count_score INTEGER NOT NULL";
  if (ios >= 14) out += ",status_code INTEGER NOT NULL DEFAULT 0";
  out +=
      ");CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT,history_item INTEGER NOT NULL REFERENCES "
      "history_items(id) ON DELETE CASCADE,visit_time REAL NOT NULL,title TEXT NULL,load_successful BOOLEAN NOT NULL "
      "DEFAULT 1,http_non_get BOOLEAN NOT NULL DEFAULT 0,synthesized BOOLEAN NOT NULL DEFAULT 0,redirect_source "
      "INTEGER "
      "NULL UNIQUE REFERENCES history_visits(id) ON DELETE CASCADE,redirect_destination INTEGER NULL UNIQUE REFERENCES "
      "history_visits(id) ON DELETE CASCADE,origin INTEGER NOT NULL DEFAULT 0,generation INTEGER NOT NULL DEFAULT 0,"
      "attributes INTEGER NOT NULL DEFAULT 0,score INTEGER NOT NULL DEFAULT 0);"
      "CREATE TABLE history_tombstones (id INTEGER PRIMARY KEY AUTOINCREMENT,start_time REAL NOT NULL,end_time REAL "
      "NOT "
      "NULL,url TEXT,generation INTEGER NOT NULL DEFAULT 0";
  if (ios >= 17) out += ", udid TEXT, attributes INTEGER NOT NULL DEFAULT 0";
  out +=
      ");CREATE TABLE metadata (key TEXT NOT NULL UNIQUE, value);"
      "CREATE TABLE history_client_versions (client_version INTEGER PRIMARY KEY,last_seen REAL NOT NULL);"
      "CREATE TABLE history_event_listeners (listener_name TEXT PRIMARY KEY NOT NULL UNIQUE,last_seen REAL NOT NULL);"
      "CREATE TABLE history_events (id INTEGER PRIMARY KEY AUTOINCREMENT,event_type TEXT NOT NULL,event_time REAL NOT "
      "NULL,"
      "pending_listeners TEXT NOT NULL,value BLOB);";
  if (ios >= 13)
    out +=
        "CREATE TABLE history_tags (id INTEGER PRIMARY KEY,type INTEGER NOT NULL,level INTEGER NOT NULL,identifier "
        "TEXT "
        "NOT NULL,title TEXT NOT NULL,modification_timestamp REAL NOT NULL,item_count INTEGER NOT NULL DEFAULT 0);"
        "CREATE TABLE history_items_to_tags (history_item INTEGER NOT NULL,tag_id INTEGER NOT NULL,timestamp REAL NOT "
        "NULL,PRIMARY KEY (history_item, tag_id));";
  return out;
}

constexpr std::string_view indexes =
    "CREATE INDEX history_items__domain_expansion ON history_items (domain_expansion);"
    "CREATE INDEX history_visits__last_visit ON history_visits (history_item, visit_time DESC, synthesized ASC);"
    "CREATE INDEX history_visits__origin ON history_visits (origin, generation);"
    "CREATE INDEX history_tombstones__generation ON history_tombstones (generation);"
    "CREATE INDEX history_tombstones__end_time ON history_tombstones (end_time DESC);";

class History {
 public:
  History(Lab& lab, std::string_view name)
      : lab_(lab), random_(lab.random(name)), db_(lab.backup.scratch("History.db")) {
    db_.run(tables(lab.ios()));
    item_.emplace(
        db_.prepare("INSERT INTO history_items (url,domain_expansion,visit_count,daily_visit_counts,"
                    "weekly_visit_counts,should_recompute_derived_visit_counts,visit_count_score)"
                    " VALUES (?,?,1,?,NULL,0,100)"));
    visit_.emplace(
        db_.prepare("INSERT INTO history_visits (history_item,visit_time,title,redirect_source,origin,"
                    "generation,score) VALUES (?,?,?,?,0,?,100)"));
    target_.emplace(db_.prepare("UPDATE history_visits SET redirect_destination=? WHERE id=?"));
  }

  std::int64_t visit(const std::string& url, double when, std::optional<std::int64_t> from = std::nullopt) {
    const std::string counts("\x64\0\0\0", 4);
    const std::size_t host = url.find("//") + 2;
    item_->run(url, url.substr(host, url.find_first_of("./", host) - host), Blob{counts});
    last_item_ = db_.last_rowid();
    return again(last_item_, when, from);
  }
  std::int64_t again(std::int64_t item, double when, std::optional<std::int64_t> from = std::nullopt) {
    visit_->run(item, when, title(random_), from, ++generation_);
    const std::int64_t id = db_.last_rowid();
    if (from) target_->run(id, *from);
    return id;
  }
  void redirect(const std::string& from, const std::string& to, double when, double seconds) {
    const std::int64_t first = visit(from, when);
    visit(to, when + seconds, first);
  }
  void ordinary(std::int64_t count, std::int64_t http_redirects) {
    std::vector<std::int64_t> seen;
    const double first = lab_.now() - 365.0 * 86400;
    const double step = 364.0 * 86400 / static_cast<double>(count + 1);
    std::int64_t redirects = 0;
    for (std::int64_t i = 0; i < count; ++i) {
      const double when = first + step * static_cast<double>(i) + random_.real();
      if (redirects < http_redirects && i * http_redirects >= redirects * count) {
        // To https on the same host: fast, and nothing to report.
        const std::string rest = web_host(random_) + "/r" + std::to_string(redirects++) + "/" + random_.hex(8);
        redirect("http://" + rest, "https://" + rest, when, 0.2);
        ++i;
      } else if (seen.size() > 20 && random_.below(3) == 0) {
        again(seen[static_cast<std::size_t>(random_.below(seen.size()))], when);
      } else {
        visit(web_address(random_) + "#" + std::to_string(i), when);
        seen.push_back(last_item_);
      }
    }
  }
  void tombstone(const std::string& url, double from, double to) {
    db_.prepare("INSERT INTO history_tombstones (start_time,end_time,url,generation) VALUES (?,?,?,?)")
        .run(from, to, url, ++generation_);
  }
  void store(std::string_view path) {
    item_.reset(), visit_.reset(), target_.reset();
    db_.run(indexes);
    db_.run("INSERT INTO history_client_versions VALUES (6190, " + std::to_string(lab_.now()) + ")");
    lab_.store(safari_domain(lab_.ios()), path, db_);
  }

 private:
  Lab& lab_;
  Random random_;
  Database db_;
  std::optional<Statement> item_, visit_, target_;
  std::int64_t generation_ = 0, last_item_ = 0;
};

void write(Lab& lab) {
  History main(lab, "safari history");
  main.ordinary(lab.options.visits, lab.options.http_redirects);
  main.tombstone("https://garden.example/cleared", lab.now() - 900000, lab.now() - 800000);
  History other(lab, "safari profile");
  other.ordinary(std::max<std::int64_t>(10, lab.options.visits / 50), 0);
  if (lab.plants()) {
    const std::string link = "https://" + visited.value() + "/landing";
    lab.planted.add("safari-visit", parser, visited, link, "high", "a visit in the default profile");
    main.visit(link, lab.now() - 500000);
    lab.planted.rule("safari-quick-redirect", parser, rule::quick_redirect, "http://bounce.example/go", "medium",
                     "http, to another host, in 0.3 s");
    main.redirect("http://bounce.example/go", "https://elsewhere.example/in", lab.now() - 400000, 0.3);
    lab.planted.add("safari-redirect-hop", parser, hop, "http://" + hop.value() + "/1", "high",
                    "the first hop of a redirect");
    main.redirect("http://" + hop.value() + "/1", "https://news.example/after", lab.now() - 390000, 5.0);
    lab.planted.add("safari-tombstone", parser, erased, "https://" + erased.value() + "/gone", "high",
                    "the visit was erased: only history_tombstones names it", true);
    main.tombstone("https://" + erased.value() + "/gone", lab.now() - 700000, lab.now() - 600000);
    const std::string inside = "https://" + in_profile.value() + "/p";
    lab.planted.add("safari-profile", parser, in_profile, inside, "high", "a visit in another profile's database");
    other.visit(inside, lab.now() - 300000);
  }
  main.store("Library/Safari/History.db");
  other.store("Library/Safari/Profiles/6F2C1D4E-0B3A-4C55-9E8D-1A2B3C4D5E6F/History.db");
}

const Source source{"ios.safari_history", write};

}  // namespace
}  // namespace testudo::lab
