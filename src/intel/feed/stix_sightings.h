// When the objects of a STIX feed were seen, by its sightings. Floor 3. Source: STIX 2.1 section 5.2.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "base/time.h"
#include "intel/feed/feed_sink.h"
#include "intel/feed/stix_index.h"

namespace testudo {

class StixSightings {
 public:
  struct Window {
    std::optional<Time> first, last;
  };
  void add(StixIndex::Number object, std::optional<Tlp> tlp, std::optional<Time> first, std::optional<Time> last);
  // The earliest and the latest date of the sightings that whoever may see the object may know of as well: the dates
  // leave with it. What is not marked may be shown to anybody.
  Window of(StixIndex::Number object, std::optional<Tlp> marked) const;
  const std::map<std::pair<StixIndex::Number, Tlp>, Window>& all() const { return windows_; }

 private:
  std::map<std::pair<StixIndex::Number, Tlp>, Window> windows_;
};

}  // namespace testudo
