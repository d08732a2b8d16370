// Finds where the values of a JSON text end, without building anything: for files that are too large to be parsed
// whole, and for going on behind a part that is broken. Floor 3. Source: RFC 8259.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace testudo {

struct JsonSpan {
  enum class End : std::uint8_t {
    whole,      // `until` is right behind the value
    truncated,  // the text ends inside it
    broken,     // at `until` stands what no JSON has there
    list,       // `until` is the '[' of the member that was asked for
  };
  End end = End::whole;
  std::size_t until = 0;
  std::size_t depth = 0;   // levels of nesting, the value's own counted
  std::size_t string = 0;  // where the last string before `until` begins: a missing quote is there at the earliest
  std::string_view type;   // of an object: its member "type" as it is spelled, if it came before `until`
};

// Scans the value that starts at `at`. Brackets, strings, commas and colons are checked, so that a missing quote or
// brace is found where it is missing; numbers, words, escapes and the encoding are not. With `list`, an object's own
// member of this name that is an array ends the scan. Cost: linear in what is scanned, no memory.
JsonSpan scan_json(std::string_view text, std::size_t at, std::string_view list = {});

// Past white space.
std::size_t skip_json_space(std::string_view text, std::size_t at);
// The next '{' from `at` on that can be the beginning of an element of an array or of a line; npos if there is none.
std::size_t find_json_object(std::string_view text, std::size_t at);

}  // namespace testudo
