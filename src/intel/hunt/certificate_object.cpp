// Certificate transparency as JSON: certstream's messages, crt.sh's rows, and the entries of a log itself.
// Sources: certstream-server's documented message (message_type, data.leaf_cert.all_domains, fingerprint,
// serial_number, not_before, issuer.O/CN/aggregated); crt.sh?output=json (issuer_name, common_name, name_value with a
// name a line, not_before, serial_number, entry_timestamp); RFC 6962 §3.4 and §4.6 (get-entries: leaf_input,
// extra_data); Cert Spotter's issuances (dns_names, cert_sha256, issuer.name, not_before); Censys' certificates (names,
// fingerprint_sha256, parsed.issuer_dn, parsed.validity_period.not_before).
#include "base/text.h"
#include "intel/hunt/json_shapes.h"
#include "intel/hunt/x509_facts.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

bool read_certstream(dom::object object, const HuntReceiver& use) {
  std::optional<dom::object> leaf = object_at(object, {"data", "leaf_cert"});
  if (!leaf) leaf = object_at(object, {"leaf_cert"});
  if (!leaf) return false;
  CertificateFacts facts{.fingerprint = plain_fingerprint(text_at(*leaf, {"fingerprint"})),
                         .issuer = std::string(text_at(*leaf, {"issuer", "aggregated"})),
                         .serial = scalar_at(*leaf, {"serial_number"}),
                         .made = time_at(*leaf, {"not_before"})};
  if (facts.issuer.empty()) facts.issuer = std::string(text_at(*leaf, {"issuer", "CN"}));
  bool any = false;
  each_text_at(*leaf, {"all_domains"}, [&](std::string_view name) {
    give_certificate(name, facts, use);
    any = true;
  });
  if (!any) give_certificate(text_at(*leaf, {"subject", "CN"}), facts, use);
  return true;
}

// The stream of names alone.
bool read_dns_entries(dom::object object, const HuntReceiver& use) {
  if (text_at(object, {"message_type"}) != "dns_entries") return false;
  each_text_at(object, {"data"}, [&](std::string_view name) { use({.host = name}); });
  return true;
}

// A certificate with all of its names and its digest.
bool read_digest(dom::object object, const HuntReceiver& use) {
  CertificateFacts facts;
  for (const std::string_view key : {"cert_sha256", "fingerprint_sha256", "sha256", "fingerprint"})
    if (facts.fingerprint.empty()) facts.fingerprint = plain_fingerprint(text_at(object, {key}));
  if (facts.fingerprint.empty()) return false;
  facts.issuer = text_at(object, {"issuer", "name"});
  if (facts.issuer.empty()) facts.issuer = text_at(object, {"parsed", "issuer_dn"});
  facts.made = time_at(object, {"not_before"});
  if (!facts.made) facts.made = time_at(object, {"parsed", "validity_period", "not_before"});
  bool any = false;
  for (const std::string_view key : {"dns_names", "names"})
    each_text_at(object, {key}, [&](std::string_view name) {
      give_certificate(name, facts, use);
      any = true;
    });
  return any;
}

bool read_crt_sh(dom::object object, const HuntReceiver& use) {
  const std::string_view names = text_at(object, {"name_value"});
  if (names.empty()) return false;
  const CertificateFacts facts{.fingerprint = plain_fingerprint(text_at(object, {"fingerprint_sha256"})),
                               .issuer = std::string(text_at(object, {"issuer_name"})),
                               .serial = lower_ascii(scalar_at(object, {"serial_number"})),
                               .made = time_at(object, {"not_before"})};
  for (const std::string_view name : split(names, '\n'))
    if (!trim(name).empty()) give_certificate(trim(name), facts, use);
  if (const std::string_view name = text_at(object, {"common_name"}); !name.empty()) give_certificate(name, facts, use);
  return true;
}

// The certificate behind its length in three octets; empty where the length leads beyond the end.
std::string_view sized_certificate(std::string_view text) {
  if (text.size() < 3) return {};
  std::size_t size = 0;
  for (const char c : text.substr(0, 3)) size = size << 8 | static_cast<unsigned char>(c);
  return size <= text.size() - 3 ? text.substr(3, size) : std::string_view();
}

// MerkleTreeLeaf: version, leaf type, time stamp (8 octets), entry type (2), then the certificate. Of an entry that was
// logged before it was issued the leaf has no whole certificate, but the extra data begins with the one submitted.
bool read_log_entry(dom::object entry, const HuntReceiver& use) {
  const auto leaf = from_base64(text_at(entry, {"leaf_input"}));
  constexpr std::size_t head = 12;
  if (!leaf || leaf->size() < head) return false;
  if (leaf->compare(0, 2, std::string_view("\0\0", 2)) != 0) return false;
  if ((*leaf)[head - 1] == 0) return give_x509(sized_certificate(std::string_view(*leaf).substr(head)), use);
  const auto extra = from_base64(text_at(entry, {"extra_data"}));
  return extra && give_x509(sized_certificate(*extra), use);
}

bool read_log_entries(dom::object object, const HuntReceiver& use) {
  dom::array entries;
  if (object["entries"].get(entries) != simdjson::SUCCESS) return read_log_entry(object, use);
  bool any = false;
  for (const dom::element item : entries)
    if (dom::object entry; item.get(entry) == simdjson::SUCCESS) any |= read_log_entry(entry, use);
  return any;
}

}  // namespace

bool read_certificate_object(dom::object object, const HuntReceiver& use) {
  if (read_certstream(object, use) || read_dns_entries(object, use) || read_crt_sh(object, use) ||
      read_log_entries(object, use) || (text_at(object, {"ip"}).empty() && read_digest(object, use)))
    return true;
  return text_at(object, {"message_type"}) == "heartbeat";  // certstream's sign of life says nothing
}

}  // namespace testudo
