// The table of object paths: docs/formats/stix.md, "Patterns".
#include "intel/stix_paths.h"

#include <algorithm>
#include <array>
#include <string>

namespace testudo {
namespace {

struct PathKind {
  std::string_view path;
  Kind kind;
};

// Sorted by nothing but meaning; a feed has few distinct paths and each is looked up by one short scan.
constexpr std::array paths = {
    PathKind{"domain-name:value", Kind::host},
    PathKind{"ipv4-addr:value", Kind::ipv4},
    PathKind{"ipv6-addr:value", Kind::ipv6},
    PathKind{"url:value", Kind::url},
    PathKind{"email-addr:value", Kind::email},
    PathKind{"process:name", Kind::process},  // STIX 2.0; feeds keep writing it
    PathKind{"file:name", Kind::file_name},
    PathKind{"file:path", Kind::path},                       // custom
    PathKind{"app:id", Kind::app_id},                        // custom
    PathKind{"configuration-profile:id", Kind::profile_id},  // custom
    PathKind{"android-property:name", Kind::property},       // custom
    PathKind{"process:binary_ref.name", Kind::process},      // 2.0
    PathKind{"process:image_ref.name", Kind::process},       // 2.1
    PathKind{"process:binary_ref.parent_directory_ref.path", Kind::path},
    PathKind{"process:image_ref.parent_directory_ref.path", Kind::path},
    PathKind{"directory:path", Kind::path},
    PathKind{"file:parent_directory_ref.path", Kind::path},
    PathKind{"domain-name:resolves_to_refs[*].value", Kind::host},
    PathKind{"hostname:value", Kind::host},            // custom (OpenCTI)
    PathKind{"x-opencti-hostname:value", Kind::host},  // custom (OpenCTI before 5)
    PathKind{"network-traffic:dst_ref.value", Kind::host},
    PathKind{"network-traffic:src_ref.value", Kind::host},
    PathKind{"email-message:from_ref.value", Kind::email},
    PathKind{"email-message:sender_ref.value", Kind::email},
    PathKind{"email-message:to_refs[*].value", Kind::email},
    PathKind{"email-message:cc_refs[*].value", Kind::email},
    PathKind{"user-account:account_login", Kind::account},
    PathKind{"user-account:user_id", Kind::account},
    PathKind{"user-account:display_name", Kind::account},
    PathKind{"phone-number:value", Kind::phone},    // custom (OpenCTI)
    PathKind{"x-phone-number:value", Kind::phone},  // custom
    PathKind{"phone:number", Kind::phone},          // custom
    PathKind{"phone:value", Kind::phone},           // custom
    PathKind{"telephone:value", Kind::phone},       // custom
    PathKind{"windows-registry-key:key", Kind::registry_key},
    PathKind{"vulnerability:name", Kind::cve},
    PathKind{"autonomous-system:number", Kind::asn},
    // Our own extension of standard objects (docs/manual/export.md).
    PathKind{"software:extensions.extension-definition--acdd482f-1503-4205-84db-69583946aa11.app_id", Kind::app_id},
    PathKind{"software:extensions.extension-definition--acdd482f-1503-4205-84db-69583946aa11.system_property",
             Kind::property},
    PathKind{"software:extensions.extension-definition--acdd482f-1503-4205-84db-69583946aa11.profile_id",
             Kind::profile_id},
    PathKind{"user-account:extensions.extension-definition--acdd482f-1503-4205-84db-69583946aa11.phone_number",
             Kind::phone},
    PathKind{"network-traffic:extensions.extension-definition--acdd482f-1503-4205-84db-69583946aa11.ja3", Kind::ja3},
    PathKind{"network-traffic:extensions.extension-definition--acdd482f-1503-4205-84db-69583946aa11.ja4", Kind::ja4},
};

constexpr std::array standard_objects = {std::string_view{"artifact"},
                                         std::string_view{"autonomous-system"},
                                         std::string_view{"directory"},
                                         std::string_view{"domain-name"},
                                         std::string_view{"email-addr"},
                                         std::string_view{"email-message"},
                                         std::string_view{"file"},
                                         std::string_view{"ipv4-addr"},
                                         std::string_view{"ipv6-addr"},
                                         std::string_view{"mac-addr"},
                                         std::string_view{"mutex"},
                                         std::string_view{"network-traffic"},
                                         std::string_view{"process"},
                                         std::string_view{"software"},
                                         std::string_view{"url"},
                                         std::string_view{"user-account"},
                                         std::string_view{"vulnerability"},
                                         std::string_view{"windows-registry-key"},
                                         std::string_view{"x509-certificate"}};

// "SHA-256", "sha256" and "sha_256" are one algorithm.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (c != '-' && c != '_') plain.push_back(c);
  return plain;
}

std::optional<Kind> hash_kind(std::string_view algorithm, bool certificate) {
  const std::string name = plain_name(algorithm);
  if (name == "md5") return certificate ? Kind::cert_md5 : Kind::md5;
  if (name == "sha1") return certificate ? Kind::cert_sha1 : Kind::sha1;
  if (name == "sha256") return certificate ? Kind::cert_sha256 : Kind::sha256;
  return std::nullopt;
}

std::optional<Kind> hash_path_kind(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view holder = path.substr(0, dot), algorithm = path.substr(dot + 1);
  if (holder == "app:cert" || holder == "x509-certificate:hashes") return hash_kind(algorithm, true);
  for (const std::string_view file :
       {"file:hashes", "artifact:hashes", "process:binary_ref.hashes", "process:image_ref.hashes", "app:hashes"})
    if (holder == file) return hash_kind(algorithm, false);
  return std::nullopt;
}

}  // namespace

std::optional<Kind> kind_of_stix_path(std::string_view path) {
  const auto found = std::ranges::find(paths, path, &PathKind::path);
  if (found != paths.end()) return found->kind;
  return hash_path_kind(path);
}

bool is_standard_stix_object(std::string_view path) {
  return std::ranges::find(standard_objects, path.substr(0, path.find(':'))) != standard_objects.end();
}

}  // namespace testudo
