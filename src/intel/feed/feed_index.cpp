#include "intel/feed/feed_index.h"

#include <array>
#include <unordered_set>

#include "base/embedded.h"
#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t columns = 6;

bool is_address(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://") || text.starts_with("file://");
}

// Names become paths below a mirror's folder, so they must not lead out of it.
bool is_name(std::string_view text) {
  if (text.empty() || text.starts_with('/') || text.ends_with('/')) return false;
  if (text.find("..") != std::string_view::npos || text.find("//") != std::string_view::npos) return false;
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") ==
         std::string_view::npos;
}

std::array<std::string, columns> cells_of(std::string_view line, std::size_t& count) {
  std::array<std::string, columns> cells;
  count = 0;
  for (;;) {
    const std::size_t bar = line.find('|');
    if (count < columns) cells[count] = std::string(trim(line.substr(0, bar)));
    ++count;
    if (bar == std::string_view::npos) return cells;
    line.remove_prefix(bar + 1);
  }
}

}  // namespace

Result<std::vector<IndexedFeed>> parse_feed_index(std::string_view text) {
  std::vector<IndexedFeed> feeds;
  std::unordered_set<std::string> names;
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (line.empty() || line.starts_with('#')) continue;
    std::size_t count = 0;
    auto cells = cells_of(line, count);
    if (count != columns || !is_name(cells[0]) || !is_address(cells[1]))
      return error(Fault::malformed, "intel_bad_index", number);
    if (!names.insert(cells[0]).second) return error(Fault::malformed, "intel_bad_index", number);
    feeds.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]});
  }
  return feeds;
}

Result<std::vector<IndexedFeed>> built_in_feed_index() {
  return parse_feed_index(embedded_file("knowledge/feeds.txt").value_or(""));
}

}  // namespace testudo
