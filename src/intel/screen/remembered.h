// Remembers how alike parts of a question and of the index are, for a searcher that meets the same again. Floor 3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "intel/screen/edit_cost.h"
#include "intel/screen/name_align.h"

namespace testudo {

// Similarities of the question's parts, by place and by address of the list's part; a table that forgets on collision.
class Remembered final : public SimilarityCache {
 public:
  void begin(std::span<const NamePart* const> parts, NameMode mode) {
    bounds_.clear();
    for (const NamePart* part : parts) bounds_.emplace_back(*part, mode);
    parts_ = parts;
    ++question_;
  }
  PartSimilarity compare(std::size_t at, const NamePart& other, NameMode mode) override {
    return bounds_[at].may_be_within(other, largest_ratio) ? compare_alike(at, other, mode) : PartSimilarity{};
  }
  bool may_be_alike(std::size_t at, const NamePart& other) const {
    return bounds_[at].may_be_within(other, half_ratio);
  }
  // Of parts that the bound does not tell apart.
  PartSimilarity compare_alike(std::size_t at, const NamePart& other, NameMode mode) {
    const std::uintptr_t mixed =
        (reinterpret_cast<std::uintptr_t>(&other) >> 4) * 0x9E3779B97F4A7C15U + at * 0xC2B2AE3D27D4EB4FU;
    Slot& slot = slots_[mixed >> 52];
    if (slot.question != question_ || slot.other != &other || slot.at != at) {
      slot = {question_, &other, at, compare_parts(*parts_[at], other, mode)};
    }
    return slot.similarity;
  }

 private:
  struct Slot {
    std::uint64_t question = 0;
    const NamePart* other = nullptr;
    std::size_t at = 0;
    PartSimilarity similarity;
  };
  std::vector<Slot> slots_ = std::vector<Slot>(4096);
  std::span<const NamePart* const> parts_;
  std::vector<PartBound> bounds_;  // of each part
  std::uint64_t question_ = 0;
};

}  // namespace testudo
