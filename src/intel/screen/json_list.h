// JSON of lists, by simdjson, with limits on depth. Private to src/intel/screen.
#pragma once

#include <simdjson.h>

#include <string_view>

namespace testudo {

// A parser that refuses nesting beyond 64 levels: the lists' own need six.
simdjson::dom::parser list_json_parser();
// The string of a key; empty if there is none or it is another kind.
std::string_view json_text_of(const simdjson::dom::element& object, std::string_view key);
// Calls `each(string)` for the string or for every string of the array at a key.
template <typename Each>
void each_text(const simdjson::dom::element& object, std::string_view key, Each each) {
  simdjson::dom::element value;
  if (object[key].get(value) != simdjson::SUCCESS) return;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return each(text);
  simdjson::dom::array array;
  if (value.get(array) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element item : array) {
    if (item.get(text) == simdjson::SUCCESS) each(text);
  }
}

}  // namespace testudo
