// The ties of a vendor as a graph: who owns and runs it, its legal entities, what it sells, whom it is tied to, and
// what the store lists of it. Floor 3.
#pragma once

#include <string>
#include <vector>

#include "base/catalogue.h"
#include "intel/actor/threat_indicators.h"
#include "intel/actor/vendor_catalogue.h"

namespace testudo {

enum class GraphNodeKind : std::uint8_t { owner, person, origin, vendor, entity, related, product, threat, indicators };

struct GraphNode {
  GraphNodeKind kind = GraphNodeKind::vendor;
  std::string title, detail;
  std::string tooltip;  // the statement with its sources
};

struct GraphEdge {
  std::size_t from = 0, to = 0;  // into nodes; read from left to right: `from` label `to`
  std::string label;             // with line breaks, where several statements name one tie
  std::string tooltip;
  bool directed = true;
};

struct VendorGraph {
  std::string title, description;
  std::vector<GraphNode> nodes;  // the vendor is the first
  std::vector<GraphEdge> edges;
};

// Sentences and labels come from the catalogue, keys "intel.graph.…". `indicators` null: none are drawn.
VendorGraph vendor_graph(const VendorCatalogue& catalogue, const VendorFile& vendor, const ThreatIndicators* indicators,
                         const Catalogue& words);

}  // namespace testudo
