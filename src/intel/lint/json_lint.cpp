// Lists by their ends.
#include "intel/lint/json_lint.h"

#include <algorithm>

namespace testudo {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Tells whether places in a text stand in strings; asked of places in their order.
class Strings {
 public:
  explicit Strings(std::string_view json) : json_(json) {}
  bool hold(std::size_t place) {
    for (; at_ < place; ++at_) {
      const char c = json_[at_];
      if (c == '\n') quoted_ = false;  // no string goes on behind it, so that one without its end costs a line
      if (c == '\\' && quoted_) ++at_;
      if (c == '"') quoted_ = !quoted_;
    }
    return quoted_;
  }

 private:
  std::string_view json_;
  std::size_t at_ = 0;
  bool quoted_ = false;
};

}  // namespace

std::string line_of_last_comma(std::string_view json) {
  Strings strings(json);
  for (std::size_t end = json.find(']'); end != std::string_view::npos; end = json.find(']', end + 1)) {
    std::size_t before = end;
    while (before > 0 && is_space(json[before - 1])) --before;
    if (before == 0 || json[before - 1] != ',' || strings.hold(before - 1)) continue;
    return "line " + std::to_string(1 + std::ranges::count(json.substr(0, before), '\n'));
  }
  return {};
}

}  // namespace testudo
