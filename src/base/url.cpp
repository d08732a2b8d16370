// URLs, read as leniently as browsers do. Floor 0. Source: WHATWG URL §4.4 (basic URL parser).
#include "base/url.h"

#include "base/letters.h"
#include "base/link_scan.h"
#include "base/text.h"

namespace testudo {
namespace {

constexpr std::string_view openers = " \t\r\n\v\f\"'`<([{";
constexpr std::string_view closers = " \t\r\n\v\f\"'`>";

bool is_slash(char c) { return c == '/' || c == '\\'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool begins_with_ipv6(std::string_view text) {
  return text.starts_with('[') && canonical_ipv6(text.substr(0, text.find(']') + 1)).has_value();
}

std::string_view without_wrapping(std::string_view text) {
  while (!text.empty()) {
    const bool curled = text.starts_with("“") || text.starts_with("”") || text.starts_with("‘");
    if (!curled && (openers.find(text.front()) == std::string_view::npos || begins_with_ipv6(text))) break;
    text.remove_prefix(curled ? 3 : 1);
  }
  while (!text.empty() && closers.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

// Octets of a scheme in front of a ':', or 0.
std::size_t scheme_size(std::string_view text) {
  if (text.empty() || !is_letter(text[0])) return 0;
  std::size_t i = 1;
  while (i < text.size() &&
         (is_letter(text[i]) || is_digit(text[i]) || text[i] == '+' || text[i] == '-' || text[i] == '.'))
    ++i;
  return i < text.size() && text[i] == ':' ? i : 0;
}

struct Authority {
  std::string_view userinfo, host, port;
  std::string_view rest;
};

// Where the host ends: at ':' or at anything that no name holds. In brackets: after ']'.
std::size_t host_size(std::string_view text) {
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    return close == std::string_view::npos ? 0 : close + 1;
  }
  std::size_t at = 0;
  while (at < text.size()) {
    const LetterAt next = letter_at(text, at);
    const bool dropped = next.value == '\t' || next.value == '\r' || next.value == '\n';
    if (next.letter == Letter::boundary && !dropped && next.value != '%') break;
    at += next.size;
  }
  return at;
}

Authority split_authority(std::string_view text) {
  Authority out;
  const auto end = std::min(text.find_first_of("/\\?#"), text.size());
  const auto at = text.substr(0, end).rfind('@');
  std::size_t begin = 0;
  if (at != std::string_view::npos) {
    out.userinfo = text.substr(0, at);
    begin = at + 1;
  }
  const std::size_t size = host_size(text.substr(begin, end - begin));
  out.host = text.substr(begin, size);
  std::size_t next = begin + size;
  if (next < end && text[next] == ':') {
    std::size_t digits = next + 1;
    while (digits < end && is_digit(text[digits])) ++digits;
    out.port = text.substr(next + 1, digits - next - 1);
    next = digits;
  }
  out.rest = text.substr(next);
  return out;
}

std::optional<unsigned> port_of(std::string_view digits) {
  unsigned value = 0;
  if (digits.empty()) return std::nullopt;
  for (char c : digits)
    if ((value = value * 10 + static_cast<unsigned>(c - '0')) > 65535) return std::nullopt;
  return value;
}

std::optional<Url> with_authority(std::string scheme, std::string_view text) {
  const Authority parts = split_authority(text);
  auto host = normalise_host(parts.host);
  if (!host) return std::nullopt;
  return Url{std::move(scheme), parts.userinfo, std::move(*host), port_of(parts.port), parts.rest};
}

// "host/path" and "host:port": only what can be nothing else, because "12" and "about:blank" are no hosts.
std::optional<Url> without_scheme(std::string_view text) {
  const Authority parts = split_authority(text);
  if (!parts.userinfo.empty()) return std::nullopt;
  auto host = normalise_host(parts.host);
  if (!host || (host->type == HostName::Type::ipv4 && !canonical_ipv4(parts.host))) return std::nullopt;
  if (host->type == HostName::Type::name && host->text.find('.') == std::string::npos) return std::nullopt;
  return Url{{}, {}, std::move(*host), port_of(parts.port), parts.rest};
}

std::string bracketed(const HostName& host) {
  return host.type == HostName::Type::ipv6 ? "[" + host.text + "]" : host.text;
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  text = without_wrapping(text);
  const std::size_t size = scheme_size(text);
  const std::size_t before = size == 0 ? 0 : size + 1;
  std::size_t slashes = 0;
  while (before + slashes < text.size() && is_slash(text[before + slashes])) ++slashes;
  std::string scheme = lower_ascii(text.substr(0, size));
  const bool web = is_web_scheme(scheme);
  const bool marked = size == 0 ? slashes == 2 : slashes >= 2 || web;
  if (marked) return with_authority(std::move(scheme), text.substr(before + (web ? slashes : 2)));
  return slashes == 0 || size != 0 ? without_scheme(text) : std::nullopt;
}

std::optional<std::string> normalise_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return std::nullopt;
  return normalise_url(*url);
}

std::string normalise_url(const Url& url) {
  std::string out = bracketed(url.host);
  if (url.port && *url.port != 80 && *url.port != 443) out.append(":").append(std::to_string(*url.port));
  std::string_view rest = url.path_and_rest.substr(0, url.path_and_rest.find('#'));
  if (rest.empty() || rest[0] != '/') out.push_back('/');
  if (rest.starts_with("\\/"))
    rest.remove_prefix(2);  // as JSON writes it
  else if (rest.starts_with('\\'))
    rest.remove_prefix(1);
  return out.append(rest);
}

std::string url_without_path(std::string_view text, std::string_view mask) {
  if (text.empty()) return {};
  const auto url = parse_url(text);
  if (!url)
    return std::string(text.substr(0, scheme_size(text))).append(scheme_size(text) == 0 ? "" : ":").append(mask);
  std::string out = url->scheme.empty() ? std::string() : url->scheme + "://";
  out += bracketed(url->host);
  if (url->port) out.append(":").append(std::to_string(*url->port));
  const std::string_view rest = url->path_and_rest;
  if (rest.empty() || rest == "/") return out.append(rest);
  return out.append("/").append(mask);
}

}  // namespace testudo
