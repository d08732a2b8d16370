#include "intel/store/indicator_query.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "intel/store/claim_columns.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

// A row holds at the generation that parameter 1 names.
constexpr std::string_view holds = "since<=?1 AND (until IS NULL OR until>?1)";

Result<bool> any_row(const Connection& connection, const std::string& table) {
  Statement row = TRY(connection.prepare("SELECT 1 FROM " + table + " LIMIT 1"));
  return TRY(row.step());
}

}  // namespace

Result<IndicatorCursor> IndicatorCursor::open(IntelStore& store, const IndicatorFilter& filter) {
  const Connection& db = store.connection();
  IndicatorCursor cursor;
  cursor.filter_ = std::make_unique<const IndicatorFilter>(filter);
  std::string sql = "SELECT id,kind,value,shown FROM value WHERE 1";
  if (filter.kind) sql += " AND kind=?1";
  if (!filter.value.empty()) sql += " AND value=?2";
  cursor.values_ = TRY(db.prepare(sql + " ORDER BY kind,value"));
  if (filter.kind) cursor.values_.bind(1, kind_name(*filter.kind));
  if (!filter.value.empty()) cursor.values_.bind(2, std::string_view(cursor.filter_->value));
  const std::string held(holds);
  cursor.claims_ = TRY(db.prepare("SELECT claim.id,source.name," + std::string(claim_columns) +
                                  " FROM claim JOIN source ON source.id=source WHERE value=?2 AND " + held +
                                  " ORDER BY source,claim.id"));
  cursor.threats_ = TRY(
      db.prepare("SELECT name,(SELECT json FROM object WHERE object.source=claim.source AND object=name AND "
                 "type='threat-marking' AND object.until IS NULL) FROM claim_threat JOIN threat ON threat.id=threat "
                 "JOIN claim ON claim.id=claim_threat.claim WHERE claim_threat.claim=?1 ORDER BY place"));
  cursor.sightings_ =
      TRY(db.prepare("SELECT at,count,who,note FROM sighting WHERE value=?2 AND " + held + " ORDER BY at,id"));
  cursor.retracted_ =
      TRY(db.prepare("SELECT (SELECT at FROM generation WHERE generation.id=since),reason FROM retraction WHERE "
                     "value=?2 AND " +
                     held + " LIMIT 1"));
  cursor.any_sightings_ = TRY(any_row(db, "sighting"));
  cursor.any_retractions_ = TRY(any_row(db, "retraction"));
  for (Statement* statement : {&cursor.claims_, &cursor.sightings_, &cursor.retracted_})
    statement->bind(1, filter.generation);
  return cursor;
}

Result<bool> IndicatorCursor::next(StoredIndicator& out) {
  while (TRY(read(out)))
    if (wanted(out)) return true;
  return false;
}

Result<bool> IndicatorCursor::read(StoredIndicator& out) {
  if (!TRY(values_.step())) return false;
  out.id = values_.integer(0);
  out.kind = kind_from_name(values_.value(1).text()).value_or(Kind::text);
  out.value = values_.text(2);
  out.shown = values_.text(3);
  TRY(read_claims(out));
  TRY(read_sightings(out));
  return true;
}

Result<void> IndicatorCursor::read_claims(StoredIndicator& out) {
  out.claims.clear();
  claims_.bind(2, out.id);
  while (TRY(claims_.step())) {
    out.claims.push_back(read_claim(claims_, 2));
    out.claims.back().source = claims_.text(1);
    TRY(read_threats(claims_.integer(0), out.claims.back()));
  }
  claims_.reset();
  out.retraction.reset();
  if (!any_retractions_) return {};
  if (TRY(retracted_.bind(2, out.id).step()))
    out.retraction = StoredRetraction{Time{retracted_.integer(0)}, retracted_.text(1)};
  retracted_.reset();
  return {};
}

Result<void> IndicatorCursor::read_threats(std::int64_t claim, StoredClaim& out) {
  threats_.bind(1, claim);
  while (TRY(threats_.step())) {
    const std::optional<Tlp> marked = tlp_from_name(threats_.value(1).text());
    if (!filter_->audience || !marked || *marked <= *filter_->audience) out.threats.push_back(threats_.text(0));
  }
  threats_.reset();
  return {};
}

Result<void> IndicatorCursor::read_sightings(StoredIndicator& out) {
  out.sightings.clear();
  if (!any_sightings_) return {};
  sightings_.bind(2, out.id);
  while (TRY(sightings_.step()))
    out.sightings.push_back({Time{sightings_.integer(0)}, static_cast<std::uint64_t>(sightings_.integer(1)),
                             sightings_.text(2), sightings_.text(3)});
  sightings_.reset();
  return {};
}

bool IndicatorCursor::wanted(const StoredIndicator& indicator) const {
  const auto by_source = [&](const StoredClaim& claim) { return claim.source == filter_->source; };
  const auto by_threat = [&](const StoredClaim& claim) {
    return std::ranges::any_of(claim.threats, [&](const std::string& name) {
      return lower_ascii(name).find(lower_ascii(filter_->threat)) != std::string::npos;
    });
  };
  if (indicator.claims.empty()) return false;
  if (!filter_->withdrawn && indicator.withdrawn()) return false;
  if (!filter_->source.empty() && std::ranges::none_of(indicator.claims, by_source)) return false;
  return filter_->threat.empty() || std::ranges::any_of(indicator.claims, by_threat);
}

Result<void> each_matched_claim(IntelStore& store, MatchedOrder order,
                                const std::function<void(const MatchedClaim&)>& use) {
  const Connection& db = store.connection();
  std::string sql =
      "SELECT kind,value.value,shown,source.name,threat.name,object,role FROM value CROSS JOIN claim ON "
      "claim.value=value.id JOIN source ON source.id=source LEFT JOIN claim_threat ON claim_threat.claim=claim.id "
      "LEFT JOIN threat ON threat.id=claim_threat.threat WHERE until IS NULL AND NOT revoked AND (role IS NULL OR "
      "role<>'benign')";
  if (TRY(any_row(db, "retraction")))
    sql += " AND NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.value=value.id AND retraction.until IS NULL)";
  sql += order == MatchedOrder::first_seen ? " ORDER BY value.id" : " ORDER BY kind,value.value";
  Statement rows = TRY(db.prepare(sql + ",source,claim.id,place"));
  while (TRY(rows.step())) {
    const auto kind = kind_from_name(rows.value(0).text());
    if (kind)
      use({*kind, rows.value(1).text(), rows.value(2).text(), rows.value(3).text(), rows.value(4).text(),
           rows.value(5).text(), role_from_name(rows.value(6).text()).value_or(Role::unstated)});
  }
  return {};
}

Result<std::vector<StoredPattern>> stored_patterns(IntelStore& store, std::string_view language,
                                                   std::int64_t generation) {
  Statement rows = TRY(store.connection().prepare(
      "SELECT source.name,language,text,object,pattern.name,why,tlp,revoked FROM pattern JOIN source ON "
      "source.id=source WHERE (?2='' OR language=?2) AND " +
      std::string(holds) + " ORDER BY source.name,object,pattern.id"));
  rows.bind(1, generation).bind(2, language);
  std::vector<StoredPattern> all;
  while (TRY(rows.step()))
    all.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5),
                   tlp_from_name(rows.value(6).text()), rows.integer(7) != 0});
  return all;
}

void unite(std::vector<StoredPattern>& patterns) {
  struct Said {
    std::optional<Tlp> tlp;
    bool revoked = true;
  };
  std::map<std::pair<std::string_view, std::string_view>, Said> all;
  for (const StoredPattern& one : patterns) {
    Said& said = all[{one.language, one.text}];
    said.revoked &= one.revoked;
    if (one.tlp && (!said.tlp || *said.tlp < *one.tlp)) said.tlp = one.tlp;
  }
  for (StoredPattern& one : patterns) {
    const Said& said = all[{one.language, one.text}];
    one.tlp = said.tlp;
    one.revoked = said.revoked;
  }
}

Result<std::vector<StoredPattern>> united_patterns(IntelStore& store, std::int64_t generation) {
  std::vector<StoredPattern> patterns = TRY(stored_patterns(store, "", generation));
  unite(patterns);
  return patterns;
}

void narrow(std::vector<StoredPattern>& patterns, const IndicatorFilter& filter) {
  if (filter.kind || !filter.threat.empty() || !filter.value.empty()) patterns.clear();
  if (!filter.source.empty())
    std::erase_if(patterns, [&](const StoredPattern& pattern) { return pattern.source != filter.source; });
}

namespace {

// Names of threats that are marked stand among the objects, but no feed holds such an object (feed/stix_index.h).
Result<Statement> objects_of(IntelStore& store, const IndicatorFilter& filter, std::string_view columns,
                             std::string_view rest) {
  std::string sql = "SELECT ";
  sql.append(columns).append(" FROM object JOIN source ON source.id=source WHERE type<>'threat-marking' AND ");
  sql.append(holds).append(" AND (?2='' OR source.name=?2)").append(rest);
  Statement rows = TRY(store.connection().prepare(sql));
  const bool none = filter.kind || !filter.threat.empty() || !filter.value.empty();
  rows.bind(1, none ? std::int64_t{-1} : filter.generation).bind(2, std::string_view(filter.source));
  return rows;
}

}  // namespace

Result<void> each_stored_object(IntelStore& store, const IndicatorFilter& filter,
                                const std::function<Result<void>(const StoredObject&)>& use) {
  Statement rows = TRY(objects_of(store, filter, "source.name,type,object,json", " ORDER BY source.name,object.id"));
  while (TRY(rows.step())) TRY(use({rows.text(0), rows.text(1), rows.text(2), rows.text(3)}));
  return {};
}

Result<std::uint64_t> count_objects(IntelStore& store, const IndicatorFilter& filter) {
  Statement rows = TRY(objects_of(store, filter, "count(*)", " AND type NOT IN ('indicator','marking-definition')"));
  TRY(rows.step());
  return static_cast<std::uint64_t>(rows.integer(0));
}

Result<IndicatorCounts> count_indicators(IntelStore& store, std::int64_t generation) {
  Statement rows = TRY(store.connection().prepare(
      "SELECT kind,count(*),sum(roles LIKE '%accused%'),sum(roles NOT LIKE '%accused%' AND roles<>'benign') FROM "
      "(SELECT value.id AS id,kind,group_concat(DISTINCT CASE WHEN role IS NULL OR role='attacker' THEN 'accused' ELSE "
      "role END) AS roles FROM value JOIN claim ON claim.value=value.id WHERE revoked=0 AND " +
      std::string(holds) +
      " GROUP BY value.id) AS value WHERE NOT EXISTS (SELECT 1 FROM retraction WHERE retraction.value=value.id AND " +
      std::string(holds) + ") GROUP BY kind"));
  rows.bind(1, generation);
  IndicatorCounts counts;
  while (TRY(rows.step())) {
    const auto kind = kind_from_name(rows.value(0).text());
    if (!kind) continue;
    counts.by_kind.emplace_back(*kind, static_cast<std::uint64_t>(rows.integer(1)));
    counts.all += counts.by_kind.back().second;
    counts.accused += static_cast<std::uint64_t>(rows.integer(2));
    counts.context += static_cast<std::uint64_t>(rows.integer(3));
  }
  std::ranges::sort(counts.by_kind);
  return counts;
}

}  // namespace testudo
