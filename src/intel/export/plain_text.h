// Text of feeds made harmless for the formats that it goes into: whoever writes a value, a comment or a threat's name
// must not be able to write a line, a rule or a formula. Floor 3.
#pragma once

#include <string>
#include <string_view>

#include "intel/store/stored_indicator.h"

namespace testudo {

// One line of valid UTF-8 without control characters and without those that turn the direction of writing; each run of
// them and of blanks becomes one blank. Cut at a character after at most `limit` octets.
std::string one_line(std::string_view text, std::size_t limit = 200);
// Letters and digits of ASCII, and " ._+-"; anything else becomes '_'. For comments and messages of rule languages.
std::string bare_words(std::string_view text, std::size_t limit = 100);
// [A-Za-z0-9_] only, beginning with a letter: for names of rules and sets.
std::string identifier(std::string_view text, std::size_t limit = 60);

// At least two labels of [a-z0-9_-], each 1 to 63 octets, 253 at most together, the last not all digits: what a DNS
// server can load without escapes. Normalised hosts may hold more (browsers resolve "a;b.test").
bool is_dns_name(std::string_view host);
// Printable ASCII without blanks, quotes and backslash.
bool is_plain_url(std::string_view url);

struct UrlParts {
  std::string_view host, path;  // path from its '/', with the query; the port is not in either
  bool port = false;
};
// Of a normalised URL (host[:port]path).
UrlParts split_normalised_url(std::string_view url);
// The address as people know it, with a scheme: the indicator's own if it has one, else "http://" and the value.
std::string url_with_scheme(const StoredIndicator& indicator);

std::string_view tlp_word(Tlp tlp);     // "clear", "green", "amber", "amber+strict", "red"
std::string_view role_word(Role role);  // "unstated", "attacker", …

// "2026-11-21" and "2026-11-21T00:00:00.000Z", with six digits where three would lose some; times outside the years 1
// to 9999 become the nearest inside.
std::string day_text(Time time);
std::string instant_text(Time time);

}  // namespace testudo
