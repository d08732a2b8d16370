// The other direction, for tests: AES key wrap, CBC encryption, keybags. Written over OpenSSL alone.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include "base/bytes.h"
#include "evidence/keybag.h"

namespace testudo::test {

inline std::string number(std::uint32_t value, bool little = false) {
  std::string out;
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>(value >> 8 * (little ? i : 3 - i)));
  return out;
}

inline std::string field(std::string_view tag, std::string_view value) {
  return std::string(tag) + number(static_cast<std::uint32_t>(value.size())) + std::string(value);
}

inline std::string encrypt(const EVP_CIPHER* cipher, Bytes key, std::string_view plain, bool padding) {
  EVP_CIPHER_CTX* c = EVP_CIPHER_CTX_new();
  EVP_CIPHER_CTX_set_flags(c, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  const std::array<std::uint8_t, 16> zero{};
  const bool wrap = EVP_CIPHER_get_mode(cipher) == EVP_CIPH_WRAP_MODE;
  EVP_EncryptInit_ex(c, cipher, nullptr, key.data(), wrap ? nullptr : zero.data());
  if (!wrap) EVP_CIPHER_CTX_set_padding(c, padding);
  std::string out(plain.size() + 32, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  int size = 0, more = 0;
  EVP_EncryptUpdate(c, to, &size, as_bytes(plain).data(), static_cast<int>(plain.size()));
  if (!wrap) EVP_EncryptFinal_ex(c, to + size, &more);
  EVP_CIPHER_CTX_free(c);
  out.resize(static_cast<std::size_t>(size + more));
  return out;
}

inline std::string cbc(const FileKey& key, std::string_view plain, bool padding = true) {
  return encrypt(EVP_aes_256_cbc(), key, plain, padding);
}
inline std::string wrap(Bytes key, Bytes secret) { return encrypt(EVP_aes_256_wrap(), key, as_text(secret), false); }

inline FileKey key_of(std::uint8_t first) {
  FileKey key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(first + i * 7);
  return key;
}

// The key that OpenSSL's own derivation makes of a password, as an independent answer.
inline DerivedKey openssl_key(std::string_view password, std::string_view salt, int rounds,
                              std::string_view double_salt, int double_rounds) {
  DerivedKey first{}, out{};
  std::string secret(password);
  if (double_rounds != 0) {
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), as_bytes(double_salt).data(),
                      static_cast<int>(double_salt.size()), double_rounds, EVP_sha256(), 32, first.data());
    secret = std::string(as_text(first));
  }
  PKCS5_PBKDF2_HMAC(secret.data(), static_cast<int>(secret.size()), as_bytes(salt).data(),
                    static_cast<int>(salt.size()), rounds, EVP_sha1(), 32, out.data());
  return out;
}

inline constexpr std::string_view salt = "salt of 20 octets...", double_salt = "another salt, 20 oct";

// A keybag with classes 1 to 4, the last of which only the device can open.
inline std::string keybag(std::string_view password, std::uint32_t rounds = 100, std::uint32_t double_rounds = 1000) {
  const DerivedKey key =
      openssl_key(password, salt, static_cast<int>(rounds), double_salt, static_cast<int>(double_rounds));
  std::string out = field("VERS", number(3)) + field("TYPE", number(1)) + field("UUID", "0123456789abcdef") +
                    field("HMCK", std::string(40, 'h')) + field("WRAP", number(1)) + field("SALT", salt) +
                    field("ITER", number(rounds));
  if (double_rounds != 0)
    out += field("DPWT", number(1)) + field("DPIC", number(double_rounds)) + field("DPSL", double_salt);
  for (std::uint32_t i = 1; i <= 4; ++i)
    out += field("UUID", "fedcba987654321" + std::to_string(i)) + field("CLAS", number(i)) +
           field("WRAP", number(i == 4 ? 1 : 2)) + field("KTYP", number(0)) +
           field("WPKY", i == 4 ? std::string(40, 'x') : wrap(key, key_of(static_cast<std::uint8_t>(i))));
  return out;
}

// A key as Manifest.db and Manifest.plist hold it.
inline std::string wrapped_file_key(std::uint32_t protection_class, const FileKey& key) {
  return number(protection_class, true) + wrap(key_of(static_cast<std::uint8_t>(protection_class)), key);
}

}  // namespace testudo::test
