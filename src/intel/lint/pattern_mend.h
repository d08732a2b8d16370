// What to write instead of a text that is no STIX pattern. Floor 3.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// The first small change that makes a pattern of the text, to the letter of the specification: quotes, keywords in
// upper case, keys and backslashes as they are written, brackets. Empty if none does. Cost: a dozen readings of the
// text.
std::string pattern_mend(std::string_view pattern);

}  // namespace testudo
