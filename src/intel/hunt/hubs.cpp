#include "intel/hunt/hubs.h"

#include <unordered_set>

#include "base/embedded.h"
#include "base/host.h"
#include "base/text.h"

namespace testudo {
namespace {

const std::unordered_set<std::string_view>& hub_domains() {
  static const std::unordered_set<std::string_view> domains = [] {
    std::unordered_set<std::string_view> found;
    for (std::string_view line : split(embedded_file("knowledge/hunt_hubs.txt").value_or(""), '\n')) {
      line = trim(line.substr(0, line.find('#')));
      for (const std::string_view domain : split(line, ' '))
        if (!domain.empty()) found.insert(domain);
    }
    return found;
  }();
  return domains;
}

// awsdns-12.com, awsdns-03.co.uk: Amazon's name servers stand in some two hundred domains.
bool is_hub_domain(std::string_view host) {
  const auto domain = registrable_domain(host);
  const std::string_view known = domain.value_or(host);
  return hub_domains().contains(known) || hub_domains().contains(host) || known.starts_with("awsdns-");
}

}  // namespace

bool is_known_hub(Tie tie, std::string_view value,
                  const std::function<std::vector<std::string>(Kind, std::string_view)>& warnings) {
  if (tie == Tie::address) {
    const Kind kind = value.find(':') == std::string_view::npos ? Kind::ipv4 : Kind::ipv6;
    return warnings && !warnings(kind, value).empty();
  }
  if (tie != Tie::name_server && tie != Tie::alias && tie != Tie::mail_server) return false;
  return is_hub_domain(value) || (warnings && !warnings(Kind::host, value).empty());
}

}  // namespace testudo
