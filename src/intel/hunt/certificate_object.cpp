// Certificate transparency as JSON: certstream's messages and crt.sh's rows.
// Sources: certstream-server's documented message (message_type, data.leaf_cert.all_domains, fingerprint,
// serial_number, not_before, issuer.O/CN/aggregated); crt.sh?output=json (issuer_name, common_name, name_value with a
// name a line, not_before, serial_number, entry_timestamp).
#include "base/text.h"
#include "intel/hunt/json_shapes.h"

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
                         .made = time_at(*leaf, {"not_before"}),
                         .until = time_at(*leaf, {"not_after"})};
  if (facts.issuer.empty()) facts.issuer = std::string(text_at(*leaf, {"issuer", "CN"}));
  bool any = false;
  each_text_at(*leaf, {"all_domains"}, [&](std::string_view name) {
    give_certificate(name, facts, use);
    any = true;
  });
  if (!any) give_certificate(text_at(*leaf, {"subject", "CN"}), facts, use);
  return true;
}

bool read_crt_sh(dom::object object, const HuntReceiver& use) {
  const std::string_view names = text_at(object, {"name_value"});
  if (names.empty()) return false;
  const CertificateFacts facts{.fingerprint = plain_fingerprint(text_at(object, {"fingerprint_sha256"})),
                               .issuer = std::string(text_at(object, {"issuer_name"})),
                               .serial = lower_ascii(scalar_at(object, {"serial_number"})),
                               .made = time_at(object, {"not_before"}),
                               .until = time_at(object, {"not_after"})};
  for (const std::string_view name : split(names, '\n'))
    if (!trim(name).empty()) give_certificate(trim(name), facts, use);
  if (const std::string_view name = text_at(object, {"common_name"}); !name.empty()) give_certificate(name, facts, use);
  return true;
}

}  // namespace

bool read_certificate_object(dom::object object, const HuntReceiver& use) {
  if (read_certstream(object, use) || read_crt_sh(object, use)) return true;
  return text_at(object, {"message_type"}) == "heartbeat";  // certstream's sign of life says nothing
}

}  // namespace testudo
