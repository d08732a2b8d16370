#include "intel/control/bystanders.h"

#include <algorithm>

#include "base/url.h"

namespace testudo {
namespace {

// Nearly everywhere both names lead to one site; who listed one of them meant that.
std::string_view site_of(std::string_view host) {
  const bool www = host.starts_with("www.") && host.find('.', 4) != std::string_view::npos;
  return www ? host.substr(4) : host;
}

}  // namespace

bool Bystanders::is_site_of_one(std::string_view host) const { return sites_.contains(std::string(site_of(host))); }

Result<Bystanders> Bystanders::of(IntelStore& store, std::int64_t generation) {
  Statement rows = TRY(store.connection().prepare(
      "SELECT DISTINCT kind,value.value FROM claim JOIN value ON value.id=claim.value WHERE role IN "
      "('victim','benign') "
      "AND kind IN ('host','ipv4','ipv6','url') AND NOT revoked AND since<=?1 AND (until IS NULL OR until>?1)"));
  rows.bind(1, generation);
  Bystanders all;
  while (TRY(rows.step()))
    if (const auto kind = kind_from_name(rows.value(0).text())) all.add(*kind, rows.value(1).text());
  return all;
}

void Bystanders::add(Kind kind, std::string_view value) {
  const auto url = kind == Kind::url ? parse_url(value) : std::nullopt;  // borrows nothing but its path
  if (kind == Kind::url && !url) return;
  if (url) {
    sites_.emplace(site_of(url->host.text));
    kind = url->host.type == HostName::Type::name   ? Kind::host
           : url->host.type == HostName::Type::ipv4 ? Kind::ipv4
                                                    : Kind::ipv6;
    value = url->host.text;
  }
  if (kind != Kind::host) {
    if (const auto address = parse_network(value)) addresses_.push_back(*address);
    return;
  }
  sites_.emplace(site_of(value));
  for (std::size_t dot; (dot = value.find('.')) != std::string_view::npos;) {
    value.remove_prefix(dot + 1);
    parents_.emplace(value);
  }
}

bool Bystanders::any_inside(const Network& network) const {
  return std::ranges::any_of(addresses_, [&](const Network& address) {
    return address.v6 == network.v6 && address.prefix >= network.prefix &&
           address.masked(network.prefix) == network.masked(network.prefix);
  });
}

}  // namespace testudo
