// Which threats the objects of a bundle give an indicator: relationships and reports, resolved in linear time. Floor 3.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intel/secret_hash.h"

namespace testudo {

// What an object can lend its name for, the most telling first.
enum class ThreatRank : std::uint8_t { malware, tool, intrusion_set, campaign, threat_actor, report, none };
ThreatRank threat_rank(std::string_view object_type);

class StixNames {
 public:
  static constexpr std::uint32_t absent = ~std::uint32_t{0};

  // Numbers the object; the number of the first object with this id if it was seen before. An empty id is always new.
  std::uint32_t number(std::string_view id, ThreatRank rank, std::string_view name, bool& seen_before);
  std::uint32_t find(std::string_view id) const;  // absent if no object has this id
  ThreatRank rank(std::uint32_t object) const { return objects_[object].rank; }
  // Says that `threat`, by its number, is a name for what `object` indicates.
  void link(std::uint32_t object, std::uint32_t threat);
  // All names of an object, in order of rank, then of the bundle; each once. Never empty: {""} if it has none.
  std::vector<std::string_view> threats(std::uint32_t object) const;

 private:
  struct Object {
    std::string_view name;
    ThreatRank rank = ThreatRank::none;
    std::uint32_t first_link = absent, last_link = absent;
  };
  struct Link {
    std::uint32_t threat, next;
  };
  std::vector<Object> objects_;
  std::vector<Link> links_;
  std::unordered_map<std::string_view, std::uint32_t, SecretHash> ids_;
};

}  // namespace testudo
