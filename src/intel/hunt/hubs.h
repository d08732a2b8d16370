// What everybody uses, so that sharing it says nothing: networks of content delivery, parking, name servers of
// registrars and hosts. Floor 3. Data: knowledge/hunt_hubs.txt and the warning lists in use.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/hunt/fact.h"
#include "record/kind.h"

namespace testudo {

bool is_known_hub(Tie tie, std::string_view value,
                  const std::function<std::vector<std::string>(Kind, std::string_view)>& warnings);

}  // namespace testudo
