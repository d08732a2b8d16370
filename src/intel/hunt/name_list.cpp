// A plain list: one name a line, as top lists and indicator lists are published. Comments begin with '#', '//' or ';'.
#include "base/text.h"
#include "intel/hunt/hunt_file.h"

namespace testudo {
namespace {

// The field of a line that can be a name: "1,example.test" (a top list) and "0.0.0.0 example.test" (a hosts file) too.
std::string_view name_of_line(std::string_view line) {
  while (!line.empty()) {
    const std::size_t end = line.find_first_of(" \t,;");
    const std::string_view field = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
    const bool number = field.find_first_not_of("0123456789.:") == std::string_view::npos;
    if (!field.empty() && (!number || trim(line).empty())) return field;
  }
  return {};
}

void read_names(std::string_view text, const HuntReceiver& use, HuntNotes& notes) {
  const std::size_t size = text.size();
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t at = size - text.size();
    const std::string_view line = trim(next_line(text));
    if (line.empty() || line[0] == '#' || line[0] == ';' || line[0] == '!' || line.starts_with("//")) continue;
    constexpr std::size_t longest = 2048;
    const std::string_view name = line.size() > longest ? std::string_view() : name_of_line(line);
    if (name.empty()) {
      notes.add("not_a_name", at);
      continue;
    }
    use({.host = name});
  }
}

}  // namespace

const HuntFormat name_list_format = {"names", [](std::string_view) { return true; }, read_names};

}  // namespace testudo
