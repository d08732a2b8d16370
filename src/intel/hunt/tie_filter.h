// How many hosts share a thing, counted roughly in fixed memory, so that the second reading keeps only what can tie two
// hosts together. Private to src/intel/hunt. A Bloom filter drops repeats (Bloom, CACM 13/7, 1970; its three bits lie
// in one word, so that each question costs one access); of two counters the lower one counts (Cormode and
// Muthukrishnan, J. Algorithms 55/1, 2005). Counters are one octet, stop at 255, and may be too high where things fall
// together, never too low but for the filter's misses.
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
  // Sized for files of so many octets: 1 bit for each octet and a counter for 4, at most 256 MB each. A record has some
  // 40 octets and shares two things: fewer counters than things would find everything shared.
  explicit TieFilter(std::uint64_t octets)
      : seen_(std::bit_ceil(std::clamp<std::uint64_t>(octets, 1U << 20, 1ULL << 31)) / 64),
        counts_(std::bit_ceil(std::clamp<std::uint64_t>(octets / 4, 1U << 16, 1ULL << 28)) / sizeof(Line)) {}
  // Takes effect with the next flush(): the tables are larger than any cache, so their lines are asked for ahead.
  void count(std::uint64_t host, std::uint64_t attribute) {
    const std::uint64_t edge = (host * 0x9E3779B97F4A7C15ULL) ^ std::rotl(attribute, 23);
    const std::uint64_t mixed = edge * 0xD6E8FEB86659FD93ULL;
    const Waiting one{(mixed >> 20) & (seen_.size() - 1), mask_of(mixed ^ mixed >> 32), attribute};
    __builtin_prefetch(&seen_[one.word], 1);
    __builtin_prefetch(&line_of(attribute), 1);
    waiting_[waiting_count_++] = one;
    if (waiting_count_ == waiting_.size()) flush();
  }
  void flush() {
    for (const Waiting& one : std::span(waiting_).first(waiting_count_)) {
      std::uint64_t& word = seen_[one.word];
      if ((word & one.mask) == one.mask) continue;
      word |= one.mask;
      Line& line = counts_[one.attribute & (counts_.size() - 1)];
      std::uint8_t &a = line.counters[first_of(one.attribute)], &b = line.counters[second_of(one.attribute)];
      const std::uint8_t lower = std::min(a, b);
      if (lower == 255) continue;
      const auto n = static_cast<std::uint8_t>(lower + 1);
      a = std::max(a, n), b = std::max(b, n);
    }
    waiting_count_ = 0;
  }
  void expect(std::uint64_t attribute) const { __builtin_prefetch(&line_of(attribute)); }
  std::uint8_t hosts(std::uint64_t attribute) const {
    const Line& line = line_of(attribute);
    return std::min(line.counters[first_of(attribute)], line.counters[second_of(attribute)]);
  }

 private:
  // What the processor fetches at once: both counters of a thing lie in one.
  struct alignas(64) Line {
    std::array<std::uint8_t, 64> counters{};
  };
  struct Waiting {
    std::uint64_t word, mask, attribute;
  };
  static std::uint64_t mask_of(std::uint64_t hash) {
    constexpr std::uint64_t one = 1;
    return one << (hash & 63) | one << (hash >> 6 & 63) | one << (hash >> 12 & 63);
  }
  static std::size_t first_of(std::uint64_t attribute) { return attribute >> 40 & 63; }
  static std::size_t second_of(std::uint64_t attribute) { return attribute >> 46 & 63; }
  const Line& line_of(std::uint64_t attribute) const { return counts_[attribute & (counts_.size() - 1)]; }
  std::array<Waiting, 32> waiting_;
  std::size_t waiting_count_ = 0;
  std::vector<std::uint64_t> seen_;
  std::vector<Line> counts_;
};

}  // namespace testudo
