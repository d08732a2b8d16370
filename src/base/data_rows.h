// Rows of the data files that travel inside the program (knowledge/): lines "a | b | c". Floor 0.
#pragma once

#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"

namespace testudo {

// Calls `each(fields)` for every line that is neither empty nor begins with `#`. Fields are trimmed; at least one. Does
// nothing if the program holds no such file.
template <typename Each>
void each_data_row(std::string_view path, Each each) {
  for (const std::string_view line : split(embedded_file(path).value_or(""), '\n')) {
    if (trim(line).empty() || line.starts_with('#')) continue;
    std::vector<std::string_view> fields = split(line, '|');
    for (std::string_view& field : fields) field = trim(field);
    each(fields);
  }
}

}  // namespace testudo
