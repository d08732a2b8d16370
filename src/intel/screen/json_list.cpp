// json_list.h.
#include "intel/screen/json_list.h"

#include <algorithm>

#include "base/text.h"

namespace testudo {

simdjson::dom::parser list_json_parser() {
  simdjson::dom::parser parser;
  // Capacity is asked for again at each document; the depth stays. Failure here is found at the first parse.
  if (parser.allocate(4096, 64) != simdjson::SUCCESS) return parser;
  return parser;
}

Result<void> each_json_line(std::string_view content, SanctionList& list,
                            const std::function<bool(const simdjson::dom::element&)>& take) {
  constexpr std::size_t longest_line = std::size_t{16} << 20;
  simdjson::dom::parser parser = list_json_parser();
  std::uint64_t good = 0;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t end = std::min(content.find('\n', at), content.size());
    const std::string_view line = trim(content.substr(at, end - at));
    simdjson::dom::element item;
    if (!line.empty()) {
      const bool read = line.size() <= longest_line &&
                        parser.parse(line.data(), line.size()).get(item) == simdjson::SUCCESS && take(item);
      good += read;
      if (!read) add_note(list, end == content.size() && good > 0 ? "truncated" : "bad_line", line, at);
    }
    at = end + 1;
  }
  if (good > 0) return {};
  list.notes.clear();
  simdjson::dom::element root;
  simdjson::dom::array items;
  if (parser.parse(content.data(), content.size()).get(root) == simdjson::SUCCESS) {
    if (root.get(items) != simdjson::SUCCESS) {
      good += take(root);
    } else {
      for (const simdjson::dom::element item : items) {
        const bool read = take(item);
        good += read;
        if (!read) add_note(list, "not_an_object");
      }
    }
  }
  if (good == 0) return error(Fault::malformed, "no line is an entity", 0);
  return {};
}

std::string_view json_text_of(const simdjson::dom::element& object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return {};
  return text;
}

}  // namespace testudo
