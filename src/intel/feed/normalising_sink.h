// NormalisingSink: stands between a feed's reader and whoever keeps its claims, and passes on values in the one
// spelling in which they are compared. A value that no indicator can be made of goes on as a kept pattern. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "intel/feed/feed_sink.h"
#include "intel/normalise.h"

namespace testudo {

class NormalisingSink : public FeedSink {
 public:
  // `next` null: nobody keeps the claims.
  explicit NormalisingSink(FeedSink* next) : next_(next) {}
  void claim(const FeedClaim& claim) override;
  void threat(std::uint64_t claim, std::string_view name) override;
  void supersede(std::uint64_t claim) override;
  void kept(const KeptPattern& pattern) override;
  void object(const KeptObject& object) override {
    if (next_ != nullptr) next_->object(object);
  }
  void seen(const FeedSeen& seen) override {
    if (next_ != nullptr) next_->seen(seen);
  }
  void note(std::string_view object, std::string_view defect, std::string_view value) override {
    if (next_ != nullptr) next_->note(object, defect, value);
  }

 protected:
  // Told of each claim as the reader said it, and of what its value is; after the claim was passed on.
  virtual void normalised(const FeedClaim& claim, const std::optional<NormalisedIndicator>& normal,
                          const Defects& defects) {
    static_cast<void>(claim), static_cast<void>(normal), static_cast<void>(defects);
  }

 private:
  void pass_on(const FeedClaim& claim, const std::optional<NormalisedIndicator>& normal, const Defects& defects);

  static constexpr std::uint32_t none = ~std::uint32_t{0};
  FeedSink* next_;
  std::vector<std::uint32_t> numbers_;  // from the reader's numbers to the next sink's
  std::uint32_t passed_ = 0;
};

}  // namespace testudo
