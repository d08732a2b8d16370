// Line by line.
#include "intel/lint/text_lint.h"

#include <algorithm>
#include <map>
#include <vector>

#include "base/host.h"
#include "base/text.h"
#include "intel/feed/defang.h"

namespace testudo {
namespace {

constexpr std::size_t looked_ahead = 64 * 1024;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

// Calls `each(number, line)`, the line without its line feed.
template <typename Each>
void each_line(std::string_view text, Each each) {
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    each(++number, text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

std::string line_name(std::uint64_t number) { return "line " + std::to_string(number); }

void lint_blanks(std::string_view text, const TextReport& report) {
  std::uint64_t blank = 0, first_blank = 0;
  each_line(text, [&](std::uint64_t number, std::string_view line) {
    const std::string_view bare = trim(line);
    if (bare.empty()) {
      if (blank++ == 0) first_blank = number;
    } else if (line.find_last_not_of(" \t\r") + 1 != line.size()) {
      report(line_name(number), "trailing_blank", line, std::string(bare));
    }
  });
  if (blank != 0) report(line_name(first_blank), "blank_line", std::to_string(blank) + " blank lines", "");
}

void lint_defanged(std::string_view text, const TextReport& report) {
  std::uint64_t defanged = 0, first = 0;
  each_line(text, [&](std::uint64_t number, std::string_view line) {
    if (line.size() < 4096 && is_defanged(line) && defanged++ == 0) first = number;
  });
  if (defanged != 0)
    report(line_name(first), "defanged_text", std::to_string(defanged) + " lines with defanged values", "");
}

void lint_hosts_file(std::string_view name, std::string_view text, const TextReport& report) {
  const std::string lower = lower_ascii(name);
  if (!lower.starts_with("hosts") || lower.find("hostname") != std::string::npos) return;
  std::uint64_t bare = 0, mapped = 0;
  std::string_view example;
  each_line(text, [&](std::uint64_t, std::string_view line) {
    line = trim(line.substr(0, line.find('#')));
    if (line.empty()) return;
    const std::string_view first = line.substr(0, line.find_first_of(" \t"));
    const bool address = canonical_ipv4(first) || canonical_ipv6(first);
    if (address && first.size() != line.size()) return void(++mapped);
    if (bare++ == 0) example = line;
  });
  if (bare > mapped)
    report("", "hosts_file_without_addresses", std::to_string(bare) + " lines such as: " + std::string(example),
           "0.0.0.0 " + std::string(example));
}

struct KeyUse {
  std::uint64_t times = 0;
  std::vector<std::uint64_t> lines;
};

// `ip:` where every other entry has `ips:`: the rarer of a word and its plural at the same depth.
void lint_keys(std::string_view text, const TextReport& report) {
  constexpr std::size_t most_keys = 1000, most_lines = 100;
  std::map<std::pair<std::size_t, std::string>, KeyUse> keys;
  each_line(text, [&](std::uint64_t number, std::string_view line) {
    std::size_t indent = line.find_first_not_of(" ");
    if (indent == std::string_view::npos) return;
    if (line.substr(indent).starts_with("- ")) indent += 2;
    const std::size_t colon = line.find(':', indent);
    if (colon == std::string_view::npos || colon == indent || colon - indent > 64) return;
    const std::string_view key = line.substr(indent, colon - indent);
    if (!std::ranges::all_of(key, is_word) || (colon + 1 < line.size() && line[colon + 1] != ' ' && line[colon + 1] != '\r'))
      return;
    if (keys.size() >= most_keys && !keys.contains({indent, std::string(key)})) return;
    KeyUse& use = keys[{indent, std::string(key)}];
    ++use.times;
    if (use.lines.size() < most_lines) use.lines.push_back(number);
  });
  for (const auto& [key, use] : keys) {
    const auto plural = keys.find({key.first, key.second + "s"});
    if (plural == keys.end()) continue;
    const bool singular_rare = use.times < plural->second.times;
    // `name` and `names` mean two things where both are common.
    if (std::min(use.times, plural->second.times) * 4 > std::max(use.times, plural->second.times)) continue;
    const auto& [rare, usual] = singular_rare ? std::pair(key.second, plural->first.second) : std::pair(plural->first.second, key.second);
    for (const std::uint64_t number : (singular_rare ? use : plural->second).lines)
      report(line_name(number), "key_drift", rare, usual + ":");
  }
}

}  // namespace

void lint_text(std::string_view name, std::string_view format, std::string_view text, const TextReport& report) {
  const std::string lower = lower_ascii(name);
  if (lower.ends_with(".yaml") || lower.ends_with(".yml")) return lint_keys(text, report);
  if (format == "text") lint_blanks(text, report);
  if (format != "stix" && format != "misp" && format != "openioc" && format != "yara" && format != "suricata")
    lint_defanged(text, report);
  lint_hosts_file(name, text, report);
}

std::string LineFinder::find(std::string_view value) {
  if (value.empty()) return {};
  const std::string_view near = text_.substr(at_, looked_ahead);
  for (std::size_t from = 0; from < near.size();) {
    const std::size_t found = near.find(value, from);
    if (found == std::string_view::npos) return {};
    const std::size_t end = found + value.size();
    const bool whole = (found == 0 || !is_word(near[found - 1])) && (end == near.size() || !is_word(near[end]));
    if (!whole) {
      from = found + 1;
      continue;
    }
    const std::size_t place = at_ + found;
    line_ += static_cast<std::uint64_t>(std::ranges::count(text_.substr(counted_, place - counted_), '\n'));
    counted_ = place;
    at_ = place + value.size();
    return line_name(line_);
  }
  return {};
}

}  // namespace testudo
