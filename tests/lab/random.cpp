// Random: xoshiro256** and the small shapes made from it. Test tool.
#include "random.h"

#include <bit>

#include "base/hash.h"

namespace testudo::lab {

Random::Random(std::uint64_t seed, std::string_view name) {
  std::uint64_t x = seed * 0x9E3779B97F4A7C15U + 0x853C49E6748FEA9BU;
  for (const char c : name) x = (x ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  for (std::uint64_t& s : state_) {
    x += 0x9E3779B97F4A7C15U;
    std::uint64_t z = x;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    s = z ^ (z >> 31);
  }
}

std::uint64_t Random::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t t = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::string Random::bytes(std::size_t count) {
  std::string out(count, '\0');
  for (std::size_t i = 0; i < count;) {
    std::uint64_t word = next();
    for (int k = 0; k < 8 && i < count; ++k, ++i, word >>= 8) out[i] = static_cast<char>(word & 0xFF);
  }
  return out;
}

std::string Random::hex(std::size_t digits) {
  std::string out(digits, '0');
  for (std::size_t i = 0; i < digits;) {
    std::uint64_t word = next();
    for (int k = 0; k < 16 && i < digits; ++k, ++i, word >>= 4) out[i] = "0123456789abcdef"[word & 15];
  }
  return out;
}

std::string Random::uuid() {
  std::string h = hex(32);
  h[12] = '4';
  h[16] = "89ab"[below(4)];
  for (char& c : h) {
    if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  }
  std::string out;
  out.reserve(36);
  out.append(h, 0, 8).append("-").append(h, 8, 4).append("-").append(h, 12, 4).append("-");
  return out.append(h, 16, 4).append("-").append(h, 20, 12);
}

}  // namespace testudo::lab
