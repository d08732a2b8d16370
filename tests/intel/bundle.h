// Small STIX bundles, made in the tests: every value is invented.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_text.h"
#include "intel/feed.h"
#include "intel/matcher.h"

namespace testudo::test {

inline std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

// Objects one after the other; text() is the bundle.
class Bundle {
 public:
  Bundle& object(std::string json) {
    objects_ += (objects_.empty() ? "" : ",\n") + std::move(json);
    return *this;
  }
  Bundle& named(std::string_view type, std::string_view id, std::string_view name) {
    return object("{\"type\":" + quoted(type) + ",\"spec_version\":\"2.1\",\"id\":" + quoted(id) +
                  ",\"name\":" + quoted(name) + ",\"created\":\"2024-01-01T00:00:00Z\"}");
  }
  // `more`: further members, with their leading comma.
  Bundle& indicator(std::string_view id, std::string_view pattern, std::string_view more = "") {
    return object("{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":" + quoted(id) +
                  ",\"created\":\"2024-01-01T00:00:00Z\",\"pattern_type\":\"stix\",\"pattern\":" + quoted(pattern) +
                  std::string(more) + "}");
  }
  Bundle& relationship(std::string_view from, std::string_view to, std::string_view more = "") {
    return object("{\"type\":\"relationship\",\"spec_version\":\"2.1\",\"id\":\"relationship--" +
                  std::to_string(++relationships_) + "\",\"relationship_type\":\"indicates\",\"source_ref\":" +
                  quoted(from) + ",\"target_ref\":" + quoted(to) + std::string(more) + "}");
  }
  std::string text() const { return "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[" + objects_ + "]}"; }

 private:
  std::string objects_;
  int relationships_ = 0;
};

// A set, its image and a matcher over it. Not to be moved: the matcher borrows the image.
struct Compiled {
  explicit Compiled(const IndicatorSet& set) : image(set.compile()), matcher(Matcher::open(as_bytes(image)).value()) {}
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  // "value exact", "value below" or "value truncated", sorted.
  std::vector<std::string> find(Kind kind, std::string_view value) const {
    std::vector<Match> matches;
    matcher.find(kind, value, matches);
    std::vector<std::string> found;
    for (const Match& match : matches) {
      constexpr std::string_view how[] = {"exact", "below", "truncated"};
      found.push_back(matcher.describe(match.indicator).value + " " + std::string(how[static_cast<int>(match.how)]));
    }
    std::ranges::sort(found);
    return found;
  }
  // The first match of an exact look-up.
  IndicatorRef ref(Kind kind, std::string_view value) const {
    std::vector<Match> matches;
    matcher.find(kind, value, matches);
    return matches.empty() ? IndicatorRef{} : matcher.describe(matches[0].indicator);
  }

  std::string image;
  Matcher matcher;
};

// "object: value" of every note with this defect.
inline std::vector<std::string> notes(const IndicatorSet& set, std::string_view defect) {
  std::vector<std::string> found;
  for (const FeedNote& note : set.notes())
    if (note.defect == defect) found.push_back(note.object + ": " + note.value);
  return found;
}

inline IndicatorSet set_of(const Bundle& bundle) {
  IndicatorSet set;
  const Result<void> read = set.add_stix("test.stix2", bundle.text());
  if (!read) throw std::runtime_error(read.error().what);
  return set;
}

}  // namespace testudo::test
