// Where the boxes and lines of a vendor's graph stand: four layers from left to right, made so that nothing can
// overlap. Floor 3.
//
//   owners, people, origins | the vendor around its legal entities | ties, products, names in feeds | indicators by
//   feed
//
// Every box has a row of its own in its layer; a line leaves its box straight, under its label, and bends only after
// it, towards ports in the same order: lines cannot cross. A layer without boxes takes no room.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "intel/actor/vendor_graph.h"

namespace testudo {

struct PlacedText {
  double x = 0, y = 0;  // of the base line
  enum class Anchor : std::uint8_t { start, end } anchor = Anchor::start;
  enum class Style : std::uint8_t { name, title, detail, label } style = Style::title;
  std::string text;
};

struct PlacedNode {
  double x = 0, y = 0, width = 0, height = 0;
  std::vector<PlacedText> lines;
};

// From (x1, y1) straight to `straight_from`, by a curve to `straight_to`, straight to (x2, y2).
struct PlacedEdge {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  double straight_from = 0, straight_to = 0;
  bool stub = false;  // of the tree inside the vendor's box: down, then right
  std::vector<PlacedText> lines;
};

struct GraphLayout {
  double width = 0, height = 0;
  std::vector<PlacedNode> nodes;  // as in the graph
  std::vector<PlacedEdge> edges;
  std::array<double, 4> layers{};  // left edge of each layer; negative: empty
};

// Cost: linear in the text. Deterministic.
GraphLayout lay_out(const VendorGraph& graph);

}  // namespace testudo
