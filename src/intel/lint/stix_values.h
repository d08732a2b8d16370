// What the specification says of the values of an object's properties: their types, names, lists and what they refer
// to. Floor 3. Sources: STIX 2.1 (OASIS Standard, 10 June 2021) sections 2 to 7 and 11.1; STIX 2.0 parts 1 to 4.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace testudo {

using StixValueReport = std::function<void(std::string_view defect, std::string value, std::string mend)>;

// Checks the properties of one object. The times and references that StixLint follows itself are left to it, where they
// are texts. The type and the report outlive it.
class StixValues {
 public:
  StixValues(std::string_view type, const StixValueReport& report);
  // Cost: linear in the value; one look-up where nothing is wrong.
  void check(std::string_view key, simdjson::dom::element value) const;

 private:
  std::string_view type_;
  std::uint64_t type_bit_;
  const StixValueReport& report_;
};
// Whether a text has the shape of an identifier: a type, two hyphens and more.
bool is_stix_identifier(std::string_view text);

}  // namespace testudo
