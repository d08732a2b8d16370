// What the tags and galaxies of MISP say of an event or attribute. Floor 3.
// Sources: the taxonomies tlp, misp, admiralty-scale, estimative-language and false-positive of misp-taxonomies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "intel/feed/feed_sink.h"

namespace testudo {

struct MispMarks {
  std::optional<Tlp> tlp;                   // the strictest of all tags
  std::optional<std::uint8_t> confidence;   // 0 to 100
  std::optional<std::uint8_t> reliability;  // of the source, the same scale; lowers the confidence, never raises it
  std::optional<Role> role;                 // benign for a confirmed false positive
  std::vector<std::string> threats;         // names of galaxy clusters: malware and tools first, then actors
  // What our own exports say where MISP has no place for it (docs/manual/export.md).
  bool collection = false;  // of an event: its title, date and marking are not those of its attributes
  std::optional<Kind> kind;
  std::optional<Time> created, valid_from, valid_until;
  std::optional<std::uint8_t> exact_confidence;

  void add_tag(std::string_view name);
  // The members Tag (EventTag, AttributeTag, ObjectTag) and Galaxy of an event, attribute or object.
  void add(simdjson::dom::object holder);
  std::optional<std::uint8_t> sureness() const;  // confidence and reliability in one figure
};

// Whether an event or attribute has a list of tags, be it empty.
bool has_tags(simdjson::dom::object holder);
// The marks of an attribute with those of its event: its own confidence before the event's, the stricter marking.
MispMarks merged(const MispMarks& event, const MispMarks& own);

}  // namespace testudo
