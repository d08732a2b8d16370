// Crypto: PBKDF2, RFC 3394 wrap and AES-CBC. Test tool.
#include "crypto.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstdio>
#include <memory>

#include "base/text.h"
#include "fail.h"

namespace testudo::lab {
namespace {

const unsigned char* octets(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string pbkdf2(std::string_view secret, std::string_view salt, int rounds, const EVP_MD* digest) {
  std::string key(32, '\0');
  if (PKCS5_PBKDF2_HMAC(secret.data(), static_cast<int>(secret.size()), octets(salt), static_cast<int>(salt.size()),
                        rounds, digest, 32, octets(key)) != 1)
    fail("PBKDF2 failed");
  return key;
}

struct FreeContext {
  void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

Context cbc(std::string_view key, bool padded) {
  static const EVP_CIPHER* const cipher = EVP_aes_256_cbc();
  static const unsigned char zeros[16] = {};
  Context context(EVP_CIPHER_CTX_new());
  if (EVP_EncryptInit_ex(context.get(), cipher, nullptr, octets(key), zeros) != 1) fail("AES-CBC failed");
  EVP_CIPHER_CTX_set_padding(context.get(), padded ? 1 : 0);
  return context;
}

void add(EVP_CIPHER_CTX* context, std::string& out, std::string_view plain) {
  const std::size_t before = out.size();
  out.resize(before + plain.size() + 16);
  int wrote = 0;
  if (EVP_EncryptUpdate(context, octets(out) + before, &wrote, octets(plain), static_cast<int>(plain.size())) != 1)
    fail("AES-CBC failed");
  out.resize(before + static_cast<std::size_t>(wrote));
}

void end(EVP_CIPHER_CTX* context, std::string& out) {
  const std::size_t before = out.size();
  out.resize(before + 16);
  int wrote = 0;
  if (EVP_EncryptFinal_ex(context, octets(out) + before, &wrote) != 1) fail("AES-CBC: not a multiple of 16");
  out.resize(before + static_cast<std::size_t>(wrote));
}

}  // namespace

std::string pbkdf2_sha256(std::string_view secret, std::string_view salt, int rounds) {
  return pbkdf2(secret, salt, rounds, EVP_sha256());
}
std::string pbkdf2_sha1(std::string_view secret, std::string_view salt, int rounds) {
  return pbkdf2(secret, salt, rounds, EVP_sha1());
}

std::string wrap_key(std::string_view key_encryption_key, std::string_view key) {
  static const EVP_CIPHER* const cipher = EVP_aes_256_wrap();
  Context context(EVP_CIPHER_CTX_new());
  EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  std::string out(key.size() + 16, '\0');
  int wrote = 0;
  if (EVP_EncryptInit_ex(context.get(), cipher, nullptr, octets(key_encryption_key), nullptr) != 1 ||
      EVP_EncryptUpdate(context.get(), octets(out), &wrote, octets(key), static_cast<int>(key.size())) != 1)
    fail("AES key wrap failed");
  out.resize(static_cast<std::size_t>(wrote));
  return out;
}

std::string encrypt_cbc(std::string_view key, std::string_view plain, bool padded) {
  const Context context = cbc(key, padded);
  std::string out;
  add(context.get(), out, plain);
  end(context.get(), out);
  return out;
}

void encrypt_file(std::string_view key, const std::string& from, const std::string& to, bool padded) {
  std::FILE* in = std::fopen(from.c_str(), "rb");
  std::FILE* to_file = std::fopen(to.c_str(), "wb");
  if (in == nullptr || to_file == nullptr) fail("cannot encrypt " + from + " to " + to);
  const Context context = cbc(key, padded);
  std::string plain(1U << 20, '\0');
  std::string out;
  bool more = true;
  while (more) {
    const std::size_t got = std::fread(plain.data(), 1, plain.size(), in);
    out.clear();
    add(context.get(), out, std::string_view(plain).substr(0, got));
    more = got == plain.size();
    if (!more) end(context.get(), out);
    if (std::fwrite(out.data(), 1, out.size(), to_file) != out.size()) fail("cannot write " + to);
  }
  std::fclose(in);
  if (std::fclose(to_file) != 0) fail("cannot write " + to);
}

std::string sha1_raw(std::string_view text) {
  std::string digest(SHA_DIGEST_LENGTH, '\0');
  SHA1(octets(text), text.size(), octets(digest));
  return digest;
}

std::string sha1_hex(std::string_view text) {
  const std::string digest = sha1_raw(text);
  return to_hex(as_bytes(digest));
}

}  // namespace testudo::lab
