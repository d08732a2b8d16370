// Values: by which normalised values a field is compared with indicators. Floor 4. The table: docs/design/matching.md.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "intel/matcher.h"
#include "record/value.h"

namespace testudo {

// How a value stands in its field.
enum class Mention : std::uint8_t {
  own,     // it is the address itself, or stands in running text
  linked,  // a whole link inside another address: what a redirect leads to, but also what a translator was given
  named,   // a bare name inside another address: a search for it, say
};

// A value of a field as it is looked up. Borrowed for the time of the call.
struct Lookup {
  Kind kind = Kind::text;       // which indicators it can meet
  std::string_view seen;        // as it stands in the evidence
  std::string_view normalised;  // as Matcher::find wants it
  Mention mention = Mention::own;
};
// Returns false to stop.
using EachLookup = std::function<bool(const Lookup&)>;

// Calls `each` for every value by which a field of kind `kind` is compared. Values whose kind no indicator of the
// matcher has are left out before anything is read.
void each_lookup(const Matcher& matcher, Kind kind, const Value& value, const EachLookup& each);

}  // namespace testudo
