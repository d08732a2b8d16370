// Floor 4. The lists are small and read where they are needed, once a check.
#include "parser/ios/system_release.h"

#include <charconv>
#include <functional>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"

namespace testudo {
namespace {

// Calls `each` with the columns of a list in knowledge/ until it returns false.
void each_line(std::string_view path, const std::function<bool(const std::vector<std::string_view>&)>& each) {
  for (const std::string_view line : split(embedded_file(path).value_or(""), '\n')) {
    if (trim(line).empty() || line.starts_with('#')) continue;
    std::vector<std::string_view> columns = split(line, '|');
    for (std::string_view& column : columns) column = trim(column);
    if (!each(columns)) return;
  }
}

// Nothing for a text that is no version, or one longer than any.
std::optional<std::vector<unsigned>> numbers_of(std::string_view version) {
  constexpr std::size_t most = 8;
  std::vector<unsigned> numbers;
  for (const std::string_view part : split(version, '.')) {
    unsigned number = 0;
    const auto [end, fault] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (part.empty() || fault != std::errc() || end != part.data() + part.size()) return std::nullopt;
    numbers.push_back(number);
    if (numbers.size() > most) return std::nullopt;
  }
  while (!numbers.empty() && numbers.back() == 0) numbers.pop_back();
  return numbers;
}

std::optional<std::string_view> newest(Time day, std::string_view major) {
  std::optional<std::string_view> best;
  const auto consider = [&](std::string_view version, std::string_view published) {
    const auto from = parse_rfc3339(std::string(published) + "T00:00:00Z");
    if (from && *from <= day && (!best || is_older_version(*best, version))) best = version;
  };
  each_line("knowledge/ios_versions.txt", [&](const std::vector<std::string_view>& columns) {
    if (columns.size() != 5 || (!major.empty() && columns[0] != major)) return true;
    consider(columns[1], columns[2]);
    consider(columns[3], columns[4]);
    return true;
  });
  return best;
}

}  // namespace

bool is_older_version(std::string_view a, std::string_view b) {
  const auto left = numbers_of(a), right = numbers_of(b);
  return left && right && *left < *right;
}

std::optional<std::string_view> model_name(std::string_view product_type) {
  std::optional<std::string_view> name;
  each_line("knowledge/ios_models.txt", [&](const std::vector<std::string_view>& columns) {
    if (columns.size() == 2 && columns[0] == product_type) name = columns[1];
    return !name;
  });
  return name;
}

std::optional<std::string_view> newest_ios(Time day) { return newest(day, ""); }

std::optional<std::string_view> newest_ios_of_major(std::string_view version, Time day) {
  const std::string_view major = version.substr(0, version.find('.'));
  return major.empty() ? std::nullopt : newest(day, major);
}

}  // namespace testudo
