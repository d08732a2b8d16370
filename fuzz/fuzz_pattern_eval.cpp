// A STIX pattern, and behind a line's end observed data. Properties: an error has its column inside the pattern or
// right behind it; a match names its observations; what is a pattern for the evaluation is one for the import too.
#include <cstdlib>

#include "base/bytes.h"
#include "intel/pattern/eval.h"
#include "intel/stix_pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace testudo;
  const std::string_view text = as_text({data, size});
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view pattern = text.substr(0, end);
  const PatternEvaluation answer = evaluate_pattern(pattern, text.substr(std::min(end + 1, text.size())));
  if (answer.outcome == PatternOutcome::not_a_pattern) {
    if (answer.why.empty() || answer.column == 0 || answer.column > pattern.size() + 1) std::abort();
    return 0;
  }
  if ((answer.outcome == PatternOutcome::match) == answer.observations.empty()) std::abort();
  if (!parse_stix_pattern(pattern)) std::abort();
  return 0;
}
