// JSON with integers of any length. Floor 3. Source: RFC 8259 §6, which limits no number; the parser knows 64 bits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

namespace testudo {

// The text with every integer beyond 64 bits written as a number with an exponent, which is read as a double. Nothing
// where there is none.
std::optional<std::string> with_short_integers(std::string_view json);
// Parses the text; where an integer is too long for the parser, a copy of it in which none is. What is found lives in
// the parser. The second pass is made for texts that fail alone.
simdjson::error_code parse_json(simdjson::dom::parser& parser, std::string_view json, simdjson::dom::element& root);
// That second pass alone, for whoever parses in place: `code` where it was of no number.
simdjson::error_code parse_long_integers(simdjson::error_code code, simdjson::dom::parser& parser,
                                         std::string_view json, simdjson::dom::element& root);

}  // namespace testudo
