// Feeds read into an IndicatorSet, and the set compiled into a Matcher's image. Floor 3.
// Facts: docs/formats/stix.md, docs/formats/feeds.md.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "intel/feed/feed_sink.h"
#include "record/finding.h"

namespace testudo {

// What a feed file gave, for the user: nothing is dropped without a line here.
struct FeedNote {
  std::string file, object;  // object id, empty if it concerns the whole file
  std::string defect;        // stable snake_case: "unsupported_pattern", "dangling_relationship", "duplicate_id", …
  std::string value;
};

struct FeedSummary {
  std::string name;                 // file name without folders
  std::uint64_t indicators = 0;     // that can be matched on a device
  std::uint64_t not_evaluated = 0;  // kept and listed, but no device evidence can meet them (compound patterns, …)
  std::optional<Time> newest;       // latest `modified` or `created` in it: the feed's age
  std::string sha256;
};

class IndicatorSet {
 public:
  IndicatorSet();
  ~IndicatorSet();
  IndicatorSet(IndicatorSet&&) noexcept;
  IndicatorSet& operator=(IndicatorSet&&) noexcept;
  // Adds one value as a feed spells it; normalises it and may change the type (an address in a domain pattern is an
  // address). Returns false, with a note, if no indicator of this type can be made of it.
  // What is context or a victim's (`role`) says nothing against who has it: a finding is graded so. Such a value is
  // refused if unrelated people use it.
  bool add(Kind type, std::string_view value, IndicatorSource source, Role role = Role::unstated);
  // Reads one STIX bundle. An Error only if it is not JSON or not STIX at all, and then nothing of it is added; every
  // broken object costs itself alone. With `as_of`, indicators whose `valid_until` lies before it are left out (noted
  // `expired`); without, none is: looking back at evidence, an indicator stays true of its own time. Results speak of
  // the feed by `name`.
  Result<void> add_stix(std::string_view name, std::string_view json, std::optional<Time> as_of = std::nullopt);
  // Reads a feed of any format that its name and first octets look like (docs/formats/feeds.md). As add_stix otherwise;
  // an Error also where it holds no indicator at all.
  Result<void> add_feed(std::string_view name, std::string_view text, std::optional<Time> as_of = std::nullopt);
  const std::vector<FeedNote>& notes() const;
  const std::vector<FeedSummary>& feeds() const;
  std::size_t size() const;
  // The image for Matcher::open. The same set in the same order gives the same bytes.
  std::string compile() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace testudo
