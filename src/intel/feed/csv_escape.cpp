// csv_escape.h.
#include "intel/feed/csv_escape.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace testudo {
namespace {

// The character of `digits` hexadecimal digits at the beginning; -1 where they are none.
int character(std::string_view text, std::size_t digits) {
  unsigned value = 0;  // which takes no sign
  const std::string_view number = text.substr(0, digits);
  const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), value, 16);
  return fault == std::errc{} && end == number.data() + digits ? static_cast<int>(value) : -1;
}

}  // namespace

bool needs_csv_escape(std::string_view value) { return trim(value) != value || visible(value) != value; }

std::string csv_escaped(std::string_view value) {
  std::string out;
  for (bool first = true; const std::string_view part : split(value, '\\')) {
    if (!first) out += "\\\\";
    out += visible(part);
    first = false;
  }
  if (out.ends_with(' ')) out.replace(out.size() - 1, 1, "\\x20");
  if (out.starts_with(' ')) out.replace(0, 1, "\\x20");
  return out;
}

std::string csv_unescaped(std::string_view cell) {
  std::string out;
  while (!cell.empty()) {
    const std::size_t plain = std::min(cell.find('\\'), cell.size());
    out += cell.substr(0, plain);
    cell.remove_prefix(plain);
    if (cell.empty()) break;
    const char kind = cell.size() > 1 ? cell[1] : '\0';
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : 0;
    const int c = digits == 0 ? -1 : character(cell.substr(2), digits);
    if (c >= 0) append_utf8(out, static_cast<char32_t>(c));
    if (c < 0) out.push_back('\\');
    cell.remove_prefix(c >= 0 ? 2 + digits : kind == '\\' ? 2 : 1);
  }
  return out;
}

std::string names_cell(const std::vector<std::string_view>& names) {
  std::string cell;
  for (const std::string_view name : names) {
    if (!cell.empty()) cell += ", ";
    for (const char c : name) {
      if (c == ',' || c == '\\') cell += '\\';
      cell += c;
    }
  }
  return cell;
}

std::vector<std::string> names_of_cell(std::string_view cell) {
  std::vector<std::string> names(1);
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const char next = i + 1 < cell.size() ? cell[i + 1] : '\0';
    if (cell[i] == '\\' && (next == ',' || next == '\\')) {
      names.back() += next;
      ++i;
    } else if (cell[i] == ',' && next == ' ') {
      names.emplace_back();
      ++i;
    } else {
      names.back() += cell[i];
    }
  }
  std::erase(names, std::string());
  return names;
}

}  // namespace testudo
