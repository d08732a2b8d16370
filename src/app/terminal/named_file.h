// Named files: what is said where a file that an option names cannot be read or written. Floor 7.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/catalogue.h"
#include "base/result.h"

namespace testudo {

// One plain sentence that names the option and the path, as an error. An error that has a sentence of its own in the
// catalogue stays what it is.
Error not_readable(const Catalogue& words, std::string_view option, const std::string& path, const Error& e);
Error not_written(const Catalogue& words, std::string_view option, const std::string& path, const Error& e);

// Whether each file or folder that an option names is there and may be read, with not_readable() where one is not.
// Opens none of them: a pipe can be opened once alone.
Result<void> look_at_named(const Catalogue& words, std::string_view option, const std::vector<std::string>& paths);

}  // namespace testudo
