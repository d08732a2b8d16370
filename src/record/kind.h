// Kind: the closed list of what a field can mean. The same words name indicator types everywhere.
// Floor 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace testudo {

enum class Kind : std::uint8_t {
  time,
  duration,
  integer,
  real,
  boolean,
  bytes,
  text,
  url,
  host,
  ipv4,
  ipv6,
  cidr,
  email,
  phone,
  account,
  process,
  path,
  file_name,
  app_id,
  md5,
  sha1,
  sha256,
  cert_md5,
  cert_sha1,
  cert_sha256,
  property,
  profile_id,
  asn,
  ja3,
  ja4,
  registry_key,
  cve,
};
inline constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::cve) + 1;

std::string_view kind_name(Kind kind);
std::optional<Kind> kind_from_name(std::string_view name);

}  // namespace testudo
