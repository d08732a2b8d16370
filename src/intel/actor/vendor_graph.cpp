#include "intel/actor/vendor_graph.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "intel/actor/country_name.h"
#include "intel/actor/vendor_schema.h"

namespace testudo {
namespace {

// Sources of one threat that get a box each; the rest share one.
constexpr std::size_t feeds_drawn = 4;

class GraphBuilder {
 public:
  GraphBuilder(const VendorCatalogue& catalogue, const VendorFile& vendor, const Catalogue& words)
      : catalogue_(catalogue), vendor_(vendor), words_(words) {}
  VendorGraph build(const ThreatIndicators* indicators) &&;

 private:
  std::string say(std::string_view key) const { return words_.say("intel.graph." + std::string(key)); }
  std::string span_of(std::string_view from, std::string_view to) const;
  std::string cited(const VendorFile& vendor, const VendorStatement& s) const;
  std::string cited(const VendorRelation& relation) const;
  std::string details(const VendorStatement& s, std::initializer_list<std::string_view> keys) const;
  std::size_t add(GraphNodeKind kind, std::string_view title, std::string detail, std::string tooltip);
  void connect(std::size_t from, std::size_t to, std::string_view label, std::string_view dates, std::string tooltip,
               bool directed = true);
  // A second statement on a company or person that is drawn already.
  bool joins(std::string_view title, std::initializer_list<GraphNodeKind> kinds, std::string_view detail,
             std::string_view label, std::string_view dates, std::string_view tooltip, bool directed);
  void add_vendor();
  void add_holder(const VendorStatement& s, GraphNodeKind kind, std::string_view label);
  void add_entity(const VendorStatement& s);
  void add_relation(const VendorRelation& relation);
  void add_product(const VendorStatement& s);
  void add_indicators(const ThreatIndicators& indicators);
  std::size_t threat_node(const std::string& threat);
  void add_feed(std::size_t threat, const std::string& source, std::uint64_t n, const std::optional<Time>& newest);

  const VendorCatalogue& catalogue_;
  const VendorFile& vendor_;
  const Catalogue& words_;
  VendorGraph graph_;
  std::map<std::string, std::size_t> offers_;  // products and threats by vendor_key
};

std::string GraphBuilder::span_of(std::string_view from, std::string_view to) const {
  const std::string begin(from), end(to);
  if (!from.empty() && !to.empty()) return from == to ? begin : begin + " – " + end;
  if (!from.empty()) return words_.say("intel.graph.from", {{"from", begin}});
  return to.empty() ? std::string() : words_.say("intel.graph.to", {{"to", end}});
}

std::string GraphBuilder::cited(const VendorFile& vendor, const VendorStatement& s) const {
  std::string text;
  for (const std::size_t i : s.sources) {
    const VendorSource& source = vendor.sources[i];
    text += "\n" + source.publisher + (source.date.empty() ? "" : ", " + source.date) + ": " + source.title + " — " +
            source.url;
  }
  return text;
}

std::string GraphBuilder::cited(const VendorRelation& relation) const {
  std::string text;
  for (const VendorCitation& c : relation.cited) text += cited(*c.vendor, *c.statement);
  return text;
}

// "ios,android" with room to break.
std::string spaced(std::string_view list) {
  std::string text;
  for (const std::string_view one : split(list, ',')) text += (text.empty() ? "" : ", ") + std::string(trim(one));
  return text;
}

// Attributes of a statement on one line: "operating · Greece".
std::string GraphBuilder::details(const VendorStatement& s, std::initializer_list<std::string_view> keys) const {
  std::string text;
  for (const std::string_view key : keys) {
    const std::string_view value = s.attribute(key);
    if (value.empty()) continue;
    std::string shown = key == "country" ? country_name(value, words_.language()) : std::string(value);
    if (key == "platforms") shown = spaced(shown);
    text += (text.empty() ? "" : " · ") + shown;
  }
  return text;
}

std::string lines(std::string_view label, std::string_view dates) {
  return std::string(label) + (label.empty() || dates.empty() ? "" : "\n") + std::string(dates);
}

std::size_t GraphBuilder::add(GraphNodeKind kind, std::string_view title, std::string detail, std::string tooltip) {
  graph_.nodes.push_back({kind, std::string(title), std::move(detail), std::move(tooltip)});
  return graph_.nodes.size() - 1;
}

void GraphBuilder::connect(std::size_t from, std::size_t to, std::string_view label, std::string_view dates,
                           std::string tooltip, bool directed) {
  graph_.edges.push_back({from, to, lines(label, dates), std::move(tooltip), directed});
}

bool GraphBuilder::joins(std::string_view title, std::initializer_list<GraphNodeKind> kinds, std::string_view detail,
                         std::string_view label, std::string_view dates, std::string_view tooltip, bool directed) {
  for (std::size_t i = 1; i < graph_.nodes.size(); ++i) {
    GraphNode& node = graph_.nodes[i];
    if (node.title != title || std::ranges::find(kinds, node.kind) == kinds.end()) continue;
    if (!detail.empty() && node.detail != detail)
      node.detail += (node.detail.empty() ? "" : "\n") + std::string(detail);
    node.tooltip += "\n" + std::string(tooltip);
    const auto edge = std::ranges::find_if(graph_.edges, [&](const GraphEdge& e) { return e.from == i || e.to == i; });
    const std::string more = lines(label, dates);
    if (edge->label != more) edge->label += "\n" + more;
    edge->tooltip = node.tooltip;
    edge->directed |= directed;
    return true;
  }
  return false;
}

void GraphBuilder::add_vendor() {
  std::string detail;
  for (const VendorStatement& s : vendor_.of(VendorField::country)) {
    if (s.attribute("role") != "seat") continue;
    const std::string name = country_name(s.value, words_.language());
    if (detail.find(name) == std::string::npos) detail += (detail.empty() ? "" : ", ") + name;
  }
  add(GraphNodeKind::vendor, vendor_.name(), std::move(detail), vendor_.summary());
}

void GraphBuilder::add_holder(const VendorStatement& s, GraphNodeKind kind, std::string_view label) {
  const std::string tooltip = s.value + cited(vendor_, s);
  const std::string detail = details(s, {"role", "country"}), dates = span_of(s.attribute("from"), s.attribute("to"));
  std::string held(label);
  if (const std::string_view share = s.attribute("share"); !share.empty()) held += " " + std::string(share);
  if (!joins(s.value, {kind}, detail, held, dates, tooltip, true))
    connect(add(kind, s.value, detail, tooltip), 0, held, dates, tooltip);
}

void GraphBuilder::add_entity(const VendorStatement& s) {
  const std::string tooltip = s.value + cited(vendor_, s);
  std::string detail = details(s, {"role", "country", "number"});
  const std::string span = span_of(s.attribute("from"), s.attribute("to"));
  if (!span.empty()) detail += (detail.empty() ? "" : " · ") + span;
  connect(0, add(GraphNodeKind::entity, s.value, detail, tooltip), s.attribute("role"), span, tooltip);
}

// What came before, owns, or feeds the vendor stands left of it and is read towards it: "X owns vendor".
bool stands_left(std::string_view kind) {
  constexpr std::array<std::string_view, 6> left{
      "owned-by", "subsidiary-of", "successor-of", "supplied-by", "founded-by-former-staff-of", "bought-by-competitor"};
  return std::ranges::find(left, kind) != left.end();
}

void GraphBuilder::add_relation(const VendorRelation& relation) {
  const bool left = stands_left(relation.kind);
  const std::string_view kind = left ? inverse_relation(relation.kind) : relation.kind;
  const std::string tooltip = std::string(relation.name) + cited(relation);
  const std::string label = say("relation." + std::string(kind)), dates = span_of(relation.from, relation.to);
  const bool directed = inverse_relation(kind) != kind;
  // What has no direction may be said on either side.
  const GraphNodeKind side = left ? GraphNodeKind::origin : GraphNodeKind::related;
  if (joins(relation.name, {side, directed ? side : GraphNodeKind::origin}, {}, label, dates, tooltip, directed))
    return;
  const std::size_t node = add(side, relation.name, {}, tooltip);
  connect(left ? node : 0, left ? 0 : node, label, dates, tooltip, directed);
}

void GraphBuilder::add_product(const VendorStatement& s) {
  const std::string tooltip = s.value + cited(vendor_, s);
  const std::size_t node = add(GraphNodeKind::product, s.value, details(s, {"kind", "platforms"}), tooltip);
  connect(0, node, say("sells"), span_of(s.attribute("from"), s.attribute("to")), tooltip);
  offers_.try_emplace(vendor_key(s.value), node);
  const std::size_t open = s.value.find(" (");
  if (open == std::string::npos) return;
  offers_.try_emplace(vendor_key(s.value.substr(0, open)), node);
  offers_.try_emplace(vendor_key(s.value.substr(open)), node);
}

std::size_t GraphBuilder::threat_node(const std::string& threat) {
  const auto [at, fresh] = offers_.try_emplace(vendor_key(threat), graph_.nodes.size());
  if (!fresh) return at->second;
  const std::size_t node = add(GraphNodeKind::threat, threat, say("threat"), threat);
  connect(0, node, say("listed_as"), {}, threat);
  return node;
}

void GraphBuilder::add_feed(std::size_t threat, const std::string& source, std::uint64_t n,
                            const std::optional<Time>& newest) {
  const std::string count = words_.say_count("intel.graph.indicators", static_cast<std::int64_t>(n));
  std::string detail = source;
  if (newest) detail += " · " + words_.say("intel.graph.newest", {{"at", to_rfc3339(*newest).substr(0, 10)}});
  const std::string tooltip = count + "\n" + detail;
  connect(threat, add(GraphNodeKind::indicators, count, detail, tooltip), say("listed"), {}, tooltip);
}

void GraphBuilder::add_indicators(const ThreatIndicators& indicators) {
  std::map<std::size_t, std::vector<const ThreatGroup*>> by_threat;
  for (const ThreatGroup& group : indicators.groups) by_threat[threat_node(group.threat)].push_back(&group);
  for (const auto& [node, groups] : by_threat) {
    const std::size_t drawn = groups.size() > feeds_drawn + 1 ? feeds_drawn : groups.size();
    for (std::size_t i = 0; i < drawn; ++i) add_feed(node, groups[i]->source, groups[i]->indicators, groups[i]->newest);
    std::uint64_t rest = 0;
    for (std::size_t i = drawn; i < groups.size(); ++i) rest += groups[i]->indicators;
    if (rest == 0) continue;
    const std::string more = words_.say("intel.graph.more_feeds", {{"n", std::to_string(groups.size() - drawn)}});
    add_feed(node, more, rest, std::nullopt);
  }
}

VendorGraph GraphBuilder::build(const ThreatIndicators* indicators) && {
  graph_.title = words_.say("intel.graph.title", {{"name", vendor_.name()}});
  graph_.description = vendor_.summary();
  add_vendor();
  for (const VendorStatement& s : vendor_.of(VendorField::owner)) add_holder(s, GraphNodeKind::owner, say("owns"));
  for (const VendorStatement& s : vendor_.of(VendorField::investor))
    add_holder(s, GraphNodeKind::owner, say("invests"));
  const auto relations = catalogue_.relations(vendor_);
  for (const VendorRelation& r : relations)
    if (stands_left(r.kind)) add_relation(r);
  for (const VendorStatement& s : vendor_.of(VendorField::person)) add_holder(s, GraphNodeKind::person, say("person"));
  for (const VendorStatement& s : vendor_.of(VendorField::entity)) add_entity(s);
  for (const VendorRelation& r : relations)
    if (!stands_left(r.kind)) add_relation(r);
  for (const VendorStatement& s : vendor_.of(VendorField::product)) add_product(s);
  for (const VendorStatement& s : vendor_.of(VendorField::threat)) threat_node(s.value);
  if (indicators != nullptr) add_indicators(*indicators);
  return std::move(graph_);
}

}  // namespace

VendorGraph vendor_graph(const VendorCatalogue& catalogue, const VendorFile& vendor, const ThreatIndicators* indicators,
                         const Catalogue& words) {
  return GraphBuilder(catalogue, vendor, words).build(indicators);
}

}  // namespace testudo
