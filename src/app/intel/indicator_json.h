// An indicator of the store as one line, for people and as JSON. Floor 7.
#pragma once

#include <string>

#include "intel/store/stored_indicator.h"

namespace testudo {

// {"type","value","shown"?,"claims":[{"source","object",…}],"sightings"?}
std::string indicator_json(const StoredIndicator& indicator);
// kind, value, threats and sources, separated by tabs; harmless on a terminal.
std::string indicator_line(const StoredIndicator& indicator);
std::string pattern_json(const StoredPattern& pattern);
// source, language, why it is kept and its text, separated by tabs; harmless on a terminal.
std::string pattern_line(const StoredPattern& pattern);
// The same for an object; in JSON whole, as its feed spells it.
std::string object_json(const StoredObject& object);
std::string object_line(const StoredObject& object);

}  // namespace testudo
