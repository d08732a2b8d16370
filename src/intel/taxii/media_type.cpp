#include "intel/taxii/media_type.h"

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"

namespace testudo {
namespace {

// Splits at `separator`, but not inside quotation marks.
std::vector<std::string_view> split_outside_quotes(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && quoted) {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      parts.push_back(trim(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  parts.push_back(trim(text.substr(begin)));
  return parts;
}

struct MediaRange {
  std::string type;
  std::optional<std::string> version;
  bool refused = false;  // q=0
};

bool is_zero(std::string_view quality) {
  return !quality.empty() && quality[0] == '0' && quality.find_first_not_of("0.") == std::string_view::npos;
}

MediaRange read_range(std::string_view text) {
  const auto parts = split_outside_quotes(text, ';');
  MediaRange range{lower_ascii(parts[0]), std::nullopt, false};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t equal = parts[i].find('=');
    if (equal == std::string_view::npos) continue;
    const std::string name = lower_ascii(trim(parts[i].substr(0, equal)));
    std::string_view value = trim(parts[i].substr(equal + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (name == "version") range.version = std::string(value);
    if (name == "q") range.refused = is_zero(value);
  }
  return range;
}

bool is_taxii(const MediaRange& range) {
  return range.type == "application/taxii+json" && range.version.value_or("2.1") == "2.1";
}

// How closely a range names TAXII 2.1, of which the closest one counts (RFC 9110, 12.5.1); 0: it does not.
int precision_of(const MediaRange& range) {
  if (is_taxii(range)) return range.version ? 4 : 3;
  if (range.version) return 0;
  return range.type == "application/*" ? 2 : range.type == "*/*" ? 1 : 0;
}

}  // namespace

bool accepts_taxii(std::string_view accept) {
  if (trim(accept).empty()) return true;
  int best = 0;
  bool accepted = false;
  for (const std::string_view part : split_outside_quotes(accept, ',')) {
    const MediaRange range = read_range(part);
    const int found = precision_of(range);
    if (found == 0 || found < best) continue;
    accepted = (found == best && accepted) || !range.refused;
    best = found;
  }
  return accepted;
}

bool is_taxii_content(std::string_view content_type) { return is_taxii(read_range(content_type)); }

}  // namespace testudo
