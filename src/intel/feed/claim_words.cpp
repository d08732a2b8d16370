// Sources: FIRST TLP 2.0 (August 2022); STIX 2.1, appendix A (confidence scales).
#include "intel/feed/claim_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/tlp_said.h"

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

// Whether any of the known stands in words that plain_words() gave.
template <std::size_t N>
bool has_any(std::string_view words, const std::array<std::string_view, N>& known) {
  for (std::size_t at = 0; (at = words.find(' ', at)) != std::string_view::npos;) {
    const std::string_view rest = words.substr(++at);
    const bool found = std::ranges::any_of(known, [&](std::string_view word) {
      return rest.size() > word.size() && rest[word.size()] == ' ' && rest.starts_with(word);
    });
    if (found) return true;
  }
  return false;
}

constexpr std::array<std::string_view, 6> victims{"victim",        "victims",      "compromised",
                                                  "watering hole", "wateringhole", "watering holes"};
// Of a site or an address these say whose it is; an infected file is the attacker's.
constexpr std::array<std::string_view, 6> hit{"infected", "hacked", "defaced", "target", "targets", "targeted"};
constexpr std::array<std::string_view, 10> things{"file",   "files", "document", "apk",       "app",
                                                  "sample", "hash",  "binary",   "installer", "archive"};
constexpr std::array<std::string_view, 9> harmless{"benign",         "legitimate",      "legit",
                                                   "false positive", "false positives", "whitelisted",
                                                   "allowlisted",    "whitelist",       "allowlist"};
constexpr std::array<std::string_view, 4> beside{"context", "sinkhole", "sinkholed", "sinkholes"};
constexpr std::array<std::string_view, 27> attackers{
    "attacker",     "attackers",    "c2",          "c2s",     "c&c",     "cnc",       "command and control",
    "malicious",    "malware",      "phishing",    "exploit", "payload", "dropper",   "command & control",
    "exfiltration", "distribution", "adversarial", "implant", "botnet",  "adversary", "spyware",
    "delivery",     "downloader",   "loader",      "staging", "exfil",   "backdoor"};
constexpr std::array<std::string_view, 2> negations{"not", "non"};

}  // namespace

namespace {

// Octets of a character at the beginning that is no letter in any script: U+00A0 to U+00BF, punctuation (U+2000 to
// U+206F, U+3000 to U+303F), drawings (U+2500 to U+27BF), pictures (U+1F000 and up) and what chooses their form.
std::size_t foreign_sign(std::string_view text) {
  if (text.size() < 2 || static_cast<unsigned char>(text[0]) < 0x80) return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  if (text[0] == '\xC2') return second >= 0xA0 ? 2 : 0;
  const bool three = text[0] == '\xE2' ? second <= 0x81 || (second >= 0x94 && second <= 0x9E)
                                       : (text[0] == '\xE3' && second == 0x80) || text.starts_with("\xEF\xB8\x8F");
  if (three) return std::min<std::size_t>(3, text.size());
  return text[0] == '\xF0' && second == 0x9F ? std::min<std::size_t>(4, text.size()) : 0;
}

}  // namespace

std::string plain_words(std::string_view phrase) {
  std::string text = " ";
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    char c = phrase[i];
    const std::string_view rest = phrase.substr(i);
    if (const std::size_t size = foreign_sign(rest); size > 0) {
      i += size - 1;
      if (text.back() != ' ') text.push_back(' ');
      continue;
    }
    if (rest.size() > 2 && (rest.starts_with("\xEF\xBC") || rest.starts_with("\xEF\xBD"))) {
      const unsigned narrow = (rest[1] == '\xBC' ? 0x20U : 0x60U) + (static_cast<unsigned char>(rest[2]) & 0x3FU);
      if (narrow < 0x7F) {
        c = static_cast<char>(narrow);
        i += 2;
      }
    }
    const bool sign = static_cast<unsigned char>(c) < 0x80 && c != '&' && !(c >= '0' && c <= '9') &&
                      !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
    if (!sign) text.push_back(c);
    if (sign && text.back() != ' ') text.push_back(' ');
  }
  if (text.back() != ' ') text.push_back(' ');
  return lower_ascii(text);
}

std::optional<Tlp> tlp_of(std::string_view word) {
  std::vector<std::string> levels;
  std::string text = plain_words(word);
  if (text.starts_with(" tlp")) text.erase(1, 3);
  for (const std::string_view part : split(text, ' '))
    if (!part.empty() && !std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; }))
      levels.emplace_back(part);
  // No remark makes the strictest level laxer; beside a laxer one it may ask for more.
  if (!levels.empty() && levels[0] == "red") return Tlp::red;
  if (levels.size() == 1 && (levels[0] == "clear" || levels[0] == "white")) return Tlp::clear;
  if (levels.size() == 1 && levels[0] == "green") return Tlp::green;
  if (levels.size() == 1 && levels[0] == "amber") return Tlp::amber;
  const bool strict = levels.size() > 1 && levels[0] == "amber" && levels[1] == "strict";
  return strict || (levels.size() == 1 && levels[0] == "amberstrict") ? std::optional(Tlp::amber_strict) : std::nullopt;
}

bool names_tlp(std::string_view name) {
  constexpr std::size_t longest = 64;
  if (name.size() < 3 || name.size() > longest) return false;
  const std::string words = plain_words(name);
  if (tlp_said(name).level) return false;  // a value: "TLP:RED", "Report 7 - TLP:RED"
  return words.find(" tlp") != std::string::npos || words.find(" traffic light protocol ") != std::string::npos ||
         words.find(" trafficlightprotocol ") != std::string::npos;
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

std::optional<Role> role_of(std::string_view phrase) {
  const std::string words = plain_words(phrase);
  if (words == " unstated ") return Role::unstated;
  if (has_any(words, negations)) return std::nullopt;
  if (has_any(words, victims) || (has_any(words, hit) && !has_any(words, things))) return Role::victim;
  if (has_any(words, harmless)) return Role::benign;
  if (has_any(words, beside)) return Role::context;
  return has_any(words, attackers) ? std::optional(Role::attacker) : std::nullopt;
}

Role least_blocking(Role a, Role b) {
  constexpr std::array<int, 5> ranks{0, 1, 4, 3, 2};  // unstated, attacker, victim, benign, context
  return ranks[static_cast<std::size_t>(a)] < ranks[static_cast<std::size_t>(b)] ? b : a;
}

std::optional<Role> role_of_remark(std::string_view text) {
  constexpr std::size_t shortest = 2, longest = 40;
  if (text.size() < shortest || text.size() > longest) return std::nullopt;
  if (says_victim(text)) return Role::victim;
  constexpr OctetSet begins("bBlLfFwWaA(\"'[");  // the words, and what may stand around them
  if (!begins.has(text[0])) return std::nullopt;
  const std::string words = plain_words(text);
  const bool benign = std::ranges::any_of(
      harmless, [&](std::string_view word) { return std::string_view(words).substr(1, words.size() - 2) == word; });
  return benign ? std::optional(Role::benign) : std::nullopt;
}

std::optional<Role> role_of_status(std::string_view text) {
  constexpr std::size_t longest = 40;
  if (text.size() > longest) return std::nullopt;
  const std::string words = plain_words(text);
  if (std::ranges::count(words, ' ') > 5) return std::nullopt;
  // Nothing is blocked by what is over or was found to be nothing.
  constexpr std::array<std::string_view, 7> over{"inactive", "expired",       "deprecated",   "retired",
                                                 "obsolete", "not malicious", "non malicious"};
  if (has_any(words, over)) return Role::context;
  if (has_any(words, std::array<std::string_view, 1>{"fp"})) return Role::benign;
  const std::optional<Role> role = role_of(text);
  return role == Role::attacker || role == Role::unstated ? std::nullopt : role;
}

std::optional<bool> truth_of(std::string_view word) {
  const std::string text = lower_ascii(trim(word));
  for (const std::string_view yes : {"true", "1", "yes", "y", "t", "x", "revoked", "withdrawn"})
    if (text == yes) return true;
  for (const std::string_view no : {"false", "0", "no", "n", "f", "-", "active"})
    if (text == no) return false;
  return std::nullopt;
}

bool says_nothing(std::string_view cell) {
  const std::string text = lower_ascii(trim(cell));
  return std::ranges::any_of(
      std::array<std::string_view, 10>{"-", "--", "n/a", "na", "none", "null", "nil", "unknown", "?", "nan"},
      [&](std::string_view word) { return text == word; });
}

bool names_victims(std::string_view heading) {
  constexpr std::size_t shortest = std::string_view("victim").size();
  if (heading.size() < shortest) return false;
  const std::string text = lower_ascii(heading);
  return std::ranges::any_of(
      std::array<std::string_view, 5>{"compromised", "victim", "watering hole", "legitimate", "watering-hole"},
      [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

bool says_victim(std::string_view text) {
  constexpr std::size_t shortest = 6, longest = 40;
  if (text.size() < shortest || text.size() > longest || !names_victims(text)) return false;
  const std::string words = plain_words(text);
  const bool watering = words.find(" watering hole ") != std::string::npos;
  return std::ranges::count(words, ' ') <= (watering ? 4 : 3) && has_any(words, victims) &&
         role_of(text) == Role::victim;
}

void keep_value(FeedSink& sink, KeptPattern pattern, std::string_view type, std::string_view value) {
  const std::string text = std::string(type) + ": " + std::string(value);
  pattern.text = text;
  if (pattern.why.empty()) pattern.why = "kind_without_indicators";
  sink.kept(pattern);
}

}  // namespace testudo
