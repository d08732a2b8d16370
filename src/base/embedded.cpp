#include "base/embedded.h"

#include <algorithm>
#include <cstddef>
#include <span>

namespace testudo {

namespace {

struct EmbeddedRow {
  const char* path;
  const char* begin;
  const char* end;
};
// Made by cmake/embed.cmake.
extern "C" const EmbeddedRow embedded_rows[];
extern "C" const EmbeddedRow embedded_rows_end[];

std::span<const EmbeddedRow> rows() { return {embedded_rows, embedded_rows_end}; }

std::string_view content(const EmbeddedRow& row) { return {row.begin, static_cast<std::size_t>(row.end - row.begin)}; }

}  // namespace

std::vector<EmbeddedFile> embedded_files(std::string_view prefix) {
  std::vector<EmbeddedFile> found;
  for (const EmbeddedRow& row : rows())
    if (std::string_view(row.path).starts_with(prefix)) found.push_back({row.path, content(row)});
  std::ranges::sort(found, {}, &EmbeddedFile::path);
  return found;
}

std::optional<std::string_view> embedded_file(std::string_view path) {
  for (const EmbeddedRow& row : rows())
    if (path == row.path) return content(row);
  return std::nullopt;
}

}  // namespace testudo
