// ios.webkit_resource_stats: the sites that the web views of an app met, and how they led to each other. WebKit's
// tracking prevention keeps these statistics for every app with a web view. Floor 4.
// Format and sources: docs/formats/ios-webkit-statistics.md.
#include "parser/columns.h"
#include "parser/ios/browser.h"
#include "parser/parser.h"

namespace testudo {
namespace {

struct Site {
  std::optional<std::string_view> host;
  std::optional<Time> last_seen_at, last_interaction_at, last_push_interaction_at;
  std::optional<bool> had_user_interaction, is_prevalent, is_very_prevalent, grandfathered;
  std::optional<std::int64_t> data_records_removed;
  std::optional<std::string> extra;
};

struct Relation {
  std::string_view relation;
  std::optional<std::string_view> host, other_host;
  std::optional<Time> last_updated_at;
};

}  // namespace

template <>
struct Schema<Site> {
  static constexpr std::string_view name = "ios.webkit_site";
  static constexpr std::string_view prose =
      "A registrable domain that a web view of an app loaded something from: a page, a frame or a part of a page. It "
      "does "
      "not prove that a person opened it; advertisements load many.";
  static constexpr std::string_view line = "a web view met {host}";
  static constexpr std::array identity{"host"};
  static constexpr std::tuple fields{
      Field<&Site::host>{"host", Kind::host, "registrable domain"},
      Field<&Site::last_seen_at>{"last_seen_at", Kind::time,
                                 "when something was last loaded from it, coarsened by WebKit", Show::event},
      Field<&Site::last_interaction_at>{"last_interaction_at", Kind::time,
                                        "when a person last touched or typed on a page of it", Show::event},
      Field<&Site::last_push_interaction_at>{"last_push_interaction_at", Kind::time,
                                             "when a person last used a push message of it", Show::event},
      Field<&Site::had_user_interaction>{
          "had_user_interaction", Kind::boolean,
          "whether a person touched or typed on a page of it in the last 30 days of use"},
      Field<&Site::is_prevalent>{"is_prevalent", Kind::boolean, "whether WebKit classes it as able to track"},
      Field<&Site::is_very_prevalent>{"is_very_prevalent", Kind::boolean,
                                      "whether WebKit classes it as a wide tracker"},
      Field<&Site::grandfathered>{"grandfathered", Kind::boolean,
                                  "whether it had stored data before the statistics began"},
      Field<&Site::data_records_removed>{"data_records_removed", Kind::integer,
                                         "how often WebKit deleted the data that it had stored"},
      Field<&Site::extra>{"extra", Kind::text, "the remaining columns of the row, as JSON", Show::rest}};
};

template <>
struct Schema<Relation> {
  static constexpr std::string_view name = "ios.webkit_relation";
  static constexpr std::string_view prose =
      "Two registrable domains of which one led to, or was loaded by, the other in a web view of an app. It carries no "
      "address and often no time; advertisements and logins leave the same.";
  static constexpr std::string_view line = "{host} {relation} {other_host}";
  static constexpr std::array identity{"relation", "host", "other_host"};
  static constexpr std::tuple fields{
      Field<&Relation::relation>{"relation", Kind::text, "what the first was to the second, read as a sentence"},
      Field<&Relation::host>{"host", Kind::host, "registrable domain"},
      Field<&Relation::other_host>{"other_host", Kind::host, "registrable domain at the other end"},
      Field<&Relation::last_updated_at>{"last_updated_at", Kind::time, "when this was last seen, where it is kept",
                                        Show::event}};
};

namespace {

// One table of pairs: which columns hold the two numbers of ObservedDomains.
struct Pairs {
  std::string_view table, from, to, relation;
};
constexpr Pairs pairs[]{
    {"TopFrameUniqueRedirectsTo", "sourceDomainID", "toDomainID", "redirected the page to"},
    {"TopFrameUniqueRedirectsToSinceSameSiteStrictEnforcement", "sourceDomainID", "toDomainID",
     "redirected the page lately to"},
    {"TopFrameUniqueRedirectsFrom", "targetDomainID", "fromDomainID", "was reached by redirect from"},
    {"TopFrameLinkDecorationsFrom", "toDomainID", "fromDomainID", "was reached by decorated link from"},
    {"TopFrameLoadedThirdPartyScripts", "topFrameDomainID", "subresourceDomainID", "loaded a script from"},
    {"SubframeUnderTopFrameDomains", "subFrameDomainID", "topFrameDomainID", "was a frame in a page of"},
    {"SubresourceUnderTopFrameDomains", "subresourceDomainID", "topFrameDomainID", "was part of a page of"},
    {"SubresourceUniqueRedirectsTo", "subresourceDomainID", "toDomainID", "redirected a part of a page to"},
    {"SubresourceUniqueRedirectsFrom", "subresourceDomainID", "fromDomainID", "was reached for a part of a page from"},
    {"StorageAccessUnderTopFrameDomains", "domainID", "topLevelDomainID", "was let use its storage in a page of"},
};

const std::vector<std::string_view> site_columns{"domainID",
                                                 "registrableDomain",
                                                 "lastSeen",
                                                 "hadUserInteraction",
                                                 "mostRecentUserInteractionTime",
                                                 "mostRecentWebPushInteractionTime",
                                                 "isPrevalent",
                                                 "isVeryPrevalent",
                                                 "grandfathered",
                                                 "dataRecordsRemoved"};

Result<void> read_sites(const Database& db, Input& in, Sink& out) {
  return db.each(
      "SELECT {ObservedDomains.domainID}, {ObservedDomains.registrableDomain}, {ObservedDomains.lastSeen},"
      " {?ObservedDomains.mostRecentUserInteractionTime}, {?ObservedDomains.mostRecentWebPushInteractionTime},"
      " {ObservedDomains.hadUserInteraction}, {?ObservedDomains.isPrevalent}, {?ObservedDomains.isVeryPrevalent},"
      " {?ObservedDomains.grandfathered}, {?ObservedDomains.dataRecordsRemoved} FROM ObservedDomains",
      [&](const QueryRow& row) {
        const std::int64_t id = row.integer(0).value_or(0);
        Site site{.host = row.text(1),
                  .last_seen_at = browser::unix_time(out, row, 2, id),
                  .last_interaction_at = browser::unix_time(out, row, 3, id),
                  .last_push_interaction_at = browser::unix_time(out, row, 4, id),
                  .had_user_interaction = row.boolean(5),
                  .is_prevalent = row.boolean(6),
                  .is_very_prevalent = row.boolean(7),
                  .grandfathered = row.boolean(8),
                  .data_records_removed = row.integer(9)};
        out.emit(site, in.row(id),
                 [&](Site& whole) { whole.extra = rest_of(db, "ObservedDomains", id, site_columns); });
        return true;
      });
}

std::string column(std::string_view prefix, const Pairs& p, std::string_view name) {
  return std::string(prefix) + "p=" + std::string(p.table) + "." + std::string(name) + "}";
}

Result<void> read_pairs(const Database& db, const Pairs& p, Input& in, Sink& out) {
  const std::string sql =
      "SELECT p.rowid, {a=ObservedDomains.registrableDomain}, {b=ObservedDomains.registrableDomain}, " +
      column("{?", p, "lastUpdated") + " FROM " + std::string(p.table) +
      " AS p LEFT JOIN ObservedDomains AS a ON a.domainID = " + column("{", p, p.from) +
      " LEFT JOIN ObservedDomains AS b ON b.domainID = " + column("{", p, p.to);
  return db.each(sql, [&](const QueryRow& row) {
    const std::int64_t id = row.integer(0).value_or(0);
    out.emit(Relation{.relation = p.relation,
                      .host = row.text(1),
                      .other_host = row.text(2),
                      .last_updated_at = browser::unix_time(out, row, 3, id)},
             in.row(id));
    return true;
  });
}

Result<void> parse(Input& in, Sink& out) {
  const Database db = TRY(in.database());
  Result<void> outcome = read_sites(db, in, out);
  if (!db.has_column("ObservedDomains", "domainID")) return outcome;
  for (const Pairs& p : pairs) {
    if (!db.has_table(p.table)) continue;
    Result<void> read = read_pairs(db, p, in, out);  // one damaged table costs only itself
    if (outcome && !read) outcome = std::move(read);
  }
  return outcome;
}

constexpr Want wants[]{{"*", "**/ResourceLoadStatistics/observations.db"}, {"*", "**/WebsiteData/observations.db"}};
const RecordType* const records[]{&record_type<Site>(), &record_type<Relation>()};
const Registration registration{{.name = "ios.webkit_resource_stats",
                                 .page = "ios-webkit-statistics.md",
                                 .wants = wants,
                                 .records = records,
                                 .parse = parse}};

}  // namespace
}  // namespace testudo
