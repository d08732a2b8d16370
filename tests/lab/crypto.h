// Crypto: what an encrypted backup needs, over OpenSSL's primitives. Independent of src/evidence. Test tool.
#pragma once

#include <string>
#include <string_view>

namespace testudo::lab {

std::string pbkdf2_sha256(std::string_view secret, std::string_view salt, int rounds);  // 32 octets
std::string pbkdf2_sha1(std::string_view secret, std::string_view salt, int rounds);    // 32 octets
std::string wrap_key(std::string_view key_encryption_key, std::string_view key);        // RFC 3394
// AES-256-CBC with an IV of zeros; `padded` adds PKCS#7.
std::string encrypt_cbc(std::string_view key, std::string_view plain, bool padded);
void encrypt_file(std::string_view key, const std::string& from, const std::string& to, bool padded);
std::string sha1_hex(std::string_view text);
std::string sha1_raw(std::string_view text);

}  // namespace testudo::lab
