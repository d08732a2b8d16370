// Embedded files: knowledge/ and rules/ as they were when the program was built. Floor 0.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace testudo {

struct EmbeddedFile {
  std::string_view path;     // as in the source tree: "knowledge/text/en/check.txt"
  std::string_view content;  // lives as long as the program
};

std::optional<std::string_view> embedded_file(std::string_view path);
// All files whose path starts with `prefix`, in order of path.
std::vector<EmbeddedFile> embedded_files(std::string_view prefix);

}  // namespace testudo
