// A JSON text taken apart by its structure alone, so that a large one can be parsed piece by piece. Floor 3.
// Source: RFC 8259.
#pragma once

#include <string_view>

#include "intel/feed/json_scan.h"

namespace testudo {

// Whether the text is one value whose brackets, strings, commas and colons are whole, with nothing behind it.
inline bool is_whole_json(std::string_view text) {
  const JsonSpan span = scan_json(text, skip_json_space(text, 0));
  return span.end == JsonSpan::End::whole && skip_json_space(text, span.until) == text.size();
}

// Calls `each(element)` with the text of each element of an array, or `each(key, value)` for each member of an object,
// keys as they are spelled between their quotes. The array or object begins the text and is whole.
template <typename Each>
void each_json_element(std::string_view array, Each each) {
  for (std::size_t at = skip_json_space(array, 1); at < array.size() && array[at] != ']';) {
    const std::size_t end = scan_json(array, at).until;
    each(array.substr(at, end - at));
    at = skip_json_space(array, end);
    if (at < array.size() && array[at] == ',') at = skip_json_space(array, at + 1);
  }
}
template <typename Each>
void each_json_member(std::string_view object, Each each) {
  for (std::size_t at = skip_json_space(object, 1); at < object.size() && object[at] != '}';) {
    const std::size_t key_end = scan_json(object, at).until;
    const std::size_t value = skip_json_space(object, skip_json_space(object, key_end) + 1);  // behind the colon
    const std::size_t end = scan_json(object, value).until;
    each(object.substr(at + 1, key_end - at - 2), object.substr(value, end - value));
    at = skip_json_space(object, end);
    if (at < object.size() && object[at] == ',') at = skip_json_space(object, at + 1);
  }
}

}  // namespace testudo
