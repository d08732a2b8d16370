// Line by line.
#include "intel/lint/text_lint.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <vector>

#include "base/host.h"
#include "base/octet_set.h"
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

// Line by line: far fewer steps than octet by octet.
std::uint64_t line_feeds(std::string_view text) {
  std::uint64_t all = 0;
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string_view::npos; ++at) ++all;
  return all;
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
    // Most lines hold none of the marks of defanging.
    const bool marked = OctetSet("[({\\").is_in(line) || line.find("xx") != std::string_view::npos ||
                        line.find("XX") != std::string_view::npos || line.find("h**p") != std::string_view::npos;
    if (marked && line.size() < 4096 && is_defanged(line) && defanged++ == 0) first = number;
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
    const std::string_view first = line.substr(0, blanks.find_in(line));
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
  std::uint64_t entry = 0;           // the last list entry that it was seen in
  std::set<std::string> companions;  // keys of the same entries: another spelling is never beside the usual one
};

// `ip:` where every other entry has `ips:`: the rarer of a word and its plural at the same depth.
void lint_keys(std::string_view text, const TextReport& report) {
  constexpr std::size_t most_keys = 1000, most_lines = 100;
  std::map<std::pair<std::size_t, std::string>, KeyUse> keys;
  std::uint64_t entry = 0;
  each_line(text, [&](std::uint64_t number, std::string_view line) {
    std::size_t indent = line.find_first_not_of(" ");
    if (indent == std::string_view::npos) return;
    if (indent == 0) ++entry;
    if (line.substr(indent).starts_with("- ")) indent += 2;
    const std::size_t colon = line.find(':', indent);
    if (colon == std::string_view::npos || colon == indent || colon - indent > 64) return;
    const std::string_view key = line.substr(indent, colon - indent);
    if (!std::ranges::all_of(key, is_word) ||
        (colon + 1 < line.size() && line[colon + 1] != ' ' && line[colon + 1] != '\r'))
      return;
    if (keys.size() >= most_keys && !keys.contains({indent, std::string(key)})) return;
    KeyUse& use = keys[{indent, std::string(key)}];
    ++use.times;
    use.entry = entry;
    const std::string twin = key.ends_with('s') ? std::string(key.substr(0, key.size() - 1)) : std::string(key) + "s";
    if (const auto other = keys.find({indent, twin}); other != keys.end() && other->second.entry == entry)
      use.companions.insert(twin), other->second.companions.insert(std::string(key));
    if (use.lines.size() < most_lines) use.lines.push_back(number);
  });
  for (const auto& [key, use] : keys) {
    const auto plural = keys.find({key.first, key.second + "s"});
    if (plural == keys.end() || use.companions.contains(plural->first.second)) continue;
    const bool singular_rare = use.times < plural->second.times;
    // `name` and `names` mean two things where both are common.
    if (std::min(use.times, plural->second.times) * 4 > std::max(use.times, plural->second.times)) continue;
    const auto& [rare, usual] =
        singular_rare ? std::pair(key.second, plural->first.second) : std::pair(plural->first.second, key.second);
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

// The place of the value as a word of its own in a part of the text.
std::size_t LineFinder::place_in(std::size_t from, std::size_t until, std::string_view value) {
  const std::string_view part = text_.substr(from, until - from);
  looked_ += part.size();
  for (std::size_t found = 0; (found = part.find(value, found)) != std::string_view::npos; ++found) {
    const std::size_t begin = from + found, end = begin + value.size();
    if ((begin == 0 || !is_word(text_[begin - 1])) && (end == text_.size() || !is_word(text_[end]))) return begin;
  }
  return std::string_view::npos;
}

std::string LineFinder::found_at(std::size_t place, std::size_t size) {
  if (place >= counted_)
    line_ += line_feeds(text_.substr(counted_, place - counted_));
  else
    line_ -= line_feeds(text_.substr(place, counted_ - place));
  counted_ = place;
  at_ = std::max(at_, place + size);
  return line_name(line_);
}

std::string LineFinder::find(std::string_view value) {
  if (value.empty()) return {};
  constexpr auto none = std::string_view::npos;
  // A value that is spelled otherwise is nowhere: that shall not cost a search of the whole file each time.
  const std::size_t ahead = looked_ / 2 < text_.size() ? looked_ahead : 512;
  // In what is left of the line, then in what came before in it: a reader need not give columns in their order.
  // A file may be a single line: its end is not looked for further than values are.
  const std::string_view rest = text_.substr(at_, ahead);
  const std::size_t end = at_ + std::min(rest.find('\n'), rest.size());
  if (const std::size_t place = place_in(at_, end, value); place != none) return found_at(place, value.size());
  if (columns_) {
    const std::size_t from = at_ - std::min(at_, ahead);
    const void* line = ::memrchr(text_.data() + from, '\n', at_ - from);
    const std::size_t begin =
        line == nullptr ? from : static_cast<std::size_t>(static_cast<const char*>(line) - text_.data()) + 1;
    if (begin < at_)
      if (const std::size_t place = place_in(begin, at_, value); place != none) return found_at(place, value.size());
  }
  if (const std::size_t place = place_in(end, std::min(end + ahead, text_.size()), value); place != none)
    return found_at(place, value.size());
  return {};
}

}  // namespace testudo
