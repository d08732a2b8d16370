// Passive DNS in the common output format: one answer seen, how often, from when to when.
// Source: draft-dulaunoy-dnsop-passive-dns-cof (rrname, rrtype, rdata, time_first, time_last, count).
#include "base/text.h"
#include "intel/hunt/json_shapes.h"

namespace testudo {
namespace {

Tie tie_of_type(std::string_view type) {
  if (equals_ignoring_case(type, "A") || equals_ignoring_case(type, "AAAA") || type == "1" || type == "28")
    return Tie::address;
  if (equals_ignoring_case(type, "NS") || type == "2") return Tie::name_server;
  if (equals_ignoring_case(type, "CNAME") || type == "5") return Tie::alias;
  if (equals_ignoring_case(type, "MX") || type == "15") return Tie::mail_server;
  return Tie::none;
}

// "10 mx.example." is a preference and a name.
std::string_view without_preference(std::string_view data) {
  const std::size_t space = data.rfind(' ');
  return space == std::string_view::npos ? data : data.substr(space + 1);
}

}  // namespace

bool read_passive_dns_object(simdjson::dom::object object, const HuntReceiver& use) {
  const std::string_view host = text_at(object, {"rrname"});
  if (host.empty()) return false;
  const Tie tie = tie_of_type(scalar_at(object, {"rrtype"}));
  auto first = time_at(object, {"time_first"}), last = time_at(object, {"time_last"});
  if (!first) first = time_at(object, {"zone_time_first"});
  if (!last) last = time_at(object, {"zone_time_last"});
  if (tie == Tie::none) return use({.host = host, .first = first, .last = last}), true;
  each_text_at(object, {"rdata"}, [&](std::string_view data) {
    if (tie == Tie::mail_server) data = without_preference(data);
    use({.host = host, .tie = tie, .value = data, .first = first, .last = last});
  });
  return true;
}

}  // namespace testudo
