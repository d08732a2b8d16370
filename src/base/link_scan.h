// Link scan: the parts of find_links() that look at octets: what can begin a link, how far a name or an address
// reaches, and plain copies of text in which links are disguised. Floor 0.
#pragma once

#include <string>
#include <string_view>

#include "base/letters.h"

namespace testudo {

// The first octet at or after `from` at which a link could show: '.', ':', '%', '[', or the first octet of another
// Letter::dot. The size of the text if there is none. Sixteen octets a step.
std::size_t next_sign(std::string_view text, std::size_t from);

inline bool is_name_octet(char c) {  // an ASCII letter, digit, '-' or '_'
  const auto octet = static_cast<unsigned char>(c);
  return octet < 0x80 && letters_detail::ascii[octet] == Letter::name;
}
// Schemes in any case whose addresses browsers read with any number of slashes (WHATWG "special" schemes but "file"),
// and their defanged spellings.
bool is_web_scheme(std::string_view scheme);
// Whether "%hh" stands at `at`.
bool is_escape(std::string_view text, std::size_t at);
// Octets of a defanged sign that begins at `at` ("[.]", "(.)", "{.}", "[dot]", "[:]", "[://]", "[@]", "[at]", "[/]",
// "[.", "\."), or 0.
std::size_t defanged_size(std::string_view text, std::size_t at);

// Where the name around a place ends, on either side. Names hold letters, single dots and ignorable characters; ".."
// and anything else ends them. `floor` is the least octet that may be used.
std::size_t name_begin(std::string_view text, std::size_t at, std::size_t floor);
std::size_t name_end(std::string_view text, std::size_t at);

// Where an address with a path that begins at or before `from` ends in running text: at white space, quotes, angle
// brackets and foreign punctuation. Punctuation of the sentence around it is still in it.
std::size_t url_stop(std::string_view text, std::size_t from);
// Takes the sentence's punctuation and unopened brackets from the end of an address.
std::size_t without_punctuation(std::string_view text, std::size_t begin, std::size_t end);

// A copy of a text in which disguises are undone, and which octets came of that ('\1') and which stood there ('\0').
struct PlainCopy {
  std::string text, changed;
};
PlainCopy percent_decoded(std::string_view text);
PlainCopy refanged(std::string_view text);

}  // namespace testudo
