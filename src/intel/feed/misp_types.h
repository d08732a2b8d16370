// What the types of MISP attributes stand for. Floor 3.
// Sources: the MISP core format (draft-dulaunoy-misp-core-format, §2.5) and the object templates of misp-objects.
#pragma once

#include <optional>
#include <string_view>

#include "record/kind.h"

namespace testudo {

enum class MispShape : std::uint8_t {
  single,     // the value is the indicator
  pair,       // "domain|ip": both halves are indicators
  first,      // "ip-dst|port", "regkey|value": the half before the bar; the other explains it
  second,     // "filename|sha256": the half behind the bar; the other explains it
  victim,     // single, and the type says that it is the target's
  rule,       // a rule of another language, kept whole
  reference,  // a link to what was written about it
};

struct MispType {
  std::string_view type;
  MispShape shape;
  Kind kind;                  // of the indicator, of the first half of a pair
  Kind other = Kind::text;    // of the second half of a pair
  std::string_view language;  // of a rule
};

// Nothing for types that no Kind stands for: they are kept.
const MispType* misp_type(std::string_view type);
// The kind of an attribute of an object whose own type says nothing ("text"), by template and relation.
std::optional<Kind> misp_relation_kind(std::string_view object, std::string_view relation);

}  // namespace testudo
