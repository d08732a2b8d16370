// Acting octets: where a character may begin that acts on a display instead of being seen (acts_on_display() of
// base/text.h), for whoever looks at octets before it decodes them. Floor 0.
#pragma once

#include <array>

namespace testudo {

// Beside the ASCII control characters: of U+0080 to U+009F, the marks of direction of Arabic, U+2000 to U+2FFF, and
// U+F000 to U+FFFF. Other characters begin with them too.
inline constexpr std::array<unsigned char, 4> acting_lead_octets{0xC2, 0xD8, 0xE2, 0xEF};

}  // namespace testudo
