// A feed's claims as frames: what the worker that reads a feed tells its parent. Floor 7.
#pragma once

#include <string>

#include "intel/feed/feed_sink.h"
#include "sandbox/frames.h"

namespace testudo {

// The worker's side: everything that is said becomes a frame.
class FrameSink : public FeedSink {
 public:
  explicit FrameSink(FrameWriter& out) : out_(out) {}
  void claim(const FeedClaim& claim) override;
  void threat(std::uint64_t claim, std::string_view name) override;
  void supersede(std::uint64_t claim) override;
  void kept(const KeptPattern& pattern) override;
  void object(const KeptObject& object) override;
  void seen(const FeedSeen& seen) override;
  void note(std::string_view object, std::string_view defect, std::string_view value) override;

 private:
  FrameWriter& out_;
};

// The parent's side: repeats a frame to `sink`. The worker read hostile octets, so everything is checked: kinds and
// roles are ones that exist, texts are UTF-8. False if the frame is of another kind.
Result<bool> repeat_frame(const Frame& frame, FeedSink& sink);

}  // namespace testudo
