// What only the text of a JSON feed shows. Floor 3.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// "line N" of the first comma that stands before the end of a list (RFC 8259 section 5 has none there), outside of
// strings; empty if there is none. Cost: linear, and little more than finding every ']'.
std::string line_of_last_comma(std::string_view json);

}  // namespace testudo
