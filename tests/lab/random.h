// Random: the laboratory's numbers. The same seed and name give the same numbers on every machine. Test tool.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace testudo::lab {

// xoshiro256** (Blackman and Vigna, 2018, public domain description), seeded through splitmix64.
class Random {
 public:
  Random(std::uint64_t seed, std::string_view name);
  std::uint64_t next();
  std::uint64_t below(std::uint64_t n) { return n == 0 ? 0 : next() % n; }
  std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(last - first + 1)));
  }
  double real() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  bool chance(double probability) { return real() < probability; }
  template <typename T>
  const T& pick(std::span<const T> items) {
    return items[static_cast<std::size_t>(below(items.size()))];
  }
  template <typename T, std::size_t N>
  const T& pick(const T (&items)[N]) {
    return items[static_cast<std::size_t>(below(N))];
  }
  std::string bytes(std::size_t count);
  std::string hex(std::size_t digits);  // lower case
  std::string uuid();                   // version 4, upper case as Apple writes it

 private:
  std::uint64_t state_[4];
};

}  // namespace testudo::lab
