// Depth-first search with a stack of its own.
#include "intel/lint/stix_cycles.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "intel/secret_hash.h"

namespace testudo {
namespace {

constexpr std::size_t most_cycles = 100;
constexpr std::size_t shown_ids = 8;

struct Out {
  std::size_t to, edge;
};

class Search {
 public:
  explicit Search(const std::vector<CycleEdge>& edges) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const std::size_t from = number(edges[i].from), to = number(edges[i].to);
      out_[from].push_back({to, i});
    }
    state_.assign(ids_.size(), State::fresh);
  }
  std::vector<Cycle> run() {
    for (std::size_t start = 0; start < ids_.size() && cycles_.size() < most_cycles; ++start)
      if (state_[start] == State::fresh) follow(start);
    return std::move(cycles_);
  }

 private:
  enum class State : unsigned char { fresh, open, done };
  struct Step {
    std::size_t at, next = 0;
  };
  std::size_t number(std::string_view id) {
    const auto [place, fresh] = numbers_.try_emplace(id, ids_.size());
    if (fresh) {
      ids_.push_back(id);
      out_.emplace_back();
    }
    return place->second;
  }
  void follow(std::size_t start) {
    std::vector<Step> path{{start}};
    state_[start] = State::open;
    while (!path.empty() && cycles_.size() < most_cycles) {
      Step& step = path.back();
      if (step.next == out_[step.at].size()) {
        state_[step.at] = State::done;
        path.pop_back();
        continue;
      }
      const Out out = out_[step.at][step.next++];
      if (state_[out.to] == State::open) tell(path, out);
      if (state_[out.to] != State::fresh) continue;
      state_[out.to] = State::open;
      path.push_back({out.to});
    }
  }
  void tell(const std::vector<Step>& path, const Out& closing) {
    const auto begin = std::ranges::find(path, closing.to, &Step::at);
    const auto length = static_cast<std::size_t>(path.end() - begin);
    Cycle cycle{.closing = closing.edge};
    for (std::size_t i = 0; i < std::min(length, shown_ids); ++i)
      cycle.path.append(ids_[(begin + static_cast<std::ptrdiff_t>(i))->at]).append(" -> ");
    if (length > shown_ids) cycle.path += "… -> ";
    cycle.path += ids_[closing.to];
    cycles_.push_back(std::move(cycle));
  }

  std::unordered_map<std::string_view, std::size_t, SecretHash> numbers_;
  std::vector<std::string_view> ids_;
  std::vector<std::vector<Out>> out_;
  std::vector<State> state_;
  std::vector<Cycle> cycles_;
};

}  // namespace

bool can_make_cycle(std::string_view type) {
  constexpr std::array<std::string_view, 10> types{"derived-from", "attributed-to",  "variant-of", "part-of",
                                                   "owned-by",     "subsidiary-of",  "owns",       "successor-of",
                                                   "revoked-by",   "subtechnique-of"};
  return std::ranges::find(types, type) != types.end();
}

std::vector<Cycle> find_cycles(const std::vector<CycleEdge>& edges) { return Search(edges).run(); }

}  // namespace testudo
