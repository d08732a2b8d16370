// Names that stand for more than a spyware's own: shared platforms and generic names. Floor 3.
// Data: knowledge/shared_platforms.txt (whose service a host is) and knowledge/generic_names.txt (why), one a line.
#pragma once

#include <string_view>

#include "record/kind.h"

namespace testudo {

// Whether many unrelated people have a host or page below this (normalised) name: shorteners, dynamic DNS, hosting.
bool is_shared_platform(std::string_view host);
// Whether ordinary software uses this (normalised) value too. Cost of both: one hash look-up.
bool is_generic_name(Kind kind, std::string_view value);

}  // namespace testudo
