#include "app/intel/misp_feed_fetch.h"

#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t most_events = 100'000;

// Where the string that begins at `quote` ends: its second quote.
std::size_t string_end(std::string_view json, std::size_t quote) {
  for (std::size_t at = quote + 1; at < json.size(); ++at) {
    if (json[at] == '\\')
      ++at;
    else if (json[at] == '"')
      return at;
  }
  return json.size();
}

}  // namespace

std::vector<std::string> misp_manifest_files(std::string_view manifest) {
  std::vector<std::string> files;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < manifest.size(); ++at) {
    const char c = manifest[at];
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && depth > 0) --depth;
    if (c != '"') continue;
    const std::size_t end = string_end(manifest, at);
    const std::string_view text = manifest.substr(at + 1, end - at - 1);
    at = end;
    const std::size_t next = manifest.find_first_not_of(" \t\r\n", end + 1);
    if (depth != 1 || next == std::string_view::npos || manifest[next] != ':') continue;
    if (!is_uuid(text)) return {};
    files.push_back(std::string(text) + ".json");
  }
  return files;
}

Result<std::string> misp_events(const std::vector<std::string>& files, std::uint64_t limit,
                                const std::function<Result<std::string>(const std::string&)>& get) {
  if (files.size() > most_events) return error(Fault::limit, "intel_feed_too_large");
  std::string all = "[";
  for (const std::string& file : files) {
    const std::string event = TRY(get(file));
    if (all.size() + event.size() > limit) return error(Fault::limit, "intel_feed_too_large");
    if (all.size() > 1) all += ",\n";
    all += event;
  }
  return all + "]\n";
}

}  // namespace testudo
