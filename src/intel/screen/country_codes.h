// Countries as lists write them, into ISO 3166-1 codes. Floor 3. Names: ICU (CLDR, English); a few more of ours.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// "ru" for "RU", "RUS", "Russia", "Russian Federation", "RUSSIA, FEDERATION". Lower case; text that is no known country
// is returned folded ("yugoslavia"), so that it still compares. Empty for empty.
std::string country_code(std::string_view text);

}  // namespace testudo
