// What the desk itself enters: indicators of its own, retractions, sightings. Floor 3.
#pragma once

#include <string_view>

#include "intel/store/feed_import.h"
#include "intel/store/intel_store.h"

namespace testudo {

// Takes an indicator out of use, whoever claims it, until somebody adds it again; the claims stay in the store.
// "intel_no_indicator" if the store does not hold the value, "intel_already_retracted" if it is.
Result<void> retract(StoreChange& change, Kind kind, std::string_view value, std::string_view reason);
// Ends a retraction, if there is one.
Result<void> reinstate(StoreChange& change, Kind kind, std::string_view value);

struct Sighting {
  Time at;
  std::uint64_t count = 1;
  std::string_view who, note;
};
// Says that an indicator was seen in use: its block clock starts anew. "intel_no_indicator" as above.
Result<void> sight(StoreChange& change, Kind kind, std::string_view value, const Sighting& sighting);

}  // namespace testudo
