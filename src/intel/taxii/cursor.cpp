// The moment in eight octets, big endian, and half of an HMAC-SHA-256 over it and the query; as hexadecimal digits.
#include "intel/taxii/cursor.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t moment_size = 8, seal_size = 16;

std::string moment_octets(Time after) {
  std::string octets;
  const auto micros = static_cast<std::uint64_t>(after.micros);
  for (unsigned shift = 64; shift != 0; shift -= 8) octets += static_cast<char>(micros >> (shift - 8) & 0xFF);
  return octets;
}

std::string seal_of(std::string_view key, std::string_view query, std::string_view moment) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> seal{};
  unsigned size = 0;
  const std::string text = std::string(moment) + std::string(query);
  const Bytes octets = as_bytes(text);
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets.data(), octets.size(), seal.data(), &size);
  return {reinterpret_cast<const char*>(seal.data()), seal_size};
}

}  // namespace

std::string make_cursor(std::string_view key, std::string_view query, Time after) {
  const std::string moment = moment_octets(after);
  return to_hex(as_bytes(moment + seal_of(key, query, moment)));
}

std::optional<Time> read_cursor(std::string_view key, std::string_view query, std::string_view cursor) {
  if (cursor.size() != 2 * (moment_size + seal_size)) return std::nullopt;
  const auto octets = from_hex(cursor);
  if (!octets) return std::nullopt;
  const std::string moment = octets->substr(0, moment_size), seal = seal_of(key, query, moment);
  if (CRYPTO_memcmp(seal.data(), octets->data() + moment_size, seal_size) != 0) return std::nullopt;
  std::uint64_t micros = 0;
  for (const char c : moment) micros = micros << 8 | static_cast<unsigned char>(c);
  return Time{static_cast<std::int64_t>(micros)};
}

}  // namespace testudo
