// Names of threats by the references between the objects of a bundle.
#include "intel/stix_names.h"

#include <unordered_set>

namespace testudo {

ThreatRank threat_rank(std::string_view object_type) {
  if (object_type == "malware") return ThreatRank::malware;
  if (object_type == "tool") return ThreatRank::tool;
  if (object_type == "intrusion-set") return ThreatRank::intrusion_set;
  if (object_type == "campaign") return ThreatRank::campaign;
  if (object_type == "threat-actor") return ThreatRank::threat_actor;
  if (object_type == "report" || object_type == "grouping") return ThreatRank::report;
  return ThreatRank::none;
}

std::uint32_t StixNames::number(std::string_view id, ThreatRank rank, std::string_view name, bool& seen_before) {
  const auto fresh = static_cast<std::uint32_t>(objects_.size());
  seen_before = false;
  if (!id.empty()) {
    const auto [place, inserted] = ids_.try_emplace(id, fresh);
    seen_before = !inserted;
    if (seen_before) return place->second;
  }
  objects_.push_back({name, rank});
  return fresh;
}

std::uint32_t StixNames::find(std::string_view id) const {
  const auto found = ids_.find(id);
  return found == ids_.end() ? absent : found->second;
}

void StixNames::link(std::uint32_t object, std::uint32_t threat) {
  if (objects_[threat].name.empty()) return;
  Object& from = objects_[object];
  const auto place = static_cast<std::uint32_t>(links_.size());
  if (from.last_link != absent && links_[from.last_link].threat == threat) return;
  links_.push_back({threat, absent});
  (from.first_link == absent ? from.first_link : links_[from.last_link].next) = place;
  from.last_link = place;
}

std::vector<std::string_view> StixNames::threats(std::uint32_t object) const {
  std::vector<std::string_view> names;
  std::unordered_set<std::string_view, SecretHash> seen;
  for (auto rank = ThreatRank::malware; rank != ThreatRank::none;
       rank = static_cast<ThreatRank>(static_cast<std::uint8_t>(rank) + 1)) {
    for (std::uint32_t i = objects_[object].first_link; i != absent; i = links_[i].next) {
      const Object& threat = objects_[links_[i].threat];
      if (threat.rank == rank && seen.insert(threat.name).second) names.push_back(threat.name);
    }
  }
  if (names.empty()) names.emplace_back();
  return names;
}

}  // namespace testudo
