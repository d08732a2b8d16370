// Which attributes a statement of a vendor file may carry, and what they may hold: the table of docs/formats/vendor.md
// as data. Floor 3.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "intel/actor/vendor_file.h"

namespace testudo {

enum class VendorValue : std::uint8_t {
  text,
  date,  // YYYY, YYYY-MM or YYYY-MM-DD
  day,   // YYYY-MM-DD
  year,
  country,  // ISO 3166-1 alpha-2
  word,     // one of a list
  words,    // some of a list, with commas between them
  cve,      // CVE-YYYY-NNNN…
  grade,    // A1 … F6
  url,      // http or https, without white space
};

struct VendorAttribute {
  std::string_view name;
  VendorValue value = VendorValue::text;
  std::span<const std::string_view> words{};
  bool required = false;
};

struct VendorFieldRule {
  VendorField field;
  std::string_view name;
  VendorValue value = VendorValue::text;
  std::span<const VendorAttribute> attributes{};
  bool once = false;
};

std::optional<VendorField> vendor_field_from_name(std::string_view name);
const VendorFieldRule& vendor_field_rule(VendorField field);
// The attributes of a `source` line.
std::span<const VendorAttribute> vendor_source_attributes();

// Whether a text is what the rule asks for.
bool is_vendor_value(std::string_view text, VendorValue kind, std::span<const std::string_view> words = {});
// A date of one of the three lengths that exists in the calendar, from 1900 to 2099.
bool is_vendor_date(std::string_view text);
// ISO 3166-1 alpha-2, upper case, as ICU's list has it.
bool is_country_code(std::string_view text);
// The kind of a relation as the other company's file would write it; the same kind where none is known.
std::string_view inverse_relation(std::string_view kind);

}  // namespace testudo
