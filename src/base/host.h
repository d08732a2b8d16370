// Host names and addresses as they are compared: normalised, whatever an attacker did to their spelling. Floor 0.
// Sources: UTS #46 (libidn2), the public suffix list (libpsl), WHATWG URL §3.5 host parsing, RFC 4291/5952.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace testudo {

struct HostName {
  enum class Type : std::uint8_t { name, ipv4, ipv6 };
  Type type = Type::name;
  std::string text;  // lower-case A-labels without a trailing dot; canonical dotted quad; RFC 5952 text
};

// Accepts what browsers accept: upper case, one trailing dot, ideographic and full-width full stops, zero-width
// characters, percent-encoding, internationalised names, IPv4 in decimal, octal, hexadecimal or short forms, IPv6 in
// brackets or bare. Nothing for what no browser would resolve. ASCII names take a fast path without allocation beyond
// the result.
std::optional<HostName> normalise_host(std::string_view host);

std::optional<std::string> canonical_ipv4(std::string_view text);  // a strict dotted quad only
std::optional<std::string> canonical_ipv6(std::string_view text);

// Whether the normalised name is a public suffix ("com", "co.uk", also the private section: "github.io"), or below no
// rule at all (a single label).
bool is_public_suffix(std::string_view name);
// Whether a rule of the list names it; also in UTF-8 ("рф"). Says no for a label that no rule knows.
bool is_listed_suffix(std::string_view name);
// "www.a.example.co.uk" -> "example.co.uk"; nothing for a public suffix or an address.
std::optional<std::string_view> registrable_domain(std::string_view name);

// Loads the public suffix list once; called first thing in main, before any evidence is read.
void load_host_tables();

}  // namespace testudo
