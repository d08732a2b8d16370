// JSON text, written by appending to a buffer: escaping in one place, numbers that read back exactly. Floor 0.
// Output is always valid UTF-8; octets that are not become U+FFFD (RFC 8259).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace testudo {

// Appends `text` as a JSON string, quotes included. Characters that act on a terminal or turn the direction of writing
// (C1 controls, U+2028 to U+202E, U+2066 to U+2069 …) are written as \u escapes.
// '<' is kept: callers that embed JSON in HTML use the HTML writer's own escaping.
void append_json_string(std::string& out, std::string_view text);
void append_json_integer(std::string& out, std::int64_t value);
// Not-a-number and infinities become null.
void append_json_real(std::string& out, double value);

// Writes objects and arrays with the commas in the right places.
//   JsonText j(out); j.object(); j.key("a").integer(1); j.end();
class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}
  JsonText& object() { return open('{', '}'); }
  JsonText& array() { return open('[', ']'); }
  JsonText& end();
  JsonText& key(std::string_view name);
  JsonText& string(std::string_view text);
  JsonText& integer(std::int64_t value);
  JsonText& real(double value);
  JsonText& boolean(bool value);
  JsonText& null();
  // Text that is already JSON.
  JsonText& raw(std::string_view json);

 private:
  JsonText& open(char begin, char end);
  void separate();
  std::string& out_;
  std::string closers_;
  bool first_ = true;
};

}  // namespace testudo
