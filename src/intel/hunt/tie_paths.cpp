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

void TieGraph::find_paths() {
  strength_.assign(names_.size(), 0);
  origin_.assign(names_.size(), {});
  std::vector<bool> done(names_.size()), spread(attributes_.size());
  std::priority_queue<Reached> queue;
  const auto reach = [&](std::uint32_t host, double strength, Origin origin) {
    if (strength <= strength_[host] || strength < weakest) return;
    strength_[host] = strength;
    origin_[host] = origin;
    queue.push({strength, host});
  };
  for (const auto& [host, threat] : host_seeds_) reach(host, 1, {});
  for (const auto& [attribute, threat] : attribute_seeds_) {
    const Attribute& found = attributes_[attribute];
    const bool busy = found.hosts >= tie_weight(found.tie).hub;
    const double strength = busy ? busy_seed : found.weight > 0 ? strength_of(found.weight + seed_bonus) : 0;
    for (const std::uint32_t host : hosts_of(attribute)) reach(host, strength, {.attribute = attribute});
  }
  while (!queue.empty()) {
    const auto [strength, host] = queue.top();
    queue.pop();
    if (done[host]) continue;
    done[host] = true;
    for (const std::uint32_t attribute : attributes_of(host)) {
      if (spread[attribute]) continue;
      spread[attribute] = true;
      if (const double step = attribute_strength(attribute); step > 0)
        for (const std::uint32_t other : hosts_of(attribute))
          if (!done[other]) reach(other, strength * step, {.from = host, .attribute = attribute});
    }
    if (pairs_of_.empty()) continue;
    for (const std::uint32_t pair : pairs_of_[host]) {
      const std::uint32_t other = pairs_[pair].a == host ? pairs_[pair].b : pairs_[pair].a;
      if (!done[other]) reach(other, strength * strength_of(pairs_[pair].weight), {.from = host, .pair = pair});
    }
  }
}

std::vector<HuntStep> TieGraph::path(std::uint32_t host) const {
  std::vector<HuntStep> steps;
  constexpr std::size_t most = 64;
  while (steps.size() < most && (origin_[host].attribute != none || origin_[host].pair != none)) {
    const Origin& origin = origin_[host];
    HuntStep step{.to = names_[host], .strength = strength_[host]};
    const auto share = [&](std::uint32_t attribute) {
      const Attribute& found = attributes_[attribute];
      step.shared.push_back({found.tie, found.value, found.hosts});
    };
    if (origin.pair != none)
      for (const std::uint32_t attribute : pairs_[origin.pair].attributes) share(attribute);
    else
      share(origin.attribute);
    if (origin.from != none) step.from = names_[origin.from];
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
  return attribute_seeds_.at(origin_[host].attribute);
}

}  // namespace testudo
