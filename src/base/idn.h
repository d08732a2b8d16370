// International names: UTS #46 non-transitional processing of one name for look-up, as browsers do it. Floor 0.
// Sources: UTS #46 (libidn2), RFC 3492 (Punycode), WHATWG URL §3.3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testudo {

// A name in UTF-8 to lower-case ASCII labels; dots as they fall, lengths and letters unchecked. Ignorable characters
// are dropped. Labels that browsers resolve and IDNA 2008 forbids (emoji, mixed directions) are encoded as they stand.
// Nothing if it is not UTF-8. Costs microseconds: ASCII names do not come here.
std::optional<std::string> to_ascii_name(std::string_view name);

// Whether the name holds a sign that becomes a dot in to_ascii_name(), or "." itself. Cheap where there is none.
bool may_hold_dot(std::string_view name);

}  // namespace testudo
