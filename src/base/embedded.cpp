#include "base/embedded.h"

#include <algorithm>
#include <cstddef>

namespace testudo {

// Made by cmake/embed.cmake.
struct EmbeddedRow {
  const char* path;
  const char* begin;
  const char* end;
};
extern const EmbeddedRow embedded_rows[];
extern const std::size_t embedded_row_count;

std::vector<EmbeddedFile> embedded_files(std::string_view prefix) {
  std::vector<EmbeddedFile> found;
  for (std::size_t i = 0; i < embedded_row_count; ++i) {
    const EmbeddedRow& row = embedded_rows[i];
    if (std::string_view(row.path).starts_with(prefix))
      found.push_back({row.path, {row.begin, static_cast<std::size_t>(row.end - row.begin)}});
  }
  std::ranges::sort(found, {}, &EmbeddedFile::path);
  return found;
}

std::optional<std::string_view> embedded_file(std::string_view path) {
  for (std::size_t i = 0; i < embedded_row_count; ++i) {
    const EmbeddedRow& row = embedded_rows[i];
    if (path == row.path) return std::string_view{row.begin, static_cast<std::size_t>(row.end - row.begin)};
  }
  return std::nullopt;
}

}  // namespace testudo
