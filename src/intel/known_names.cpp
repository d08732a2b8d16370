// Reads knowledge/shared_platforms.txt and knowledge/generic_names.txt, once.
#include "intel/known_names.h"

#include <array>
#include <unordered_set>

#include "base/embedded.h"
#include "base/text.h"

namespace testudo {
namespace {

using Names = std::unordered_set<std::string_view>;

// Calls `each(fields)` for every line `a | b | c` that is not empty and not a comment.
template <typename Each>
void each_line(std::string_view path, Each each) {
  const std::optional<std::string_view> content = embedded_file(path);
  if (!content) return;
  for (const std::string_view line : split(*content, '\n')) {
    if (trim(line).empty() || line.starts_with('#')) continue;
    std::vector<std::string_view> fields = split(line, '|');
    for (std::string_view& field : fields) field = trim(field);
    each(fields);
  }
}

Names read_platforms() {
  Names names;
  each_line("knowledge/shared_platforms.txt", [&](const auto& fields) { names.insert(fields[0]); });
  return names;
}

std::array<Names, kind_count> read_generic_names() {
  std::array<Names, kind_count> names;
  each_line("knowledge/generic_names.txt", [&](const auto& fields) {
    if (fields.size() < 2) return;
    if (const std::optional<Kind> kind = kind_from_name(fields[0]))
      names[static_cast<std::size_t>(*kind)].insert(fields[1]);
  });
  return names;
}

}  // namespace

bool is_shared_platform(std::string_view host) {
  static const Names platforms = read_platforms();
  return platforms.contains(host);
}

bool is_generic_name(Kind kind, std::string_view value) {
  static const std::array<Names, kind_count> names = read_generic_names();
  return names[static_cast<std::size_t>(kind)].contains(value);
}

}  // namespace testudo
