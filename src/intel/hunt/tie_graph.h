// Hosts and what they share: a graph with two kinds of node, in which rare ties count and common ones do not. Floor 3.
// The weight of a tie is -factor * log(hosts that share it / hosts at which it says nothing); docs/design/hunt.md gives
// factor and limit of each kind and why. Two hosts belong together where their ties weigh `decisive` or more, each kind
// counted once.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "intel/hunt/fact.h"

namespace testudo {

struct TieWeight {
  double factor = 0;
  std::uint32_t hub = 0;  // hosts from which on it says nothing
};
TieWeight tie_weight(Tie tie);
inline constexpr double decisive_weight = 1.6;

// One step of an explanation: two hosts and what they share.
struct HuntStep {
  struct Shared {
    Tie tie = Tie::none;
    std::string value;
    std::uint32_t hosts = 0;  // that share it
  };
  std::string from, to;  // `from` is empty where the shared thing is itself a known indicator
  std::vector<Shared> shared;
  double strength = 0;  // 0 to 1
};

class TieGraph {
 public:
  // Ids are given in order of first use. The graph is limited to 20 million hosts and 60 million ties; beyond, `full`.
  std::uint32_t host(std::string_view name);
  std::uint32_t attribute(Tie tie, std::string_view value);
  void tie(std::uint32_t host, std::uint32_t attribute);
  // What is known to be bad, and whose it is.
  void seed_host(std::uint32_t host, std::string_view threat) { host_seeds_.emplace(host, threat); }
  // `strength` of the hosts that have the thing: 0 to 1; nothing: as rare as the thing is. `named`: the thing is a
  // known host itself, so that whoever set it meant that host; it counts as decisive however many below its limit did.
  void seed_attribute(std::uint32_t attribute, std::string_view threat, std::optional<double> strength = {},
                      bool named = false) {
    attribute_seeds_.emplace(attribute, AttributeSeed{std::string(threat), strength, named});
  }

  // Weighs the ties, finds the clusters and the best path from a seed to every host that one leads to. `is_hub` is
  // asked for attributes that several hosts share: what everybody uses ties nobody.
  void finish(const std::function<bool(Tie, std::string_view)>& is_hub);

  std::size_t hosts() const { return names_.size(); }
  std::size_t ties() const { return edges_.size(); }
  bool full() const { return full_; }
  const std::string& name(std::uint32_t host) const { return *names_[host]; }
  // The cluster's smallest host id, and how many hosts it has.
  std::uint32_t cluster(std::uint32_t host) const { return cluster_[host]; }
  std::uint32_t cluster_size(std::uint32_t host) const { return size_[cluster_[host]]; }
  // 1 for a seed, less with every step; 0 where no seed leads to it.
  double strength(std::uint32_t host) const { return strength_[host]; }
  // From the seed to the host; in a cluster without a seed from its first host, the one that names the cluster. Empty
  // for these themselves.
  std::vector<HuntStep> path(std::uint32_t host) const;
  // Whose seed the path begins at; empty if there is none.
  std::string_view threat(std::uint32_t host) const;
  // The threat of a host that is a seed itself.
  std::string_view seed(std::uint32_t host) const;

 private:
  struct Attribute {
    Tie tie = Tie::none;
    std::string_view value;  // in attribute_ids_
    double weight = 0;
    std::uint32_t hosts = 0;
  };
  struct Edge {
    std::uint32_t host = 0, attribute = 0;
    auto operator<=>(const Edge&) const = default;
  };
  // Two hosts that several weak ties bind together.
  struct Pair {
    std::uint32_t a = 0, b = 0;
    double weight = 0;
    std::vector<std::uint32_t> attributes;
  };
  struct Origin {
    std::uint32_t from = none;       // host
    std::uint32_t attribute = none;  // or pair
    std::uint32_t pair = none;
  };
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  void index_edges();
  void weigh(const std::function<bool(Tie, std::string_view)>& is_hub);
  void find_pairs();
  void find_clusters();
  void find_paths();
  void explain_unseeded();
  struct Search;
  double seed_strength(std::uint32_t attribute) const;
  double attribute_strength(std::uint32_t attribute) const;
  std::span<const std::uint32_t> attributes_of(std::uint32_t host) const;
  std::span<const std::uint32_t> hosts_of(std::uint32_t attribute) const;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> host_ids_, attribute_ids_;
  std::vector<const std::string*> names_;  // in host_ids_, which moves none of its keys
  std::vector<Attribute> attributes_;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> of_host_, of_host_end_, of_attribute_, of_attribute_end_;
  std::vector<Pair> pairs_;
  std::vector<std::vector<std::uint32_t>> pairs_of_;  // by host; empty where there are no pairs
  std::vector<std::uint32_t> cluster_, size_;
  std::vector<double> strength_;
  std::vector<Origin> origin_;
  struct AttributeSeed {
    std::string threat;
    std::optional<double> strength;
    bool named = false;
  };
  std::unordered_map<std::uint32_t, std::string> host_seeds_;
  std::unordered_map<std::uint32_t, AttributeSeed> attribute_seeds_;
  bool full_ = false;
};

}  // namespace testudo
