// A STIX feed made by whoever wrote it. Properties: claims are numbered as they come and are spoken of afterwards only;
// what is given back only grows; and as a set, an error adds nothing, what was added compiles into an image that opens,
// and each of its indicators is found by its own value.
#include <cstdlib>

#include "base/text.h"
#include "base/url.h"
#include "intel/feed.h"
#include "intel/feed/stix.h"
#include "intel/matcher.h"

namespace {

using namespace testudo;

struct Checked : FeedSink {
  std::uint64_t claims = 0;
  void claim(const FeedClaim&) override { ++claims; }
  void threat(std::uint64_t claim, std::string_view name) override {
    if (claim >= claims || name.empty()) std::abort();
  }
  void supersede(std::uint64_t claim) override {
    if (claim >= claims) std::abort();
  }
  void kept(const KeptPattern& pattern) override {
    if (pattern.language.empty() || pattern.text.empty() || pattern.why.empty()) std::abort();
  }
  void object(const KeptObject& object) override {
    if (object.json.empty() || !is_utf8(object.json)) std::abort();
  }
  void note(std::string_view, std::string_view defect, std::string_view) override {
    if (defect.empty()) std::abort();
  }
};

void check_set(std::string_view text) {
  IndicatorSet set;
  const bool read = set.add_stix("fuzz", text).ok();
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
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  Checked sink;
  static_cast<void>(read_stix({.name = "fuzz", .text = text}, sink).ok());
  check_set(text);
  return 0;
}
