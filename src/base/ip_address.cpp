// IPv4 and IPv6 addresses by value. Floor 0. Sources: WHATWG URL §3.5, RFC 4291 §2.2, RFC 5952 §4 and §5.
#include "base/ip_address.h"

#include <arpa/inet.h>

#include <array>
#include <cstdint>
#include <cstring>

#include "base/host.h"

namespace testudo {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_number(std::string& out, unsigned value) {
  if (value >= 100) out.push_back(static_cast<char>('0' + value / 100));
  if (value >= 10) out.push_back(static_cast<char>('0' + value / 10 % 10));
  out.push_back(static_cast<char>('0' + value % 10));
}

std::string quad(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    append_number(out, value >> shift & 0xFF);
    if (shift != 0) out.push_back('.');
  }
  return out;
}

struct Digits {
  std::string_view text;
  unsigned radix;
};

Digits digits_of(std::string_view part) {
  if (part.starts_with("0x") || part.starts_with("0X")) return {part.substr(2), 16};
  if (part.size() > 1 && part[0] == '0') return {part.substr(1), 8};
  return {part, 10};
}

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

// Nothing if it is no number, or more than 32 bits. "0x" alone is zero, as browsers have it.
std::optional<std::uint64_t> number(std::string_view part) {
  if (part.empty()) return std::nullopt;
  const Digits digits = digits_of(part);
  std::uint64_t value = 0;
  for (char c : digits.text) {
    const auto digit = static_cast<unsigned>(digit_value(c));
    if (digit >= digits.radix) return std::nullopt;
    value = value * digits.radix + digit;
    if (value > 0xFFFFFFFF) return std::nullopt;
  }
  return value;
}

std::string ipv6_text(const std::array<std::uint16_t, 8>& groups) {
  std::size_t best = 8, best_length = 1;  // RFC 5952 §4.2.2: a single zero group is not shortened
  for (std::size_t i = 0; i < 8;) {
    std::size_t end = i;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - i > best_length) best = i, best_length = end - i;
    i = end > i ? end : i + 1;
  }
  std::string out;
  constexpr std::string_view hex = "0123456789abcdef";
  for (std::size_t i = 0; i < 8;) {
    if (i == best) {
      out += "::";
      i += best_length;
      continue;
    }
    if (!out.empty() && out.back() != ':') out.push_back(':');
    bool leading = true;
    for (int shift = 12; shift >= 0; shift -= 4) {
      const unsigned nibble = static_cast<unsigned>(groups[i]) >> shift & 0xF;
      if (nibble == 0 && leading && shift != 0) continue;
      leading = false;
      out.push_back(hex[nibble]);
    }
    ++i;
  }
  return out;
}

}  // namespace

bool ends_in_number(std::string_view name) {
  const auto dot = name.rfind('.');
  const std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
  if (last.empty() || !is_digit(last[0])) return false;
  const std::string_view rest = last.starts_with("0x") || last.starts_with("0X") ? last.substr(2) : last;
  const bool hexadecimal = rest.size() != last.size();
  for (char c : rest)
    if (!(hexadecimal ? digit_value(c) < 16 : is_digit(c))) return false;
  return true;
}

std::optional<std::string> loose_ipv4(std::string_view text) {
  std::uint32_t value = 0;
  for (unsigned part = 0; part < 4; ++part) {
    const auto dot = text.find('.');
    const auto n = number(text.substr(0, dot));
    if (!n) return std::nullopt;
    if (dot == std::string_view::npos) {
      const unsigned bits = 32 - 8 * part;
      if (*n >> bits != 0) return std::nullopt;
      return quad(value | static_cast<std::uint32_t>(*n));
    }
    if (*n > 255) return std::nullopt;
    value |= static_cast<std::uint32_t>(*n) << (24 - 8 * part);
    text.remove_prefix(dot + 1);
  }
  return std::nullopt;
}

std::optional<std::string> canonical_ipv4(std::string_view text) {
  if (text.size() < 7 || text.size() > 15) return std::nullopt;
  unsigned octet = 0, size = 0, dots = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || text[i] == '.') {
      if (size == 0 || octet > 255 || (dots += i != text.size()) > 3) return std::nullopt;
      octet = size = 0;
      continue;
    }
    // A leading zero is octal to some readers and decimal to others: such text names no address for certain.
    if (!is_digit(text[i]) || (size == 1 && octet == 0) || ++size > 3) return std::nullopt;
    octet = octet * 10 + static_cast<unsigned>(text[i] - '0');
  }
  if (dots != 3) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> canonical_ipv6(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  text = text.substr(0, text.find('%'));  // a zone (RFC 4007 §11) says which interface, not which address
  std::array<char, INET6_ADDRSTRLEN> copy{};
  if (text.size() < 2 || text.size() >= copy.size()) return std::nullopt;
  std::memcpy(copy.data(), text.data(), text.size());
  in6_addr address{};
  if (std::strlen(copy.data()) != text.size() || inet_pton(AF_INET6, copy.data(), &address) != 1) return std::nullopt;
  std::array<std::uint16_t, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i)
    groups[i] = static_cast<std::uint16_t>(address.s6_addr[2 * i] << 8 | address.s6_addr[2 * i + 1]);
  const bool mapped = groups[5] == 0xFFFF && (groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) == 0;
  if (mapped) return "::ffff:" + quad(static_cast<std::uint32_t>(groups[6]) << 16 | groups[7]);  // RFC 5952 §5
  return ipv6_text(groups);
}

}  // namespace testudo
