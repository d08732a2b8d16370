// An indicator as the intelligence store holds it: a value, and what each source claims of it. Floor 3.
#pragma once

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

// Identity is (kind, value): what two feeds both list is one indicator with two claims.
struct StoredIndicator {
  std::int64_t id = 0;  // in this store; changes when the store is made anew
  Kind kind = Kind::text;
  std::string value;                // normalised
  std::string shown;                // as people know it, where that differs from the value (a URL with its scheme)
  std::vector<StoredClaim> claims;  // in the order in which the sources came into the store
  std::vector<Time> sightings;      // ascending
};

// A rule or pattern that no single value stands for, kept for those whose tools can run it.
struct StoredPattern {
  std::string source, language, text, object, name, why;
  std::optional<Tlp> tlp;
  bool revoked = false;
};

}  // namespace testudo
