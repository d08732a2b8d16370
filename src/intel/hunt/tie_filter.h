// How many hosts share a thing, counted roughly in fixed memory, so that the second reading keeps only what can tie two
// hosts together. Private to src/intel/hunt. A Bloom filter drops repeats (Bloom, CACM 13/7, 1970); counters are one
// octet, stop at 255, and may be too high where two things fall together, never too low but for the filter's misses.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace testudo {

class TieFilter {
 public:
  // Sized for files of so many octets: 1 bit for each octet, at most 256 MB, and a counter for 32.
  explicit TieFilter(std::uint64_t octets)
      : seen_(std::bit_ceil(std::clamp<std::uint64_t>(octets, 1U << 20, 1ULL << 31)) / 64),
        counts_(std::bit_ceil(std::clamp<std::uint64_t>(octets / 32, 1U << 16, 1ULL << 28))) {}
  void count(std::uint64_t host, std::uint64_t attribute) {
    const std::uint64_t edge = (host * 0x9E3779B97F4A7C15ULL) ^ std::rotl(attribute, 23);
    const std::uint64_t bit = (edge * 0xD6E8FEB86659FD93ULL >> 20) % (seen_.size() * 64);
    std::uint64_t& word = seen_[bit / 64];
    const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
    if ((word & mask) != 0) return;
    word |= mask;
    std::uint8_t& n = counts_[attribute & (counts_.size() - 1)];
    if (n < 255) ++n;
  }
  std::uint8_t hosts(std::uint64_t attribute) const { return counts_[attribute & (counts_.size() - 1)]; }

 private:
  std::vector<std::uint64_t> seen_;
  std::vector<std::uint8_t> counts_;
};

}  // namespace testudo
