// The files of a folder that somebody named. Floor 7.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace testudo {

// Whether the inside of a clone (`.git`) counts.
enum class Clones : bool { skip_inside, read_inside };

struct FolderFiles {
  std::vector<std::string> files;   // all regular files below it, in order of path
  std::vector<std::string> closed;  // folders below it that may not be read
};
// An Error names the folder, where that may not be read itself.
Result<FolderFiles> files_below(const std::string& folder, Clones clones);

}  // namespace testudo
