// Keybag: the keys of an encrypted iOS backup, and the way from its password to them. Floor 2. Works on octets alone;
// whoever asks for the password calls this, workers get the class keys at most.
// Format and sources: docs/formats/ios-backup.md.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "evidence/blob.h"

namespace testudo {

// The key that the password is turned into; it opens the keybag, and so the backup, without the password.
using DerivedKey = std::array<std::uint8_t, 32>;

struct WrappedClassKey {
  std::uint32_t protection_class = 0;
  std::uint32_t wrap = 0;         // bit 1: by the device, bit 2: by the password
  std::uint32_t key_type = 0;     // 0: AES
  std::vector<std::uint8_t> key;  // WPKY: 40 octets
};

struct Keybag {
  std::uint32_t version = 0;
  std::uint32_t type = 0;  // 1: backup
  std::string uuid;        // 32 hexadecimal characters
  std::vector<std::uint8_t> salt;
  std::uint32_t iterations = 0;           // of PBKDF2 with SHA-1
  std::vector<std::uint8_t> double_salt;  // DPSL; empty in backups of systems before 10.2
  std::uint32_t double_iterations = 0;    // DPIC: of PBKDF2 with SHA-256, 10 000 000 on phones
  std::vector<WrappedClassKey> class_keys;

  // Reads tag, length and value after each other. Fault::malformed: not a keybag; Fault::truncated: it ends inside.
  static Result<Keybag> parse(Bytes octets);
};

// Iteration counts above these are refused with Fault::limit: the first would keep a processor busy for minutes.
inline constexpr std::uint32_t most_double_iterations = 100'000'000;
inline constexpr std::uint32_t most_iterations = 10'000'000;

// Told about twenty times a second how many of all rounds are done.
using DerivationProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Turns the password (UTF-8) into the key. `product_version` is the system's, "16.5": before 10.2 the password goes
// straight into the second derivation; if it is empty or no version, the keybag's own fields decide. Whether the
// password is right shows when the class keys are unwrapped. Cost: about one second for 10 000 000 rounds.
Result<DerivedKey> derive_key(const Keybag& keybag, std::string_view password, std::string_view product_version,
                              const DerivationProgress& progress = {});

// 64 hexadecimal characters, as forensic tools exchange the key. Reading accepts either case and white space around.
std::string export_key(const DerivedKey& key);
Result<DerivedKey> import_key(std::string_view text);

// The opened class keys. Overwrites them when it is destroyed.
class ClassKeys {
 public:
  ClassKeys() = default;
  ~ClassKeys();
  ClassKeys(ClassKeys&&) noexcept = default;
  ClassKeys& operator=(ClassKeys&&) noexcept = default;

  // Fault::wrong_key: the derived key does not open the keybag; Fault::malformed: it holds no key that a password
  // opens.
  static Result<ClassKeys> open(const Keybag& keybag, const DerivedKey& key);

  std::size_t size() const { return keys_.size(); }
  const FileKey* find(std::uint32_t protection_class) const;
  // A key as it stands in "ManifestKey" and "EncryptionKey": class (u32, little endian) and 40 wrapped octets.
  // Fault::truncated or malformed: another size; not_found: the keybag has no such class; wrong_key: it does not open.
  Result<FileKey> unwrap(Bytes class_and_key) const;

 private:
  struct Entry {
    std::uint32_t protection_class;
    FileKey key;
  };
  std::vector<Entry> keys_;
};

// RFC 3394 with the initial value A6A6A6A6A6A6A6A6, for keys of 16, 24 or 32 octets. Fault::wrong_key if the integrity
// check fails, Fault::malformed for impossible sizes.
Result<std::vector<std::uint8_t>> unwrap_key(Bytes key, Bytes wrapped);

enum class Prf : std::uint8_t { hmac_sha1, hmac_sha256 };
// PBKDF2 (RFC 8018) in slices, so that progress can be shown. `rounds` must not be 0.
std::vector<std::uint8_t> pbkdf2(Prf prf, Bytes password, Bytes salt, std::uint32_t rounds, std::size_t size,
                                 const DerivationProgress& progress = {});

}  // namespace testudo
