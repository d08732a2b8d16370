// Which properties the specification gives an object of STIX, what each holds, and what a reference may name. Floor 3.
// Sources: STIX 2.1 (OASIS Standard, 10 June 2021) sections 3 to 7; STIX 2.0 parts 2 and 4.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace testudo {

enum class StixHolds : std::uint8_t {
  text,
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

// What the property of an object of this type holds; nothing for one that the specification does not give the type,
// which may hold anything.
std::optional<StixHolds> stix_holds(std::string_view type, std::string_view key);

// The types that a reference may name, between blanks; those that it may not, if `forbidden`. Nothing where it may name
// any.
struct StixTargets {
  std::string_view types;
  bool forbidden = false;
};
std::optional<StixTargets> stix_targets(std::string_view key);
// Whether the word stands among words between blanks.
bool has_stix_word(std::string_view words, std::string_view word);

}  // namespace testudo
