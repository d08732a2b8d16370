// Values of observed objects beside literals of a pattern. Floor 3. Source: STIX 2.1 section 9.6.1 (comparison
// operators) and 9.1 (what can be compared with what).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intel/pattern/observed.h"
#include "intel/pattern/pattern_tree.h"

namespace testudo {

// Below, equal or above 0 as the value lies before, at or behind the literal; nothing if the two cannot be compared.
// `key` is the value's own property: `…_hex` and `…_bin` hold octets. Booleans are only equal (0) or not (1).
std::optional<int> compare(const ObservedValue& value, std::string_view key, const PatternLiteral& literal);

// The text of a value for LIKE and MATCHES, in Unicode's form C; octets stand for the code points below 256. Nothing if
// it is no text.
std::optional<std::string> comparable_text(const ObservedValue& value, std::string_view key);
std::string normal_form_c(std::string_view text);

}  // namespace testudo
