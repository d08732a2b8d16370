// WebKit's resource load statistics: observations.db and, before iOS 14, full_browsing_session_resourceLog.plist. Test
// tool. Schema: WebKit, ResourceLoadStatisticsStore (ObservedDomains); the web-push column is of later releases.
#include "known_ids.h"
#include "lab.h"
#include "rule_names.h"

namespace testudo::lab {
namespace {

constexpr std::string_view folder = "Library/WebKit/WebsiteData/ResourceLoadStatistics/";

const Indicator observed("host", "observed-lure.test");
const Indicator in_app("host", "in-app-lure.test");
const Indicator origin("host", "session-origin-lure.test");
const Indicator redirected("host", "session-redirect-lure.test");

std::string tables(int ios) {
  std::string out =
      "CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain TEXT NOT NULL UNIQUE ON CONFLICT "
      "FAIL, "
      "lastSeen REAL NOT NULL, hadUserInteraction INTEGER NOT NULL, mostRecentUserInteractionTime REAL NOT NULL, "
      "grandfathered "
      "INTEGER NOT NULL, isPrevalent INTEGER NOT NULL, isVeryPrevalent INTEGER NOT NULL, dataRecordsRemoved INTEGER "
      "NOT NULL,"
      "timesAccessedAsFirstPartyDueToUserInteraction INTEGER NOT NULL, timesAccessedAsFirstPartyDueToStorageAccessAPI "
      "INTEGER NOT "
      "NULL,isScheduledForAllButCookieDataRemoval INTEGER NOT NULL";
  if (ios >= 16) out += ", mostRecentWebPushInteractionTime REAL NOT NULL";
  return out +
         ");CREATE TABLE TopLevelDomains (topLevelDomainID INTEGER PRIMARY KEY);"
         "CREATE TABLE SubframeUnderTopFrameDomains (subFrameDomainID INTEGER NOT NULL, lastUpdated REAL NOT NULL, "
         "topFrameDomainID "
         "INTEGER NOT NULL);"
         "CREATE TABLE SubresourceUnderTopFrameDomains (subresourceDomainID INTEGER NOT NULL, lastUpdated REAL NOT "
         "NULL, "
         "topFrameDomainID INTEGER NOT NULL);"
         "CREATE TABLE SubresourceUniqueRedirectsTo (subresourceDomainID INTEGER NOT NULL, lastUpdated REAL NOT NULL, "
         "toDomainID "
         "INTEGER NOT NULL);"
         "CREATE TABLE TopFrameUniqueRedirectsTo (sourceDomainID INTEGER NOT NULL, lastUpdated REAL NOT NULL, "
         "toDomainID INTEGER NOT "
         "NULL);"
         "CREATE TABLE TopFrameUniqueRedirectsFrom (targetDomainID INTEGER NOT NULL, lastUpdated REAL NOT NULL, "
         "fromDomainID INTEGER "
         "NOT NULL);";
}

void observations(Lab& lab, std::string_view domain, int count, const std::optional<std::string>& planted) {
  Random random = lab.random("observations " + std::string(domain));
  Database db(lab.backup.scratch("observations"));
  db.run(tables(lab.ios()));
  const bool push = lab.ios() >= 16;
  {
    auto row = db.prepare(std::string("INSERT OR IGNORE INTO ObservedDomains VALUES (?,?,?,?,?,0,?,0,0,0,0,0") +
                          (push ? ",-1)" : ")"));
    auto top = db.prepare("INSERT INTO TopLevelDomains VALUES (?)");
    const auto one = [&](std::int64_t id, const std::string& name) {
      const double seen = lab.ago(random, 30) + 978307200;  // WebKit keeps Unix seconds
      const bool touched = random.below(2) == 0;
      row.run(id, name, seen, touched, touched ? seen - 5000 : -1.0, random.below(9) == 0);
      if (touched) top.run(id);
    };
    for (int i = 1; i <= count; ++i) {
      const std::string host = web_host(random);
      const std::size_t dot = host.find('.');
      one(i, host.find('.', dot + 1) == std::string::npos ? host : host.substr(dot + 1));
    }
    if (planted) one(count + 1, *planted);
  }
  lab.store(domain, std::string(folder) + "observations.db", db);
}

enum class Use : std::uint8_t { visited, passed_through };

Plist entry(Lab& lab, Random& random, const std::string& name, const std::string& from, const std::string& to,
            Use use = Use::visited) {
  const auto list = [](const std::string& host) {
    return host.empty() ? Plist(Array{}) : Plist(Array{Dict{{"origin", host}, {"count", 1}}});
  };
  const bool page = use == Use::visited;
  return Dict{{"PrevalentResourceOrigin", name},
              {"hadUserInteraction", page},
              {"lastSeen", Date{lab.ago(random, 20)}},
              {"mostRecentUserInteraction", Date{lab.ago(random, 20)}},
              {"topFrameUniqueRedirectsFrom", list(from)},
              {"topFrameUniqueRedirectsTo", list(to)},
              {"subframeUnderTopFrameOrigins", list(page ? "news.example" : "")},
              {"subresourceUnderTopFrameOrigins", list(page ? "maps.example" : "")}};
}

void session_log(Lab& lab) {
  Random random = lab.random("session log");
  Array statistics;
  for (int i = 0; i < 20; ++i) statistics.push_back(entry(lab, random, web_host(random), "", ""));
  if (lab.plants()) {
    lab.planted.add("session-log-origin", "ios.webkit_session_log", origin, origin.value(), "high", "an origin");
    statistics.push_back(entry(lab, random, origin.value(), "", ""));
    lab.planted.add("session-log-redirect", "ios.webkit_session_log", redirected, redirected.value(), "high",
                    "where an ordinary page was redirected to");
    statistics.push_back(entry(lab, random, "garden.example", "news.example", redirected.value()));
    lab.planted.rule("session-log-chain", "ios.webkit_session_log", rule::redirect_chain, "hop-one.example", "low",
                     "two sites in a row that did nothing but redirect");
    statistics.push_back(entry(lab, random, "hop-one.example", "news.example", "hop-two.example", Use::passed_through));
    statistics.push_back(entry(lab, random, "hop-two.example", "hop-one.example", "shop.example", Use::passed_through));
  }
  lab.store(
      safari_domain(lab.ios()), std::string(folder) + "full_browsing_session_resourceLog.plist",
      binary_plist(
          Dict{{"version", 14}, {"endOfGrandfatheringTimestamp", 0.0}, {"browsingStatistics", std::move(statistics)}}));
}

void write(Lab& lab) {
  std::optional<std::string> first, second;
  if (lab.plants()) {
    first = observed.value();
    second = in_app.value();
    lab.planted.add("webkit-observed", "ios.webkit_resource_stats", observed, *first, "high",
                    "a domain that Safari observed");
    lab.planted.add("webkit-observed-in-app", "ios.webkit_resource_stats", in_app, *second, "high",
                    "the same inside another app");
  }
  observations(lab, safari_domain(lab.ios()), 40, first);
  observations(lab, "AppDomain-com.garden-labs.reader", 6, second);
  session_log(lab);
}

const Source source{"ios.webkit", write};

}  // namespace
}  // namespace testudo::lab
