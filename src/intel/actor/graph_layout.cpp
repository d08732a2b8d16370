#include "intel/actor/graph_layout.h"

#include <algorithm>

#include "intel/actor/graph_text.h"

namespace testudo {
namespace {

using Anchor = PlacedText::Anchor;
using Style = PlacedText::Style;

constexpr double margin = 20, top = 78, row_gap = 14;
constexpr double pad_x = 10, pad_y = 8, inset = 28;  // of a box; of the entities in the vendor's box
constexpr GraphFont name_font{17, true}, title_font{13, true}, detail_font{11.5, false}, label_font{11, false};
constexpr double name_line = 22, title_line = 17, detail_line = 15, label_line = 14;
constexpr double arrow = 12;  // between a label and what the line points at
constexpr double least_bend = 22;

// Widths of layers and of the gaps after them: both add up to 1200 with the margins.
struct Columns {
  std::array<double, 4> width, gap;
};
constexpr Columns three_layers{{250, 330, 280, 0}, {150, 150, 0, 0}};
constexpr Columns four_layers{{195, 245, 195, 185}, {125, 130, 85, 0}};

std::size_t layer_of(GraphNodeKind kind) {
  switch (kind) {
    case GraphNodeKind::owner:
    case GraphNodeKind::person:
    case GraphNodeKind::origin:
      return 0;
    case GraphNodeKind::vendor:
    case GraphNodeKind::entity:
      return 1;
    case GraphNodeKind::indicators:
      return 3;
    default:
      return 2;
  }
}

class Layouter {
 public:
  explicit Layouter(const VendorGraph& graph) : graph_(graph) {}
  GraphLayout run() &&;

 private:
  void choose_columns();
  void measure_nodes();
  void measure_node(std::size_t node);
  void measure_labels();
  void place_vendor(double middle);
  void place_column(std::size_t layer, double middle);
  void place_children(std::size_t parent, double middle);
  void draw_side(std::size_t layer);
  void draw_children();
  void draw_stubs();
  void label_edge(std::size_t edge, double x, double y, Anchor anchor);
  void add_lines(PlacedNode& node, const std::vector<std::string>& lines, Style style, double line, double& y) const;
  std::vector<std::size_t> in_layer(std::size_t layer) const;
  std::size_t edge_of(std::size_t node) const;
  std::vector<std::size_t> children_of(std::size_t node) const;
  double row_height(std::size_t node) const;
  double label_height(std::size_t edge) const;
  double widest_label(const std::vector<std::size_t>& nodes) const;
  double column_height(std::size_t layer) const;

  const VendorGraph& graph_;
  Columns columns_ = three_layers;
  GraphLayout out_;
  std::vector<std::vector<std::string>> labels_;  // of each edge, wrapped
  std::vector<double> label_width_;
};

std::vector<std::size_t> Layouter::in_layer(std::size_t layer) const {
  std::vector<std::size_t> nodes;
  for (std::size_t i = 1; i < graph_.nodes.size(); ++i)
    if (layer_of(graph_.nodes[i].kind) == layer) nodes.push_back(i);
  return nodes;
}

// The one line that ties a box to what stands nearer to the vendor.
std::size_t Layouter::edge_of(std::size_t node) const {
  const bool left = layer_of(graph_.nodes[node].kind) == 0;
  const auto found = std::ranges::find(graph_.edges, node, left ? &GraphEdge::from : &GraphEdge::to);
  return static_cast<std::size_t>(found - graph_.edges.begin());
}

std::vector<std::size_t> Layouter::children_of(std::size_t node) const {
  std::vector<std::size_t> nodes;
  for (const GraphEdge& edge : graph_.edges)
    if (edge.from == node && graph_.nodes[edge.to].kind == GraphNodeKind::indicators) nodes.push_back(edge.to);
  return nodes;
}

void Layouter::choose_columns() {
  if (!in_layer(3).empty()) columns_ = four_layers;
  double x = margin;
  for (std::size_t layer = 0; layer < 4; ++layer) {
    const bool empty = layer != 1 && in_layer(layer).empty();
    out_.layers[layer] = empty ? -1 : x;
    if (empty) continue;
    out_.width = x + columns_.width[layer] + margin;
    x += columns_.width[layer] + columns_.gap[layer];
  }
}

void Layouter::add_lines(PlacedNode& node, const std::vector<std::string>& lines, Style style, double line,
                         double& y) const {
  for (const std::string& text : lines) {
    y += line;
    node.lines.push_back({pad_x, y - 4, Anchor::start, style, text});
  }
}

// Lines stand relative to the box until it is placed.
void Layouter::measure_node(std::size_t i) {
  const GraphNode& node = graph_.nodes[i];
  PlacedNode& placed = out_.nodes[i];
  const std::size_t layer = layer_of(node.kind);
  placed.width = columns_.width[layer] - (node.kind == GraphNodeKind::entity ? inset + pad_x : 0);
  const double room = placed.width - 2 * pad_x;
  const bool vendor = node.kind == GraphNodeKind::vendor;
  double y = pad_y;
  add_lines(placed, wrap_text(node.title, vendor ? name_font : title_font, room), vendor ? Style::name : Style::title,
            vendor ? name_line : title_line, y);
  add_lines(placed, wrap_text(node.detail, detail_font, room), Style::detail, detail_line, y);
  placed.height = y + pad_y;
}

void Layouter::measure_nodes() {
  out_.nodes.resize(graph_.nodes.size());
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) measure_node(i);
}

void Layouter::measure_labels() {
  out_.edges.resize(graph_.edges.size());
  for (const GraphEdge& edge : graph_.edges) {
    // The gap that the line crosses stands after the layer of its left end.
    const double gap = columns_.gap[layer_of(graph_.nodes[edge.from].kind)];
    labels_.push_back(wrap_text(edge.label, label_font, gap - least_bend - arrow));
    double width = 0;
    for (const std::string& line : labels_.back()) width = std::max(width, text_width(line, label_font));
    label_width_.push_back(width);
  }
}

double Layouter::label_height(std::size_t edge) const {
  const auto above = static_cast<double>((labels_[edge].size() + 1) / 2);
  return 2 * (above * label_line + 4);
}

// All lines of a layer bend at the same place, so that they do not cross.
double Layouter::widest_label(const std::vector<std::size_t>& nodes) const {
  double width = 0;
  for (const std::size_t node : nodes) width = std::max(width, label_width_[edge_of(node)]);
  return width;
}

double Layouter::row_height(std::size_t node) const {
  double children = 0;
  for (const std::size_t child : children_of(node))
    children += std::max(out_.nodes[child].height, label_height(edge_of(child))) + row_gap;
  return std::max({out_.nodes[node].height, label_height(edge_of(node)), children - row_gap});
}

double Layouter::column_height(std::size_t layer) const {
  double height = 0;
  for (const std::size_t node : in_layer(layer)) height += row_height(node) + row_gap;
  return std::max(0.0, height - row_gap);
}

void move(PlacedNode& node, double x, double y) {
  node.x = x;
  node.y = y;
  for (PlacedText& line : node.lines) {
    line.x += x;
    line.y += y;
  }
}

// The vendor's box holds those of its entities.
void Layouter::place_vendor(double middle) {
  PlacedNode& vendor = out_.nodes[0];
  const double head = vendor.height;
  for (const std::size_t entity : in_layer(1)) vendor.height += out_.nodes[entity].height + row_gap;
  move(vendor, out_.layers[1], middle - vendor.height / 2);
  double y = vendor.y + head + 2;
  for (const std::size_t entity : in_layer(1)) {
    move(out_.nodes[entity], vendor.x + inset, y);
    y += out_.nodes[entity].height + row_gap;
  }
}

void Layouter::place_children(std::size_t parent, double middle) {
  double height = -row_gap;
  for (const std::size_t child : children_of(parent)) height += row_height(child) + row_gap;
  double y = middle - height / 2;
  for (const std::size_t child : children_of(parent)) {
    const double row = row_height(child);
    move(out_.nodes[child], out_.layers[3], y + (row - out_.nodes[child].height) / 2);
    y += row + row_gap;
  }
}

void Layouter::place_column(std::size_t layer, double middle) {
  double y = middle - column_height(layer) / 2;
  for (const std::size_t node : in_layer(layer)) {
    const double row = row_height(node);
    move(out_.nodes[node], out_.layers[layer], y + (row - out_.nodes[node].height) / 2);
    place_children(node, y + row / 2);
    y += row + row_gap;
  }
}

// Lines above and below the line that they name.
void Layouter::label_edge(std::size_t edge, double x, double y, Anchor anchor) {
  const std::size_t above = (labels_[edge].size() + 1) / 2;
  for (std::size_t i = 0; i < labels_[edge].size(); ++i) {
    const double offset = i < above ? -5 - static_cast<double>(above - 1 - i) * label_line
                                    : label_line - 1 + static_cast<double>(i - above) * label_line;
    out_.edges[edge].lines.push_back({x, y + offset, anchor, Style::label, labels_[edge][i]});
  }
}

void Layouter::draw_side(std::size_t layer) {
  const std::vector<std::size_t> nodes = in_layer(layer);
  const double label = widest_label(nodes);
  const PlacedNode& vendor = out_.nodes[0];
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::size_t edge = edge_of(nodes[i]);
    const PlacedNode& node = out_.nodes[nodes[i]];
    const double port = vendor.y + vendor.height * static_cast<double>(i + 1) / static_cast<double>(nodes.size() + 1);
    const double row = node.y + node.height / 2;
    PlacedEdge& drawn = out_.edges[edge];
    if (layer == 0) {
      const double right = node.x + node.width;
      drawn = {right, row, vendor.x, port, right + label + 10, vendor.x - arrow, false, {}};
      label_edge(edge, right + 6, row, Anchor::start);
    } else {
      const double from = vendor.x + vendor.width;
      drawn = {from, port, node.x, row, from + 4, node.x - label - arrow - 6, false, {}};
      label_edge(edge, node.x - arrow, row, Anchor::end);
    }
  }
}

void Layouter::draw_children() {
  for (const std::size_t parent : in_layer(2)) {
    const std::vector<std::size_t> children = children_of(parent);
    const double label = widest_label(children);
    const PlacedNode& from = out_.nodes[parent];
    for (std::size_t i = 0; i < children.size(); ++i) {
      const std::size_t edge = edge_of(children[i]);
      const PlacedNode& to = out_.nodes[children[i]];
      const double port = from.y + from.height * static_cast<double>(i + 1) / static_cast<double>(children.size() + 1);
      const double row = to.y + to.height / 2, right = from.x + from.width;
      out_.edges[edge] = {right, port, to.x, row, right + 3, to.x - label - arrow - 6, false, {}};
      label_edge(edge, to.x - arrow, row, Anchor::end);
    }
  }
}

void Layouter::draw_stubs() {
  const PlacedNode& vendor = out_.nodes[0];
  const double spine = vendor.x + inset / 2;
  const double begin = vendor.lines.empty() ? vendor.y : vendor.lines.back().y + 8;
  for (const std::size_t entity : in_layer(1)) {
    const PlacedNode& to = out_.nodes[entity];
    out_.edges[edge_of(entity)] = {spine, begin, to.x, to.y + to.height / 2, 0, 0, true, {}};
  }
}

GraphLayout Layouter::run() && {
  choose_columns();
  measure_nodes();
  measure_labels();
  double vendor = out_.nodes[0].height;
  for (const std::size_t entity : in_layer(1)) vendor += out_.nodes[entity].height + row_gap;
  const double height = std::max({vendor, column_height(0), column_height(2)});
  out_.height = top + height + margin;
  place_vendor(top + height / 2);
  place_column(0, top + height / 2);
  place_column(2, top + height / 2);
  draw_side(0);
  draw_side(2);
  draw_children();
  draw_stubs();
  return std::move(out_);
}

}  // namespace

GraphLayout lay_out(const VendorGraph& graph) { return Layouter(graph).run(); }

}  // namespace testudo
