// What to write instead of a value: the corrected value, or in a STIX feed the corrected pattern. Floor 3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intel/feed/feed_sink.h"
#include "intel/normalise.h"

namespace testudo {

// How the value stands in a feed of this format: a STIX pattern, or the value.
std::string spelled_for(std::string_view format, Kind kind, std::string_view value, std::string_view shown = {});
// The mend of a defect that normalise_indicator() named; empty where only people can tell.
std::string value_mend(std::string_view format, std::string_view defect, const NormalisedIndicator& normal);
// The first small change that makes a pattern of the text: brackets, quotes, '=='. Empty if none does.
std::string pattern_mend(std::string_view pattern);
// The type of an object in the pattern that STIX does not define ("app"), or nothing.
std::optional<std::string> custom_object_of(std::string_view pattern);
// Whether a hash is named in the pattern otherwise than the specification spells it.
bool has_odd_hash_key(std::string_view pattern);

}  // namespace testudo
