// Registration data: RDAP answers for domains.
// Sources: RFC 9083 §5.3 (domain), §5.1 (entity), §4.5 (events); RFC 7095 (vCards).
#include "base/text.h"
#include "intel/hunt/json_shapes.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

struct Domain {
  std::string_view name;
  std::optional<Time> made, last;
  const HuntReceiver& use;

  void tie(Tie kind, std::string_view value) const {
    if (!value.empty()) use({.host = name, .tie = kind, .value = value, .first = made, .last = last});
  }
};

bool has_role(dom::object entity, std::string_view wanted) {
  bool found = false;
  each_text_at(entity, {"roles"}, [&](std::string_view role) { found |= role == wanted; });
  return found;
}

// Handles that stand for "not shown" tell nobody apart.
bool is_redacted(std::string_view handle) {
  const std::string lower = lower_ascii(handle);
  return lower.find("redacted") != std::string::npos || lower.find("privacy") != std::string::npos ||
         lower.find("not disclosed") != std::string::npos;
}

std::string registrar_of(dom::object entity) {
  dom::array ids;
  if (entity["publicIds"].get(ids) == simdjson::SUCCESS)
    for (const dom::element id : ids)
      if (dom::object fields; id.get(fields) == simdjson::SUCCESS)
        if (const std::string iana = scalar_at(fields, {"identifier"}); !iana.empty()) return iana;
  return std::string(text_at(entity, {"handle"}));
}

// vCards in JSON (RFC 7095): ["vcard", [[name, parameters, type, value], …]].
void read_addresses(dom::object entity, const Domain& domain) {
  dom::array card, properties;
  if (entity["vcardArray"].get(card) != simdjson::SUCCESS || card.at(1).get(properties) != simdjson::SUCCESS) return;
  for (const dom::element item : properties) {
    dom::array property;
    std::string_view name, value;
    if (item.get(property) != simdjson::SUCCESS || property.at(0).get(name) != simdjson::SUCCESS) continue;
    if (name == "email" && property.at(3).get(value) == simdjson::SUCCESS && !is_redacted(value))
      domain.tie(Tie::handle, value);
  }
}

void read_entities(dom::object object, const Domain& domain, std::string& registrar) {
  dom::array entities;
  if (object["entities"].get(entities) != simdjson::SUCCESS) return;
  for (const dom::element item : entities) {
    dom::object entity;
    if (item.get(entity) != simdjson::SUCCESS) continue;
    if (has_role(entity, "registrar")) {
      registrar = registrar_of(entity);
      domain.tie(Tie::registrar, registrar);
    } else {
      if (const std::string_view handle = text_at(entity, {"handle"}); !is_redacted(handle))
        domain.tie(Tie::handle, handle);
      read_addresses(entity, domain);
    }
  }
}

void read_events(dom::object object, Domain& domain) {
  dom::array events;
  if (object["events"].get(events) != simdjson::SUCCESS) return;
  for (const dom::element item : events) {
    dom::object event;
    if (item.get(event) != simdjson::SUCCESS) continue;
    const std::string_view action = text_at(event, {"eventAction"});
    if (action == "registration") domain.made = time_at(event, {"eventDate"});
    if (action == "last changed") domain.last = time_at(event, {"eventDate"});
  }
}

}  // namespace

bool read_rdap_object(dom::object object, const HuntReceiver& use) {
  if (text_at(object, {"objectClassName"}) != "domain") return false;
  Domain domain{.name = text_at(object, {"ldhName"}), .use = use};
  if (domain.name.empty()) domain.name = text_at(object, {"unicodeName"});
  if (domain.name.empty()) return false;
  read_events(object, domain);
  use({.host = domain.name, .first = domain.made, .last = domain.last});
  std::string registrar;
  read_entities(object, domain, registrar);
  dom::array servers;
  if (object["nameservers"].get(servers) == simdjson::SUCCESS)
    for (const dom::element item : servers)
      if (dom::object server; item.get(server) == simdjson::SUCCESS)
        domain.tie(Tie::name_server, text_at(server, {"ldhName"}));
  if (domain.made && !registrar.empty()) domain.tie(Tie::batch, "registrar " + registrar);
  return true;
}

}  // namespace testudo
