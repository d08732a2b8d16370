#include "intel/export/facts.h"

#include <algorithm>
#include <ranges>

#include "base/text.h"
#include "intel/control/block_verdict.h"
#include "intel/control/object_versions.h"

namespace testudo {
namespace {

// Case does not tell names of threats or sources apart.
void add_once(std::vector<std::string_view>& to, std::string_view text) {
  const auto same = [&](std::string_view other) { return equals_ignoring_case(other, text); };
  if (!text.empty() && std::ranges::none_of(to, same)) to.push_back(text);
}

template <typename T>
void keep_latest(std::optional<T>& kept, const std::optional<T>& other) {
  if (other && (!kept || *kept < *other)) kept = other;
}

void keep_earliest(std::optional<Time>& kept, const std::optional<Time>& other) {
  if (other && (!kept || *other < *kept)) kept = other;
}

void add(Facts& facts, const StoredClaim& claim) {
  facts.attacker |= claim.role == Role::attacker;
  facts.victim |= claim.role == Role::victim;
  facts.benign |= claim.role == Role::benign;
  facts.context |= claim.role == Role::context;
  facts.unstated |= claim.role == Role::unstated;
  keep_latest(facts.confidence, claim.confidence);
  if (!facts.created) facts.created = claim.created ? claim.created : claim.first_seen;
  keep_latest(facts.modified, claim.modified ? claim.modified : claim.created);
  keep_latest(facts.last_seen, claim.last_seen);
  keep_earliest(facts.valid_from, claim.valid_from);
  keep_earliest(facts.first_seen, claim.first_seen);
  keep_latest(facts.valid_until, claim.valid_until);
}

void add_names(Facts& facts, const StoredClaim& claim) {
  for (const std::string& threat : claim.threats) add_once(facts.threats, threat);
  add_once(facts.sources, claim.source);
  add_once(facts.comments, claim.comment);
}

}  // namespace

Role Facts::role() const {
  if (victim) return Role::victim;
  if (benign) return Role::benign;
  if (attacker) return Role::attacker;
  return context && !unstated ? Role::context : Role::unstated;
}

Facts facts_of(const StoredIndicator& indicator) {
  Facts facts;
  const std::vector<bool> outdated = outdated_claims(indicator);
  const auto is_out = [&](std::size_t i) { return indicator.claims[i].revoked || outdated[i]; };
  const auto places = std::views::iota(std::size_t{0}, indicator.claims.size());
  facts.revoked = indicator.withdrawn() || (!indicator.claims.empty() && std::ranges::all_of(places, is_out));
  facts.tlp = strictest_tlp(indicator);
  bool endless = false;
  for (const std::size_t i : places) {
    const StoredClaim& claim = indicator.claims[i];
    if (!is_out(i) || facts.revoked) {
      endless |= !claim.valid_until.has_value();
      add(facts, claim);
    }
    if (!claim.revoked || facts.revoked) add_names(facts, claim);
  }
  if (endless) facts.valid_until.reset();
  if (!indicator.sightings.empty()) keep_latest(facts.last_seen, std::optional(indicator.sightings.back().at));
  // Taking a value out of use is a change of what is said of it.
  if (indicator.retraction) keep_latest(facts.modified, std::optional(indicator.retraction->at));
  return facts;
}

BlockJudgement judge_alarm(const StoredIndicator& indicator, const Facts& facts, const BlockRules& rules) {
  const Role role = facts.role();
  if (role == Role::victim) return {.why = Withheld::victim};
  if (role == Role::benign || role == Role::context) return {.why = Withheld::benign};
  return judge_value(indicator, rules);
}

std::string joined(const std::vector<std::string_view>& texts, std::size_t limit) {
  std::string all;
  for (const std::string_view text : texts) {
    if (all.size() + text.size() + 2 > limit) return all + (all.empty() ? "" : ", ") + "…";
    if (!all.empty()) all += ", ";
    all += text;
  }
  return all;
}

}  // namespace testudo
