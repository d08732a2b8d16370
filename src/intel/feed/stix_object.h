// The members of a STIX object that are read, taken in one walk over it. Floor 3. Source: STIX 2.1 (OASIS Standard, 10
// June 2021) sections 3.2, 4.7, 5.1, 7.2; STIX 2.0 parts 1 and 2.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <simdjson.h>

#include "base/time.h"
#include "intel/feed/feed_sink.h"

namespace testudo {

struct StixObject {
  std::string_view type, id, name, description, pattern, pattern_type, relationship_type, source_ref, target_ref;
  std::string_view sighting_of_ref;
  std::string_view tlp;               // of a member that STIX does not know: "x_tlp"
  std::string_view valid_until_text;  // as it is spelled, where it is no time
  std::optional<Time> created, modified, valid_from, valid_until, first_seen, last_seen;
  std::optional<std::int64_t> confidence, count;
  bool has_confidence = false, has_spec_version = false, revoked = false;
  // A member beside those above and the common ones: what a claim or a name says of the object is not all of it.
  bool has_more = false;
  std::optional<simdjson::dom::array> object_refs, markings, granular_markings, labels, indicator_types;
  std::optional<simdjson::dom::element> odd_markings;           // object_marking_refs that is no list
  std::optional<simdjson::dom::object> definition, extensions;  // of a marking-definition
};

// Views into the parser's document.
StixObject stix_object(simdjson::dom::object json);

// Whose the value is: `compromised` is a victim's, `benign` a benign one's, `malicious-activity` the attacker's; labels
// also in the words of role_of_remark() ("victim", "false-positive"). Of several the one that blocks least.
// Source: STIX 2.1 section 10.7 (indicator type vocabulary); STIX 2.0 keeps the words in `labels`.
Role stix_role(const StixObject& object);

// The marking that an id stands for in the specification (TLP 1.0, STIX 2.1 section 7.2.1.4) or in the extension for
// TLP 2.0 (docs/formats/stix.md).
std::optional<Tlp> tlp_of_marking(std::string_view id);
// The same for a marking-definition that a feed brings along: by its definition, the extension for TLP 2.0, a name
// like `TLP:RED`, or a statement that names one. A level of TLP that is no known one is amber+strict.
std::optional<Tlp> tlp_of_definition(const StixObject& object);

}  // namespace testudo
