// testudo intel eval: a STIX pattern against an observed-data bundle.
#include <cstdio>

#include <simdjson.h>

#include "app/intel/sub_verb.h"
#include "app/worker/text_worker.h"
#include "base/text.h"
#include "intel/pattern/eval.h"

namespace testudo {
namespace {

struct Arguments {
  std::string pattern, observed;
  bool json = false;
};

std::string text_at(simdjson::dom::element answer, const char* key) {
  std::string_view text;
  return answer[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::uint64_t number_at(simdjson::dom::element answer, const char* key) {
  std::uint64_t number = 0;
  return answer[key].get(number) == simdjson::SUCCESS ? number : 0;
}

void tell(simdjson::dom::element answer, PatternOutcome outcome, const IntelCall& call) {
  const std::string why = visible(text_at(answer, "why"));
  if (outcome == PatternOutcome::not_a_pattern)
    std::fprintf(
        stderr, "%s\n",
        call.words
            .say("intel.eval.not_a_pattern", {{"column", std::to_string(number_at(answer, "column"))}, {"why", why}})
            .c_str());
  if (outcome == PatternOutcome::bad_observation)
    std::fprintf(stderr, "%s\n", call.words.say("intel.eval.bad_observation", {{"why", why}}).c_str());
  if (outcome == PatternOutcome::no_match) {
    bool gave_up = false;
    const bool told = answer["gave_up"].get(gave_up) == simdjson::SUCCESS;
    call.print(told && gave_up ? "intel.eval.gave_up" : "intel.eval.no_match");
  }
  if (outcome != PatternOutcome::match) return;
  call.print("intel.eval.match");
  simdjson::dom::array observations;
  if (answer["observations"].get(observations) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element id : observations) std::puts(visible(std::string_view(id)).c_str());
}

// A file that cannot be opened is a bad observation file too: status 3, not 2.
Result<int> eval(const Arguments& a, const IntelCall& call) {
  constexpr int bad_observation = static_cast<int>(PatternOutcome::bad_observation);
  auto file = open_named(a.observed);
  if (!file) {
    (void)fail(call.words, file.error());
    return bad_observation;
  }
  const int descriptors[] = {file->get()};
  const auto answered = ask_worker(call.zygote, Task::evaluate_pattern, a.pattern, descriptors);
  if (!answered) {
    (void)fail(call.words, answered.error());
    return bad_observation;
  }
  simdjson::dom::parser parser;
  simdjson::dom::element answer;
  std::uint64_t outcome = 0;
  if (parser.parse(*answered).get(answer) != simdjson::SUCCESS || answer["outcome"].get(outcome) != simdjson::SUCCESS ||
      outcome > bad_observation)
    return error(Fault::internal, "an answer that is none");
  if (a.json)
    std::puts(answered->c_str());
  else
    tell(answer, static_cast<PatternOutcome>(outcome), call);
  return static_cast<int>(outcome);
}

}  // namespace

void add_intel_eval(IntelVerb& verb) {
  auto a = std::make_shared<Arguments>();
  Verb sub = verb.add("eval", a, eval);
  sub.option("pattern", a->pattern).required();
  sub.option("observed", a->observed).required();
  sub.flag("--json", a->json);
}

}  // namespace testudo
