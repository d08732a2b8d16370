#include "intel/hunt/naming_model.h"

#include <algorithm>
#include <map>

#include "base/hash.h"
#include "base/host.h"
#include "intel/hunt/logistic.h"

namespace testudo {
namespace {

constexpr std::size_t fewest = 20, fewest_of_family = 40, folds = 3;

// Registrable domain -> threat, ordered by name so that the order of the lists does not count.
using Known = std::map<std::string, std::string, std::less<>>;

std::vector<std::string_view> labels_of(const std::vector<std::string>& names) {
  std::vector<std::string_view> labels;
  for (const std::string& name : names) labels.push_back(chosen_name(name).label);
  return labels;
}

// Largest first: how many ordinary names score at least a given margin is then one binary search.
double share_at_least(const std::vector<double>& descending, double margin) {
  const auto n = std::ranges::upper_bound(descending, margin, std::greater<>()) - descending.begin();
  return (static_cast<double>(n) + 1) / (static_cast<double>(descending.size()) + 1);
}

}  // namespace

struct NamingModel::State {
  WordSplitter words;
  LogisticModel pooled;
  Calibration line;
  std::vector<double> ordinary_margins;  // of names left out of the learning, largest first
  std::vector<std::pair<std::string, LogisticModel>> families;
  std::size_t known = 0, ordinary = 0;
};

NamingModel::NamingModel(std::unique_ptr<State> state) : state_(std::move(state)) {}
NamingModel::NamingModel(NamingModel&&) noexcept = default;
NamingModel& NamingModel::operator=(NamingModel&&) noexcept = default;
NamingModel::~NamingModel() = default;

namespace {

// The margins of every row from a model that did not see it.
std::vector<double> margins_left_out(const FeatureRows& rows, const std::vector<bool>& label,
                                     const std::vector<std::string>& names) {
  std::vector<double> margins(rows.size());
  const auto fold_of = [&](std::size_t i) { return hash64(names[i], 7) % folds; };
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<bool> use(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) use[i] = fold_of(i) != fold;
    const LogisticModel model = train_logistic(rows, use, label);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!use[i]) margins[i] = model.margin(rows[i]);
  }
  return margins;
}

// One model a threat with names enough: its own names against all others'.
std::vector<std::pair<std::string, LogisticModel>> train_families(const FeatureRows& rows, const Known& known) {
  std::map<std::string_view, std::size_t> counts;
  for (const auto& [name, threat] : known) ++counts[threat];
  std::vector<std::pair<std::string, LogisticModel>> families;
  for (const auto& [threat, n] : counts) {
    if (threat.empty() || n < fewest_of_family || n == known.size()) continue;
    std::vector<bool> use(rows.size()), label(rows.size());
    std::size_t i = 0;
    for (const auto& [name, whose] : known) use[i] = true, label[i++] = whose == threat;
    families.emplace_back(threat, train_logistic(rows, use, label));
  }
  return families;
}

}  // namespace

Result<NamingModel> NamingModel::train(const std::vector<KnownName>& known, const std::vector<std::string>& ordinary) {
  std::map<std::string, bool, std::less<>> usual;
  for (const std::string& host : ordinary)
    if (const auto domain = registrable_domain(host)) usual.emplace(*domain, true);
  Known ours;
  for (const KnownName& k : known)
    if (const auto domain = registrable_domain(k.host); domain && !usual.contains(*domain))
      ours.emplace(*domain, k.threat);
  if (ours.size() < fewest || usual.size() < fewest) return error(Fault::usage, "too few names to learn from");

  auto state = std::make_unique<State>();
  std::vector<std::string> names;
  for (const auto& [name, threat] : ours) names.push_back(name);
  for (const auto& [name, yes] : usual) names.push_back(name);
  state->words.learn(labels_of(names));
  FeatureRows rows;
  std::vector<bool> label(names.size());
  std::vector<NamingFeature> features;
  for (std::size_t i = 0; i < names.size(); ++i) {
    naming_features(state->words, names[i], features);
    rows.add(features);
    label[i] = i < ours.size();
  }
  const std::vector<double> margins = margins_left_out(rows, label, names);
  state->line = calibrate(margins, label);
  state->ordinary_margins.assign(margins.begin() + static_cast<std::ptrdiff_t>(ours.size()), margins.end());
  std::ranges::sort(state->ordinary_margins, std::greater<>());
  state->pooled = train_logistic(rows, std::vector<bool>(names.size(), true), label);
  state->families = train_families(rows, ours);
  state->known = ours.size();
  state->ordinary = usual.size();
  return NamingModel(std::move(state));
}

NamingScore NamingModel::score(std::string_view host) const {
  thread_local std::vector<NamingFeature> features;
  naming_features(state_->words, host, features);
  if (features.empty()) return {};
  const double margin = state_->pooled.margin(features);
  return {.score = state_->line.probability(margin), .ordinary = share_at_least(state_->ordinary_margins, margin)};
}

std::string_view NamingModel::family(std::string_view host) const {
  std::vector<NamingFeature> features;
  naming_features(state_->words, host, features);
  std::string_view best;
  double highest = -1e30;
  for (const auto& [threat, model] : state_->families)
    if (const double margin = model.margin(features); margin > highest) highest = margin, best = threat;
  return features.empty() ? std::string_view() : best;
}

std::vector<NamingReason> NamingModel::reasons(std::string_view host, std::size_t most) const {
  std::vector<NamingFeature> features;
  std::vector<std::string> texts;
  naming_features(state_->words, host, features, &texts);
  std::vector<NamingReason> found;
  for (std::size_t i = 0; i < features.size(); ++i) {
    const double weight = static_cast<double>(state_->pooled.weights[features[i].slot] * features[i].value);
    if (weight > 0) found.push_back({std::move(texts[i]), weight});
  }
  std::ranges::stable_sort(found, std::greater<>(), &NamingReason::weight);
  if (found.size() > most) found.resize(most);
  return found;
}

std::size_t NamingModel::known() const { return state_->known; }
std::size_t NamingModel::ordinary() const { return state_->ordinary; }

}  // namespace testudo
