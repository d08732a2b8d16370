// Literals of STIX patterns, from their tokens. Floor 3. Source: STIX 2.1 section 9.2 and its grammar.
#pragma once

#include "intel/pattern/pattern_tokens.h"
#include "intel/pattern/pattern_tree.h"

namespace testudo {

// A value as the token spells it. Strict: an Error, with the column, for a number, date, base64 or escape that the
// grammar has not.
Result<PatternLiteral> pattern_literal(PatternToken token, PatternStrictness strictness);
// Whether the token is a string of the grammar: single quotes, and no escapes but \' and \\.
Result<void> check_string(const PatternToken& token);
bool is_pattern_integer(std::string_view text);  // [+-]? and digits without a leading zero
bool is_pattern_real(std::string_view text);

}  // namespace testudo
