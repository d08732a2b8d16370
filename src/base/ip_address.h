// Addresses: IPv4 and IPv6 from the spellings that browsers accept to their one canonical text. Floor 0.
// Sources: WHATWG URL §3.5 (IPv4 and IPv6 parsers), RFC 4291 §2.2, RFC 5952.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace testudo {

// Whether browsers take a name for an IPv4 address: its last label is a number (decimal, octal or 0x hexadecimal).
bool ends_in_number(std::string_view name);
// One to four parts in decimal, octal (0…) or hexadecimal (0x…), the last filling the rest: "0x7f.1" -> "127.0.0.1".
// Only where the text is known to be a host: in running text these forms are ordinary numbers.
std::optional<std::string> loose_ipv4(std::string_view text);

}  // namespace testudo
