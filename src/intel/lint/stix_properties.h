// Which properties the specification gives an object of STIX, what each holds, and what a reference may name. Floor 3.
// Sources: STIX 2.1 (OASIS Standard, 10 June 2021) sections 3 to 7; STIX 2.0 parts 2 and 4.
#pragma once

#include <cstdint>
#include <string_view>

namespace testudo {

enum class StixHolds : std::uint8_t {
  by_reader,  // what the reader names if it is wrong
  text,
  word,  // a text that must be one of some
  integer,
  number,
  boolean,
  time,        // one that StixLint looks at, if it is a text
  other_time,  // … does not
  texts,       // a list
  identifier,
  identifiers,
  dictionary,
  objects,   // a list of objects
  outside,   // external_references
  phases,    // kill_chain_phases
  granular,  // granular_markings
};

// A bit for each type of the specification, and one for all others.
using StixTypes = std::uint64_t;
StixTypes stix_type(std::string_view type);

struct StixProperty {
  StixHolds holds = StixHolds::text;
  StixTypes types = 0;  // whose it is; in objects of others it may hold anything
  // What a reference may name, or may not; none where it may name any.
  std::string_view target_names;
  StixTypes targets = 0;
  bool forbidden = false;
};
// Null for a name that the specification does not know. Cost: one look-up.
const StixProperty* find_stix_property(std::string_view key);
// Whether the word stands among words between blanks.
bool has_stix_word(std::string_view words, std::string_view word);

}  // namespace testudo
