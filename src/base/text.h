// Text: UTF-8, ASCII case, hexadecimal, base64 and making hostile text harmless. Floor 0.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace testudo {

bool is_utf8(std::string_view text);
bool is_ascii(std::string_view text);
// The text with every octet that is not valid UTF-8 replaced by U+FFFD; unchanged if it is valid.
std::string to_utf8(std::string_view text);
// UTF-16 to UTF-8; unpaired surrogates become U+FFFD. An odd last octet is ignored.
std::string utf16be_to_utf8(Bytes utf16);
std::string utf16le_to_utf8(Bytes utf16);
// The first code point of a text that is not empty, refusing overlong forms, surrogates and values above U+10FFFF
// (RFC 3629). What is not valid counts as U+FFFD; `size` says how many octets to step over, at least 1.
struct CodePoint {
  char32_t value = 0;
  std::size_t size = 1;
  bool valid = true;
};
CodePoint decode_utf8(std::string_view text);
// Appends a code point; an invalid one becomes U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

// ASCII only: other octets are left alone, so it is safe on UTF-8.
std::string lower_ascii(std::string_view text);
std::string upper_ascii(std::string_view text);

// Whether the text is spelled like a UUID (RFC 9562, section 4), in capitals or not.
bool is_uuid(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);  // ASCII white space at both ends
std::vector<std::string_view> split(std::string_view text, char separator);

std::string to_hex(Bytes bytes);
std::optional<std::string> from_hex(std::string_view hex);  // nothing if odd or not hexadecimal
std::string to_base64(Bytes bytes);
void append_base64(std::string& out, Bytes bytes);
// Standard alphabet, padding and white space optional. Nothing if another character occurs.
std::optional<std::string> from_base64(std::string_view text);

// Whether a character does something to what stands around it instead of being seen: controls (C0, DEL, C1), marks that
// turn the direction of writing, that end a line (U+2028, U+2029), and those that nobody sees, behind which a name
// looks like another (soft hyphen, zero-width space, byte order mark ...). The joiners U+200C and U+200D are none:
// Persian, Indic scripts and emoji are written with them. In UTF-8 all from U+0080 on begin with C2, D8, E2 or EF.
bool acts_on_display(char32_t c);
// The text as it may be written to a terminal: characters that act on a display appear as visible escapes such as \x1b
// or \u202e. Newlines and tabs are escaped too.
std::string visible(std::string_view text);

}  // namespace testudo
