// Indicators: feed files read and compiled by a worker into a memory file that all workers share. Floor 7.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/wire.h"
#include "intel/feed.h"
#include "intel/matcher.h"
#include "intel/warning/warning_lists.h"
#include "report/check_report.h"
#include "sandbox/zygote.h"

namespace testudo {

// A read-only mapping of a memory file.
class Mapping {
 public:
  Mapping() = default;
  static Result<Mapping> of(int fd);
  ~Mapping();
  Mapping(Mapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  Bytes bytes() const { return bytes_; }

 private:
  explicit Mapping(Bytes bytes) : bytes_(bytes) {}
  Bytes bytes_;
};

struct Indicators {
  Descriptor image;  // sealed memory file: hand it to workers
  Mapping mapping;
  Matcher matcher;  // borrows the mapping
  std::vector<FeedFacts> feeds;
  std::vector<FeedNote> notes;
  std::vector<std::string> closed;  // folders below those named that may not be read
  Mapping warnings_mapping;
  std::optional<WarningLists> warnings;  // of the store, where it has any; borrows their mapping
  const WarningLists* warning_lists() const { return warnings ? &*warnings : nullptr; }
};

// What is known of a feed, between processes and beside a store's image.
void append_feed(std::string& out, const FeedFacts& feed);
Result<FeedFacts> read_feed(WireIn& in);  // texts made valid UTF-8

// Moves what is known of the feeds into a report.
void enter_feeds(Indicators& indicators, CheckReport& report);

// Reads the files named, and all files below the folders named (in order of path). A file that is no feed is a note, an
// unreadable path an Error. Without any path: an empty set.
Result<Indicators> load_indicators(Zygote& zygote, const std::vector<std::string>& paths);

}  // namespace testudo
