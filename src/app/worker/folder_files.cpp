#include "app/worker/folder_files.h"

#include <algorithm>
#include <filesystem>

namespace testudo {

namespace fs = std::filesystem;

Result<std::vector<std::string>> files_below(const std::string& folder, Clones clones) {
  std::vector<std::string> below;
  std::error_code fault;
  for (fs::recursive_directory_iterator it(folder, fs::directory_options::skip_permission_denied, fault), end;
       !fault && it != end; it.increment(fault)) {
    if (clones == Clones::skip_inside && it->is_directory(fault) && it->path().filename() == ".git")
      it.disable_recursion_pending();
    if (it->is_regular_file(fault)) below.push_back(it->path().string());
  }
  if (fault) return error(Fault::io, folder + ": " + fault.message());
  std::ranges::sort(below);
  return below;
}

}  // namespace testudo
