// One observation expression's comparisons, evaluated against the objects of one observation. Floor 3. Source: STIX 2.1
// sections 9.6 and 9.7.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "intel/pattern/observed.h"
#include "intel/pattern/pattern_regex.h"
#include "intel/pattern/pattern_tree.h"

namespace testudo {

// Compiles what the comparisons of a tree need once, and borrows the tree.
class ComparisonMatcher {
 public:
  explicit ComparisonMatcher(const ComparisonTree& tree);
  // Whether one object of the observation meets the whole expression: operands of AND speak of the same object.
  bool met_by(const Observation& observation) const;
  // Whether an expression of MATCHES was given up: what it was compared with counts as not found.
  bool gave_up() const { return gave_up_; }

 private:
  using Values = std::vector<const ObservedValue*>;
  void prepare(const ComparisonTree& tree);
  bool holds(const ComparisonTree& tree, const Observation& observation, const ObservedValue& object) const;
  bool holds(const PatternComparison& test, const Observation& observation, const ObservedValue& object) const;
  bool passes(const PatternComparison& test, const ObservedValue& value, std::string_view key) const;

  const ComparisonTree& tree_;
  std::map<const PatternComparison*, PatternRegex> regexes_;
  mutable bool gave_up_ = false;
};

}  // namespace testudo
