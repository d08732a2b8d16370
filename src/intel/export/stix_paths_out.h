// How an indicator's value is said in STIX: as a pattern, and as a cyber-observable object. Floor 3.
// Source: STIX 2.1 parts 6 (observables), 7.3 (extensions) and 9 (patterns); RFC 8785 for the ids.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intel/store/stored_indicator.h"

namespace testudo {

// Our extension of standard objects by what STIX has no property for: an app's id, a property's name, a profile's id,
// a telephone number, TLS fingerprints. docs/manual/export.md, "Our extension".
inline constexpr std::string_view stix_extension = "extension-definition--acdd482f-1503-4205-84db-69583946aa11";

// A value as a pattern says it: in single quotes, with quotes and backslashes escaped.
std::string stix_literal(std::string_view value);
// "[domain-name:value = 'a.test']"; empty for a kind that STIX has no words for.
std::string stix_pattern_of(const StoredIndicator& indicator);
// The dialect of the feeds that phone tools read: one comparison, without blanks, their object types. Empty where those
// tools would read another value than ours, or stop reading: values with '=', quotes, backslashes.
std::string mobile_pattern_of(const StoredIndicator& indicator);

struct StixObservable {
  std::string id, json;  // the whole object
};
// Nothing for kinds whose objects have no properties that identify them (processes), or none at all.
std::optional<StixObservable> stix_observable_of(const StoredIndicator& indicator);

}  // namespace testudo
