#include "intel/actor/threat_indicators.h"

#include <algorithm>
#include <set>

#include "base/host.h"
#include "intel/actor/vendor_catalogue.h"
#include "intel/known_names.h"

namespace testudo {
namespace {

struct StoredThreat {
  std::int64_t id = 0;
  std::string name;
};

Result<std::vector<StoredThreat>> matching_threats(IntelStore& store, std::span<const std::string_view> names) {
  std::set<std::string> wanted;
  for (const std::string_view name : names) wanted.insert(vendor_key(name));
  wanted.erase("");
  std::vector<StoredThreat> found;
  Statement rows = TRY(store.connection().prepare("SELECT id,name FROM threat ORDER BY name"));
  while (!wanted.empty() && TRY(rows.step())) {
    std::string name = rows.text(1);
    if (wanted.contains(vendor_key(name))) found.push_back({rows.integer(0), std::move(name)});
  }
  return found;
}

bool is_below_shared_platform(std::string_view host) {
  while (!host.empty()) {
    if (is_shared_platform(host)) return true;
    const std::size_t dot = host.find('.');
    host.remove_prefix(dot == std::string_view::npos ? host.size() : dot + 1);
  }
  return false;
}

void raise(std::optional<Time>& newest, std::optional<Time> time) {
  if (time && (!newest || *newest < *time)) newest = time;
}

// Gathers the rows of one pass: a row a claim.
class Tally {
 public:
  void add(const StoredThreat& threat, const Statement& row);
  ThreatIndicators finish() &&;

 private:
  using Group = std::pair<std::string, std::string>;
  ThreatIndicators counts_;
  std::map<std::int64_t, std::pair<Kind, std::string>> values_;
  std::map<std::string, std::set<std::int64_t>, std::less<>> by_source_;
  std::map<Group, std::set<std::int64_t>> groups_;
  std::map<Group, std::optional<Time>> newest_;
};

void Tally::add(const StoredThreat& threat, const Statement& row) {
  const std::int64_t id = row.integer(0);
  const std::string source = row.text(3);
  values_.try_emplace(id, kind_from_name(row.value(1).text()).value_or(Kind::text), row.text(2));
  by_source_[source].insert(id);
  groups_[{threat.name, source}].insert(id);
  if (row.integer(4) == 0) return;
  raise(newest_[{threat.name, source}], Time{row.integer(4)});
  raise(counts_.newest, Time{row.integer(4)});
}

ThreatIndicators Tally::finish() && {
  std::set<std::string, std::less<>> registrable;
  counts_.all = values_.size();
  for (const auto& [id, value] : values_) {
    ++counts_.by_kind[value.first];
    if (value.first != Kind::host) continue;
    ++counts_.hosts;
    if (is_below_shared_platform(value.second))
      ++counts_.shared;
    else if (const auto name = registrable_domain(value.second))
      registrable.insert(std::string(*name));
  }
  counts_.registrable = registrable.size();
  for (const auto& [source, ids] : by_source_) counts_.by_source[source] = ids.size();
  for (const auto& [group, ids] : groups_)
    counts_.groups.push_back({group.first, group.second, ids.size(), newest_[group]});
  std::ranges::stable_sort(counts_.groups, std::greater(), &ThreatGroup::indicators);
  return std::move(counts_);
}

constexpr std::string_view claims_of_threat =
    "SELECT value.id,value.kind,value.value,source.name,"
    "max(ifnull(created,0),ifnull(valid_from,0),ifnull(first_seen,0),ifnull(last_seen,0)) "
    "FROM claim_threat JOIN claim ON claim.id=claim_threat.claim JOIN value ON value.id=claim.value "
    "JOIN source ON source.id=claim.source "
    "WHERE threat=?2 AND revoked=0 AND since<=?1 AND (until IS NULL OR until>?1) AND NOT EXISTS (SELECT 1 FROM "
    "retraction WHERE retraction.value=value.id AND retraction.since<=?1 AND (retraction.until IS NULL OR "
    "retraction.until>?1))";

}  // namespace

Result<std::vector<std::string>> stored_threats(IntelStore& store, std::span<const std::string_view> names) {
  std::vector<std::string> found;
  for (StoredThreat& threat : TRY(matching_threats(store, names))) found.push_back(std::move(threat.name));
  return found;
}

Result<ThreatIndicators> threat_indicators(IntelStore& store, std::span<const std::string_view> names,
                                           std::int64_t generation) {
  Tally tally;
  Statement rows = TRY(store.connection().prepare(claims_of_threat));
  for (const StoredThreat& threat : TRY(matching_threats(store, names))) {
    rows.bind(1, generation).bind(2, threat.id);
    while (TRY(rows.step())) tally.add(threat, rows);
    rows.reset();
  }
  return std::move(tally).finish();
}

}  // namespace testudo
