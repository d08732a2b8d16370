// STIX 2.0 and 2.1 as feeds: bundles, TAXII envelopes, bare arrays, one object a line, several of them one after the
// other. Floor 3. What is done with each object and oddity: docs/formats/stix.md.
#pragma once

#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/feed_sink.h"
#include "intel/feed/stix_object.h"

namespace testudo {

// Walks a feed of any size object by object and keeps of it only what later objects may refer to (about 100 octets an
// indicator with its relationship). An Error, after which the sink's notes are all that there is, only if no object can
// be read. A cut file gives what came before the cut and a note `truncated`.
Result<void> read_stix(const FeedText& feed, FeedSink& sink);

extern const FeedFormat stix_format;

// What a caller may want to know beside what the sink is told.
struct StixFigures {
  std::uint64_t objects = 0, indicators = 0;
  std::optional<Time> newest;  // latest `modified`, or `created` where that is absent, of all objects
};

// Told before anything else is said of an indicator; the claims and the pattern that follow are this indicator's.
// Views live until the call returns.
class StixWatcher {
 public:
  virtual ~StixWatcher() = default;
  virtual void indicator(std::string_view id, std::string_view pattern) = 0;
  // Told of every object that could be parsed, before anything else; `json` is the object with all its members.
  virtual void parsed(const StixObject& object, simdjson::dom::object json) {
    static_cast<void>(object);
    static_cast<void>(json);
  }
};

Result<StixFigures> read_stix(const FeedText& feed, FeedSink& sink, StixWatcher* watcher);

}  // namespace testudo
