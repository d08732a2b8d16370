// How many hosts share a thing, counted roughly in fixed memory, so that the second reading keeps only what can tie two
// hosts together. Private to src/intel/hunt. A Bloom filter drops repeats (Bloom, CACM 13/7, 1970); counters are one
// octet, stop at 255, and may be too high where two things fall together, never too low but for the filter's misses.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace testudo {

class TieFilter {
 public:
  // Sized for files of so many octets: 1 bit for each octet, at most 256 MB, and a counter for 32.
  explicit TieFilter(std::uint64_t octets)
      : seen_(std::bit_ceil(std::clamp<std::uint64_t>(octets, 1U << 20, 1ULL << 31)) / 64),
        counts_(std::bit_ceil(std::clamp<std::uint64_t>(octets / 32, 1U << 16, 1ULL << 28))) {}
  // Takes effect with the next flush(): the tables are larger than any cache, so their lines are asked for ahead.
  void count(std::uint64_t host, std::uint64_t attribute) {
    const std::uint64_t edge = (host * 0x9E3779B97F4A7C15ULL) ^ std::rotl(attribute, 23);
    const Waiting one{(edge * 0xD6E8FEB86659FD93ULL >> 20) & (seen_.size() * 64 - 1), attribute & (counts_.size() - 1)};
    __builtin_prefetch(&seen_[one.bit / 64], 1);
    __builtin_prefetch(&counts_[one.counter], 1);
    waiting_[waiting_count_++] = one;
    if (waiting_count_ == waiting_.size()) flush();
  }
  void flush() {
    for (const Waiting& one : std::span(waiting_).first(waiting_count_)) {
      std::uint64_t& word = seen_[one.bit / 64];
      const std::uint64_t mask = std::uint64_t{1} << (one.bit % 64);
      if ((word & mask) != 0) continue;
      word |= mask;
      std::uint8_t& n = counts_[one.counter];
      if (n < 255) ++n;
    }
    waiting_count_ = 0;
  }
  void expect(std::uint64_t attribute) const { __builtin_prefetch(&counts_[attribute & (counts_.size() - 1)]); }
  std::uint8_t hosts(std::uint64_t attribute) const { return counts_[attribute & (counts_.size() - 1)]; }

 private:
  struct Waiting {
    std::uint64_t bit, counter;
  };
  std::array<Waiting, 32> waiting_;
  std::size_t waiting_count_ = 0;
  std::vector<std::uint64_t> seen_;
  std::vector<std::uint8_t> counts_;
};

}  // namespace testudo
