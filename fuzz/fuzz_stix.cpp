// A STIX bundle made by whoever wrote the feed. Properties: an error adds nothing; what was added compiles into an
// image that opens, and each of its indicators is found by its own value.
#include <cstdlib>

#include "base/text.h"
#include "base/url.h"
#include "intel/feed.h"
#include "intel/matcher.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace testudo;
  IndicatorSet set;
  const bool read = set.add_stix("fuzz", as_text({data, size})).ok();
  if (!read && (set.size() != 0 || !set.notes().empty())) std::abort();
  const std::string image = set.compile();
  const Result<Matcher> opened = Matcher::open(as_bytes(image));
  if (!opened || opened.value().size() != set.size()) std::abort();
  for (std::uint32_t i = 0; i < set.size(); ++i) {
    const IndicatorRef ref = opened.value().describe(i);
    std::vector<Match> matches;
    opened.value().find(ref.type, ref.value, matches);
    // Links and names without case are described as their feed spells them.
    opened.value().find(ref.type, lower_ascii(ref.value), matches);
    if (ref.type == Kind::url) opened.value().find(ref.type, normalise_url(ref.value).value_or(std::string()), matches);
    bool found = false;
    for (const Match& match : matches) found |= match.indicator == i && match.how == MatchHow::exact;
    if (!found) std::abort();
  }
  return 0;
}
