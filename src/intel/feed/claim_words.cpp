// Sources: FIRST TLP 2.0 (August 2022); STIX 2.1, appendix A (confidence scales).
#include "intel/feed/claim_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/text.h"

namespace testudo {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<unsigned> number_of(std::string_view text) {
  unsigned number = 0;
  if (!is_digits(text) || text.size() > 9) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// "3/2013", as scans name the month in which they saw a server first.
std::optional<Time> month_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash > 2 || text.size() != slash + 5) return std::nullopt;
  std::string month(text.substr(0, slash));
  if (month.size() == 1) month.insert(0, "0");
  return parse_rfc3339(std::string(text.substr(slash + 1)) + "-" + month + "-01");
}

struct RoleWord {
  std::string_view word;
  Role role;
};
constexpr std::array role_words{RoleWord{"attacker", Role::attacker},     RoleWord{"c2", Role::attacker},
                                RoleWord{"c&c", Role::attacker},          RoleWord{"malicious", Role::attacker},
                                RoleWord{"victim", Role::victim},         RoleWord{"compromised", Role::victim},
                                RoleWord{"benign", Role::benign},         RoleWord{"legitimate", Role::benign},
                                RoleWord{"false positive", Role::benign}, RoleWord{"context", Role::context},
                                RoleWord{"unstated", Role::unstated}};

}  // namespace

std::optional<Tlp> tlp_of(std::string_view word) {
  std::string text = lower_ascii(trim(word));
  if (text.starts_with("tlp:")) text.erase(0, 4);
  if (text.starts_with("tlp-")) text.erase(0, 4);
  std::ranges::replace(text, '_', '+');
  std::ranges::replace(text, ' ', '+');
  if (text == "clear" || text == "white") return Tlp::clear;
  if (text == "green") return Tlp::green;
  if (text == "amber") return Tlp::amber;
  if (text == "amber+strict") return Tlp::amber_strict;
  if (text == "red") return Tlp::red;
  return std::nullopt;
}

std::optional<Tlp> stricter(std::optional<Tlp> a, std::optional<Tlp> b) {
  if (!a) return b;
  if (!b) return a;
  return std::max(*a, *b);
}

std::optional<std::uint8_t> confidence_of(std::string_view word) {
  const std::string text = lower_ascii(trim(word));
  if (text == "none") return std::uint8_t{0};
  if (text == "low") return std::uint8_t{15};
  if (text == "medium" || text == "moderate" || text == "med") return std::uint8_t{50};
  if (text == "high") return std::uint8_t{85};
  const std::string_view digits = std::string_view(text).substr(0, text.find_first_of("%"));
  if (const std::optional<unsigned> number = number_of(digits); number && *number <= 100)
    return static_cast<std::uint8_t>(*number);
  if (text.starts_with("0.") && is_digits(std::string_view(text).substr(2)) && text.size() <= 8) {
    std::string hundredths = text.substr(2) + "0";
    return static_cast<std::uint8_t>(*number_of(std::string_view(hundredths).substr(0, 2)));
  }
  return std::nullopt;
}

std::optional<Time> time_of(std::string_view text) {
  text = trim(text);
  if (text.size() < 6 || text.size() > 40) return std::nullopt;
  if (const auto time = parse_rfc3339(text)) return time;
  if (is_digits(text) && text.size() == 10)
    return from_unix_seconds(static_cast<double>(std::stoll(std::string(text))));
  if (const auto time = month_of(text)) return time;
  std::string mended(text);
  if (mended.ends_with(" UTC")) mended.resize(mended.size() - 4);
  if (mended.size() > 10 && mended[10] == ' ') mended[10] = 'T';
  return parse_rfc3339(mended);
}

std::optional<Role> role_of(std::string_view word) {
  const std::string text = lower_ascii(trim(word));
  for (const RoleWord& known : role_words)
    if (text == known.word) return known.role;
  return std::nullopt;
}

bool names_victims(std::string_view heading) {
  const std::string text = lower_ascii(heading);
  return std::ranges::any_of(
      std::array<std::string_view, 5>{"compromised", "victim", "watering hole", "legitimate", "watering-hole"},
      [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

void keep_value(FeedSink& sink, KeptPattern pattern, std::string_view type, std::string_view value) {
  const std::string text = std::string(type) + ": " + std::string(value);
  pattern.text = text;
  if (pattern.why.empty()) pattern.why = "kind_without_indicators";
  sink.kept(pattern);
}

}  // namespace testudo
