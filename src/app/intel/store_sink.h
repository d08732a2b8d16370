// StoreSink: a FeedSink that writes into the store; what goes wrong is kept and told at the end. Floor 7.
#pragma once

#include <optional>

#include "intel/store/feed_import.h"

namespace testudo {

class StoreSink : public FeedSink {
 public:
  explicit StoreSink(FeedImport& import) : import_(import) {}
  void claim(const FeedClaim& claim) override { keep(import_.claim(claim)); }
  void threat(std::uint64_t claim, std::string_view name) override { keep(import_.threat(claim, name)); }
  void supersede(std::uint64_t claim) override { keep(import_.supersede(claim)); }
  void kept(const KeptPattern& pattern) override { keep(import_.kept(pattern)); }
  void object(const KeptObject& object) override { keep(import_.object(object)); }
  void note(std::string_view object, std::string_view defect, std::string_view value) override {
    keep(import_.note(object, defect, value));
  }
  // The first thing that went wrong in the store.
  const std::optional<Error>& wrong() const { return wrong_; }

 private:
  void keep(Result<void> done) {
    if (!done && !wrong_) wrong_ = std::move(done).error();
  }
  FeedImport& import_;
  std::optional<Error> wrong_;
};

}  // namespace testudo
