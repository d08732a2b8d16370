// The strongest path from what is known to each host: Dijkstra's search over products of strengths.
#include <algorithm>
#include <cmath>
#include <queue>

#include "intel/hunt/tie_graph.h"

namespace testudo {
namespace {

constexpr double weakest = 0.3;     // a path that is less sure than this explains nothing
constexpr double seed_bonus = 0.7;  // an indicator that a source names itself needs less rarity
constexpr double busy_seed = 0.5;   // strength of a known address that very many hosts share

double strength_of(double weight) { return 1 - std::exp(-weight); }

struct Reached {
  double strength = 0;
  std::uint32_t host = 0;
  // Among equals the smaller id comes first, so that paths do not depend on chance.
  bool operator<(const Reached& other) const {
    return strength != other.strength ? strength < other.strength : host > other.host;
  }
};

}  // namespace

double TieGraph::attribute_strength(std::uint32_t attribute) const {
  const Attribute& found = attributes_[attribute];
  return found.weight >= decisive_weight ? strength_of(found.weight) : 0;
}

// One search over the graph: `begin` it at hosts, then `spread`.
struct TieGraph::Search {
  TieGraph& graph;
  std::vector<double>& strength;
  double least;
  std::vector<bool> done = std::vector<bool>(graph.names_.size()), used = std::vector<bool>(graph.attributes_.size());
  std::priority_queue<Reached> queue;

  void reach(std::uint32_t host, double found, Origin origin) {
    if (found <= strength[host] || found < least) return;
    strength[host] = found;
    graph.origin_[host] = origin;
    queue.push({found, host});
  }
  void by_attributes(std::uint32_t host, double from) {
    for (const std::uint32_t attribute : graph.attributes_of(host)) {
      if (used[attribute]) continue;
      used[attribute] = true;
      if (const double step = graph.attribute_strength(attribute); step > 0)
        for (const std::uint32_t other : graph.hosts_of(attribute))
          if (!done[other]) reach(other, from * step, {.from = host, .attribute = attribute});
    }
  }
  void by_pairs(std::uint32_t host, double from) {
    if (graph.pairs_of_.empty()) return;
    for (const std::uint32_t pair : graph.pairs_of_[host]) {
      const Pair& found = graph.pairs_[pair];
      const std::uint32_t other = found.a == host ? found.b : found.a;
      if (!done[other]) reach(other, from * strength_of(found.weight), {.from = host, .pair = pair});
    }
  }
  void spread() {
    while (!queue.empty()) {
      const auto [from, host] = queue.top();
      queue.pop();
      if (done[host]) continue;
      done[host] = true;
      by_attributes(host, from);
      by_pairs(host, from);
    }
  }
};

// How sure the hosts are that have a known thing.
double TieGraph::seed_strength(std::uint32_t attribute) const {
  const AttributeSeed& seed = attribute_seeds_.at(attribute);
  if (seed.strength) return *seed.strength;
  const Attribute& found = attributes_[attribute];
  if (found.hosts >= tie_weight(found.tie).hub) return busy_seed;
  if (found.weight <= 0) return 0;
  return strength_of((seed.named ? std::max(found.weight, decisive_weight) : found.weight) + seed_bonus);
}

void TieGraph::find_paths() {
  strength_.assign(names_.size(), 0);
  origin_.assign(names_.size(), {});
  Search search{.graph = *this, .strength = strength_, .least = weakest};
  for (const auto& [host, threat] : host_seeds_) search.reach(host, 1, {});
  for (const auto& [attribute, seed] : attribute_seeds_)
    for (const std::uint32_t host : hosts_of(attribute))
      search.reach(host, seed_strength(attribute), {.attribute = attribute});
  search.spread();
}

// Clusters to which no seed leads say all the same why their hosts belong together; their strength stays 0.
void TieGraph::explain_unseeded() {
  std::vector<bool> seeded(names_.size());
  for (std::uint32_t i = 0; i < names_.size(); ++i)
    if (strength_[i] > 0) seeded[cluster_[i]] = true;
  std::vector<double> inside(names_.size());
  Search search{.graph = *this, .strength = inside, .least = 0};
  for (std::uint32_t i = 0; i < names_.size(); ++i)
    if (cluster_[i] == i && size_[i] > 1 && !seeded[i]) search.reach(i, 1, {});
  search.spread();
}

std::vector<HuntStep> TieGraph::path(std::uint32_t host) const {
  std::vector<HuntStep> steps;
  constexpr std::size_t most = 64;
  while (steps.size() < most && (origin_[host].attribute != none || origin_[host].pair != none)) {
    const Origin& origin = origin_[host];
    HuntStep step{.to = name(host), .strength = strength_[host]};
    const auto share = [&](std::uint32_t attribute) {
      const Attribute& found = attributes_[attribute];
      step.shared.push_back({found.tie, std::string(found.value), found.hosts});
    };
    if (origin.pair != none)
      for (const std::uint32_t attribute : pairs_[origin.pair].attributes) share(attribute);
    else
      share(origin.attribute);
    if (origin.from != none) step.from = name(origin.from);
    steps.push_back(std::move(step));
    if (origin.from == none) break;
    host = origin.from;
  }
  std::ranges::reverse(steps);
  return steps;
}

std::string_view TieGraph::seed(std::uint32_t host) const {
  const auto found = host_seeds_.find(host);
  return found == host_seeds_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view TieGraph::threat(std::uint32_t host) const {
  if (strength_[host] <= 0) return {};
  for (std::size_t steps = 0; steps < names_.size(); ++steps) {
    if (origin_[host].from == none) break;
    host = origin_[host].from;
  }
  if (origin_[host].attribute == none) return seed(host);
  return attribute_seeds_.at(origin_[host].attribute).threat;
}

}  // namespace testudo
