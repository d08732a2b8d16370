// Plain ASCII host names, for those who read millions of them. Floor 0.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// What normalise_host() gives for a plain ASCII name, written into a text that is used again. False for whatever else
// it is (an address, an international name, one with escapes, none): of that nothing is said, and `name` is undefined.
bool normalise_plain_name(std::string_view host, std::string& name);

}  // namespace testudo
