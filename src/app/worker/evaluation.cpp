// Worker: a STIX pattern against an observation file.
#include "app/worker/text_worker.h"
#include "base/json_text.h"
#include "intel/pattern/eval.h"

namespace testudo {

void evaluate_pattern_worker(std::string_view request, std::span<const int> descriptors, FrameWriter& out) {
  constexpr std::uint64_t largest = 1ULL << 30;
  auto observed = read_all(descriptors[0], largest);
  if (!observed) return out.fail(observed.error());
  const PatternEvaluation done = evaluate_pattern(request, *observed);
  std::string text;
  JsonText json(text);
  json.object().key("outcome").integer(static_cast<std::int64_t>(done.outcome));
  json.key("observations").array();
  for (const std::string& id : done.observations) json.string(id);
  json.end().key("column").integer(static_cast<std::int64_t>(done.column)).key("why").string(done.why);
  json.key("gave_up").boolean(done.gave_up).end();
  write_answer(out, text);
}

}  // namespace testudo
