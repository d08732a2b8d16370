// Texts in other encodings as UTF-8. Floor 3. Sources: Unicode 15 §3.10 (byte order mark), WHATWG Encoding.
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// By its byte order mark, or by the zeros beside ASCII: no text of another encoding begins with three of them.
bool is_utf16(std::string_view text);
// The text without byte order mark; UTF-16 becomes UTF-8 in `owned`. Octets are not checked otherwise.
std::string_view decoded(std::string_view text, std::string& owned);
// No octet fails.
std::string from_windows_1252(std::string_view text);

}  // namespace testudo
