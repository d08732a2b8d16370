// HTTP as a client: one request, its limits, and when to ask again. Used by the verbs whose purpose is the network.
// Floor 7. TLS certificates are always verified (libcurl with OpenSSL, the system's authorities).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace testudo {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// The value of the first header of this name, any case; empty if there is none.
std::string_view header_of(const HttpHeaders& headers, std::string_view name);

struct HttpAsk {
  std::string method = "GET";
  std::string url;  // http or https
  HttpHeaders headers;
  std::string body;
  std::string user, password;            // basic authentication, if `user` is not empty
  std::string token;                     // bearer authentication
  std::string ca_file;                   // authorities instead of the system's
  std::uint64_t max_octets = 64U << 20;  // of the reply's body, unpacked
  std::chrono::seconds patience{300};    // for one attempt
  unsigned attempts = 4;  // at 408, 429, 500, 502, 503, 504 and broken connections; waits 1, 2, 4 … seconds
  std::chrono::seconds longest_wait{60};  // a longer Retry-After is an error at once
  bool https_only = false;
  bool other_hosts = false;  // redirections to other hosts are followed; never set where a secret is sent
};

struct HttpReply {
  long status = 0;
  HttpHeaders headers;
  std::string body;
  std::string url;  // the one that answered, after redirections
};

// Asks, follows redirections of GET within the same scheme, host and port, or anywhere but from https to http if
// `other_hosts` is set (five at most), and asks again as `attempts` says; a POST is asked again only where the server
// said that it did not take it (429, 503). Any status is a reply; an Error is one of the keys "net_no_connection",
// "net_bad_certificate", "net_too_large", "net_timeout", "net_other_host", "net_redirects", "net_bad_url", "net_busy",
// "net_broken_packing",
// "net_other_packing".
Result<HttpReply> http_fetch(const HttpAsk& ask);

// Scheme, host and port of a URL, in lower case and with the port always there: "https://a.test:443". Empty if it is
// neither http nor https or holds a name and password.
std::string origin_of(std::string_view url);
// `reference` as it stands in a document at `base`; empty if that is no http(s) URL.
std::string resolve_url(std::string_view base, std::string_view reference);
// Percent-encoded for one component of a path or query.
std::string url_component(std::string_view text);

}  // namespace testudo
