// Indicator values as they are compared: from what a feed wrote to a kind and one spelling. Floor 3.
// What each step is for, with the feeds that made it necessary: docs/formats/stix.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/kind.h"

namespace testudo {

struct NormalisedIndicator {
  Kind type = Kind::text;
  std::string value;
  bool exact_only = false;  // does not stand for what is below it
  bool generic = false;     // ordinary software or networks use it too
  std::string shown;        // as people know it, where that differs: a URL with its scheme; at most 65535 octets
};

// What was odd about a value, in the stable words of FeedNote::defect. Views of literals.
using Defects = std::vector<std::string_view>;

// Reads a value as an indicator of `type`, or of another type if it clearly is one (an address in a domain pattern).
// Nothing, with a defect that says why, if it is neither. Never throws; cost linear in the value.
std::optional<NormalisedIndicator> normalise_indicator(Kind type, std::string_view value, Defects& defects);

// A key of the Windows registry as it is compared: in lower case, its root in full (HKLM, HKLM: and HKEY_LOCAL_MACHINE
// are one; STIX 2.1 §6.17 asks for the full name).
std::string normalise_registry_key(std::string_view key);

// How a value that is normalised already is to be used: exact_only and generic of NormalisedIndicator.
struct Standing {
  bool exact_only = false, generic = false;
};
Standing standing_of(Kind type, std::string_view normalised);

}  // namespace testudo
