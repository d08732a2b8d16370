#include "intel/export/plain_text.h"

#include <algorithm>

#include "base/text.h"

namespace testudo {
namespace {

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Controls, line and paragraph separators, marks and controls of direction, byte order marks.
bool acts(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && std::ranges::all_of(label, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

Time within_calendar(Time time) {
  constexpr std::int64_t first = -62135596800000000, last = 253402300799999999;
  return {std::clamp(time.micros, first, last)};
}

}  // namespace

std::string one_line(std::string_view text, std::size_t limit) {
  std::string line;
  bool gap = false;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    text.remove_prefix(point.size);
    if (acts(point.value)) {
      gap = !line.empty();
      continue;
    }
    if (line.size() + 5 > limit) break;
    if (gap) line += ' ';
    gap = false;
    append_utf8(line, point.value);
  }
  return line;
}

std::string bare_words(std::string_view text, std::size_t limit) {
  std::string words = one_line(text, limit);
  for (char& c : words)
    if (!is_letter_or_digit(c) && std::string_view(" ._+-").find(c) == std::string_view::npos) c = '_';
  return words;
}

std::string identifier(std::string_view text, std::size_t limit) {
  std::string name(text.substr(0, limit));
  for (char& c : name)
    if (!is_letter_or_digit(c)) c = '_';
  if (name.empty() || name.front() == '_' || (name.front() >= '0' && name.front() <= '9')) name.insert(0, 1, 'r');
  return name;
}

bool is_dns_name(std::string_view host) {
  if (host.size() > 253 || host.find('.') == std::string_view::npos) return false;
  const std::vector<std::string_view> labels = split(host, '.');
  return std::ranges::all_of(labels, is_label) &&
         !std::ranges::all_of(labels.back(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_plain_url(std::string_view url) {
  return std::ranges::all_of(url, [](char c) { return c > 0x20 && c < 0x7F && c != '"' && c != '\'' && c != '\\'; });
}

UrlParts split_normalised_url(std::string_view url) {
  UrlParts parts;
  const std::size_t slash = std::min(url.find_first_of("/?"), url.size());
  parts.path = url.substr(slash);
  parts.host = url.substr(0, slash);
  const std::size_t colon = parts.host.rfind(':');
  if (colon != std::string_view::npos && !parts.host.ends_with(']')) {
    parts.host = parts.host.substr(0, colon);
    parts.port = true;
  }
  return parts;
}

std::string url_with_scheme(const StoredIndicator& indicator) {
  const std::string lower = lower_ascii(std::string_view(indicator.shown).substr(0, 8));
  if (lower.starts_with("http://") || lower.starts_with("https://")) return indicator.shown;
  return "http://" + indicator.value;
}

std::string_view tlp_word(Tlp tlp) {
  constexpr std::string_view words[] = {"clear", "green", "amber", "amber+strict", "red"};
  return words[static_cast<std::size_t>(tlp)];
}

std::string_view role_word(Role role) {
  constexpr std::string_view words[] = {"unstated", "attacker", "victim", "benign", "context"};
  return words[static_cast<std::size_t>(role)];
}

std::string day_text(Time time) { return to_rfc3339(within_calendar(time)).substr(0, 10); }

std::string instant_text(Time time) {
  const Time inside = within_calendar(time);
  std::string text = to_rfc3339(inside).substr(0, 19);
  const std::int64_t micros = (inside.micros % 1000000 + 1000000) % 1000000;
  const std::string digits = std::to_string(1000000 + micros).substr(1);
  return text + "." + (micros % 1000 == 0 ? digits.substr(0, 3) : digits) + "Z";
}

}  // namespace testudo
