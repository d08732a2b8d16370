// Indicators × records: a field of a kind is matched against every indicator that can occur in it, but Show::rest.
// Floor 4.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "detect/values.h"
#include "intel/matcher.h"
#include "record/row.h"

namespace testudo {

// One field of a row that meets indicators.
struct FieldHit {
  std::uint32_t field = 0;  // index in the schema
  std::string seen;         // the part of the value that met them, as it stands in the evidence
  std::string normalised;
  Mention mention = Mention::own;
  std::vector<Match> matches;  // the most specific first: longest value, then exact before below before truncated
};

// Values that were found to meet nothing. The same accounts, apps and processes come again with every record, and
// addresses with every visit; a value is kept whole and compared whole, so that no other can be taken for it.
class KnownClean {
 public:
  static constexpr std::size_t slots = 1024, longest = 96;  // 100 kB
  // Whether the value is remembered; a kind or length that is not kept never is.
  bool has(Kind kind, std::string_view value) const;
  void add(Kind kind, std::string_view value);

 private:
  struct Slot {
    Kind kind = Kind::text;
    std::uint8_t size = 0;
    char value[longest];
  };
  static bool keeps(Kind kind, std::string_view value);
  static std::size_t slot_of(Kind kind, std::string_view value);
  std::vector<Slot> slots_ = std::vector<Slot>(slots);
};

class FieldMatcher {
 public:
  explicit FieldMatcher(const Matcher& matcher) : matcher_(matcher) {}

  // Whether any field meets any indicator. The hot path: called for every record of the evidence.
  bool touches(const Row& row);
  // All hits of a row, in order of field, each (field, seen, indicator) once.
  std::vector<FieldHit> hits(const Row& row);

 private:
  const Matcher& matcher_;
  KnownClean clean_;
};

}  // namespace testudo
