// Blob: one stored file of the evidence, read by position and never changed; decrypted on the way where it has a key.
// Floor 2.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "base/result.h"

namespace testudo {

// AES-256 key of one file of an encrypted iOS backup.
using FileKey = std::array<std::uint8_t, 32>;

class Blob {
 public:
  virtual ~Blob() = default;
  // Octets as the application saw them (decrypted, without padding).
  virtual std::uint64_t size() const = 0;
  // Fills `out` from `offset`; Fault::truncated if the blob ends before, with what could be read in place.
  virtual Result<void> read(std::uint64_t offset, std::span<std::uint8_t> out) const = 0;
  // The whole blob in memory; Fault::limit if it is larger than `limit`.
  Result<std::vector<std::uint8_t>> all(std::uint64_t limit = 512U << 20) const;
};

// A plain file. Takes the descriptor.
Result<std::unique_ptr<Blob>> plain_blob(Descriptor file);
// Octets in memory, for tests and for members of archives. Borrows.
std::unique_ptr<Blob> memory_blob(Bytes bytes);
// A file of an encrypted iOS backup: AES-256-CBC, IV zero, PKCS#7 padding (docs/formats/ios-backup.md). Any range is
// decrypted on its own, because in CBC the preceding ciphertext block is the vector. `plain_size` is the size that the
// manifest states; where it is absent the padding decides. Takes the descriptor.
Result<std::unique_ptr<Blob>> encrypted_blob(Descriptor file, const FileKey& key,
                                             std::optional<std::uint64_t> plain_size);

}  // namespace testudo
