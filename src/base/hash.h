// Hashes: SHA-1 and SHA-256 (OpenSSL), and a fast non-cryptographic 64-bit hash for tables. Floor 0.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace testudo {

using Sha256 = std::array<std::uint8_t, 32>;
using Sha1 = std::array<std::uint8_t, 20>;

Sha256 sha256(Bytes bytes);
Sha1 sha1(Bytes bytes);

// Incremental SHA-256.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  void update(Bytes bytes);
  Sha256 finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// SHA-256 of the whole file behind a descriptor, by pread from offset 0; does not move its position.
Result<Sha256> sha256_of_file(int descriptor);

// A 64-bit hash for in-memory tables and saved matchers: the same on every machine, not for adversarial equality
// (callers compare the values after a hit).
std::uint64_t hash64(std::string_view text, std::uint64_t seed = 0);

}  // namespace testudo
