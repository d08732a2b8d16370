// Where foreign test data lies that the repository does not hold: conformance vectors, hostile inputs, real files.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace testudo::test {

inline std::filesystem::path shared_data() {
  if (const char* set = std::getenv("TESTUDO_SHARED_DATA")) return set;
  return std::filesystem::path(TESTUDO_SOURCE_DIR) / ".." / "shared" / "data";
}

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// All regular files below a folder, in order; none if it is absent.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace testudo::test
