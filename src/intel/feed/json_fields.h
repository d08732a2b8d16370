// Members of JSON objects whose writers do not keep to one type. Floor 3.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "base/result.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/feed_notes.h"

namespace testudo {

// The string under `key`; empty if there is none or it is something else.
std::string_view json_text(simdjson::dom::object object, std::string_view key);
// true, "1", 1; nothing if absent or something else.
std::optional<bool> json_flag(simdjson::dom::object object, std::string_view key);
// A number or a string of digits.
std::optional<std::int64_t> json_number(simdjson::dom::object object, std::string_view key);
// The array under `key`; nothing if there is none.
std::optional<simdjson::dom::array> json_array(simdjson::dom::object object, std::string_view key);

// A JSON feed that is read whole: its encoding mended, and where it is no JSON, what is left of it. The parser owns
// what the element points into.
struct JsonFeed {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  bool mended = false;  // parts of it are missing
};
// Files up to 1 GiB.
Result<void> open_json(const FeedText& feed, FeedNotes& notes, JsonFeed& out);

}  // namespace testudo
