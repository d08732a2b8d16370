// Addresses and networks in binary, for finding the networks that an address lies in. Floor 3. Source: RFC 4632, 4291.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace testudo {

struct Network {
  std::array<std::uint8_t, 16> address{};  // the first 4 octets of an IPv4 address
  bool v6 = false;
  unsigned prefix = 0;  // bits

  unsigned bits() const { return v6 ? 128 : 32; }
  Network masked(unsigned to) const;  // the network of `to` bits that holds this one
  // Family, prefix and address as octets: equal exactly for equal networks.
  std::array<char, 18> key() const;
  std::string text() const;  // "198.51.100.0/24", "2001:db8::/32"
  bool operator==(const Network&) const = default;
};

// "198.51.100.7", "2001:db8::1" (as a network of all bits) and "198.51.100.0/24". Strict spellings only; host bits that
// are set beyond the prefix are kept. No allocation.
std::optional<Network> parse_network(std::string_view text);

// Networks that everybody uses for itself, and IPv6's ways of writing addresses of IPv4 (RFC 6890): they name nobody.
bool lies_in_special_network(const Network& network);
// Whether any of its addresses does.
bool meets_special_network(const Network& network);

}  // namespace testudo
