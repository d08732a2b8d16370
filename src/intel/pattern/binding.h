// Finds an observation for each observation expression of a pattern, so that its operators and qualifiers hold.
// Floor 3. Source: STIX 2.1 sections 9.4 (qualifiers), 9.5 (observation operators). An observation that was seen n
// times can be bound n times.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "intel/pattern/comparison.h"
#include "intel/pattern/observed.h"
#include "intel/pattern/pattern_tree.h"

namespace testudo {

class Binding {
 public:
  // Both are borrowed.
  Binding(const ObservationTree& tree, const std::vector<Observation>& observations);
  // Whether there is such a binding. The search goes back where a choice fails; after about two million choices it
  // gives up and says so by gave_up().
  bool find();
  bool gave_up() const { return gave_up_ || unsure_; }
  // Of the binding found: how often each observation is in it.
  const std::vector<std::uint64_t>& used() const { return used_; }

 private:
  using Next = std::function<bool()>;
  // A condition on all observations that are bound while it stands.
  struct Frame {
    enum class Type : std::uint8_t { within, between, not_before, watch };
    Type type = Type::watch;
    std::int64_t micros = 0;     // of WITHIN
    PatternInstant from, until;  // of START and STOP; `from` of FOLLOWEDBY's right side
    bool any = false;            // whether one was bound
    PatternInstant latest_first, earliest_last;
  };

  void prepare(const ObservationTree& tree);
  bool possible(const ObservationTree& tree) const;
  std::size_t choices(const ObservationTree& tree) const;
  bool solve(const ObservationTree& tree, std::size_t qualifiers, const Next& next);
  bool solve_qualified(const ObservationTree& tree, std::size_t qualifiers, const Next& next);
  bool solve_joined(const ObservationTree& tree, const Next& next);
  bool solve_all(const std::vector<const ObservationTree*>& parts, std::size_t from, const Next& next);
  bool solve_followed_by(const ObservationTree& tree, std::size_t from, const Next& next);
  bool repeat(const ObservationTree& tree, std::size_t qualifiers, std::uint64_t times, const Next& next);
  bool repeat_leaf(const ObservationTree& tree, std::uint64_t times, const Next& next);
  bool fill(const std::vector<std::uint32_t>& candidates, std::size_t from, std::uint64_t times, const Next& next);
  bool framed(Frame frame, const std::function<bool(const Next&)>& inside, const Next& next);
  bool allowed(const Observation& observation) const;
  void admit(const Observation& observation);
  bool spend(std::uint64_t steps = 1);

  const ObservationTree& tree_;
  const std::vector<Observation>& observations_;
  std::map<const ObservationTree*, std::vector<std::uint32_t>> candidates_;  // of leaves, by `last`
  std::vector<std::uint64_t> used_;
  std::vector<Frame> frames_;
  std::uint64_t spent_ = 0, compared_ = 0;
  int depth_ = 0;
  bool gave_up_ = false;
  bool unsure_ = false;  // a regular expression was given up, the search goes on
};

}  // namespace testudo
