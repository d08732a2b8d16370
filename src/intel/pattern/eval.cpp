// Pattern, observations, binding, answer.
#include "intel/pattern/eval.h"

#include "intel/pattern/binding.h"
#include "intel/pattern/hash_constants.h"

namespace testudo {

PatternEvaluation evaluate_pattern(std::string_view pattern, std::string_view observed_json) {
  PatternEvaluation answer;
  const Result<ObservationTree> tree = parse_pattern(pattern, PatternStrictness::strict);
  const Result<void> judged = tree ? check_hash_constants(tree.value()) : Result<void>(tree.error());
  if (!judged) {
    answer.outcome = PatternOutcome::not_a_pattern;
    answer.column = judged.error().offset;
    answer.why = judged.error().what;
    return answer;
  }
  const Result<Observed> observed = Observed::read(observed_json);
  if (!observed) {
    answer.outcome = PatternOutcome::bad_observation;
    answer.why = observed.error().what;
    return answer;
  }
  const std::vector<Observation>& observations = observed.value().observations();
  Binding binding(tree.value(), observations);
  const bool found = binding.find();
  answer.gave_up = binding.gave_up() && !found;
  if (!found) return answer;
  answer.outcome = PatternOutcome::match;
  for (std::size_t i = 0; i < observations.size(); ++i)
    if (binding.used()[i] > 0)
      answer.observations.push_back(observations[i].id.empty() ? "#" + std::to_string(i + 1) : observations[i].id);
  return answer;
}

}  // namespace testudo
