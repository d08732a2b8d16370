// Reads knowledge/shared_platforms.txt and knowledge/generic_names.txt, once.
#include "intel/known_names.h"

#include <array>
#include <unordered_set>

#include "base/data_rows.h"

namespace testudo {
namespace {

using Names = std::unordered_set<std::string_view>;

Names read_platforms() {
  Names names;
  each_data_row("knowledge/shared_platforms.txt", [&](const auto& fields) { names.insert(fields[0]); });
  return names;
}

std::array<Names, kind_count> read_generic_names() {
  std::array<Names, kind_count> names;
  each_data_row("knowledge/generic_names.txt", [&](const auto& fields) {
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
