// The usual greedy cover: at each step the largest aligned block that does not reach beyond the end.
#include "intel/feed/address_range.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include "base/text.h"
#include "intel/network.h"

namespace testudo {
namespace {

std::optional<std::uint64_t> number_of(std::string_view text) {
  const std::optional<Network> network = parse_network(text);
  if (!network || network->v6 || text.find('/') != std::string_view::npos) return std::nullopt;
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | network->address[i];
  return number;
}

std::string text_of(std::uint64_t number, unsigned prefix) {
  std::string text;
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    text += std::to_string(number >> (shift - 8) & 0xFF);
    if (shift > 8) text.push_back('.');
  }
  return prefix == 32 ? text : text + "/" + std::to_string(prefix);
}

}  // namespace

std::vector<std::string> networks_of_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || text.size() > 64) return {};
  const std::string_view low = trim(text.substr(0, dash));
  const std::string_view high = trim(text.substr(dash + 1));
  std::optional<std::uint64_t> first = number_of(low);
  if (!first || high.empty()) return {};
  std::optional<std::uint64_t> last = number_of(high);
  const bool digits = high.size() <= 3 && std::ranges::all_of(high, [](char c) { return c >= '0' && c <= '9'; });
  if (!last && digits) last = number_of(std::string(low.substr(0, low.rfind('.') + 1)) + std::string(high));
  if (!last || *last < *first) return {};
  std::vector<std::string> networks;
  for (std::uint64_t at = *first; at <= *last;) {
    unsigned bits = at == 0 ? 32 : static_cast<unsigned>(std::countr_zero(at));
    while (bits > 32 || (std::uint64_t{1} << bits) > *last - at + 1) --bits;
    networks.push_back(text_of(at, 32 - bits));
    at += std::uint64_t{1} << bits;
  }
  return networks;
}

}  // namespace testudo
