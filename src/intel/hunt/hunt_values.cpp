#include "intel/hunt/hunt_values.h"

#include <algorithm>

#include "base/hash.h"
#include "base/host.h"
#include "base/plain_name.h"
#include "base/text.h"

namespace testudo {

std::string tie_value(Tie tie, std::string_view value) {
  value = trim(value);
  constexpr std::size_t longest = 512;
  if (value.empty() || value.size() > longest) return {};
  if (tie == Tie::address || tie == Tie::name_server || tie == Tie::alias || tie == Tie::mail_server) {
    const auto host = normalise_host(value);
    if (!host || (host->type == HostName::Type::name) == (tie == Tie::address)) return {};
    return host->text;
  }
  if (tie == Tie::asn && lower_ascii(value.substr(0, 2)) == "as") value = trim(value.substr(2));
  return tie == Tie::certificate || tie == Tie::handle ? lower_ascii(value) : std::string(value);
}

std::uint64_t tie_hash(Tie tie, std::string_view value) { return hash64(value, static_cast<std::uint64_t>(tie) + 1); }

bool read_host(std::string_view spelled, std::string& host) {
  if (spelled.starts_with("*.")) spelled.remove_prefix(2);
  if (normalise_plain_name(spelled, host)) return true;
  const auto normal = normalise_host(spelled);
  if (!normal || normal->type != HostName::Type::name) return false;
  host = normal->text;
  return true;
}

Tie tie_of_seed(Kind kind) {
  switch (kind) {
    case Kind::ipv4:
    case Kind::ipv6:
      return Tie::address;
    case Kind::cert_md5:
    case Kind::cert_sha1:
    case Kind::cert_sha256:
      return Tie::certificate;
    case Kind::email:
      return Tie::handle;
    case Kind::asn:
      return Tie::asn;
    case Kind::cidr:
      return Tie::network;
    default:
      return Tie::none;
  }
}

double network_strength(const Network& network) {
  const unsigned own = network.v6 ? 64 : 32;  // an IPv6 subscriber has a /64
  return 1 - 0.08 * (own - std::min(network.prefix, own));
}

}  // namespace testudo
