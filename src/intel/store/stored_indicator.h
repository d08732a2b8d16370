// An indicator as the intelligence store holds it: a value, and what each source claims of it. Floor 3.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "intel/feed/feed_sink.h"
#include "record/kind.h"

namespace testudo {

// What one source says of one value.
struct StoredClaim {
  std::string source;  // the feed's name in the store
  std::string object;  // id in that feed
  std::vector<std::string> threats;
  Role role = Role::unstated;
  std::optional<Tlp> tlp;
  std::optional<std::uint8_t> confidence;  // 0 to 100, STIX scale
  std::optional<Time> created, modified, valid_from, valid_until, first_seen, last_seen;
  bool revoked = false;
  std::string comment;
};

// The desk says that a value was seen in use. Who says so and the note are for the desk alone and leave in no export.
struct StoredSighting {
  Time at;
  std::uint64_t count = 1;
  std::string who, note;
  friend bool operator==(const StoredSighting&, const StoredSighting&) = default;
};

// The desk has taken a value out of use, whoever claims it.
struct StoredRetraction {
  Time at;
  std::string reason;
};

// Identity is (kind, value): what two feeds both list is one indicator with two claims.
struct StoredIndicator {
  std::int64_t id = 0;  // in this store; changes when the store is made anew
  Kind kind = Kind::text;
  std::string value;                // normalised
  std::string shown;                // as people know it, where that differs from the value (a URL with its scheme)
  std::vector<StoredClaim> claims;  // in the order in which the sources came into the store
  std::vector<StoredSighting> sightings;  // ascending
  std::optional<StoredRetraction> retraction;

  // Taken out of use by the desk, or by every source.
  bool withdrawn() const {
    return retraction || (!claims.empty() && std::ranges::all_of(claims, &StoredClaim::revoked));
  }
  std::uint64_t times_seen() const {
    std::uint64_t times = 0;
    for (const StoredSighting& sighting : sightings) times += sighting.count;
    return times;
  }
};

// A rule or pattern that no single value stands for, kept for those whose tools can run it.
struct StoredPattern {
  std::string source, language, text, object, name, why;
  std::optional<Tlp> tlp;
  bool revoked = false;
};

// Any other object of a feed, whole and as the feed spells it.
struct StoredObject {
  std::string source, type, object, json;
};

}  // namespace testudo
