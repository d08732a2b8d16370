// Sightings that come without what they are of: pages of a collection that say when an object of an earlier page was
// seen. Floor 3.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "intel/feed/feed_sink.h"
#include "intel/secret_hash.h"
#include "intel/store/intel_store.h"

namespace testudo {

class LateSightings {
 public:
  void add(const FeedSeen& seen);
  // Gives the dates to the present claims of the source, but to those that more people may see than the sighting: as
  // new rows with the old ones' threats. How many changed. Cost: one pass over the claims of the source, if there is
  // any.
  Result<std::uint64_t> apply(StoreChange& change, std::int64_t source) const;

 private:
  struct Seen {
    Tlp tlp = Tlp::clear;
    std::optional<Time> first, last;
  };
  std::unordered_map<std::string, std::vector<Seen>, SecretHash, std::equal_to<>> by_object_;
};

}  // namespace testudo
