#include "intel/feed/normalising_sink.h"

#include <string>

#include "intel/feed/claim_words.h"
#include "intel/feed/tlp_said.h"

namespace testudo {
namespace {

// A remark on one value may mark it, too. Longer ones tell of other things.
std::optional<Tlp> marking_with(std::optional<Tlp> tlp, std::string_view remark) {
  constexpr std::size_t longest = 200;
  if (remark.size() > longest || !may_name_tlp(remark)) return tlp;
  return stricter(tlp, tlp_said_in_parts(remark, Brackets::part).stated());
}

}  // namespace

void NormalisingSink::claim(const FeedClaim& claim) {
  Defects defects;
  const auto normal = normalise_indicator(claim.kind, claim.value, defects);
  if (next_ != nullptr) pass_on(claim, normal, defects);
  normalised(claim, normal, defects);
}

void NormalisingSink::pass_on(const FeedClaim& claim, const std::optional<NormalisedIndicator>& normal,
                              const Defects& defects) {
  for (const std::string_view defect : defects) next_->note(claim.object, defect, claim.value);
  const std::optional<Tlp> tlp = marking_with(claim.tlp, claim.comment);
  if (!normal) {
    numbers_.push_back(none);
    const std::string text = std::string(kind_name(claim.kind)) + ": " + std::string(claim.value);
    const std::string_view why = defects.empty() ? std::string_view("not_a_value") : defects.back();
    return next_->kept({.language = "value",
                        .text = text,
                        .object = claim.object,
                        .name = claim.threat,
                        .why = why,
                        .tlp = tlp,
                        .revoked = claim.revoked});
  }
  FeedClaim passed = claim;
  passed.tlp = tlp;
  passed.kind = normal->type;
  passed.value = normal->value;
  passed.shown = normal->shown;
  passed.standing = {normal->exact_only, normal->generic};
  numbers_.push_back(passed_++);
  next_->claim(passed);
}

void NormalisingSink::kept(const KeptPattern& pattern) {
  if (next_ == nullptr) return;
  KeptPattern passed = pattern;
  passed.tlp = marking_with(pattern.tlp, pattern.name);
  next_->kept(passed);
}

void NormalisingSink::threat(std::uint64_t claim, std::string_view name) {
  if (claim < numbers_.size() && numbers_[claim] != none) next_->threat(numbers_[claim], name);
}

void NormalisingSink::supersede(std::uint64_t claim) {
  if (claim < numbers_.size() && numbers_[claim] != none) next_->supersede(numbers_[claim]);
}

}  // namespace testudo
