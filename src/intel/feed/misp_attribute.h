// One attribute of MISP, however it was written down, as claims or kept patterns. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "intel/feed/feed_notes.h"
#include "intel/feed/feed_sink.h"
#include "intel/feed/misp_tags.h"
#include "intel/feed/misp_types.h"

namespace testudo {

struct MispAttribute {
  std::string_view type, category, value, uuid, comment;
  std::string_view object, relation;  // the template it stands in and its place there; empty outside of objects
  std::optional<bool> to_ids;
  bool deleted = false;
  std::optional<Time> created, modified, valid_until, first_seen, last_seen;
};

class MispClaims {
 public:
  MispClaims(FeedSink& sink, FeedNotes& notes) : sink_(sink), notes_(notes) {}
  // Whether its type has a meaning of ours. If not, nothing was done with it: the caller keeps it.
  // `event` names what stands behind all of them where no tag does.
  bool add(const MispAttribute& attribute, const MispMarks& marks, std::string_view event);
  // As a pattern "type: value" that nothing is compared with.
  void keep(const MispAttribute& attribute, const MispMarks& marks, std::string_view why);

 private:
  void claims(const MispAttribute& attribute, const MispType& type, const MispMarks& marks, std::string_view event);
  void rule(const MispAttribute& attribute, const MispType& type, const MispMarks& marks, std::string_view event);
  void emit(FeedClaim& claim, const MispAttribute& attribute, const MispMarks& marks, std::string_view event);
  FeedSink& sink_;
  FeedNotes& notes_;
  std::uint64_t claims_ = 0;
};

}  // namespace testudo
