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
  // `columns`: a line holds several values, in whatever order the reader gives them.
  enum class Lines : bool { one_value, columns };
  LineFinder(std::string_view text, Lines lines) : text_(text), columns_(lines == Lines::columns) {}
  // "line N" of the next place where the value stands as a word of its own; empty if it is not near.
  std::string find(std::string_view value);

 private:
  std::size_t place_in(std::size_t from, std::size_t until, std::string_view value);
  std::string found_at(std::size_t place, std::size_t size);
  std::string_view text_;
  bool columns_;
  std::size_t looked_ = 0;  // octets, by all searches
  std::size_t at_ = 0, counted_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace testudo
