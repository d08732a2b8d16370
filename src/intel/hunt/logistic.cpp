#include "intel/hunt/logistic.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace testudo {
namespace {

constexpr int epochs = 8;
constexpr double rate = 0.1, decay = 1e-6;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Steps of a fixed multiplicative generator (Knuth's MMIX constants): the order differs by epoch and never by run.
void shuffle(std::vector<std::uint32_t>& order, std::uint64_t seed) {
  for (std::size_t i = order.size(); i > 1; --i) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    std::swap(order[i - 1], order[(seed >> 33) % i]);
  }
}

struct ClassWeights {
  double in = 0.5, out = 0.5;
};

ClassWeights weights_of(const std::vector<bool>& use, const std::vector<bool>& label) {
  double in = 0, out = 0;
  for (std::size_t i = 0; i < use.size(); ++i)
    if (use[i]) (label[i] ? in : out) += 1;
  const double all = in + out;
  return {all / (2 * std::max(in, 1.0)), all / (2 * std::max(out, 1.0))};
}

}  // namespace

double LogisticModel::margin(std::span<const NamingFeature> row) const {
  double sum = bias;
  for (const NamingFeature& f : row) sum += static_cast<double>(weights[f.slot]) * static_cast<double>(f.value);
  return sum;
}

LogisticModel train_logistic(const FeatureRows& rows, const std::vector<bool>& use, const std::vector<bool>& label) {
  LogisticModel model{.weights = std::vector<float>(naming_slots)};
  std::vector<float> squares(naming_slots, 1e-3F);
  double bias_square = 1e-3;
  const ClassWeights by_class = weights_of(use, label);
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    if (use[i]) order.push_back(i);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    shuffle(order, static_cast<std::uint64_t>(epoch) + 1);
    for (const std::uint32_t i : order) {
      const auto row = rows[i];
      // Heavy rows of a rare class would make single steps too long.
      const double weight = std::min(label[i] ? by_class.in : by_class.out, 8.0);
      const double error = (sigmoid(model.margin(row)) - (label[i] ? 1 : 0)) * weight;
      for (const NamingFeature& f : row) {
        float& w = model.weights[f.slot];
        const double g = error * static_cast<double>(f.value) + decay * static_cast<double>(w);
        squares[f.slot] += static_cast<float>(g * g);
        w -= static_cast<float>(rate * g / std::sqrt(static_cast<double>(squares[f.slot])));
      }
      bias_square += error * error;
      model.bias -= static_cast<float>(rate * error / std::sqrt(bias_square));
    }
  }
  return model;
}

double Calibration::probability(double margin) const { return sigmoid(slope * margin + offset); }

Calibration calibrate(const std::vector<double>& margins, const std::vector<bool>& label) {
  const ClassWeights by_class = weights_of(std::vector<bool>(label.size(), true), label);
  Calibration line;
  constexpr int steps = 30;
  // Newton's method on two parameters.
  for (int step = 0; step < steps; ++step) {
    double ga = 0, gb = 0, haa = 1e-6, hab = 0, hbb = 1e-6;
    for (std::size_t i = 0; i < margins.size(); ++i) {
      const double weight = label[i] ? by_class.in : by_class.out, p = line.probability(margins[i]);
      const double g = weight * (p - (label[i] ? 1 : 0)), h = weight * p * (1 - p);
      ga += g * margins[i], gb += g;
      haa += h * margins[i] * margins[i], hab += h * margins[i], hbb += h;
    }
    const double det = haa * hbb - hab * hab;
    if (!(det > 1e-12)) break;
    const double da = (hbb * ga - hab * gb) / det, db = (haa * gb - hab * ga) / det;
    line.slope -= std::clamp(da, -1.0, 1.0), line.offset -= std::clamp(db, -2.0, 2.0);
    if (std::abs(da) + std::abs(db) < 1e-9) break;
  }
  line.slope = std::max(line.slope, 1e-3);
  return line;
}

}  // namespace testudo
