// JSON of lists, by simdjson, with limits on depth. Private to src/intel/screen.
#pragma once

#include <simdjson.h>

#include <functional>
#include <string_view>

#include "intel/screen/list_builder.h"

namespace testudo {

// A parser that refuses nesting beyond 64 levels: the lists' own need six.
simdjson::dom::parser list_json_parser();
// Calls `take` for the object of every line; for every element where the content is one array or one object over
// several lines, as tools print them. `take` says whether it is one of the format; what is not is noted (`bad_line`,
// `truncated` in the last line). Error `malformed` if none is.
Result<void> each_json_line(std::string_view content, SanctionList& list,
                            const std::function<bool(const simdjson::dom::element&)>& take);
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
