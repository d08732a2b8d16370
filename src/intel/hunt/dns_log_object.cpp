// DNS logs as JSON, beside Zeek's: Suricata's eve.json, AdGuard Home's query log.
// Sources: Suricata user guide, "Eve JSON Format", event type dns (dns.rrname, dns.rrtype, dns.rdata, dns.answers[],
// dns.grouped; version 3 of Suricata 8: dns.queries[]); AdGuard Home, querylog.json (T, QH, QT).
#include "base/text.h"
#include "intel/hunt/json_shapes.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

// One question or answer of Suricata's.
void give_record(dom::object record, const std::optional<Time>& at, const HuntReceiver& use) {
  const std::string_view host = text_at(record, {"rrname"});
  if (host.empty()) return;
  use({.host = host, .first = at, .last = at});
  const Tie tie = tie_of_record(text_at(record, {"rrtype"}));
  if (const std::string_view data = text_at(record, {"rdata"}); !data.empty() && tie != Tie::none)
    use({.host = host, .tie = tie, .value = data, .first = at, .last = at});
}

bool read_eve(dom::object object, const HuntReceiver& use) {
  const auto dns = object_at(object, {"dns"});
  if (!dns || text_at(object, {"event_type"}) != "dns") return false;
  const auto at = time_at(object, {"timestamp"});
  give_record(*dns, at, use);
  for (const std::string_view key : {"queries", "answers"}) {
    dom::array records;
    if ((*dns)[key].get(records) != simdjson::SUCCESS) continue;
    for (const dom::element item : records)
      if (dom::object record; item.get(record) == simdjson::SUCCESS) give_record(record, at, use);
  }
  const std::string_view host = text_at(*dns, {"rrname"});
  for (const std::string_view type : {"A", "AAAA", "CNAME"})
    each_text_at(*dns, {"grouped", type}, [&](std::string_view data) {
      use({.host = host, .tie = tie_of_record(type), .value = data, .first = at, .last = at});
    });
  return true;
}

bool read_adguard_home(dom::object object, const HuntReceiver& use) {
  const std::string_view host = text_at(object, {"QH"});
  if (host.empty()) return false;
  const auto at = time_at(object, {"T"});
  if (is_host_query(text_at(object, {"QT"}))) use({.host = host, .first = at, .last = at});
  return true;
}

}  // namespace

bool read_dns_log_object(dom::object object, const HuntReceiver& use) {
  return read_eve(object, use) || read_adguard_home(object, use);
}

}  // namespace testudo
