// Notes of one feed, capped: a feed with a million broken lines gives a hundred notes and their number. Floor 3.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "intel/feed/feed_sink.h"

namespace testudo {

class FeedNotes {
 public:
  static constexpr std::uint64_t cap = 100;  // notes of one defect that are passed on one by one
  explicit FeedNotes(FeedSink& sink) : sink_(sink) {}
  FeedNotes(const FeedNotes&) = delete;
  FeedNotes& operator=(const FeedNotes&) = delete;
  ~FeedNotes();  // says of each defect how many more there were: value "N more"
  // `value` is cut to 200 octets and made valid UTF-8.
  void add(std::string_view object, std::string_view defect, std::string_view value);
  // The same for a line of a text, which is named "line N".
  void add_line(std::uint64_t line, std::string_view defect, std::string_view value);

 private:
  FeedSink& sink_;
  std::map<std::string, std::uint64_t, std::less<>> counts_;
};

}  // namespace testudo
