// Passive DNS in the common output format: one answer seen, how often, from when to when.
// Sources: draft-dulaunoy-dnsop-passive-dns-cof (rrname, rrtype, rdata, time_first, time_last, count); Farsight's
// Streaming API Framing (DNSDB API 2: an answer in `obj`, how the stream goes on in `cond`).
#include "base/text.h"
#include "intel/hunt/json_shapes.h"

namespace testudo {
namespace {

// "10 mx.example." is a preference and a name.
std::string_view without_preference(std::string_view data) {
  const std::size_t space = data.rfind(' ');
  return space == std::string_view::npos ? data : data.substr(space + 1);
}

}  // namespace

bool read_passive_dns_object(simdjson::dom::object object, const HuntReceiver& use) {
  if (const auto framed = object_at(object, {"obj"})) object = *framed;
  const std::string_view host = text_at(object, {"rrname"});
  if (host.empty()) return !text_at(object, {"cond"}).empty();
  const Tie tie = tie_of_record(scalar_at(object, {"rrtype"}));
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
