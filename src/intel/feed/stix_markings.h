// Objects that stand behind what they speak of: marking-definitions, sightings. Floor 3.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "intel/feed/stix_object.h"

namespace testudo {

// Tells of each object of the type from `from` on, in the feed's order; of broken parts of the text it tells nothing.
// Views live until `tell` returns. Cost: one scan of the rest of the text, and a parse of each such object.
void find_objects(std::string_view text, std::size_t from, std::string_view type,
                  const std::function<void(const StixObject&)>& tell);

}  // namespace testudo
