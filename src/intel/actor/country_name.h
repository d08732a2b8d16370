// Country codes as people read them. Floor 3. Names: ICU (CLDR).
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// "Greece" for "GR" in English; the code itself where ICU has no name. `language` as in `--lang`.
std::string country_name(std::string_view code, std::string_view language);

}  // namespace testudo
