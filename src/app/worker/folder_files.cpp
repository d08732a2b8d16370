#include "app/worker/folder_files.h"

#include <algorithm>
#include <filesystem>

#include <unistd.h>

namespace testudo {

namespace fs = std::filesystem;

Result<FolderFiles> files_below(const std::string& folder, Clones clones) {
  FolderFiles below;
  std::error_code fault;
  for (fs::recursive_directory_iterator it(folder, fault), end; !fault && it != end; it.increment(fault)) {
    if (it->is_directory(fault) && !it->is_symlink(fault)) {
      const bool inside = it->path().filename() == ".git" && clones == Clones::skip_inside;
      const bool closed = !inside && ::access(it->path().c_str(), R_OK | X_OK) != 0;
      if (closed) below.closed.push_back(it->path().string());
      if (inside || closed) it.disable_recursion_pending();
    }
    if (it->is_regular_file(fault)) below.files.push_back(it->path().string());
  }
  if (fault) return error(Fault::io, folder + ": " + fault.message());
  std::ranges::sort(below.files);
  std::ranges::sort(below.closed);
  return below;
}

}  // namespace testudo
