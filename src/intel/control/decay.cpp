// Models, formula and clock.
#include "intel/control/decay.h"

#include <array>
#include <charconv>
#include <cmath>

#include <simdjson.h>

#include "base/data_rows.h"
#include "intel/control/confidence.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr double micros_a_day = 86'400e6;

double number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::array<DecayModel, kind_count> read_models() {
  std::array<DecayModel, kind_count> models;
  each_data_row("knowledge/decay.txt", [&](const auto& fields) {
    if (fields.size() < 5) return;
    if (const auto kind = kind_from_name(fields[0]))
      models[static_cast<std::size_t>(*kind)] = {number(fields[1]), number(fields[2]), number(fields[3]),
                                                 number(fields[4])};
  });
  return models;
}

void later(std::optional<Time>& latest, const std::optional<Time>& time) {
  if (time && (!latest || *latest < *time)) latest = time;
}

std::optional<Time> clock_start(const StoredIndicator& indicator) {
  std::optional<Time> seen, said;
  if (!indicator.sightings.empty()) seen = indicator.sightings.back().at;
  for (const StoredClaim& claim : indicator.claims) {
    if (claim.revoked) continue;
    later(seen, claim.last_seen);
    for (const auto& time : {claim.modified, claim.created, claim.first_seen, claim.valid_from}) later(said, time);
  }
  return seen ? seen : said;
}

}  // namespace

const DecayModel& block_model(Kind kind) {
  static const std::array<DecayModel, kind_count> models = read_models();
  return models[static_cast<std::size_t>(kind)];
}

double decay_score(const DecayModel& model, double base, double days) {
  if (model.lifetime <= 0 || days <= 0) return base;
  if (days >= model.lifetime || model.speed <= 0) return 0;
  return base * (1 - std::pow(days / model.lifetime, 1 / model.speed));
}

std::optional<double> days_until_decayed(const DecayModel& model, double base) {
  if (base < model.threshold) return 0;
  if (model.lifetime <= 0 || base <= 0) return std::nullopt;
  return model.lifetime * std::pow(1 - model.threshold / base, model.speed);
}

BlockClock block_clock(const StoredIndicator& indicator, Time as_of) {
  const DecayModel& model = block_model(indicator.kind);
  BlockClock clock;
  const std::optional<std::uint8_t> stated = combined_confidence(indicator);
  clock.base = clock.score = stated ? static_cast<double>(*stated) : model.base;
  if (model.lifetime <= 0) return clock;
  clock.since = clock_start(indicator);
  if (!clock.since) return clock;
  const double days = static_cast<double>(as_of.micros - clock.since->micros) / micros_a_day;
  clock.score = decay_score(model, clock.base, days);
  clock.decayed = clock.score < model.threshold;
  if (const auto until = days_until_decayed(model, clock.base))
    clock.until = Time{clock.since->micros + static_cast<std::int64_t>(*until * micros_a_day)};
  return clock;
}

Result<PublishedModel> read_decaying_model(std::string_view json) {
  dom::parser parser;
  dom::object object, parameters, weights;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS ||
      object["parameters"].get(parameters) != simdjson::SUCCESS)
    return error(Fault::malformed, "no decaying model");
  PublishedModel model;
  if (std::string_view name; object["name"].get(name) == simdjson::SUCCESS) model.name = name;
  const auto take = [&](std::string_view key, double& out) {
    if (double number = 0; parameters[key].get(number) == simdjson::SUCCESS) out = number;
  };
  take("lifetime", model.model.lifetime);
  take("decay_speed", model.model.speed);
  take("threshold", model.model.threshold);
  take("default_base_score", model.model.base);
  if (parameters["base_score_config"].get(weights) == simdjson::SUCCESS)
    for (const auto [key, value] : weights)
      if (double weight = 0; value.get(weight) == simdjson::SUCCESS) model.weights[std::string(key)] = weight;
  if (!(model.model.lifetime > 0) || !(model.model.speed > 0)) return error(Fault::malformed, "no decaying model");
  return model;
}

double base_score(const PublishedModel& model, const std::map<std::string, double, std::less<>>& values) {
  double sum = 0, weights = 0;
  for (const auto& [predicate, value] : values) {
    const auto weight = model.weights.find(predicate);
    if (weight == model.weights.end()) continue;
    sum += weight->second * value;
    weights += weight->second;
  }
  return weights > 0 ? sum / weights : model.model.base;
}

}  // namespace testudo
