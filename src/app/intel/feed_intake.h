// FeedIntake: feeds read by a worker and put into the store in one change, each feed whole or not at all. Floor 7.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/worker/feed.h"
#include "base/catalogue.h"
#include "intel/feed/file_marking.h"
#include "intel/store/feeds_import.h"

namespace testudo {

// What became of one file, or of a feed of which no file came.
struct FeedOutcome {
  enum class State : std::uint8_t { imported, unchanged, not_a_feed, failed, not_fetched, not_modified };
  std::string name, format;
  State state = State::not_a_feed;
  ImportDifference difference;
  std::string why;  // of `failed` and `not_fetched`
};
std::string_view state_name(FeedOutcome::State state);
// Whether something of it is missing in the store: it failed, or could not be read to its end.
bool lacks_something(const FeedOutcome& outcome);

// Where a feed came from, for the store's sources; all optional.
struct FeedOrigin {
  std::string address, licence, etag, last_modified;
  std::optional<Tlp> tlp;  // what the user says of it; the stricter counts
  bool whole = true;       // false: what is new since the last time, so that nothing ends because it is not repeated
};

class FeedIntake : public FeedReceiver {
 public:
  // `origins`: one for each job, or none.
  FeedIntake(FeedsImport& import, std::span<const FeedJob> jobs, std::vector<FeedOrigin> origins = {})
      : import_(import), jobs_(jobs), origins_(std::move(origins)) {}
  Result<FeedSink*> begin(const FeedArrival& head) override;
  Result<void> end(const FeedArrival& head, const std::optional<Error>& wrong) override;
  const std::vector<FeedOutcome>& outcomes() const { return outcomes_; }
  bool changed() const;

 private:
  FeedsImport& import_;
  std::span<const FeedJob> jobs_;
  std::vector<FeedOrigin> origins_;
  bool reading_ = false;
  std::optional<MarkedSink> marked_;
  std::vector<FeedOutcome> outcomes_;
};

// Gives each job the digest that the store remembers of the source of that name.
Result<void> remember_digests(IntelStore& store, std::vector<FeedJob>& jobs);

// Gives each origin without a marking the one that the user gave its source before, and says so on standard error.
Result<void> remember_markings(IntelStore& store, std::span<const FeedJob> jobs, std::vector<FeedOrigin>& origins,
                               const Catalogue& words);

// Whether what was odd about the feeds has been told already, or is only counted here.
enum class Remarks : std::uint8_t { counted, told };

// The outcomes, for people and as one JSON document. `generation` 0: nothing was written.
void print_outcomes(const std::vector<FeedOutcome>& outcomes, std::int64_t generation, const Catalogue& words,
                    Remarks remarks = Remarks::counted);
std::string outcomes_json(const std::vector<FeedOutcome>& outcomes, std::int64_t generation);

}  // namespace testudo
