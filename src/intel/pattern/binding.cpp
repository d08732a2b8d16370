// A search with continuations: each part binds observations and then asks whether the rest can be bound too.
#include "intel/pattern/binding.h"

#include <algorithm>
#include <numeric>

namespace testudo {
namespace {

constexpr std::uint64_t spend_limit = 2'000'000;
constexpr std::uint64_t glances = 64;  // looks at an observation that cost as much as one choice
constexpr std::uint64_t comparison_limit = 200'000'000;
constexpr int depth_limit = 1500;

// Micros from a to b; observations have no more digits than that.
std::int64_t micros_between(const PatternInstant& a, const PatternInstant& b) { return b.time.micros - a.time.micros; }

}  // namespace

Binding::Binding(const ObservationTree& tree, const std::vector<Observation>& observations)
    : tree_(tree), observations_(observations), used_(observations.size()) {
  prepare(tree);
}

void Binding::prepare(const ObservationTree& tree) {
  for (const ObservationTree& child : tree.children) prepare(child);
  if (tree.join != PatternJoin::leaf) return;
  const ComparisonMatcher matcher(tree.comparison);
  std::vector<std::uint32_t>& found = candidates_[&tree];
  for (std::uint32_t i = 0; i < observations_.size() && !gave_up_; ++i) {
    compared_ += observations_[i].objects.size() + 1;
    gave_up_ = compared_ > comparison_limit;
    if (matcher.met_by(observations_[i])) found.push_back(i);
    unsure_ |= matcher.gave_up();
  }
  std::ranges::stable_sort(found, {}, [&](std::uint32_t i) { return observations_[i].last; });
}

// Whether every part that must be bound meets any observation at all.
bool Binding::possible(const ObservationTree& tree) const {
  if (tree.join == PatternJoin::leaf) return !candidates_.at(&tree).empty();
  const auto child = [&](const ObservationTree& part) { return possible(part); };
  return tree.join == PatternJoin::any ? std::ranges::any_of(tree.children, child)
                                       : std::ranges::all_of(tree.children, child);
}

std::size_t Binding::choices(const ObservationTree& tree) const {
  if (tree.join == PatternJoin::leaf) return candidates_.at(&tree).size();
  return std::accumulate(tree.children.begin(), tree.children.end(), std::size_t{0},
                         [&](std::size_t sum, const ObservationTree& child) { return sum + choices(child); });
}

bool Binding::find() {
  return possible(tree_) && solve(tree_, tree_.qualifiers.size(), [] { return true; });
}

bool Binding::spend(std::uint64_t steps) {
  spent_ += steps;
  if (spent_ > spend_limit || depth_ > depth_limit) gave_up_ = true;
  return !gave_up_;
}

bool Binding::allowed(const Observation& observation) const {
  return std::ranges::all_of(frames_, [&](const Frame& frame) {
    switch (frame.type) {
      case Frame::Type::within:
        return !frame.any || micros_between(std::min(frame.earliest_last, observation.last),
                                            std::max(frame.latest_first, observation.first)) <= frame.micros;
      case Frame::Type::between:
        return frame.from < frame.until && observation.first < frame.until && frame.from <= observation.last;
      case Frame::Type::not_before:
        return frame.from <= observation.last;
      case Frame::Type::watch:
        return true;
    }
    return false;
  });
}

void Binding::admit(const Observation& observation) {
  for (Frame& frame : frames_) {
    frame.latest_first = frame.any ? std::max(frame.latest_first, observation.first) : observation.first;
    frame.earliest_last = frame.any ? std::min(frame.earliest_last, observation.last) : observation.last;
    frame.any = true;
  }
}

// The frame stands while `inside` binds, not while the rest does; going back into `inside` puts it up again.
bool Binding::framed(Frame frame, const std::function<bool(const Next&)>& inside, const Next& next) {
  frames_.push_back(frame);
  const bool found = inside([&] {
    const Frame kept = frames_.back();
    frames_.pop_back();
    if (next()) return true;
    frames_.push_back(kept);
    return false;
  });
  if (!found) frames_.pop_back();
  return found;
}

bool Binding::solve(const ObservationTree& tree, std::size_t qualifiers, const Next& next) {
  ++depth_;
  const bool found = spend() && solve_qualified(tree, qualifiers, next);
  --depth_;
  return found;
}

bool Binding::solve_qualified(const ObservationTree& tree, std::size_t qualifiers, const Next& next) {
  if (qualifiers == 0) return tree.join == PatternJoin::leaf ? repeat_leaf(tree, 1, next) : solve_joined(tree, next);
  const PatternQualifier& outermost = tree.qualifiers[qualifiers - 1];
  if (outermost.type == PatternQualifier::Type::repeats) {
    if (qualifiers == 1 && tree.join == PatternJoin::leaf) return repeat_leaf(tree, outermost.times, next);
    return repeat(tree, qualifiers - 1, outermost.times, next);
  }
  const bool within = outermost.type == PatternQualifier::Type::within;
  const Frame frame{.type = within ? Frame::Type::within : Frame::Type::between,
                    .micros = outermost.micros,
                    .from = outermost.start,
                    .until = outermost.stop};
  return framed(frame, [&](const Next& bound) { return solve(tree, qualifiers - 1, bound); }, next);
}

bool Binding::solve_joined(const ObservationTree& tree, const Next& next) {
  if (tree.join == PatternJoin::followed_by) return solve_followed_by(tree, 0, next);
  std::vector<const ObservationTree*> parts;
  for (const ObservationTree& child : tree.children) parts.push_back(&child);
  if (tree.join == PatternJoin::any)
    return std::ranges::any_of(parts, [&](const ObservationTree* part) {
      return possible(*part) && solve(*part, part->qualifiers.size(), next);
    });
  // What few observations meet is bound first.
  std::ranges::stable_sort(parts, {}, [&](const ObservationTree* part) { return choices(*part); });
  return solve_all(parts, 0, next);
}

bool Binding::solve_all(const std::vector<const ObservationTree*>& parts, std::size_t from, const Next& next) {
  if (from == parts.size()) return next();
  return solve(*parts[from], parts[from]->qualifiers.size(), [&] { return solve_all(parts, from + 1, next); });
}

// a FOLLOWEDBY b FOLLOWEDBY c is (a FOLLOWEDBY b) FOLLOWEDBY c: the times of all before bind those behind.
bool Binding::solve_followed_by(const ObservationTree& tree, std::size_t from, const Next& next) {
  const ObservationTree& part = tree.children[from];
  const auto here = [&](const Next& bound) { return solve(part, part.qualifiers.size(), bound); };
  if (from + 1 == tree.children.size()) return here(next);
  PatternInstant latest;
  return framed(
      {.type = Frame::Type::watch},
      [&](const Next& bound) {
        return here([&] {
          latest = frames_.back().latest_first;
          return bound();
        });
      },
      [&] {
        const Frame frame{.type = Frame::Type::not_before, .from = latest};
        return framed(frame, [&](const Next& bound) { return solve_followed_by(tree, from + 1, bound); }, next);
      });
}

bool Binding::repeat(const ObservationTree& tree, std::size_t qualifiers, std::uint64_t times, const Next& next) {
  if (times == 0) return next();
  return solve(tree, qualifiers, [&] { return repeat(tree, qualifiers, times - 1, next); });
}

// Candidates stand in the order of their last times: from each of them on as many as are needed are taken, which is
// right for WITHIN, whose span begins at the earliest last time. Only if that fails are other choices tried.
bool Binding::repeat_leaf(const ObservationTree& tree, std::uint64_t times, const Next& next) {
  const std::vector<std::uint32_t>& candidates = candidates_.at(&tree);
  for (std::size_t begin = 0; begin < candidates.size() && times > 1; ++begin) {
    if (!spend(1 + (candidates.size() - begin) / glances)) return false;
    const std::vector<std::uint64_t> used = used_;
    const std::vector<Frame> frames = frames_;
    std::uint64_t left = times;
    for (std::size_t i = begin; i < candidates.size() && left > 0; ++i) {
      const Observation& observation = observations_[candidates[i]];
      const std::uint64_t taken = std::min(left, observation.times - used_[candidates[i]]);
      if (taken == 0 || !allowed(observation)) continue;
      admit(observation);
      used_[candidates[i]] += taken;
      left -= taken;
    }
    if (left == 0 && next()) return true;
    used_ = used;
    frames_ = frames;
  }
  return !gave_up_ && fill(candidates, 0, times, next);
}

bool Binding::fill(const std::vector<std::uint32_t>& candidates, std::size_t from, std::uint64_t times,
                   const Next& next) {
  if (times == 0) return next();
  std::uint64_t left = 0;
  for (std::size_t i = from; i < candidates.size() && left < times; ++i)
    if (allowed(observations_[candidates[i]])) left += observations_[candidates[i]].times - used_[candidates[i]];
  if (left < times || !spend(1 + (candidates.size() - from) / glances)) return false;
  ++depth_;
  bool found = false;
  for (std::size_t i = from; i < candidates.size() && !found && spend(); ++i) {
    const std::uint32_t at = candidates[i];
    const std::uint64_t most = std::min(times, observations_[at].times - used_[at]);
    if (most == 0 || !allowed(observations_[at])) continue;
    const std::vector<Frame> frames = frames_;
    admit(observations_[at]);
    for (std::uint64_t taken = most; taken > 0 && !found && spend(); --taken) {
      used_[at] += taken;
      found = fill(candidates, i + 1, times - taken, next);
      if (!found) used_[at] -= taken;
    }
    if (!found) frames_ = frames;
  }
  --depth_;
  return found;
}

}  // namespace testudo
