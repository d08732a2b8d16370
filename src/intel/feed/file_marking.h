// The marking that a file gives itself, and the sink that holds all of its claims and kept rules to it. Floor 3.
// What counts as one: docs/formats/feeds.md, F6.
#pragma once

#include <optional>

#include "intel/feed/feed_format.h"
#include "intel/feed/feed_sink.h"

namespace testudo {

// The strictest marking that the file's first 64 KiB or last 4 KiB state: in comments, and in the lines that `said_in`
// names. Notes "unreadable_tlp" where it counts as amber+strict and "tlp_in_text" where a marking is named in passing.
std::optional<Tlp> marking_of_file(const FeedText& feed, FeedFormat::SaidIn said_in, FeedSink& sink);

// Passes everything on, claims and kept patterns with the stricter of their own marking and `tlp`, claims with the role
// that blocks least of their own and `role`.
class MarkedSink : public FeedSink {
 public:
  explicit MarkedSink(FeedSink& next, std::optional<Tlp> tlp = std::nullopt) : next_(next), tlp_(tlp) {}
  // For what follows.
  void hold(std::optional<Tlp> tlp, Role role) {
    tlp_ = tlp;
    role_ = role;
  }
  void claim(const FeedClaim& claim) override;
  void threat(std::uint64_t claim, std::string_view name) override { next_.threat(claim, name); }
  void supersede(std::uint64_t claim) override { next_.supersede(claim); }
  void kept(const KeptPattern& pattern) override;
  void object(const KeptObject& object) override { next_.object(object); }
  void seen(const FeedSeen& seen) override;
  void note(std::string_view object, std::string_view defect, std::string_view value) override {
    next_.note(object, defect, value);
  }

 private:
  FeedSink& next_;
  std::optional<Tlp> tlp_;
  Role role_ = Role::unstated;
};

}  // namespace testudo
