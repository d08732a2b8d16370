// Cycles among relationships that can have none: what derives from itself, belongs to itself. Floor 3.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// Whether a chain of relationships of this type must end: derived-from, attributed-to, part-of and their like.
bool can_make_cycle(std::string_view relationship_type);

struct CycleEdge {
  std::string_view from, to;
};
struct Cycle {
  std::size_t closing = 0;  // the edge that leads back
  std::string path;         // the ids on the way, with arrows; the middle of a long one is left out
};
// One cycle for each edge that closes one, at most 100. Linear; no recursion, so that a long chain is no danger.
std::vector<Cycle> find_cycles(const std::vector<CycleEdge>& edges);

}  // namespace testudo
