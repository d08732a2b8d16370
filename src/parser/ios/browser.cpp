#include "parser/ios/browser.h"

namespace testudo::browser {
namespace {

std::string_view without_www(std::string_view host) {
  constexpr std::string_view prefix = "www.";
  return host.starts_with(prefix) ? host.substr(prefix.size()) : host;
}

std::string_view site(const HostName& host) {
  if (host.type != HostName::Type::name) return host.text;
  return registrable_domain(host.text).value_or(host.text);
}

}  // namespace

std::optional<Distance> distance(std::string_view from, std::string_view to) {
  const auto a = parse_url(from);
  if (!a) return std::nullopt;
  const auto b = parse_url(to);
  if (!b) return std::nullopt;
  return Distance{.other_host = without_www(a->host.text) != without_www(b->host.text),
                  .other_site = site(a->host) != site(b->host)};
}

}  // namespace testudo::browser
