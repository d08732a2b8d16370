#include "record/kind.h"

#include <array>

namespace testudo {
namespace {

constexpr std::array<std::string_view, kind_count> names = {
    "time",        "duration",  "integer",    "real", "boolean", "bytes",  "text",         "url",
    "host",        "ipv4",      "ipv6",       "cidr", "email",   "phone",  "account",      "process",
    "path",        "file_name", "app_id",     "md5",  "sha1",    "sha256", "cert_md5",     "cert_sha1",
    "cert_sha256", "property",  "profile_id", "asn",  "ja3",     "ja4",    "registry_key", "cve"};

}  // namespace

std::string_view kind_name(Kind kind) { return names[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_from_name(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Kind>(i);
  return std::nullopt;
}

}  // namespace testudo
