// Feeds of any format, read by a worker: files in, claims and defects out. Floor 7.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "intel/feed/feed_sink.h"
#include "intel/lint/lint_finding.h"
#include "sandbox/zygote.h"

namespace testudo {

// One file to read.
struct FeedJob {
  std::string path, name;    // `name` is the one by which the store knows the feed
  std::string format;        // a name of feed_formats(); empty: recognised by its content
  std::string known_sha256;  // of what was read last time: the same content is not read again. Empty: read anyway
};

// What the worker found of a file before it read the claims.
struct FeedArrival {
  std::size_t job = 0;
  std::string format;  // empty: no format that we know
  std::string sha256;  // empty where no claims are taken
  std::uint64_t octets = 0;
  bool unchanged = false;
};

class FeedReceiver {
 public:
  virtual ~FeedReceiver() = default;
  // False: the files are only checked, and begin() gives null for each.
  virtual bool takes_claims() const { return true; }
  // Where the feed's claims, with values normalised, shall go; null: nowhere.
  virtual Result<FeedSink*> begin(const FeedArrival& head) = 0;
  // After the last claim; an Error where the feed could not be read as its format. Also called where begin() gave null.
  virtual Result<void> end(const FeedArrival& head, const std::optional<Error>& wrong) = 0;
};

// What is wrong with the files, each by itself and all beside each other: told while they are read.
struct FeedCheck {
  const Descriptor& warnings;  // compiled warning lists, or not valid
  LintReceiver found;
};

// Files that a worker reads in their order. A feed on which it dies fails alone, with "feed_reader_died" (and is not
// compared with the files before it). Borrows all that it is made of.
class FeedReading {
 public:
  enum class Claims : std::uint8_t { taken, left };
  // `check` null: the files are not checked.
  FeedReading(Zygote& zygote, std::span<const FeedJob> jobs, Claims claims, const FeedCheck* check = nullptr)
      : zygote_(zygote), jobs_(jobs), claims_(claims), check_(check) {}

  // Lets a worker read ahead while the caller does something else; files() does it otherwise.
  Result<void> begin();
  // Until the last file has ended. What the check says of them beside each other may not have been told by then.
  Result<void> files(FeedReceiver& receiver);
  // That; after files(). "feed_compare_died" where the worker ended before it had said all.
  Result<void> comparison();

 private:
  Result<void> start_worker();
  Result<bool> receive(std::size_t first);
  Result<void> one_frame(const Frame& frame, std::size_t first);
  Result<void> give_up_feed();

  Zygote& zygote_;
  std::span<const FeedJob> jobs_;
  Claims claims_;
  const FeedCheck* check_;
  FeedReceiver* receiver_ = nullptr;
  std::vector<Descriptor> files_;
  std::optional<Worker> worker_;
  std::size_t next_ = 0;      // the first feed that no worker has ended
  bool began_ = false;        // it has begun
  FeedArrival head_;          // of the feed that has begun
  FeedSink* sink_ = nullptr;  // of the same
};

// All of it at once.
Result<void> read_feeds(Zygote& zygote, std::span<const FeedJob> jobs, FeedReceiver& receiver,
                        const FeedCheck* check = nullptr);

// The files named, and all files below the folders named, in a stable order. Names are relative to the folder named.
// `closed`: gets the folders below those that may not be read.
Result<std::vector<FeedJob>> feed_jobs(const std::vector<std::string>& paths,
                                       std::vector<std::string>* closed = nullptr);

}  // namespace testudo
