// Addresses and networks by the C library: inet_pton takes strict spellings only.
#include "intel/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

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
  const std::size_t slash = text.find('/');
  const std::string_view host = text.substr(0, slash);
  char buffer[INET6_ADDRSTRLEN] = {};
  if (host.empty() || host.size() >= sizeof buffer || host.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(host.begin(), host.end(), buffer);
  Network network;
  network.v6 = host.find(':') != std::string_view::npos;
  if (::inet_pton(network.v6 ? AF_INET6 : AF_INET, buffer, network.address.data()) != 1) return std::nullopt;
  network.prefix = network.bits();
  if (slash == std::string_view::npos) return network;
  const std::string_view length = text.substr(slash + 1);
  const auto [end, failed] = std::from_chars(length.data(), length.data() + length.size(), network.prefix);
  if (failed != std::errc{} || end != length.data() + length.size() || network.prefix > network.bits())
    return std::nullopt;
  return network;
}

}  // namespace testudo
