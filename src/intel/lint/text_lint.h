// What only the lines of a file show: blanks, keys, a hosts file that is none. Floor 3.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace testudo {

using TextReport =
    std::function<void(std::string_view object, std::string_view defect, std::string_view value, std::string mend)>;

// `name` is the file's name without folders, `format` what it is read as.
void lint_text(std::string_view name, std::string_view format, std::string_view text, const TextReport& report);

// Finds on which line a value stands, going forward: for formats whose entries have no ids.
class LineFinder {
 public:
  explicit LineFinder(std::string_view text) : text_(text) {}
  // "line N" of the next place where the value stands as a word of its own; empty if it is not near.
  std::string find(std::string_view value);

 private:
  std::string_view text_;
  std::size_t at_ = 0, counted_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace testudo
