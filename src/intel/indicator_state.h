// What an IndicatorSet holds, shared by the code that fills it. Floor 3.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "intel/feed.h"
#include "intel/indicator_store.h"

namespace testudo {

// Notes, at most a thousand a file and defect: after those one note counts the rest.
class NoteBook {
 public:
  void add(std::string_view file, std::string_view object, std::string_view defect, std::string_view value);
  // Adds what another book says. What both say of one file and defect is listed up to the limit of each.
  void append(NoteBook&& other);
  const std::vector<FeedNote>& notes() const { return notes_; }

 private:
  struct Tally {
    std::uint64_t count = 0;
    std::size_t rest = 0;  // the note that counts what is not listed
  };
  std::vector<FeedNote> notes_;
  std::map<std::pair<std::string, std::string>, Tally, std::less<>> tallies_;
};

struct IndicatorState {
  IndicatorStore store;
  NoteBook notes;
  std::vector<FeedSummary> feeds;

  // Normalises, notes what was odd, stores. Nothing if no indicator can be made of it.
  std::optional<IndicatorStore::Added> add(Kind type, std::string_view value, const IndicatorSource& source);
};

struct IndicatorSet::State : IndicatorState {};

}  // namespace testudo
