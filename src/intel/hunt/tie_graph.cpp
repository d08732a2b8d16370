#include "intel/hunt/tie_graph.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace testudo {
namespace {

constexpr std::size_t most_hosts = 20'000'000, most_edges = 60'000'000, most_links = 20'000'000;
constexpr std::uint32_t widest_weak = 24;  // hosts up to which an attribute that is not decisive is paired

std::uint32_t root_of(std::vector<std::uint32_t>& parents, std::uint32_t i) {
  while (parents[i] != i) i = parents[i] = parents[parents[i]];
  return i;
}

// The smaller id becomes the root, so that a cluster's id does not depend on the order of ties.
void join(std::vector<std::uint32_t>& parents, std::uint32_t a, std::uint32_t b) {
  a = root_of(parents, a), b = root_of(parents, b);
  parents[std::max(a, b)] = std::min(a, b);
}

}  // namespace

TieWeight tie_weight(Tie tie) {
  switch (tie) {
    case Tie::none:
      return {0, 1};
    case Tie::address:
      return {1.0, 50};
    case Tie::name_server:
      return {0.7, 40};
    case Tie::alias:
      return {0.8, 40};
    case Tie::mail_server:
      return {0.6, 40};
    case Tie::certificate:
      return {1.5, 200};
    case Tie::batch:
      return {0.35, 20};
    case Tie::jarm:
      return {0.4, 50};
    case Tie::page:
      return {0.8, 50};
    case Tie::banner:
      return {0.4, 50};
    case Tie::handle:
      return {1.2, 200};
    case Tie::registrar:
      return {0.1, 20};
    case Tie::asn:
      return {0.2, 50};
    case Tie::domain:
      return {1.2, 500};
    case Tie::network:
      return {0, 1};
  }
  return {0, 1};
}

std::uint32_t TieGraph::host(std::string_view name) {
  if (const auto known = host_ids_.find(name); known != host_ids_.end()) return known->second;
  const auto id = static_cast<std::uint32_t>(names_.size());
  names_.push_back(&host_ids_.emplace(name, id).first->first);
  full_ |= names_.size() > most_hosts;
  return id;
}

std::uint32_t TieGraph::attribute(Tie tie, std::string_view value) {
  std::string key(1, static_cast<char>(tie));
  key += value;
  const auto [found, fresh] =
      attribute_ids_.try_emplace(std::move(key), static_cast<std::uint32_t>(attributes_.size()));
  if (fresh) attributes_.push_back({.tie = tie, .value = std::string_view(found->first).substr(1)});
  return found->second;
}

void TieGraph::tie(std::uint32_t host, std::uint32_t attribute) {
  if (edges_.size() >= most_edges) {
    full_ = true;
    return;
  }
  edges_.push_back({host, attribute});
}

std::span<const std::uint32_t> TieGraph::attributes_of(std::uint32_t host) const {
  const std::uint32_t begin = host == 0 ? 0 : of_host_end_[host - 1];
  return {of_host_.data() + begin, of_host_end_[host] - begin};
}

std::span<const std::uint32_t> TieGraph::hosts_of(std::uint32_t attribute) const {
  const std::uint32_t begin = attribute == 0 ? 0 : of_attribute_end_[attribute - 1];
  return {of_attribute_.data() + begin, of_attribute_end_[attribute] - begin};
}

void TieGraph::index_edges() {
  std::ranges::sort(edges_);
  edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
  of_host_.clear();
  of_host_end_.assign(names_.size(), 0);
  of_attribute_end_.assign(attributes_.size(), 0);
  for (const Edge& edge : edges_) {
    of_host_.push_back(edge.attribute);
    ++of_host_end_[edge.host];
    ++of_attribute_end_[edge.attribute];
  }
  std::partial_sum(of_host_end_.begin(), of_host_end_.end(), of_host_end_.begin());
  std::partial_sum(of_attribute_end_.begin(), of_attribute_end_.end(), of_attribute_end_.begin());
  of_attribute_.assign(edges_.size(), 0);
  std::vector<std::uint32_t> next(attributes_.size(), 0);
  for (std::size_t i = 1; i < next.size(); ++i) next[i] = of_attribute_end_[i - 1];
  for (const Edge& edge : edges_) of_attribute_[next[edge.attribute]++] = edge.host;
}

void TieGraph::weigh(const std::function<bool(Tie, std::string_view)>& is_hub) {
  for (std::uint32_t i = 0; i < attributes_.size(); ++i) {
    Attribute& attribute = attributes_[i];
    attribute.hosts = static_cast<std::uint32_t>(hosts_of(i).size());
    const TieWeight kind = tie_weight(attribute.tie);
    const bool seeded = attribute_seeds_.contains(i);
    if (attribute.hosts == 0 || attribute.hosts >= kind.hub || (attribute.hosts < 2 && !seeded)) continue;
    if (!is_hub(attribute.tie, attribute.value))
      attribute.weight = kind.factor * std::log(static_cast<double>(kind.hub) / attribute.hosts);
  }
}

void TieGraph::find_pairs() {
  struct Link {
    std::uint32_t a, b, attribute;
  };
  std::vector<Link> links;
  for (std::uint32_t i = 0; i < attributes_.size(); ++i) {
    const Attribute& attribute = attributes_[i];
    if (attribute.weight <= 0 || attribute.weight >= decisive_weight || attribute.hosts > widest_weak) continue;
    const auto hosts = hosts_of(i);
    for (std::size_t a = 0; a < hosts.size(); ++a)
      for (std::size_t b = a + 1; b < hosts.size(); ++b) {
        if (links.size() >= most_links)
          full_ = true;
        else
          links.push_back({hosts[a], hosts[b], i});
      }
  }
  std::ranges::sort(links, [](const Link& x, const Link& y) {
    return std::tie(x.a, x.b, x.attribute) < std::tie(y.a, y.b, y.attribute);
  });
  for (std::size_t begin = 0, end = 0; begin < links.size(); begin = end) {
    std::map<Tie, std::uint32_t> best;  // the rarest of each kind: two name servers of one provider are one tie
    for (end = begin; end < links.size() && links[end].a == links[begin].a && links[end].b == links[begin].b; ++end) {
      const std::uint32_t attribute = links[end].attribute;
      const auto [found, fresh] = best.emplace(attributes_[attribute].tie, attribute);
      if (!fresh && attributes_[attribute].weight > attributes_[found->second].weight) found->second = attribute;
    }
    Pair pair{.a = links[begin].a, .b = links[begin].b};
    for (const auto& [tie, attribute] : best)
      pair.weight += attributes_[attribute].weight, pair.attributes.push_back(attribute);
    if (pair.weight >= decisive_weight && best.size() > 1) pairs_.push_back(std::move(pair));
  }
  pairs_of_.assign(pairs_.empty() ? 0 : names_.size(), {});
  for (std::uint32_t i = 0; i < pairs_.size(); ++i)
    pairs_of_[pairs_[i].a].push_back(i), pairs_of_[pairs_[i].b].push_back(i);
}

void TieGraph::find_clusters() {
  cluster_.resize(names_.size());
  std::iota(cluster_.begin(), cluster_.end(), 0);
  for (std::uint32_t i = 0; i < attributes_.size(); ++i) {
    const auto hosts = hosts_of(i);
    if (attributes_[i].weight < decisive_weight) continue;
    for (const std::uint32_t host : hosts) join(cluster_, hosts[0], host);
  }
  for (const Pair& pair : pairs_) join(cluster_, pair.a, pair.b);
  size_.assign(names_.size(), 0);
  for (std::uint32_t i = 0; i < names_.size(); ++i) {
    cluster_[i] = root_of(cluster_, i);
    ++size_[cluster_[i]];
  }
}

void TieGraph::finish(const std::function<bool(Tie, std::string_view)>& is_hub) {
  index_edges();
  weigh(is_hub);
  pairs_.clear();
  find_pairs();
  find_clusters();
  find_paths();
  explain_unseeded();
}

}  // namespace testudo
