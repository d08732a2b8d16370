// Which kind of value a STIX object path holds. Floor 3. Sources: STIX 2.1 part 6 (cyber-observable objects), and the
// custom types that public feeds about spyware use (docs/formats/stix.md).
#pragma once

#include <optional>
#include <string_view>

#include "record/kind.h"

namespace testudo {

// `path` as parse_stix_pattern() gives it. Nothing if no evidence of a device or of traffic holds such a value.
std::optional<Kind> kind_of_stix_path(std::string_view path);
// Whether the object type of the path is one that STIX 2.0 or 2.1 defines.
bool is_standard_stix_object(std::string_view path);

}  // namespace testudo
