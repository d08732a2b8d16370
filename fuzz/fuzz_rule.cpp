// A rule's header and the condition that it puts on rows: an analyst's file may be broken in any way. What is accepted
// has all that a finding says.
#include <array>
#include <cstdlib>

#include "base/text.h"
#include "detect/rules.h"

using namespace testudo;

namespace {

constexpr std::array<FieldInfo, 2> fields{FieldInfo{"process", Kind::process, "", Show::plain},
                                          FieldInfo{"at", Kind::time, "", Show::event}};
const RecordType type{"ios.fuzz", "", "{process}", fields};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto rule = parse_rule("fuzz", as_text({data, size}));
  if (!rule) return 0;
  const Rule& r = rule.value();
  if (r.title.empty() || r.proves.empty() || r.does_not_prove.empty() || r.next.empty() || r.sql.empty()) std::abort();
  if (r.confidence < 0 || r.confidence > 100 || !r.rows.contains(r.record)) std::abort();
  // Made ready, never run: what a rule computes is its author's, the evidence only fills its parameters.
  static_cast<void>(RuleFilter::create({r}, {&type}).ok());
  return 0;
}
