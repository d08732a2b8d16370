// Reasons to keep an indicator off block lists, strongest first.
#include "intel/control/block_verdict.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/host.h"
#include "base/url.h"
#include "intel/control/decay.h"
#include "intel/control/object_versions.h"
#include "intel/known_names.h"
#include "intel/network.h"

namespace testudo {
namespace {

constexpr std::array<std::string_view, 14> names = {
    "no",      "victim",          "benign",  "revoked", "superseded",   "expired",          "not_yet_valid",
    "decayed", "shared_platform", "generic", "tlp",     "warning_list", "network_too_wide", "covers_others"};

bool any_role(const StoredIndicator& indicator, Role role) {
  return std::ranges::find(indicator.claims, role, &StoredClaim::role) != indicator.claims.end();
}

// Why no claim holds on the day; `no` if one does. What has a day to come is the likeliest to be wanted later.
Withheld out_of_force(const StoredIndicator& indicator, Time as_of) {
  if (indicator.claims.empty()) return Withheld::no;
  const std::vector<bool> outdated = outdated_claims(indicator);
  bool ended = false, early = false;
  for (std::size_t i = 0; i < indicator.claims.size(); ++i) {
    const StoredClaim& claim = indicator.claims[i];
    if (claim.revoked || outdated[i]) continue;
    const bool over = claim.valid_until && *claim.valid_until <= as_of;
    const bool to_come = claim.valid_from && *claim.valid_from > as_of;
    if (!over && !to_come) return Withheld::no;
    ended |= over;
    early |= to_come && !over;
  }
  if (early) return Withheld::not_yet_valid;
  if (std::ranges::find(outdated, true) != outdated.end()) return Withheld::superseded;
  return ended ? Withheld::expired : Withheld::revoked;
}

bool is_too_wide(std::string_view value) {
  const std::optional<Network> network = parse_network(value);
  return network && network->prefix < (network->v6 ? widest_block_v6 : widest_block_v4);
}

bool is_special(std::string_view value) {
  const std::optional<Network> network = parse_network(value);
  return network && meets_special_network(*network);
}

// A page on the reader's own machine or network: everybody has another one there.
bool is_own_page(std::string_view value) {
  // URLs are kept without their scheme.
  const std::string whole =
      value.find("://") != std::string_view::npos ? std::string(value) : "http://" + std::string(value);
  const auto url = parse_url(whole);
  if (!url) return false;
  return url->host.type == HostName::Type::name ? url->host.text.find('.') == std::string::npos
                                                : is_special(url->host.text);
}

}  // namespace

std::string_view withheld_name(Withheld why) { return names[static_cast<std::size_t>(why)]; }

std::optional<Tlp> strictest_tlp(const StoredIndicator& indicator) {
  std::optional<Tlp> strictest;
  for (const StoredClaim& claim : indicator.claims)
    if (claim.tlp && (!strictest || *strictest < *claim.tlp)) strictest = claim.tlp;
  return strictest;
}

namespace {

bool is_for_customers(std::string_view domain) {
  return domain.find('.') != std::string_view::npos && (is_shared_platform(domain) || is_public_suffix(domain));
}

BlockJudgement by_warning(const StoredIndicator& indicator, const BlockRules& rules) {
  std::vector<WarningHit> hits;
  core_warnings().find(indicator.kind, indicator.value, hits);
  if (rules.warnings != nullptr) {
    std::vector<WarningHit> more;
    rules.warnings->find(indicator.kind, indicator.value, more);
    // Lists of what an operator owns also hold domains below which his customers have names.
    for (WarningHit& hit : more)
      if (hit.how == WarningHit::How::below && is_for_customers(hit.entry))
        hit.verdict = std::min(hit.verdict, WarningVerdict::exact);
    hits.insert(hits.end(), more.begin(), more.end());
  }
  const WarningHit* strongest = nullptr;
  const WarningVerdict verdict = strongest_verdict(hits, &strongest);
  if (strongest == nullptr) return {};
  BlockJudgement judgement{.by = std::string(strongest->list) + ": " + strongest->entry};
  judgement.exact_only = verdict == WarningVerdict::exact;
  // A list of well-known hosts says of a host that it is too well known to be blocked; of what lies below a shared one
  // it says nothing.
  if (verdict == WarningVerdict::suppress) judgement.why = Withheld::warning_list;
  if (indicator.kind != Kind::cidr) return judgement;
  // A block of a network acts on each address inside it.
  for (const WarningHit& hit : hits)
    if (hit.how == WarningHit::How::overlaps && hit.verdict == WarningVerdict::suppress)
      return {.why = Withheld::warning_list, .by = std::string(hit.list) + ": " + hit.entry};
  if (std::exchange(judgement.exact_only, false)) judgement.why = Withheld::covers_others;
  return judgement;
}

Withheld by_claims(const StoredIndicator& indicator, Time as_of) {
  if (any_role(indicator, Role::victim)) return Withheld::victim;
  if (any_role(indicator, Role::benign)) return Withheld::benign;
  if (indicator.withdrawn()) return Withheld::revoked;
  if (strictest_tlp(indicator) == Tlp::red) return Withheld::tlp;
  return out_of_force(indicator, as_of);
}

Withheld by_standing(const StoredIndicator& indicator) {
  const std::string_view value = indicator.value;
  if (indicator.kind == Kind::host && (is_shared_platform(value) || is_public_suffix(value)))
    return Withheld::shared_platform;
  const bool address = indicator.kind == Kind::ipv4 || indicator.kind == Kind::ipv6 || indicator.kind == Kind::cidr;
  if (is_generic_name(indicator.kind, value) || (address && is_special(value))) return Withheld::generic;
  return indicator.kind == Kind::url && is_own_page(value) ? Withheld::generic : Withheld::no;
}

// It was never said to be an attacker's.
bool is_context_alone(const StoredIndicator& indicator) {
  return std::ranges::all_of(indicator.claims, [](const StoredClaim& claim) { return claim.role == Role::context; });
}

void spare(const StoredIndicator& indicator, const Bystanders& bystanders, BlockJudgement& judgement) {
  if (indicator.kind == Kind::host) judgement.exact_only |= bystanders.any_below(indicator.value);
  if (indicator.kind != Kind::url && bystanders.is_site_of_one(indicator.value)) judgement.why = Withheld::victim;
  if (indicator.kind != Kind::cidr) return;
  if (const auto network = parse_network(indicator.value); network && bystanders.any_inside(*network))
    judgement.why = Withheld::victim;
}

BlockJudgement by_others(const StoredIndicator& indicator, const BlockRules& rules) {
  BlockJudgement judgement = by_warning(indicator, rules);
  if (judgement.why == Withheld::no && indicator.kind == Kind::cidr && is_too_wide(indicator.value))
    judgement = {.why = Withheld::network_too_wide};
  if (judgement.why == Withheld::no && rules.bystanders != nullptr) spare(indicator, *rules.bystanders, judgement);
  return judgement;
}

}  // namespace

BlockJudgement judge_value(const StoredIndicator& indicator, const BlockRules& rules) {
  const Withheld why = by_standing(indicator);
  return why != Withheld::no ? BlockJudgement{.why = why} : by_others(indicator, rules);
}

BlockJudgement judge_block(const StoredIndicator& indicator, Time as_of, const BlockRules& rules) {
  if (const Withheld why = by_claims(indicator, as_of); why != Withheld::no) return {.why = why};
  if (const Withheld why = by_standing(indicator); why != Withheld::no) return {.why = why};
  if (is_context_alone(indicator)) return {.why = Withheld::benign};
  if (rules.decay)
    if (const BlockClock clock = block_clock(indicator, as_of); clock.decayed)
      return {.why = Withheld::decayed, .by = clock.until ? to_rfc3339(*clock.until).substr(0, 10) : std::string()};
  return by_others(indicator, rules);
}

Withheld block_verdict(const StoredIndicator& indicator, Time as_of) { return judge_block(indicator, as_of).why; }

}  // namespace testudo
