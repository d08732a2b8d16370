#include "intel/hunt/naming_model.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/hash.h"
#include "base/host.h"
#include "intel/hunt/logistic.h"

namespace testudo {
namespace {

constexpr std::size_t fewest = 20, fewest_of_family = 40, folds = 3;

std::size_t fold_of(std::string_view name) { return hash64(name, 7) % folds; }

// Registrable domain -> threat, ordered by name so that the order of the lists does not count.
using Known = std::map<std::string, std::string, std::less<>>;

std::vector<std::string_view> labels_of(const std::vector<std::string>& names) {
  std::vector<std::string_view> labels;
  labels.reserve(names.size());
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
  NamingScales scales;
  WordSplitter words;
  LogisticModel pooled;
  std::vector<LogisticModel> left_out;               // by fold: learned without it
  std::unordered_set<std::uint64_t> seen;            // hashes of the names learned from
  std::map<std::string, double, std::less<>> usual;  // mean weight of a shape ("length=") among ordinary names
  Calibration line;
  std::vector<double> ordinary_margins;  // of names left out of the learning, largest first
  std::vector<std::pair<std::string, LogisticModel>> families;
  std::size_t known = 0, ordinary = 0;

  double margin(std::string_view domain) const;
};

double NamingModel::State::margin(std::string_view domain) const {
  thread_local std::vector<NamingFeature> features;
  const std::size_t dot = std::min(domain.find('.'), domain.size());
  naming_features(words, {domain.substr(0, dot), domain.substr(std::min(dot + 1, domain.size()))}, scales, features);
  // A name that was learned from is judged by the model that did not see it: else all that the files themselves hold
  // would be ordinary.
  const bool learned = seen.contains(hash64(domain));
  return (learned ? left_out[fold_of(domain)] : pooled).margin(features);
}

NamingModel::NamingModel(std::unique_ptr<State> state) : state_(std::move(state)) {}
NamingModel::NamingModel(NamingModel&&) noexcept = default;
NamingModel& NamingModel::operator=(NamingModel&&) noexcept = default;
NamingModel::~NamingModel() = default;

namespace {

std::vector<LogisticModel> train_folds(const FeatureRows& rows, const std::vector<bool>& label,
                                       const std::vector<std::string>& names) {
  std::vector<LogisticModel> models;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<bool> use(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) use[i] = fold_of(names[i]) != fold;
    models.push_back(train_logistic(rows, use, label));
  }
  return models;
}

// "length=12" is of the shape "length="; runs of letters and words are of none.
std::string_view shape_of(std::string_view feature) {
  const std::size_t end = feature.find('=');
  return end == std::string_view::npos || feature.starts_with("word=") || feature.starts_with("~")
             ? std::string_view()
             : feature.substr(0, end + 1);
}

// Every name has a length; only that it differs from the usual one explains anything.
std::map<std::string, double, std::less<>> usual_shapes(const WordSplitter& words, const LogisticModel& model,
                                                        const NamingScales& scales,
                                                        std::span<const std::string> ordinary) {
  std::map<std::string, double, std::less<>> sums;
  const std::size_t n = std::min<std::size_t>(ordinary.size(), 1000), step = ordinary.size() / n;
  std::vector<NamingFeature> features;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < n; ++i) {
    naming_features(words, chosen_name(ordinary[i * step]), scales, features, &texts);
    for (std::size_t f = 0; f < features.size(); ++f)
      if (const std::string_view shape = shape_of(texts[f]); !shape.empty())
        sums[std::string(shape)] +=
            static_cast<double>(model.weights[features[f].slot] * features[f].value) / static_cast<double>(n);
  }
  return sums;
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

Result<NamingModel> NamingModel::train(const std::vector<KnownName>& known, const std::vector<std::string>& ordinary,
                                       const NamingScales& scales) {
  std::map<std::string, bool, std::less<>> usual;
  for (const std::string& host : ordinary)
    if (const auto domain = registrable_domain(host)) usual.emplace(*domain, true);
  Known ours;
  for (const KnownName& k : known)
    if (const auto domain = registrable_domain(k.host); domain && !usual.contains(*domain))
      ours.emplace(*domain, k.threat);
  if (ours.size() < fewest || usual.size() < fewest) return error(Fault::usage, "too few names to learn from");

  auto state = std::make_unique<State>();
  state->scales = scales;
  std::vector<std::string> names;
  for (const auto& [name, threat] : ours) names.push_back(name);
  for (const auto& [name, yes] : usual) names.push_back(name);
  state->words.learn(labels_of(names));
  FeatureRows rows;
  std::vector<bool> label(names.size());
  std::vector<NamingFeature> features;
  for (std::size_t i = 0; i < names.size(); ++i) {
    naming_features(state->words, chosen_name(names[i]), scales, features);
    rows.add(features);
    label[i] = i < ours.size();
  }
  state->left_out = train_folds(rows, label, names);
  std::vector<double> margins;  // of every name from the model that did not see it
  for (std::size_t i = 0; i < names.size(); ++i) {
    margins.push_back(state->left_out[fold_of(names[i])].margin(rows[i]));
    state->seen.insert(hash64(names[i]));
  }
  state->line = calibrate(margins, label);
  state->ordinary_margins.assign(margins.begin() + static_cast<std::ptrdiff_t>(ours.size()), margins.end());
  std::ranges::sort(state->ordinary_margins, std::greater<>());
  state->pooled = train_logistic(rows, std::vector<bool>(names.size(), true), label);
  state->families = train_families(rows, ours);
  state->usual = usual_shapes(state->words, state->pooled, scales, std::span(names).subspan(ours.size()));
  state->known = ours.size();
  state->ordinary = usual.size();
  return NamingModel(std::move(state));
}

NamingScore NamingModel::score(std::string_view host) const {
  const auto domain = registrable_domain(host);
  if (!domain) return {};
  const double margin = state_->margin(*domain);
  return {.score = state_->line.probability(margin), .ordinary = share_at_least(state_->ordinary_margins, margin)};
}

double NamingModel::chance(std::string_view domain) const { return state_->line.probability(state_->margin(domain)); }

std::string_view NamingModel::family(std::string_view host) const {
  std::vector<NamingFeature> features;
  naming_features(state_->words, chosen_name(host), state_->scales, features);
  std::string_view best;
  double highest = -1e30;
  for (const auto& [threat, model] : state_->families)
    if (const double margin = model.margin(features); margin > highest) highest = margin, best = threat;
  return features.empty() ? std::string_view() : best;
}

std::vector<NamingReason> NamingModel::reasons(std::string_view host, std::size_t most) const {
  std::vector<NamingFeature> features;
  std::vector<std::string> texts;
  naming_features(state_->words, chosen_name(host), state_->scales, features, &texts);
  std::vector<NamingReason> found;
  for (std::size_t i = 0; i < features.size(); ++i) {
    double weight = static_cast<double>(state_->pooled.weights[features[i].slot] * features[i].value);
    if (const auto usual = state_->usual.find(shape_of(texts[i])); usual != state_->usual.end())
      weight -= usual->second;
    if (weight > 0) found.push_back({std::move(texts[i]), weight});
  }
  std::ranges::stable_sort(found, std::greater<>(), &NamingReason::weight);
  if (found.size() > most) found.resize(most);
  return found;
}

std::size_t NamingModel::known() const { return state_->known; }
std::size_t NamingModel::ordinary() const { return state_->ordinary; }

}  // namespace testudo
