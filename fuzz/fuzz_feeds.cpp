// A feed of any format: the first octet picks the reader. Properties: nothing is
// claimed that is not valid UTF-8, notes are capped, threats follow their claims.
#include <cstdlib>

#include "base/bytes.h"
#include "base/text.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/feed_lines.h"
#include "intel/normalise.h"

namespace {

using namespace testudo;

class Checked : public FeedSink {
 public:
  void claim(const FeedClaim& claim) override {
    ++claims_;
    if (!is_utf8(claim.value) || !is_utf8(claim.comment) || !is_utf8(claim.threat)) std::abort();
    if (claim.confidence && *claim.confidence > 100) std::abort();
    Defects defects;
    (void)normalise_indicator(claim.kind, claim.value, defects);
  }
  void threat(std::uint64_t claim, std::string_view) override {
    if (claim >= claims_) std::abort();
  }
  void supersede(std::uint64_t) override {}
  void kept(const KeptPattern& pattern) override {
    if (pattern.language.empty() || pattern.why.empty()) std::abort();
  }
  void object(const KeptObject& object) override {
    if (object.type.empty()) std::abort();
  }
  void note(std::string_view, std::string_view defect, std::string_view value) override {
    if (defect.empty() || value.size() > 1024 || !is_utf8(value)) std::abort();
  }

 private:
  std::uint64_t claims_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto formats = feed_formats();
  const FeedFormat& format = formats[data[0] % formats.size()];
  const std::string_view text = as_text({data + 1, size - 1});
  for (const std::string_view name : {"feed", "domains.txt"}) {
    const int likeness = format.likeness(FeedHead(name, text));
    if (likeness < 0 || likeness > 100) std::abort();
    Checked sink;
    (void)format.read({name, text}, sink).ok();
  }
  return 0;
}
