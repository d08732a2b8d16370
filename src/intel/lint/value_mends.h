// What to write instead of a value: the corrected value, or in a STIX feed the corrected pattern. Floor 3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intel/feed/feed_sink.h"
#include "intel/normalise.h"
#include "intel/warning/warning_lists.h"

namespace testudo {

// How the value stands in a feed of this format: a STIX pattern, or the value.
std::string spelled_for(std::string_view format, Kind kind, std::string_view value, std::string_view shown = {});
// The name behind "www.".
inline std::string_view without_www(std::string_view host) { return host.substr(4); }
// The defect that a hit of core_warnings() is; empty where it is none.
std::string_view core_defect(const WarningHit& hit);
// Whether a feed may list the normalised value at all: no error, no public suffix, no platform or site of everybody.
bool may_be_listed(Kind kind, std::string_view value);
// spelled_for() of a value; empty where no feed may list it: then only people can tell what was meant.
std::string value_spelled(std::string_view format, const NormalisedIndicator& normal);
// The mend of a defect that normalise_indicator() named; empty where only people can tell.
std::string value_mend(std::string_view format, std::string_view defect, const NormalisedIndicator& normal);
// A host or URL with characters beyond ASCII as requests have it: host in Punycode, the rest percent-encoded.
std::string ascii_mend(std::string_view format, const FeedClaim& claim, const NormalisedIndicator& normal);
// The comparison of the pattern with this folder, which ends in a slash, without that slash.
std::string folder_mend(std::string_view pattern, std::string_view folder);
// The type of an object in the pattern that STIX does not define ("app"), or nothing.
std::optional<std::string> custom_object_of(std::string_view pattern);
// Whether the pattern is one value and nothing else.
bool is_single_value(std::string_view pattern);
// Whether a hash is named in the pattern otherwise than the specification spells it.
bool has_odd_hash_key(std::string_view pattern);

}  // namespace testudo
