// The table of attribute types.
#include "intel/feed/misp_types.h"

#include <algorithm>
#include <array>

namespace testudo {
namespace {

using enum MispShape;

constexpr std::array types{
    MispType{"AS", single, Kind::asn},
    MispType{"bro", rule, Kind::text, Kind::text, "zeek"},
    MispType{"dns-soa-email", single, Kind::email},
    MispType{"domain", single, Kind::host},
    MispType{"domain|ip", pair, Kind::host, Kind::ipv4},
    MispType{"email", single, Kind::email},
    MispType{"email-dst", single, Kind::email},
    MispType{"email-reply-to", single, Kind::email},
    MispType{"email-src", single, Kind::email},
    MispType{"filename", single, Kind::file_name},
    MispType{"filename|authentihash", first, Kind::file_name},
    MispType{"filename|impfuzzy", first, Kind::file_name},
    MispType{"filename|imphash", first, Kind::file_name},
    MispType{"filename|md5", second, Kind::file_name, Kind::md5},
    MispType{"filename|pehash", first, Kind::file_name},
    MispType{"filename|sha1", second, Kind::file_name, Kind::sha1},
    MispType{"filename|sha256", second, Kind::file_name, Kind::sha256},
    MispType{"filename|ssdeep", first, Kind::file_name},
    MispType{"filename|tlsh", first, Kind::file_name},
    MispType{"hostname", single, Kind::host},
    MispType{"hostname|port", first, Kind::host},
    MispType{"ip-dst", single, Kind::ipv4},
    MispType{"ip-dst|port", first, Kind::ipv4},
    MispType{"ip-src", single, Kind::ipv4},
    MispType{"ip-src|port", first, Kind::ipv4},
    MispType{"ja3-fingerprint-md5", single, Kind::ja3},
    MispType{"link", reference, Kind::url},
    MispType{"malware-sample", second, Kind::file_name, Kind::md5},
    MispType{"md5", single, Kind::md5},
    MispType{"mobile-application-id", single, Kind::app_id},
    MispType{"phone-number", single, Kind::phone},
    MispType{"regkey", single, Kind::registry_key},
    MispType{"regkey|value", first, Kind::registry_key},
    MispType{"sha1", single, Kind::sha1},
    MispType{"sha256", single, Kind::sha256},
    MispType{"sigma", rule, Kind::text, Kind::text, "sigma"},
    MispType{"snort", rule, Kind::text, Kind::text, "snort"},
    MispType{"stix2-pattern", rule, Kind::text, Kind::text, "stix"},
    MispType{"target-email", victim, Kind::email},
    MispType{"uri", single, Kind::url},
    MispType{"url", single, Kind::url},
    MispType{"vulnerability", single, Kind::cve},
    MispType{"whois-registrant-email", single, Kind::email},
    MispType{"whois-registrant-phone", single, Kind::phone},
    MispType{"x509-fingerprint-md5", single, Kind::cert_md5},
    MispType{"x509-fingerprint-sha1", single, Kind::cert_sha1},
    MispType{"x509-fingerprint-sha256", single, Kind::cert_sha256},
    MispType{"yara", rule, Kind::text, Kind::text, "yara"},
    MispType{"zeek", rule, Kind::text, Kind::text, "zeek"},
};
static_assert(std::ranges::is_sorted(types, {}, &MispType::type));

struct Relation {
  std::string_view object, relation;
  Kind kind;
};
constexpr std::array relations{Relation{"android-app", "appid", Kind::app_id},
                               Relation{"android-app", "certificate", Kind::cert_sha1},
                               Relation{"file", "path", Kind::path},
                               Relation{"file", "fullpath", Kind::path},
                               Relation{"ios-app", "bundle-id", Kind::app_id},
                               Relation{"process", "name", Kind::process},
                               Relation{"process", "image", Kind::path},
                               Relation{"registry-key", "key", Kind::registry_key},
                               Relation{"tls-fingerprint", "ja4", Kind::ja4},
                               Relation{"ja4-plus", "ja4-fingerprint", Kind::ja4},
                               Relation{"x509", "x509-fingerprint-sha1", Kind::cert_sha1}};

}  // namespace

const MispType* misp_type(std::string_view type) {
  const auto* found = std::ranges::lower_bound(types, type, {}, &MispType::type);
  return found != types.end() && found->type == type ? found : nullptr;
}

std::optional<Kind> misp_relation_kind(std::string_view object, std::string_view relation) {
  for (const Relation& known : relations)
    if (known.object == object && known.relation == relation) return known.kind;
  return std::nullopt;
}

}  // namespace testudo
