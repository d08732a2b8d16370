#include "intel/actor/graph_svg.h"

#include <fmt/format.h>

#include <string_view>

#include "base/text.h"

namespace testudo {
namespace {

// Colours stand in the style sheet alone; the reader's own choice of light or dark decides. They are written out in
// each rule, because programs that are no browsers know no custom properties and would paint everything black.
constexpr std::string_view style = R"(<style>
svg{color-scheme:light dark}
text{font-family:system-ui,"DejaVu Sans",Verdana,sans-serif;fill:#1b2430}
.name{font-size:17px;font-weight:bold}.title{font-size:13px;font-weight:bold}.detail{font-size:11.5px}
.label,.heading{font-size:11px}.heading{font-weight:bold}.top{font-size:19px;font-weight:bold}
.detail,.label,.heading{fill:#526070}
.page{fill:#ffffff}.box{fill:#f4f6f8;stroke:#b8c1cb}.tie{fill:none;stroke:#7b8794;stroke-width:1.4}.tip{fill:#7b8794}
.owner{fill:#8a5a00}.person{fill:#7a3e9d}.origin,.related{fill:#3c6e47}.vendor,.entity{fill:#12508f}
.product,.threat{fill:#b3261e}.indicators{fill:#00696b}.frame{stroke:#12508f;stroke-width:1.6}
g:hover>.tie{stroke:#1b2430;stroke-width:2.2}
@media (prefers-color-scheme:dark){
text{fill:#e8ecf0}.detail,.label,.heading{fill:#a7b2bd}
.page{fill:#12161b}.box{fill:#1d232a;stroke:#3d4853}.tie{stroke:#8b98a5}.tip{fill:#8b98a5}
.owner{fill:#e0b050}.person{fill:#c99be6}.origin,.related{fill:#86c796}.vendor,.entity{fill:#7db8f5}
.product,.threat{fill:#ff8f86}.indicators{fill:#5fd0d2}.frame{stroke:#7db8f5}
g:hover>.tie{stroke:#e8ecf0}
}
</style>
)";

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : to_utf8(text)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if ((c >= 0 && c < 0x20 && c != '\n') || c == 0x7F)
      out += "\xEF\xBF\xBD";
    else
      out += c;
  }
}

std::string_view class_of(GraphNodeKind kind) {
  constexpr std::array<std::string_view, 9> names{"owner",   "person",  "origin", "vendor",    "entity",
                                                  "related", "product", "threat", "indicators"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view class_of(PlacedText::Style style) {
  constexpr std::array<std::string_view, 4> names{"name", "title", "detail", "label"};
  return names[static_cast<std::size_t>(style)];
}

class SvgWriter {
 public:
  SvgWriter(const VendorGraph& graph, const GraphLayout& layout) : graph_(graph), layout_(layout) {}
  std::string write(const std::array<std::string, 4>& headings) &&;

 private:
  template <typename... Values>
  void add(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Values>(values)...);
  }
  void text(const PlacedText& line);
  void tooltip(std::string_view text);
  void head(const std::array<std::string, 4>& headings);
  void edge(std::size_t i);
  void node(std::size_t i);

  const VendorGraph& graph_;
  const GraphLayout& layout_;
  std::string out_;
};

void SvgWriter::text(const PlacedText& line) {
  add("<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\"{}>", class_of(line.style), line.x, line.y,
      line.anchor == PlacedText::Anchor::end ? " text-anchor=\"end\"" : "");
  append_escaped(out_, line.text);
  out_ += "</text>";
}

void SvgWriter::tooltip(std::string_view text) {
  if (text.empty()) return;
  out_ += "<title>";
  append_escaped(out_, text);
  out_ += "</title>";
}

void SvgWriter::head(const std::array<std::string, 4>& headings) {
  add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "role=\"img\" aria-labelledby=\"t d\">\n<title id=\"t\">",
      layout_.width, layout_.height);
  append_escaped(out_, graph_.title);
  out_ += "</title>\n<desc id=\"d\">";
  append_escaped(out_, graph_.description);
  out_ += "</desc>\n";
  out_ += style;
  out_ +=
      "<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
      "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"tip\" d=\"M0 0L8 4L0 8z\"/></marker></defs>\n";
  add("<rect class=\"page\" width=\"{:.0f}\" height=\"{:.0f}\"/>\n<text class=\"top\" x=\"20\" y=\"34\">",
      layout_.width, layout_.height);
  append_escaped(out_, graph_.title);
  out_ += "</text>\n";
  for (std::size_t layer = 0; layer < 4; ++layer) {
    if (layout_.layers[layer] < 0) continue;
    add("<text class=\"heading\" x=\"{:.1f}\" y=\"62\">", layout_.layers[layer]);
    append_escaped(out_, headings[layer]);
    out_ += "</text>\n";
  }
}

void SvgWriter::edge(std::size_t i) {
  const PlacedEdge& e = layout_.edges[i];
  out_ += "<g>";
  tooltip(graph_.edges[i].tooltip);
  const double middle = (e.straight_from + e.straight_to) / 2;
  if (e.stub)
    add("<path class=\"tie\" d=\"M{:.1f} {:.1f}V{:.1f}H{:.1f}\"/>", e.x1, e.y1, e.y2, e.x2);
  else
    add("<path class=\"tie\"{} d=\"M{:.1f} {:.1f}H{:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}H{:.1f}\"/>",
        graph_.edges[i].directed ? " marker-end=\"url(#a)\"" : "", e.x1, e.y1, e.straight_from, middle, e.y1, middle,
        e.y2, e.straight_to, e.y2, e.x2);
  for (const PlacedText& line : e.lines) text(line);
  out_ += "</g>\n";
}

void SvgWriter::node(std::size_t i) {
  const PlacedNode& n = layout_.nodes[i];
  const GraphNodeKind kind = graph_.nodes[i].kind;
  out_ += "<g>";
  tooltip(graph_.nodes[i].tooltip);
  add("<rect class=\"box{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"4\"/>",
      kind == GraphNodeKind::vendor ? " frame" : "", n.x, n.y, n.width, n.height);
  add("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"4\" height=\"{:.1f}\" rx=\"2\"/>", class_of(kind), n.x, n.y,
      n.height);
  for (const PlacedText& line : n.lines) text(line);
  out_ += "</g>\n";
}

std::string SvgWriter::write(const std::array<std::string, 4>& headings) && {
  head(headings);
  // The vendor's box lies under the ties of its entities, all others over the ends of theirs.
  node(0);
  for (std::size_t i = 0; i < graph_.edges.size(); ++i) edge(i);
  for (std::size_t i = 1; i < graph_.nodes.size(); ++i) node(i);
  out_ += "</svg>\n";
  return std::move(out_);
}

}  // namespace

std::string graph_svg(const VendorGraph& graph, const std::array<std::string, 4>& headings) {
  const GraphLayout layout = lay_out(graph);
  return SvgWriter(graph, layout).write(headings);
}

}  // namespace testudo
