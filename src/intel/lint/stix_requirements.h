// Which properties an object of STIX must have, by type and version. Floor 3.
// Sources: STIX 2.1 (OASIS Standard, 10 June 2021) sections 3.2, 4 to 7; STIX 2.0 part 2.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace testudo {

// The properties that some type requires, each a bit of a set.
std::optional<unsigned> stix_property(std::string_view name);
std::string_view stix_property_name(unsigned property);

struct StixRequirement {
  std::string_view type;
  std::uint64_t all = 0;           // every one of these
  std::vector<std::uint64_t> any;  // of each set at least one
  bool observable = false;         // no created and modified of its own
};

// Nothing for a type that is none of the specification's.
const StixRequirement* stix_requirement(std::string_view type, bool version_2_1);

}  // namespace testudo
