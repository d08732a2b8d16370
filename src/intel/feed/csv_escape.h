// How our own CSV writes values that hold what would act in a terminal or a spreadsheet. Floor 3.
// docs/manual/export.md. A row says in its column `escaped` whether its `value` and `shown` are written so: what is not
// needs no reading, and other tools see most values as they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// Whether a value cannot stand in a cell as it is: it holds controls or marks of direction, or blanks at an end.
bool needs_csv_escape(std::string_view value);
// `\\` for a backslash, `\x0a` for characters below U+0100, `\u202e` for the others that act. Of valid UTF-8 nothing is
// lost.
std::string csv_escaped(std::string_view value);
// The value again. A backslash that begins none of the three stays as it is.
std::string csv_unescaped(std::string_view cell);

// Names in one cell, as `names_of_cell` reads them again: ", " between them, a backslash before a comma or backslash of
// a name.
std::string names_cell(const std::vector<std::string_view>& names);
std::vector<std::string> names_of_cell(std::string_view cell);

}  // namespace testudo
