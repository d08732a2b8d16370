// Reading indicators out of the store, one at a time, with all that is claimed of each. Floor 3.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "intel/store/intel_store.h"
#include "intel/store/stored_indicator.h"

namespace testudo {

struct IndicatorFilter {
  std::int64_t generation = IntelStore::now;
  std::optional<Kind> kind;
  std::string source;           // only indicators that this source claims; empty: any
  std::string threat;           // part of a threat's name, any case; empty: any
  std::string value;            // this normalised value alone; empty: any
  std::optional<Tlp> audience;  // names of threats that are marked for others are left out; nothing: all are told
  bool withdrawn = false;       // also those that every source has revoked, or the desk retracted
};

// Goes through the indicators in order of kind, then value. The store must outlive it and not be changed meanwhile.
// Cost: a few index seeks an indicator; memory: one indicator.
class IndicatorCursor {
 public:
  static Result<IndicatorCursor> open(IntelStore& store, const IndicatorFilter& filter);
  // False at the end.
  Result<bool> next(StoredIndicator& out);

 private:
  IndicatorCursor() = default;
  Result<bool> read(StoredIndicator& out);
  Result<void> read_claims(StoredIndicator& out);
  Result<void> read_threats(std::int64_t claim, StoredClaim& out);
  Result<void> read_sightings(StoredIndicator& out);
  bool wanted(const StoredIndicator& indicator) const;

  std::unique_ptr<const IndicatorFilter> filter_;  // its texts are bound, so they must not move with the cursor
  Statement values_, claims_, threats_, sightings_, retracted_;
  bool any_sightings_ = false, any_retractions_ = false;
};

// What evidence is compared with: every value that a source which did not withdraw it claims with any role but
// `benign`, once for each source and threat. Retracted values are left out. Views live until the call returns. Cost:
// about 2 microseconds a claim; in the order in which values came into the store, a large one is read from front to
// back.
struct MatchedClaim {
  Kind kind = Kind::text;
  std::string_view value, shown;  // `shown`: as people know it, where that is another spelling
  std::string_view source, threat, object;
  Role role = Role::unstated;
  std::string_view spelled() const { return shown.empty() ? value : shown; }
};
enum class MatchedOrder : std::uint8_t { kind_and_value, first_seen };
Result<void> each_matched_claim(IntelStore& store, MatchedOrder order,
                                const std::function<void(const MatchedClaim&)>& use);

// Patterns and rules kept for other tools, in order of source and object. `language` empty: all.
Result<std::vector<StoredPattern>> stored_patterns(IntelStore& store, std::string_view language,
                                                   std::int64_t generation = IntelStore::now);
// What all sources say of one text counts for each of them: the strictest marking, and withdrawn is what every source
// has withdrawn.
void unite(std::vector<StoredPattern>& patterns);
// All of them, united: what is handed on.
Result<std::vector<StoredPattern>> united_patterns(IntelStore& store, std::int64_t generation = IntelStore::now);
// Leaves those that the filter's source lists. A pattern has neither kind nor value nor threat, so of what is narrowed
// by one of them there is none.
void narrow(std::vector<StoredPattern>& patterns, const IndicatorFilter& filter);

// Other objects of feeds, in order of source and place in the feed; those of the filter's source alone, and none where
// a kind, a threat or a value is asked for. `use` may end it with an Error, which is returned. Views end with the call.
Result<void> each_stored_object(IntelStore& store, const IndicatorFilter& filter,
                                const std::function<Result<void>(const StoredObject&)>& use);
// How many of them say something that no indicator, pattern or marking of an export says.
Result<std::uint64_t> count_objects(IntelStore& store, const IndicatorFilter& filter);

// Indicators by kind at a generation, without those that all sources withdrew.
struct IndicatorCounts {
  std::uint64_t all = 0;
  std::uint64_t accused = 0;  // that some source calls an attacker's, or gives no role: evidence is compared with them
  std::uint64_t context = 0;  // that sources call context or a victim's at most: findings say so, and are graded lower
  std::vector<std::pair<Kind, std::uint64_t>> by_kind;  // in order of Kind, without zeros
};
Result<IndicatorCounts> count_indicators(IntelStore& store, std::int64_t generation = IntelStore::now);

}  // namespace testudo
