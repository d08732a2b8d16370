// What each kind of value is compared as. The feeds that made a step necessary: docs/formats/stix.md.
#include "intel/normalise.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/host.h"
#include "base/octet_set.h"
#include "base/plain_name.h"
#include "base/text.h"
#include "base/url.h"
#include "intel/known_names.h"
#include "intel/network.h"
#include "intel/normalise_local.h"

namespace testudo {
namespace {

// Longer than any path (PATH_MAX), host or name; URLs may be longer.
constexpr std::size_t value_limit = 4096;
constexpr std::size_t url_limit = 65536;

using Normalised = std::optional<NormalisedIndicator>;

Normalised refuse(Defects& defects, std::string_view why) {
  defects.push_back(why);
  return std::nullopt;
}

bool replace_all(std::string& text, std::string_view from, std::string_view to) {
  bool found = false;
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
    found = true;
  }
  return found;
}

// "hxxps[:]//evil[.]test" as reports write it so that nobody clicks it. A view of `value` or of `text`.
std::string_view refang(std::string_view value, std::string& text, Defects& defects) {
  const bool bracketed = value.find('[') != std::string_view::npos || value.find('(') != std::string_view::npos;
  if (!bracketed && !value.starts_with('h') && !value.starts_with('H')) return value;
  text = value;
  bool found = false;
  if (bracketed) {
    for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"[.]", "."},
                                   {"(.)", "."},
                                   {"[dot]", "."},
                                   {"[:]", ":"},
                                   {"[://]", "://"},
                                   {"[@]", "@"},
                                   {"[at]", "@"}})
      found |= replace_all(text, from, to);
  }
  for (const std::string_view scheme : {"hxxps://", "hxxp://"}) {
    if (text.size() <= scheme.size() || !equals_ignoring_case(std::string_view(text).substr(0, scheme.size()), scheme))
      continue;
    text.replace(0, 4, "http");
    found = true;
    break;
  }
  if (found) defects.push_back("defanged");
  return text;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Normalised address(HostName host, Defects& defects) {
  const Kind kind = host.type == HostName::Type::ipv6 ? Kind::ipv6 : Kind::ipv4;
  NormalisedIndicator found{kind, std::move(host.text)};
  const std::optional<Network> network = parse_network(found.value);
  if (network && lies_in_special_network(*network)) {
    found.generic = true;
    defects.push_back("special_address");
  }
  return found;
}

// A network of one address is that address; one that holds a large part of the Internet is nobody's.
Normalised network(std::string_view value, Defects& defects) {
  const std::optional<Network> parsed = parse_network(value);
  if (!parsed) return refuse(defects, "not_an_address");
  if (parsed->prefix < (parsed->v6 ? 16U : 8U)) return refuse(defects, "value_too_general");
  const Network masked = parsed->masked(parsed->prefix);
  if (masked.prefix == masked.bits()) {
    const std::string text = masked.text();
    const std::string_view bare = std::string_view(text).substr(0, text.find('/'));
    return address({masked.v6 ? HostName::Type::ipv6 : HostName::Type::ipv4, std::string(bare)}, defects);
  }
  NormalisedIndicator found{Kind::cidr, masked.text()};
  if (masked != *parsed) defects.push_back("host_bits_in_network");
  if (lies_in_special_network(masked)) {
    found.generic = true;
    defects.push_back("special_address");
  }
  return found;
}

// URLs are compared without scheme, but people know them with it.
std::string shown(std::string_view text) {
  text = trim(text);
  return text.size() <= 0xFFFF && is_utf8(text) ? std::string(text) : std::string();
}

// Behind a host's colon, more than a port can be: no browser opens that address.
bool is_wrong_port(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return fault == std::errc::result_out_of_range;
}

bool has_wrong_port(std::string_view url, const Url& parts) {
  if (parts.port) return false;
  const std::size_t scheme = url.find("://");
  std::string_view authority = url.substr(scheme == std::string_view::npos ? 0 : scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/\\?#"));
  authority = authority.substr(authority.rfind('@') + 1);
  const std::size_t colon = authority.rfind(':');
  return colon != std::string_view::npos && is_wrong_port(authority.substr(colon + 1));
}

// Two values, which browsers would read as one that nobody listed.
bool has_line_break(std::string_view value) { return OctetSet("\r\n").is_in(value); }

Normalised url(std::string_view value, Defects& defects) {
  if (has_line_break(value)) return refuse(defects, "not_a_url");
  std::string owned;
  const std::string_view text = refang(value, owned, defects);
  const std::optional<Url> parts = parse_url(text);
  if (!parts || has_wrong_port(text, *parts)) return refuse(defects, "not_a_url");
  return NormalisedIndicator{Kind::url, normalise_url(*parts), false, false, shown(text)};
}

// Why a name does not stand for what is below it; empty where it does.
std::string_view why_exact_only(std::string_view host) {
  if (host.find('.') == std::string_view::npos) return "single_label";
  if (is_public_suffix(host)) return "public_suffix";
  return is_shared_platform(host) ? "shared_platform" : "";
}

Normalised name(HostName host, Defects& defects) {
  NormalisedIndicator found{Kind::host, std::move(host.text)};
  const std::string_view text = found.value;
  if (const std::string_view why = why_exact_only(text); !why.empty()) {
    found.exact_only = true;
    defects.push_back(why);
  }
  if (text.starts_with("www.")) defects.push_back("www_prefix");
  if (text.starts_with("xn--") || text.find(".xn--") != std::string_view::npos) defects.push_back("punycode");
  return found;
}

// "1.2.3", "010.0.0.1", "3232235777": decimal, octal and short forms are addresses only as the host of a URL. A feed's
// author who writes them may mean another address, or none.
bool is_other_spelling(std::string_view text, std::string_view address) {
  if (text.ends_with('.')) text.remove_suffix(1);
  const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii && address.find(':') == std::string_view::npos && text != address;
}

// A URL in a domain pattern: with a path it is that URL; without one the author means the host.
Normalised url_as_domain(std::string_view text, Defects& defects) {
  const std::optional<Url> parts = parse_url(text);
  if (!parts || has_wrong_port(text, *parts)) return refuse(defects, "not_a_host");
  // "010.1.2.3/24" is a network of somebody's, and no URL.
  const bool address_first = parts->host.type == HostName::Type::ipv4 && text.find("://") == std::string_view::npos;
  if (address_first && is_other_spelling(text.substr(0, text.find_first_of(":/?")), parts->host.text))
    return refuse(defects, "not_a_host");
  defects.push_back("url_in_domain");
  if (parts->path_and_rest.empty() || parts->path_and_rest == "/")
    return parts->host.type == HostName::Type::name ? name(parts->host, defects) : address(parts->host, defects);
  std::optional<std::string> normal = normalise_url(text);
  if (!normal) return refuse(defects, "not_a_host");
  return NormalisedIndicator{Kind::url, std::move(*normal), false, false, shown(text)};
}

// A name or an address where a URL belongs, with nothing of a URL: its author means all of the host.
bool is_bare_host(std::string_view value) {
  constexpr OctetSet of_url("/?#@:\\ \t\r\n");
  return value.find('.') != std::string_view::npos && !of_url.is_in(trim(value));
}

// "evil.test:8443" without its port; the same text if there is none.
std::string_view without_port(std::string_view text) {
  if (text.find(':') == std::string_view::npos) return text;
  const std::size_t colon = text.rfind(':');
  if (!is_digits(text.substr(colon + 1))) return text;
  const std::string_view host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  return bracketed || host.find(':') == std::string_view::npos ? host : text;
}

Normalised host(Kind type, std::string_view value, Defects& defects) {
  const bool domain = type == Kind::host;
  if (has_line_break(value)) return refuse(defects, domain ? "not_a_host" : "not_an_address");
  std::string owned;
  std::string_view text = refang(value, owned, defects);
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos && parse_network(text)) {
    if (domain) defects.push_back("address_in_domain");
    return network(text, defects);
  }
  if (slash != std::string_view::npos || text.find('?') != std::string_view::npos) return url_as_domain(text, defects);
  if (text.starts_with("*.") || text.starts_with(".")) {
    text.remove_prefix(text.find('.') + 1);
    defects.push_back("wildcard");
  }
  if (const std::string_view bare = without_port(text); bare.size() != text.size()) {
    if (is_wrong_port(text.substr(bare.size() + 1))) return refuse(defects, domain ? "not_a_host" : "not_an_address");
    text = bare;
    defects.push_back("port_in_host");
  }
  std::optional<HostName> normal = normalise_host(text);
  if (!normal) return refuse(defects, domain ? "not_a_host" : "not_an_address");
  if (normal->type == HostName::Type::name) {
    if (!domain) defects.push_back("domain_in_address");
    return name(std::move(*normal), defects);
  }
  if (is_other_spelling(text, normal->text)) return refuse(defects, domain ? "not_a_host" : "not_an_address");
  if (domain) defects.push_back("address_in_domain");
  if (!domain && (normal->type == HostName::Type::ipv6) != (type == Kind::ipv6))
    defects.push_back("other_address_family");
  return address(std::move(*normal), defects);
}

Normalised host_as_url(std::string_view value, Defects& defects) {
  Defects own;
  Normalised found = host(Kind::host, value, own);
  if (!found) return url(value, defects);
  std::erase(own, "address_in_domain");
  defects.push_back("host_in_url");
  defects.insert(defects.end(), own.begin(), own.end());
  return found;
}

Normalised email(std::string_view value, Defects& defects) {
  std::string owned;
  std::string text = lower_ascii(refang(value, owned, defects));
  if (text.starts_with("mailto:")) text.erase(0, 7);
  const std::size_t at = text.rfind('@');
  if (at == std::string::npos || at == 0 || at + 1 == text.size() || text.find_first_of(" \t\r\n") != std::string::npos)
    return refuse(defects, "not_an_email");
  if (text.find('.', at) == std::string::npos) defects.push_back("single_label_email");
  return NormalisedIndicator{Kind::email, std::move(text)};
}

// Most of what feeds list: letters, digits, hyphens and dots, with nothing to undo.
Normalised plain_name(std::string_view value, Defects& defects) {
  HostName host;
  if (!normalise_plain_name(value, host.text)) return std::nullopt;
  return name(std::move(host), defects);
}

Normalised by_kind(Kind type, std::string_view value, Defects& defects) {
  switch (type) {
    case Kind::host:
    case Kind::ipv4:
    case Kind::ipv6:
      return host(type, value, defects);
    case Kind::cidr:
      return network(value, defects);
    case Kind::url:
      if (is_bare_host(value)) return host_as_url(value, defects);
      return url(value, defects);
    case Kind::email:
      return email(value, defects);
    case Kind::phone:
      return normalise_phone(value, defects);
    case Kind::md5:
    case Kind::sha1:
    case Kind::sha256:
    case Kind::cert_md5:
    case Kind::cert_sha1:
    case Kind::cert_sha256:
      return normalise_hash(type, value, defects);
    case Kind::path:
      return normalise_path(value, defects);
    case Kind::file_name:
    case Kind::process:
      return normalise_file(type, value, defects);
    case Kind::cve:
      return normalise_cve(value, defects);
    case Kind::asn:
      return normalise_asn(value, defects);
    case Kind::registry_key:
      return NormalisedIndicator{type, normalise_registry_key(value)};
    case Kind::ja3:
    case Kind::ja4:
      return NormalisedIndicator{type, lower_ascii(value)};
    case Kind::account:
      return NormalisedIndicator{type, std::string(value)};
    case Kind::app_id:
    case Kind::property:
    case Kind::profile_id:
      return NormalisedIndicator{type, lower_ascii(value), false, false,
                                 value == lower_ascii(value) ? "" : shown(value)};
    default:
      return refuse(defects, "kind_without_indicators");
  }
}

Normalised spelled_otherwise(Kind type, std::string_view value, Defects& defects) {
  const std::string_view trimmed = trim(value);
  if (trimmed.size() != value.size()) defects.push_back("surrounding_space");
  if (trimmed.empty()) return refuse(defects, "empty_value");
  if (trimmed.size() > (type == Kind::url || type == Kind::host ? url_limit : value_limit))
    return refuse(defects, "value_too_long");
  // U+FFFD stands for an octet that a reader could not tell: whatever was meant is another value.
  if (trimmed.find('\0') != std::string_view::npos || trimmed.find("\xEF\xBF\xBD") != std::string_view::npos ||
      !is_utf8(trimmed))
    return refuse(defects, "not_text");
  return by_kind(type, trimmed, defects);
}

}  // namespace

Normalised normalise_indicator(Kind type, std::string_view value, Defects& defects) {
  Normalised found = type == Kind::host ? plain_name(value, defects) : std::nullopt;
  if (!found) found = spelled_otherwise(type, value, defects);
  if (found && is_generic_name(found->type, found->value)) {
    found->generic = true;
    defects.push_back("generic_name");
  }
  return found;
}

Standing standing_of(Kind type, std::string_view normalised) {
  Standing standing{.generic = is_generic_name(type, normalised)};
  if (type == Kind::host) standing.exact_only = !why_exact_only(normalised).empty();
  if (type == Kind::path) standing.exact_only = is_first_folder(normalised);
  if (type == Kind::ipv4 || type == Kind::ipv6 || type == Kind::cidr)
    if (const std::optional<Network> network = parse_network(normalised))
      standing.generic |= lies_in_special_network(*network);
  return standing;
}

}  // namespace testudo
