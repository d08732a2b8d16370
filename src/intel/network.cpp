// Addresses and networks by the C library: inet_pton takes strict spellings only.
#include "intel/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "base/octet_set.h"

namespace testudo {

Network Network::masked(unsigned to) const {
  Network result = *this;
  result.prefix = std::min(to, bits());
  for (unsigned i = 0; i < 16; ++i) {
    const unsigned first = i * 8;
    if (first >= result.prefix) {
      result.address[i] = 0;
    } else if (result.prefix - first < 8) {
      result.address[i] = static_cast<std::uint8_t>(result.address[i] & (0xFF00U >> (result.prefix - first)));
    }
  }
  return result;
}

std::array<char, 18> Network::key() const {
  std::array<char, 18> out{};
  out[0] = v6 ? 6 : 4;
  out[1] = static_cast<char>(prefix);
  std::transform(address.begin(), address.end(), out.begin() + 2, [](std::uint8_t b) { return static_cast<char>(b); });
  return out;
}

std::string Network::text() const {
  char buffer[INET6_ADDRSTRLEN] = {};
  ::inet_ntop(v6 ? AF_INET6 : AF_INET, address.data(), buffer, sizeof buffer);
  return std::string(buffer) + "/" + std::to_string(prefix);
}

std::optional<Network> parse_network(std::string_view text) {
  constexpr OctetSet no_address = OctetSet("0123456789abcdefABCDEF.:/").others();
  if (no_address.is_in(text)) return std::nullopt;  // most that is asked about is a name
  const std::size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  char buffer[INET6_ADDRSTRLEN] = {};
  if (host.empty() || host.size() >= sizeof buffer) return std::nullopt;
  Network network;
  network.v6 = host.find(':') != std::string_view::npos;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!network.v6 && !(is_digit(host.front()) && is_digit(host.back()))) return std::nullopt;
  std::copy(host.begin(), host.end(), buffer);
  if (::inet_pton(network.v6 ? AF_INET6 : AF_INET, buffer, network.address.data()) != 1) return std::nullopt;
  network.prefix = network.bits();
  if (slash == std::string_view::npos) return network;
  const std::string_view length = text.substr(slash + 1);
  const auto [end, failed] = std::from_chars(length.data(), length.data() + length.size(), network.prefix);
  if (failed != std::errc{} || end != length.data() + length.size() || network.prefix > network.bits())
    return std::nullopt;
  return network;
}

namespace {

std::span<const Network> special_networks() {
  static const std::array blocks = [] {
    constexpr std::array<std::string_view, 14> special = {
        "0.0.0.0/8",     "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3",   "::/96",       "::ffff:0:0/96",
        "64:ff9b::/96",  "fc00::/7",       "fe80::/10",     "ff00::/8"};
    std::array<Network, special.size()> parsed;
    std::ranges::transform(special, parsed.begin(), [](std::string_view text) { return *parse_network(text); });
    return parsed;
  }();
  return blocks;
}

}  // namespace

bool lies_in_special_network(const Network& network) {
  return std::ranges::any_of(special_networks(), [&](const Network& block) {
    return block.v6 == network.v6 && network.prefix >= block.prefix && network.masked(block.prefix) == block;
  });
}

bool meets_special_network(const Network& network) {
  return std::ranges::any_of(special_networks(), [&](const Network& block) {
    const unsigned prefix = std::min(block.prefix, network.prefix);
    return block.v6 == network.v6 && network.masked(prefix) == block.masked(prefix);
  });
}

}  // namespace testudo
