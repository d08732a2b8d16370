// The cap on notes of one kind.
#include "intel/feed/feed_notes.h"

#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t value_shown = 200;

}  // namespace

FeedNotes::~FeedNotes() {
  for (const auto& [defect, count] : counts_)
    if (count > cap) sink_.note("", defect, std::to_string(count - cap) + " more");
}

void FeedNotes::add(std::string_view object, std::string_view defect, std::string_view value) {
  auto place = counts_.find(defect);
  if (place == counts_.end()) place = counts_.emplace(std::string(defect), 0).first;
  if (++place->second > cap) return;
  if (value.size() > value_shown) {
    value = value.substr(0, value_shown);
    // A character that the cut goes through would read as damage of the feed.
    while (!value.empty() && (static_cast<unsigned char>(value.back()) & 0xC0) == 0x80) value.remove_suffix(1);
    if (!value.empty() && static_cast<unsigned char>(value.back()) >= 0xC0) value.remove_suffix(1);
  }
  sink_.note(to_utf8(object), defect, to_utf8(value));
}

void FeedNotes::add_line(std::uint64_t line, std::string_view defect, std::string_view value) {
  add("line " + std::to_string(line), defect, value);
}

}  // namespace testudo
