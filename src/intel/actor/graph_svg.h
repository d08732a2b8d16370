// A vendor's graph as one SVG file: loads nothing, runs nothing, readable in light and dark, to screen readers too.
// Floor 3.
#pragma once

#include <array>
#include <string>

#include "intel/actor/graph_layout.h"

namespace testudo {

// Headings of the four layers stand above them. All text is escaped; XML 1.0 cannot hold most control characters, so
// they become U+FFFD.
std::string graph_svg(const VendorGraph& graph, const std::array<std::string, 4>& headings);

}  // namespace testudo
