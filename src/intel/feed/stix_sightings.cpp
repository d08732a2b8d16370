#include "intel/feed/stix_sightings.h"

namespace testudo {
namespace {

void widen(StixSightings::Window& window, std::optional<Time> first, std::optional<Time> last) {
  if (first && (!window.first || *first < *window.first)) window.first = first;
  if (last && (!window.last || *window.last < *last)) window.last = last;
}

}  // namespace

void StixSightings::add(StixIndex::Number object, std::optional<Tlp> tlp, std::optional<Time> first,
                        std::optional<Time> last) {
  widen(windows_[{object, tlp.value_or(Tlp::clear)}], first, last);
}

StixSightings::Window StixSightings::of(StixIndex::Number object, std::optional<Tlp> marked) const {
  Window all;
  for (auto at = windows_.lower_bound({object, Tlp::clear});
       at != windows_.end() && at->first.first == object && at->first.second <= marked.value_or(Tlp::clear); ++at)
    widen(all, at->second.first, at->second.last);
  return all;
}

}  // namespace testudo
