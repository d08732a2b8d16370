#include "intel/export/stix_paths_out.h"

#include <algorithm>
#include <array>

#include "base/json_text.h"
#include "base/text.h"
#include "intel/export/plain_text.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

std::string compare(std::string_view path, std::string_view value) {
  return std::string(path) + " = " + stix_literal(value);
}

std::string extended(std::string_view object, std::string_view property, std::string_view value) {
  return compare(std::string(object) + ":extensions.'" + std::string(stix_extension) + "'." + std::string(property),
                 value);
}

std::string_view hash_name(Kind kind) {
  if (kind == Kind::md5 || kind == Kind::cert_md5) return "MD5";
  return kind == Kind::sha1 || kind == Kind::cert_sha1 ? "SHA-1" : "SHA-256";
}

std::string hashed(std::string_view object, const StoredIndicator& indicator) {
  return compare(std::string(object) + ":hashes.'" + std::string(hash_name(indicator.kind)) + "'", indicator.value);
}

// An address of a page whose scheme nobody told is meant with both.
std::string url(const StoredIndicator& indicator) {
  if (url_with_scheme(indicator) == indicator.shown) return compare("url:value", indicator.shown);
  return compare("url:value", "http://" + indicator.value) + " OR " +
         compare("url:value", "https://" + indicator.value);
}

// A path may be a folder's or a file's.
std::string path(std::string_view value) {
  std::string pattern = compare("directory:path", value);
  const std::size_t slash = value.find_last_of("/\\");
  if (slash == std::string_view::npos || slash + 1 == value.size()) return pattern;
  const std::string_view folder = value.substr(0, std::max<std::size_t>(slash, 1));
  return pattern + " OR (" + compare("file:parent_directory_ref.path", folder) + " AND " +
         compare("file:name", value.substr(slash + 1)) + ")";
}

bool is_v6(std::string_view network) { return network.find(':') != std::string_view::npos; }

std::string comparison(const StoredIndicator& indicator) {
  const std::string_view value = indicator.value;
  const std::string_view shown = indicator.shown.empty() ? value : std::string_view(indicator.shown);
  switch (indicator.kind) {
    case Kind::host:
      return compare("domain-name:value", value);
    case Kind::url:
      return url(indicator);
    case Kind::ipv4:
      return compare("ipv4-addr:value", value);
    case Kind::ipv6:
      return compare("ipv6-addr:value", value);
    case Kind::cidr:
      return std::string(is_v6(value) ? "ipv6" : "ipv4") + "-addr:value ISSUBSET " + stix_literal(value);
    case Kind::email:
      return compare("email-addr:value", value);
    case Kind::md5:
    case Kind::sha1:
    case Kind::sha256:
      return hashed("file", indicator);
    case Kind::cert_md5:
    case Kind::cert_sha1:
    case Kind::cert_sha256:
      return hashed("x509-certificate", indicator);
    case Kind::file_name:
      return compare("file:name", value);
    case Kind::path:
      return path(value);
    case Kind::process:
      return compare("process:image_ref.name", value);
    case Kind::account:
      return compare("user-account:account_login", value);
    case Kind::registry_key:
      return compare("windows-registry-key:key", shown);
    case Kind::asn:
      return "autonomous-system:number = " + std::string(value);
    case Kind::app_id:
      return extended("software", "app_id", shown);
    case Kind::property:
      return extended("software", "system_property", shown);
    case Kind::profile_id:
      return extended("software", "profile_id", shown);
    case Kind::phone:
      return extended("user-account", "phone_number", value);
    case Kind::ja3:
      return extended("network-traffic", "ja3", value);
    case Kind::ja4:
      return extended("network-traffic", "ja4", value);
    default:
      return {};
  }
}

struct MobilePath {
  Kind kind;
  std::string_view path;
};
constexpr std::array mobile_paths = {MobilePath{Kind::host, "domain-name:value"},
                                     MobilePath{Kind::url, "url:value"},
                                     MobilePath{Kind::ipv4, "ipv4-addr:value"},
                                     MobilePath{Kind::email, "email-addr:value"},
                                     MobilePath{Kind::process, "process:name"},
                                     MobilePath{Kind::file_name, "file:name"},
                                     MobilePath{Kind::path, "file:path"},
                                     MobilePath{Kind::md5, "file:hashes.md5"},
                                     MobilePath{Kind::sha1, "file:hashes.sha1"},
                                     MobilePath{Kind::sha256, "file:hashes.sha256"},
                                     MobilePath{Kind::app_id, "app:id"},
                                     MobilePath{Kind::cert_md5, "app:cert.md5"},
                                     MobilePath{Kind::cert_sha1, "app:cert.sha1"},
                                     MobilePath{Kind::cert_sha256, "app:cert.sha256"},
                                     MobilePath{Kind::profile_id, "configuration-profile:id"},
                                     MobilePath{Kind::property, "android-property:name"}};

// RFC 8785 §3.2.2.2: only what JSON demands is escaped.
std::string canonical_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    constexpr std::string_view special = "\"\\\b\f\n\r\t", letters = "\"\\bfnrt";
    if (const std::size_t at = special.find(c); at != std::string_view::npos) {
      out.append("\\").append(1, letters[at]);
    } else if (octet < 0x20) {
      constexpr std::string_view hex = "0123456789abcdef";
      out.append("\\u00").append(1, hex[octet >> 4]).append(1, hex[octet & 15]);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// An object with one property that is a text.
StixObservable observable(std::string_view type, std::string_view property, std::string_view value) {
  const std::string canonical = "{\"" + std::string(property) + "\":" + canonical_string(value) + "}";
  StixObservable made;
  made.id = std::string(type) + "--" + uuid_text(uuid5(stix_observable_namespace, canonical));
  JsonText json(made.json);
  json.object().key("type").string(type).key("spec_version").string("2.1").key("id").string(made.id);
  json.key(property).string(value).end();
  return made;
}

StixObservable hash_observable(std::string_view type, const StoredIndicator& indicator) {
  const std::string name(hash_name(indicator.kind));
  const std::string canonical = "{\"hashes\":{\"" + name + "\":\"" + indicator.value + "\"}}";
  StixObservable made;
  made.id = std::string(type) + "--" + uuid_text(uuid5(stix_observable_namespace, canonical));
  JsonText json(made.json);
  json.object().key("type").string(type).key("spec_version").string("2.1").key("id").string(made.id);
  json.key("hashes").object().key(name).string(indicator.value).end().end();
  return made;
}

}  // namespace

std::string stix_literal(std::string_view value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\\' || c == '\'') text += '\\';
    text += c;
  }
  return text + "'";
}

std::string stix_pattern_of(const StoredIndicator& indicator) {
  const std::string text = comparison(indicator);
  return text.empty() ? text : "[" + text + "]";
}

std::string mobile_pattern_of(const StoredIndicator& indicator) {
  const auto* known = std::ranges::find(mobile_paths, indicator.kind, &MobilePath::kind);
  if (known == mobile_paths.end()) return {};
  const std::string value = indicator.kind == Kind::url ? url_with_scheme(indicator)
                            : indicator.shown.empty()   ? indicator.value
                                                        : indicator.shown;
  const bool misread = value.find_first_of("='\\") != std::string::npos || trim(value) != value;
  return misread ? std::string() : "[" + std::string(known->path) + "='" + value + "']";
}

std::optional<StixObservable> stix_observable_of(const StoredIndicator& indicator) {
  switch (indicator.kind) {
    case Kind::host:
      return observable("domain-name", "value", indicator.value);
    case Kind::url:
      return observable("url", "value", url_with_scheme(indicator));
    case Kind::ipv4:
      return observable("ipv4-addr", "value", indicator.value);
    case Kind::ipv6:
      return observable("ipv6-addr", "value", indicator.value);
    case Kind::cidr:
      return observable(is_v6(indicator.value) ? "ipv6-addr" : "ipv4-addr", "value", indicator.value);
    case Kind::email:
      return observable("email-addr", "value", indicator.value);
    case Kind::file_name:
      return observable("file", "name", indicator.value);
    case Kind::path:
      return observable("directory", "path", indicator.value);
    case Kind::md5:
    case Kind::sha1:
    case Kind::sha256:
      return hash_observable("file", indicator);
    case Kind::cert_md5:
    case Kind::cert_sha1:
    case Kind::cert_sha256:
      return hash_observable("x509-certificate", indicator);
    default:
      return std::nullopt;
  }
}

}  // namespace testudo
