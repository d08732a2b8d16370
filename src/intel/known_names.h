// Names that stand for more than a spyware's own: shared platforms and generic names. Data: knowledge/shared_platforms.txt
// and knowledge/generic_names.txt, which say how each line came there. Floor 3.
#pragma once

#include <string_view>

#include "record/kind.h"

namespace testudo {

// Whether many unrelated people get a host or a path below this (normalised) name: link shorteners, dynamic DNS, hosting.
bool is_shared_platform(std::string_view host);
// Whether ordinary software uses this (normalised) value too. Cost of both: one hash look-up.
bool is_generic_name(Kind kind, std::string_view value);

}  // namespace testudo
