// What the store holds of a threat: how many indicators, of which kinds, from whom, how new. Floor 3.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "intel/store/intel_store.h"
#include "record/kind.h"

namespace testudo {

// Indicators that one source lists under one name.
struct ThreatGroup {
  std::string threat;  // as the source writes it
  std::string source;
  std::uint64_t indicators = 0;
  std::optional<Time> newest;
};

struct ThreatIndicators {
  std::uint64_t all = 0;  // values; one that two sources list counts once
  std::map<Kind, std::uint64_t> by_kind;
  std::map<std::string, std::uint64_t, std::less<>> by_source;
  std::vector<ThreatGroup> groups;  // largest first
  // The latest day that a claim itself names: created, first or last seen, valid from. Not the day of the import.
  std::optional<Time> newest;
  // Of the host names: names that somebody registered for himself, and names below a platform that unrelated people
  // share (dynamic DNS, hosting), which say little of who owns them.
  std::uint64_t hosts = 0, registrable = 0, shared = 0;
};

// The threat names of the store that are one of these, compared by vendor_key().
Result<std::vector<std::string>> stored_threats(IntelStore& store, std::span<const std::string_view> names);

// Indicators under any of these names, at a generation; none that all sources withdrew or the desk retracted.
// Cost: a pass over the store's threat table, then index seeks; memory grows with the indicators found.
Result<ThreatIndicators> threat_indicators(IntelStore& store, std::span<const std::string_view> names,
                                           std::int64_t generation = IntelStore::now);

}  // namespace testudo
