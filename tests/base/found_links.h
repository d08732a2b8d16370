// What find_links() finds, as short text: "url evil.example", "email a@evil.example". Hosts are normalised.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/url.h"

namespace testudo::test {

inline std::string described(const FoundLink& link) {
  if (link.type == FoundLink::Type::email) return "email " + std::string(link.text);
  if (link.type == FoundLink::Type::url) {
    const auto url = parse_url(link.text);
    return url ? "url " + url->host.text : "broken " + std::string(link.text);
  }
  const auto host = normalise_host(link.text);
  if (!host) return "broken " + std::string(link.text);
  switch (host->type) {
    case HostName::Type::name:
      return "host " + host->text;
    case HostName::Type::ipv4:
      return "ipv4 " + host->text;
    case HostName::Type::ipv6:
      break;
  }
  return "ipv6 " + host->text;
}

// In order of text, each once.
inline std::vector<std::string> found_in(std::string_view text) {
  std::vector<std::string> all;
  find_links(text, [&](const FoundLink& link) {
    std::string one = described(link);
    if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
    return true;
  });
  return all;
}

// Whether the host itself is found, as a host, an address, or the host of a URL or an e-mail address.
inline bool finds_host(std::string_view text, std::string_view host) {
  bool met = false;
  find_links(text, [&](const FoundLink& link) {
    std::string_view part = link.text;
    if (link.type == FoundLink::Type::email) part.remove_prefix(part.rfind('@') + 1);
    if (link.type == FoundLink::Type::url) {
      const auto url = parse_url(part);
      met = url && url->host.text == host;
    } else if (const auto name = normalise_host(part)) {
      met = name->text == host;
    }
    return !met;
  });
  return met;
}

}  // namespace testudo::test
