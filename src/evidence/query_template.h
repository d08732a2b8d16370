// Query templates: SQL in which {table.column} stands for a column that some schema generations lack. Floor 2.
//   placeholder := '{' ['?'] [alias '='] table '.' column '}'      names: letters, digits, '_' and '$'
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace testudo {

struct Placeholder {
  bool optional = false;   // '?': absence is not reported
  std::string_view alias;  // the table itself where none is given
  std::string_view table, column;
};

// Replaces each placeholder by what `resolve` answers, outside of string literals, quoted names and comments. Braces
// that hold something else stay as they are. The first Error of `resolve` is returned.
Result<std::string> expand_query(std::string_view sql,
                                 const std::function<Result<std::string>(const Placeholder&)>& resolve);

}  // namespace testudo
