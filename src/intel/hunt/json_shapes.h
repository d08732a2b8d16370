// The JSON objects that hunting understands, told apart object by object, so that mixed dumps work. Private to
// src/intel/hunt. Each function gives the facts of an object of its shape and says whether it was one.
#pragma once

#include <simdjson.h>

#include "intel/hunt/fact.h"

namespace testudo {

bool read_certificate_object(simdjson::dom::object object, const HuntReceiver& use);  // certstream, crt.sh, RFC 6962
bool read_passive_dns_object(simdjson::dom::object object, const HuntReceiver& use);  // COF
bool read_scan_object(simdjson::dom::object object, const HuntReceiver& use);         // Censys, Shodan
bool read_rdap_object(simdjson::dom::object object, const HuntReceiver& use);         // RFC 9083
bool read_zeek_dns_object(simdjson::dom::object object, const HuntReceiver& use);     // Zeek's dns.log as JSON
bool read_dns_log_object(simdjson::dom::object object, const HuntReceiver& use);      // Suricata, AdGuard Home

// The string at a path of keys; empty if there is none.
std::string_view text_at(simdjson::dom::object object, std::initializer_list<std::string_view> path);
// The object at a path; nothing if there is none.
std::optional<simdjson::dom::object> object_at(simdjson::dom::object object,
                                               std::initializer_list<std::string_view> path);
// RFC 3339, "YYYY-MM-DD HH:MM:SS", or seconds since 1970 as a number or text; nothing if it is none of these.
std::optional<Time> hunted_time(simdjson::dom::element value);
std::optional<Time> hunted_time(std::string_view text);
std::optional<Time> time_at(simdjson::dom::object object, std::initializer_list<std::string_view> path);
// A number or text as text; empty if it is neither.
std::string scalar_at(simdjson::dom::object object, std::initializer_list<std::string_view> path);
// The string, or every string of the array, under a key.
template <typename Each>
void each_text_at(simdjson::dom::object object, std::initializer_list<std::string_view> path, Each each) {
  if (path.size() == 0) return;
  const std::string_view last = *(path.end() - 1);
  simdjson::dom::object at = object;
  for (auto key = path.begin(); key + 1 != path.end(); ++key)
    if (at[*key].get(at) != simdjson::SUCCESS) return;
  simdjson::dom::element value;
  if (at[last].get(value) != simdjson::SUCCESS) return;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return each(text);
  simdjson::dom::array items;
  if (value.get(items) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element item : items)
    if (item.get(text) == simdjson::SUCCESS) each(text);
}
// What an answer of this type of record ties its host to; `none` for other types.
Tie tie_of_record(std::string_view type);
// Whether somebody who asks for this type of record, or for one that is not told, wants a host.
bool is_host_query(std::string_view type);
// A fingerprint as it is compared: lower-case hexadecimal without separators; empty if it is none.
std::string plain_fingerprint(std::string_view text);
// Facts of one certificate for each of its names: `serial` counts with its issuer where there is no fingerprint.
struct CertificateFacts {
  std::string fingerprint, issuer, serial;
  std::optional<Time> made;  // until when it is valid says nothing of when it was seen
};
void give_certificate(std::string_view host, const CertificateFacts& facts, const HuntReceiver& use);

}  // namespace testudo
