// Members of JSON objects whose writers do not keep to one type. Floor 3.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "base/result.h"
#include "intel/feed/feed_format.h"
#include "intel/feed/feed_notes.h"

namespace testudo {

class FeedHead;
// Whether a file begins with the bracket of an object or a list.
bool begins_like_json(const FeedHead& head);
// Whether the file's beginning holds `word`, which stands in quotes, as a key.
bool has_json_key(const FeedHead& head, std::string_view word);

// The string under `key`; empty if there is none or it is something else.
std::string_view json_text(simdjson::dom::object object, std::string_view key);
// true, "1", 1; nothing if absent or something else.
std::optional<bool> json_flag(simdjson::dom::object object, std::string_view key);
// A number or a string of digits.
std::optional<std::int64_t> json_number(simdjson::dom::object object, std::string_view key);
// The array under `key`; nothing if there is none.
std::optional<simdjson::dom::array> json_array(simdjson::dom::object object, std::string_view key);

// The members of these names in one walk, each as json_text() and the others take it below; at_key() walks anew for
// each.
template <std::size_t N>
std::array<std::optional<simdjson::dom::element>, N> json_members(simdjson::dom::object object,
                                                                  const std::array<std::string_view, N>& keys) {
  std::array<std::optional<simdjson::dom::element>, N> members;
  for (const simdjson::dom::key_value_pair member : object) {
    const auto place = static_cast<std::size_t>(std::ranges::find(keys, member.key) - keys.begin());
    if (place < N && !members[place]) members[place] = member.value;  // of two of one name the first counts
  }
  return members;
}
std::string_view json_text(const std::optional<simdjson::dom::element>& member);
std::optional<bool> json_flag(const std::optional<simdjson::dom::element>& member);
std::optional<std::int64_t> json_number(const std::optional<simdjson::dom::element>& member);
std::optional<simdjson::dom::array> json_array(const std::optional<simdjson::dom::element>& member);

// The object as text without its members of these names.
std::string json_without(simdjson::dom::object object, std::initializer_list<std::string_view> names);

// A JSON feed that is read whole: its encoding mended, and where it is no JSON, what is left of it. The parser owns
// what the element points into.
struct JsonFeed {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  bool mended = false;  // parts of it are missing
  bool apart = false;   // … all that stood around its objects among them
};
// What is done with a text that is no JSON and cannot be mended: nothing, or each object that is whole is taken for
// itself (note "malformed_json"), for formats whose objects need no other around them.
enum class BrokenJson : bool { refuse, take_objects };
// Files up to 1 GiB. A text of several values, one after another (JSON lines), is read as their list.
Result<void> open_json(const FeedText& feed, FeedNotes& notes, JsonFeed& out, BrokenJson broken = BrokenJson::refuse);
// The same of a text that is UTF-8 already.
Result<void> open_json(std::string_view text, FeedNotes& notes, JsonFeed& out, BrokenJson broken = BrokenJson::refuse);

}  // namespace testudo
