// Logistic regression over sparse features by AdaGrad, the same on every run. Private to src/intel/hunt.
// Source: Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning", JMLR 12 (2011).
#pragma once

#include <span>
#include <vector>

#include "intel/hunt/naming_features.h"

namespace testudo {

// Rows of features, one after another.
class FeatureRows {
 public:
  void add(const std::vector<NamingFeature>& row) {
    features_.insert(features_.end(), row.begin(), row.end());
    ends_.push_back(features_.size());
  }
  std::size_t size() const { return ends_.size(); }
  std::span<const NamingFeature> operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {features_.data() + begin, ends_[i] - begin};
  }

 private:
  std::vector<NamingFeature> features_;
  std::vector<std::size_t> ends_;
};

struct LogisticModel {
  std::vector<float> weights;  // of naming_slots
  float bias = 0;
  double margin(std::span<const NamingFeature> row) const;
};

// Both classes weigh the same, however many rows each has. `use` says which rows to learn from, `label` which are of
// the class.
LogisticModel train_logistic(const FeatureRows& rows, const std::vector<bool>& use, const std::vector<bool>& label);

// A line through margins: probability = 1 / (1 + e^-(slope * margin + offset)), both classes weighing the same (Platt).
struct Calibration {
  double slope = 1, offset = 0;
  double probability(double margin) const;
};
Calibration calibrate(const std::vector<double>& margins, const std::vector<bool>& label);

}  // namespace testudo
