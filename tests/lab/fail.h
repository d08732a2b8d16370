// How the laboratory ends when it cannot go on: one sentence on stderr, exit 2. Test tool.
#pragma once

#include <string_view>

namespace testudo::lab {

[[noreturn]] void fail(std::string_view what);

}  // namespace testudo::lab
