// json_list.h.
#include "intel/screen/json_list.h"

namespace testudo {

simdjson::dom::parser list_json_parser() {
  simdjson::dom::parser parser;
  // Capacity is asked for again at each document; the depth stays. Failure here is found at the first parse.
  if (parser.allocate(4096, 64) != simdjson::SUCCESS) return parser;
  return parser;
}

std::string_view json_text_of(const simdjson::dom::element& object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return {};
  return text;
}

}  // namespace testudo
