// Keybags of iOS backups. Floor 2.
//
//   keybag:  { tag (4 letters), u32 length (big endian), value } …
//   header:  VERS TYPE UUID HMCK WRAP SALT ITER [DPWT DPIC DPSL]
//   a key:   UUID CLAS WRAP KTYP WPKY [PBKY]      each later UUID starts one
#include "evidence/keybag.h"

#include <algorithm>
#include <charconv>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/reader.h"
#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t wrapped_size = 40;
constexpr std::uint32_t wrapped_by_password = 2;
// Real keybags have about ten classes.
constexpr std::size_t most_class_keys = 64;

std::vector<std::uint8_t> copy(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

Result<std::uint32_t> number(Bytes value, std::uint64_t offset) {
  if (value.size() != 4) return error(Fault::malformed, "number in a keybag", offset);
  return Reader(value, offset).be<std::uint32_t>("number in a keybag");
}

// One field before the first class key.
Result<void> read_header_field(Keybag& bag, std::string_view tag, Bytes value, std::uint64_t at) {
  if (tag == "VERS")
    bag.version = TRY(number(value, at));
  else if (tag == "TYPE")
    bag.type = TRY(number(value, at));
  else if (tag == "ITER")
    bag.iterations = TRY(number(value, at));
  else if (tag == "DPIC")
    bag.double_iterations = TRY(number(value, at));
  else if (tag == "SALT")
    bag.salt = copy(value);
  else if (tag == "DPSL")
    bag.double_salt = copy(value);
  return {};
}

Result<void> read_key_field(WrappedClassKey& key, std::string_view tag, Bytes value, std::uint64_t at) {
  if (tag == "CLAS")
    key.protection_class = TRY(number(value, at));
  else if (tag == "WRAP")
    key.wrap = TRY(number(value, at));
  else if (tag == "KTYP")
    key.key_type = TRY(number(value, at));
  else if (tag == "WPKY")
    key.key = copy(value);
  return {};
}

// "10.2" and later, "9.3.5" before; nothing if it does not start with a number.
std::optional<bool> at_least_10_2(std::string_view version) {
  unsigned major = 0, minor = 0;
  const char* const begin = version.data();
  const char* const end = begin + version.size();
  const auto [after, problem] = std::from_chars(begin, end, major);
  if (problem != std::errc()) return std::nullopt;
  if (after != end && *after == '.') std::from_chars(after + 1, end, minor);
  return major > 10 || (major == 10 && minor >= 2);
}

}  // namespace

Result<Keybag> Keybag::parse(Bytes octets) {
  Keybag bag;
  Reader reader(octets);
  if (reader.empty()) return error(Fault::truncated, "the keybag is empty", 0);
  if (octets.size() >= 4 && as_text(octets.first(4)) != "VERS") return error(Fault::malformed, "not a keybag", 0);
  bool in_header = true;
  while (!reader.empty()) {
    const std::uint64_t at = reader.offset();
    const std::string_view tag = as_text(TRY(reader.take(4, "tag in a keybag")));
    const auto size = TRY(reader.be<std::uint32_t>("length in a keybag"));
    const Bytes value = TRY(reader.take(size, "value in a keybag"));
    if (tag == "UUID" && bag.uuid.empty()) {
      bag.uuid = to_hex(value);
    } else if (tag == "UUID") {
      if (bag.class_keys.size() == most_class_keys) return error(Fault::limit, "class keys in a keybag", at);
      in_header = false;
      bag.class_keys.emplace_back();
    } else if (in_header) {
      TRY(read_header_field(bag, tag, value, at));
    } else {
      TRY(read_key_field(bag.class_keys.back(), tag, value, at));
    }
  }
  if (bag.salt.empty() || bag.iterations == 0 || bag.class_keys.empty())
    return error(Fault::truncated, "the keybag lacks its salt, its iterations or its keys", reader.offset());
  return bag;
}

Result<DerivedKey> derive_key(const Keybag& keybag, std::string_view password, std::string_view product_version,
                              const DerivationProgress& progress) {
  const bool has_double = !keybag.double_salt.empty() && keybag.double_iterations != 0;
  const bool twice = at_least_10_2(product_version).value_or(has_double);
  if (twice && !has_double) return error(Fault::malformed, "the keybag lacks DPSL or DPIC");
  if (keybag.iterations == 0) return error(Fault::malformed, "the keybag lacks ITER");
  if (keybag.iterations > most_iterations || (twice && keybag.double_iterations > most_double_iterations))
    return error(Fault::limit, "iterations in the keybag");
  DerivedKey key;
  auto secret = copy(as_bytes(password));
  if (twice) {
    auto stretched = pbkdf2(Prf::hmac_sha256, secret, keybag.double_salt, keybag.double_iterations, 32, progress);
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.swap(stretched);
  }
  auto derived = pbkdf2(Prf::hmac_sha1, secret, keybag.salt, keybag.iterations, key.size());
  std::copy(derived.begin(), derived.end(), key.begin());
  OPENSSL_cleanse(derived.data(), derived.size());
  OPENSSL_cleanse(secret.data(), secret.size());
  return key;
}

std::string export_key(const DerivedKey& key) { return to_hex(key); }

Result<DerivedKey> import_key(std::string_view text) {
  const auto octets = from_hex(trim(text));
  DerivedKey key;
  if (!octets || octets->size() != key.size()) return error(Fault::usage, "a key is 64 hexadecimal characters");
  std::copy(octets->begin(), octets->end(), reinterpret_cast<char*>(key.data()));
  return key;
}

Result<std::vector<std::uint8_t>> unwrap_key(Bytes key, Bytes wrapped) {
  if (wrapped.size() < 24 || wrapped.size() % 8 != 0 || wrapped.size() > 4096)
    return error(Fault::malformed, "size of a wrapped key");
  const EVP_CIPHER* cipher = key.size() == 32   ? EVP_aes_256_wrap()
                             : key.size() == 24 ? EVP_aes_192_wrap()
                             : key.size() == 16 ? EVP_aes_128_wrap()
                                                : nullptr;
  if (cipher == nullptr) return error(Fault::malformed, "size of a wrapping key");
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                EVP_CIPHER_CTX_free);
  if (!context) return error(Fault::internal, "AES key wrap is not available");
  EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  if (EVP_DecryptInit_ex(context.get(), cipher, nullptr, key.data(), nullptr) != 1)
    return error(Fault::internal, "AES key wrap is not available");
  std::vector<std::uint8_t> out(wrapped.size());
  int size = 0;
  if (EVP_DecryptUpdate(context.get(), out.data(), &size, wrapped.data(), static_cast<int>(wrapped.size())) != 1 ||
      static_cast<std::size_t>(size) != wrapped.size() - 8)
    return error(Fault::wrong_key, "the wrapped key does not open");
  out.resize(static_cast<std::size_t>(size));
  return out;
}

ClassKeys::~ClassKeys() {
  if (!keys_.empty()) OPENSSL_cleanse(keys_.data(), keys_.size() * sizeof(Entry));
}

Result<ClassKeys> ClassKeys::open(const Keybag& keybag, const DerivedKey& key) {
  ClassKeys opened;
  opened.keys_.reserve(most_class_keys);  // growing would leave copies of keys behind
  bool refused = false;
  for (const WrappedClassKey& wrapped : keybag.class_keys) {
    if ((wrapped.wrap & wrapped_by_password) == 0 || wrapped.key.size() != wrapped_size) continue;
    auto octets = unwrap_key(key, wrapped.key);
    if (!octets && octets.error().fault != Fault::wrong_key) return std::move(octets).error();
    refused |= !octets;
    if (!octets) continue;
    Entry entry{wrapped.protection_class, {}};
    std::copy(octets->begin(), octets->end(), entry.key.begin());
    opened.keys_.push_back(entry);
    OPENSSL_cleanse(octets->data(), octets->size());
  }
  if (!opened.keys_.empty()) return opened;
  if (refused) return error(Fault::wrong_key, "no class key opens");
  return error(Fault::malformed, "the keybag has no key that a password opens");
}

const FileKey* ClassKeys::find(std::uint32_t protection_class) const {
  for (const Entry& entry : keys_)
    if (entry.protection_class == protection_class) return &entry.key;
  return nullptr;
}

Result<FileKey> ClassKeys::unwrap(Bytes class_and_key) const {
  if (class_and_key.size() < 4 + wrapped_size) return error(Fault::truncated, "wrapped key", class_and_key.size());
  if (class_and_key.size() > 4 + wrapped_size) return error(Fault::malformed, "size of a wrapped key", 0);
  const auto protection_class = TRY(Reader(class_and_key).le<std::uint32_t>("class"));
  const FileKey* class_key = find(protection_class);
  if (class_key == nullptr) return error(Fault::not_found, "class of a wrapped key", 0);
  auto octets = TRY(unwrap_key(*class_key, class_and_key.subspan(4)));
  FileKey key;
  std::copy(octets.begin(), octets.end(), key.begin());
  OPENSSL_cleanse(octets.data(), octets.size());
  return key;
}

}  // namespace testudo
