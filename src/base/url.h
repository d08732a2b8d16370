// URLs: the parts that matter for matching, read as leniently as browsers do. Floor 0.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/host.h"

namespace testudo {

struct Url {
  std::string scheme;  // lower case; empty for "//host/…" and "host/…"
  std::string_view userinfo;
  HostName host;
  std::optional<unsigned> port;
  std::string_view path_and_rest;  // from the first '/', '?' or '#' after the authority, as written
};

// Reads "scheme://user:pass@host:port/path?query#fragment" in any case, with backslashes for slashes, surrounding white
// space and quotes. Without "://" the text is taken as host[/path] if its host is one. Nothing if there is no host.
// Borrows `text`.
std::optional<Url> parse_url(std::string_view text);

// The spelling under which URL indicators are compared: host[:port]path?query, host normalised, default ports (80, 443)
// and the fragment dropped, an empty path as "/". The scheme does not enter: the same address by http and https is one.
std::optional<std::string> normalise_url(std::string_view text);
std::string normalise_url(const Url& url);  // of what parse_url() gave

// Scheme, host and port as they are compared, and `mask` in place of what follows them and of a user name. An address
// without a host keeps its scheme alone. Repeated, it changes nothing more.
std::string url_without_path(std::string_view text, std::string_view mask);

// A link, host, address or e-mail address found inside running text.
struct FoundLink {
  enum class Type : std::uint8_t { url, host, ipv4, ipv6, email };
  Type type;
  std::string_view text;    // the span as it stands in the text (for percent-encoded text: of the decoded copy)
  bool inside_url = false;  // stands in the path, query or fragment of another address
};
// Calls `each` for everything in `text` that could be one of them: with and without scheme, quoted, bracketed, in any
// case, with ideographic full stops or zero-width characters, and once more inside percent-encoded parts. Cost: linear;
// a text without '.', ':' or their look-alikes costs one scan. `each` returns false to stop.
void find_links(std::string_view text, const std::function<bool(const FoundLink&)>& each);

}  // namespace testudo
