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

class NameListReader : public LineReader {
 public:
  using LineReader::LineReader;

 private:
  void line(std::string_view line, std::uint64_t at) override {
    if (at == 0 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    line = trim(line);
    if (line.empty() || line[0] == '#' || line[0] == ';' || line[0] == '!' || line.starts_with("//")) return;
    constexpr std::size_t longest = 2048;
    const std::string_view name = line.size() > longest ? std::string_view() : name_of_line(line);
    if (name.empty()) return notes_.add("not_a_name", at);
    use_({.host = name});
  }
};

}  // namespace

const HuntFormat name_list_format = {"names", [](std::string_view) { return true; }, open_reader<NameListReader>};

}  // namespace testudo
