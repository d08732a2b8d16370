// Internet scans as JSON: Shodan's banners, Censys' hosts.
// Sources: Shodan's banner specification (ip_str, hostnames, domains, asn, hash, http.title, http.html_hash,
// ssl.cert.fingerprint.sha256, ssl.jarm, timestamp); Censys Search 2.0 and Platform host objects (ip, dns.names,
// dns.reverse_dns.names, autonomous_system.asn, services[].tls.certificates.leaf_data.fingerprint and .names,
// services[].jarm.fingerprint, services[].http.response.body_hash and html_title, services[].banner_hashes); Censys'
// first interface (p443.https.tls.certificate.parsed.names and .fingerprint_sha256, p443.https.get.body_sha256).
#include <vector>

#include "intel/hunt/json_shapes.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

// What a scan says of one address; every name found there gets all of it.
struct Scanned {
  std::vector<std::string> names;
  std::vector<std::pair<Tie, std::string>> ties;
  std::optional<Time> at;

  void tie(Tie kind, std::string value) {
    constexpr std::size_t most = 4096;
    if (!value.empty() && ties.size() < most) ties.emplace_back(kind, std::move(value));
  }
  void name(std::string_view text) {
    constexpr std::size_t most = 4096;
    if (!text.empty() && names.size() < most) names.emplace_back(text);
  }
  void give(const HuntReceiver& use) const {
    for (const std::string& name : names)
      for (const auto& [kind, value] : ties) use({.host = name, .tie = kind, .value = value, .first = at, .last = at});
  }
};

// A title of one word or an error page's is nobody's mark; longer ones are kept as they are.
void give_title(Scanned& out, std::string_view title) {
  constexpr std::size_t shortest = 12, longest = 200;
  if (title.size() >= shortest && title.size() <= longest) out.tie(Tie::page, "title " + std::string(title));
}

void read_shodan(dom::object object, Scanned& out) {
  each_text_at(object, {"hostnames"}, [&](std::string_view name) { out.name(name); });
  each_text_at(object, {"domains"}, [&](std::string_view name) { out.name(name); });
  out.tie(Tie::certificate, plain_fingerprint(text_at(object, {"ssl", "cert", "fingerprint", "sha256"})));
  out.tie(Tie::certificate, plain_fingerprint(text_at(object, {"ssl", "cert", "fingerprint", "sha1"})));
  out.tie(Tie::jarm, plain_fingerprint(text_at(object, {"ssl", "jarm"})));
  out.tie(Tie::asn, scalar_at(object, {"asn"}));
  if (const std::string hash = scalar_at(object, {"http", "html_hash"}); !hash.empty() && hash != "0")
    out.tie(Tie::page, "html " + hash);
  if (const std::string hash = scalar_at(object, {"hash"}); !hash.empty() && hash != "0")
    out.tie(Tie::banner, "shodan " + hash);
  give_title(out, text_at(object, {"http", "title"}));
  out.name(text_at(object, {"ssl", "cert", "subject", "CN"}));
  out.at = time_at(object, {"timestamp"});
}

void read_service(dom::object service, Scanned& out) {
  for (const auto& path :
       {std::initializer_list<std::string_view>{"tls", "certificates", "leaf_data"},
        std::initializer_list<std::string_view>{"cert"}, std::initializer_list<std::string_view>{"tls"}})
    if (const auto leaf = object_at(service, path)) {
      out.tie(Tie::certificate, plain_fingerprint(text_at(*leaf, {"fingerprint"})));
      out.tie(Tie::certificate, plain_fingerprint(text_at(*leaf, {"fingerprint_sha256"})));
      each_text_at(*leaf, {"names"}, [&](std::string_view name) { out.name(name); });
    }
  out.tie(Tie::certificate, plain_fingerprint(text_at(service, {"tls", "certificates", "leaf_fp_sha_256"})));
  out.tie(Tie::jarm, plain_fingerprint(text_at(service, {"jarm", "fingerprint"})));
  out.tie(Tie::jarm, plain_fingerprint(text_at(service, {"jarm"})));
  for (const std::string_view key : {"body_hash", "body_hash_sha256"})
    if (const std::string_view hash = text_at(service, {"http", "response", key}); !hash.empty())
      out.tie(Tie::page, "html " + std::string(hash));
  give_title(out, text_at(service, {"http", "response", "html_title"}));
  each_text_at(service, {"banner_hashes"}, [&](std::string_view hash) { out.tie(Tie::banner, std::string(hash)); });
}

// "p443" of the first interface, with what was spoken there.
void read_port(dom::object port, Scanned& out) {
  for (const auto [name, value] : port) {
    dom::object spoken;
    if (value.get(spoken) != simdjson::SUCCESS) continue;
    if (const auto leaf = object_at(spoken, {"tls", "certificate", "parsed"})) {
      out.tie(Tie::certificate, plain_fingerprint(text_at(*leaf, {"fingerprint_sha256"})));
      each_text_at(*leaf, {"names"}, [&](std::string_view known) { out.name(known); });
    }
    if (const std::string_view hash = text_at(spoken, {"get", "body_sha256"}); !hash.empty())
      out.tie(Tie::page, "html " + std::string(hash));
    give_title(out, text_at(spoken, {"get", "title"}));
  }
}

bool names_port(std::string_view key) {
  return key.size() > 1 && key.size() <= 6 && key[0] == 'p' &&
         key.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

void read_censys(dom::object object, Scanned& out) {
  each_text_at(object, {"names"}, [&](std::string_view name) { out.name(name); });
  each_text_at(object, {"dns", "names"}, [&](std::string_view name) { out.name(name); });
  each_text_at(object, {"dns", "reverse_dns", "names"}, [&](std::string_view name) { out.name(name); });
  out.tie(Tie::asn, scalar_at(object, {"autonomous_system", "asn"}));
  out.tie(Tie::asn, scalar_at(object, {"asn"}));
  out.at = time_at(object, {"last_updated_at"});
  if (!out.at) out.at = time_at(object, {"updated_at"});
  for (const auto [key, value] : object)
    if (dom::object port; names_port(key) && value.get(port) == simdjson::SUCCESS) read_port(port, out);
  read_service(object, out);  // flat exports have the service's members at the top
  dom::array services;
  if (object["services"].get(services) != simdjson::SUCCESS) return;
  for (const dom::element item : services)
    if (dom::object service; item.get(service) == simdjson::SUCCESS) read_service(service, out);
}

bool holds_list(dom::object object, std::string_view key) {
  dom::array list;
  return object[key].get(list) == simdjson::SUCCESS;
}

}  // namespace

bool read_scan_object(dom::object object, const HuntReceiver& use) {
  Scanned scanned;
  if (const std::string_view address = text_at(object, {"ip_str"}); !address.empty()) {
    scanned.tie(Tie::address, std::string(address));
    read_shodan(object, scanned);
    scanned.give(use);
    // A host's answer has what was seen on each port inside it.
    dom::array ports;
    if (object["data"].get(ports) == simdjson::SUCCESS)
      for (const dom::element item : ports)
        if (dom::object port; item.get(port) == simdjson::SUCCESS && !holds_list(port, "data"))
          read_scan_object(port, use);
    return true;
  }
  for (const auto& path :
       {std::initializer_list<std::string_view>{"host"}, std::initializer_list<std::string_view>{"result"},
        std::initializer_list<std::string_view>{"resource"}})
    if (const auto inner = object_at(object, path); inner && !text_at(*inner, {"ip"}).empty()) object = *inner;
  const std::string_view address = text_at(object, {"ip"});
  if (address.empty()) return false;
  scanned.tie(Tie::address, std::string(address));
  read_censys(object, scanned);
  return scanned.give(use), true;
}

}  // namespace testudo
