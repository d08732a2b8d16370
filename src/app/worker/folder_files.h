// The files of a folder that somebody named. Floor 7.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace testudo {

// Whether the inside of a clone (`.git`) counts.
enum class Clones : bool { skip_inside, read_inside };

// All regular files below a folder, in order of path; what may not be read is passed over. An Error names the folder.
Result<std::vector<std::string>> files_below(const std::string& folder, Clones clones);

}  // namespace testudo
