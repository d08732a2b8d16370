// A hash for tables over what a feed says: seeded anew in every process, so that no feed can be written to make its
// keys collide. Never for anything whose order or value reaches an output. Floor 3.
#pragma once

#include <cstdint>
#include <random>
#include <string_view>

#include "base/hash.h"

namespace testudo {

inline std::uint64_t secret_seed() {
  static const std::uint64_t seed = [] {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
  }();
  return seed;
}

struct SecretHash {
  using is_transparent = void;
  // An empty view may have no address, which the hash's copying must not be given.
  std::size_t operator()(std::string_view text) const { return text.empty() ? 0 : hash64(text, secret_seed()); }
};

}  // namespace testudo
