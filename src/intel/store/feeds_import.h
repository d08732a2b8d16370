// FeedsImport: feeds put into the store one after the other, each whole or not at all. Floor 3.
#pragma once

#include <memory>
#include <optional>

#include "intel/store/feed_import.h"

namespace testudo {

class FeedsImport {
 public:
  virtual ~FeedsImport() = default;
  // The sink takes what the feed says until end() or drop().
  virtual Result<FeedSink*> begin(const FeedFile& file, FeedImport::Unrepeated unrepeated) = 0;
  // The feed is whole: what it changed.
  virtual Result<ImportDifference> end() = 0;
  // The feed turned out to be unreadable: what it said goes again.
  virtual Result<void> drop() = 0;
};

// Beside what a store holds already. The change is borrowed, and committed by the caller.
class ChangeImport : public FeedsImport, private FeedSink {
 public:
  explicit ChangeImport(StoreChange& change) : change_(change) {}
  Result<FeedSink*> begin(const FeedFile& file, FeedImport::Unrepeated unrepeated) override;
  Result<ImportDifference> end() override;
  Result<void> drop() override;

 private:
  void claim(const FeedClaim& claim) override { keep(feed_->claim(claim)); }
  void threat(std::uint64_t claim, std::string_view name) override { keep(feed_->threat(claim, name)); }
  void supersede(std::uint64_t claim) override { keep(feed_->supersede(claim)); }
  void kept(const KeptPattern& pattern) override { keep(feed_->kept(pattern)); }
  void object(const KeptObject& object) override { keep(feed_->object(object)); }
  void seen(const FeedSeen& seen) override { feed_->seen(seen); }
  void note(std::string_view object, std::string_view defect, std::string_view value) override {
    keep(feed_->note(object, defect, value));
  }
  void keep(Result<void> done) {
    if (!done && !wrong_) wrong_ = std::move(done).error();
  }

  StoreChange& change_;
  std::optional<FeedImport> feed_;
  std::optional<Error> wrong_;  // the first thing that went wrong in the store
};

}  // namespace testudo
