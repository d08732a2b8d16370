// Host names as they are compared. Floor 0. Sources: WHATWG URL §3.5, UTS #46, RFC 1035 §2.3.4 (lengths).
#include "base/host.h"

#include <array>

#include "base/idn.h"
#include "base/ip_address.h"
#include "base/plain_name.h"
#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t longest_name = 253, longest_label = 63;

// Lower-case spelling of what a name's label may hold (letters, digits, '-', and '_', which names in use hold against
// RFC 952), '.' itself, and zero for everything else. WHATWG allows more signs; no resolver answers to them, and in
// evidence they are the quotes and brackets around a name.
constexpr std::array<char, 256> make_spelling() {
  std::array<char, 256> table{};
  for (unsigned c = '0'; c <= '9'; ++c) table[c] = static_cast<char>(c);
  for (unsigned c = 'a'; c <= 'z'; ++c) table[c] = static_cast<char>(c);
  for (unsigned c = 'A'; c <= 'Z'; ++c) table[c] = static_cast<char>(c | 0x20);
  table['-'] = '-', table['_'] = '_', table['.'] = '.';
  return table;
}
constexpr std::array<char, 256> spelling = make_spelling();

// Lower case, without a dot at the end; false for what no name is.
bool spell_ascii(std::string_view name, std::string& text) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || name.size() > longest_name) return false;
  text = name;
  std::size_t label = 0;
  for (char& octet : text) {
    const char c = spelling[static_cast<unsigned char>(octet)];
    if (c == 0 || (c == '.' && label == 0) || (label = c == '.' ? 0 : label + 1) > longest_label) return false;
    octet = c;
  }
  return label != 0;
}

std::optional<HostName> ascii_name(std::string_view name) {
  HostName host;
  if (!spell_ascii(name, host.text)) return std::nullopt;
  if (!ends_in_number(host.text)) return host;
  auto address = loose_ipv4(host.text);
  if (!address) return std::nullopt;
  return HostName{HostName::Type::ipv4, std::move(*address)};
}

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Percent-decoded, without the tabs and line ends that browsers drop from addresses.
std::string unescaped(std::string_view host) {
  std::string out;
  for (std::size_t i = 0; i < host.size(); ++i) {
    const char c = host[i];
    if (c == '\t' || c == '\r' || c == '\n') continue;
    const int high = c == '%' && i + 2 < host.size() ? nibble(host[i + 1]) : -1;
    const int low = high >= 0 ? nibble(host[i + 2]) : -1;
    if (low < 0) {
      out.push_back(c);
    } else {
      out.push_back(static_cast<char>(high << 4 | low));
      i += 2;
    }
  }
  return out;
}

bool is_plain(std::string_view host) {
  for (char c : host)
    if (spelling[static_cast<unsigned char>(c)] == 0) return false;
  return true;
}

std::optional<HostName> other_name(std::string_view host) {
  if (host.size() > 4096) return std::nullopt;
  if (host.find(':') != std::string_view::npos) {
    auto address = canonical_ipv6(host);
    if (!address) return std::nullopt;
    return HostName{HostName::Type::ipv6, std::move(*address)};
  }
  const std::string name = unescaped(host);
  // UTS #46 keeps every sign of ASCII as it stands: what is wrong now stays wrong, and asking costs microseconds.
  if (is_ascii(name)) return is_plain(name) ? ascii_name(name) : std::nullopt;
  const auto ascii = to_ascii_name(name);
  return ascii ? ascii_name(*ascii) : std::nullopt;
}

}  // namespace

std::optional<HostName> normalise_host(std::string_view host) {
  return is_plain(host) ? ascii_name(host) : other_name(host);
}

bool normalise_plain_name(std::string_view host, std::string& name) {
  return spell_ascii(host, name) && !ends_in_number(name);
}

}  // namespace testudo
