// What an EntityIndex holds. Private to src/intel/screen.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "intel/screen/entity_index.h"
#include "intel/screen/hebrew_letters.h"

namespace testudo {

// Keys and what they lead to, found in a step or two: sorted, with a directory of where the leading bits begin. Keys
// are spread first (times an odd number, which loses nothing), as some are no hashes.
class KeyTable {
 public:
  void clear() { entries_.clear(); }
  void add(std::uint32_t key, std::uint32_t value) { entries_.push_back({key * spread, value}); }
  // After the last add(), and again after more.
  void seal();
  // Calls `each(value)` for the values of a key. Only after seal().
  template <typename Each>
  void each_value(std::uint32_t key, Each each) const {
    key *= spread;
    if (starts_.empty()) return;
    for (std::uint32_t at = starts_[key >> shift_]; at < starts_[(key >> shift_) + 1]; ++at) {
      if (entries_[at].key == key) each(entries_[at].value);
    }
  }

 private:
  struct Entry {
    std::uint32_t key = 0, value = 0;
    auto operator<=>(const Entry&) const = default;
  };
  static constexpr std::uint32_t spread = 0x9E3779B1;  // 2^32 over the golden ratio
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> starts_;  // of each run of leading bits: its first entry; one more at the end
  int shift_ = 31;
};

struct IndexedName {
  std::uint32_t entity = 0;
  std::uint32_t first_part = 0;  // into part_ids
  std::uint16_t name = 0;        // of the entity
  std::uint8_t parts = 0;
  NameMode mode = NameMode::person;
  bool comma = false;
  float mass = 0;  // of its parts that a name is found by: weight times rarity
};

struct EntityIndexState {
  std::vector<ScreenEntity> entities;
  std::size_t finished = 0;  // entities already indexed
  std::vector<IndexedName> names;
  std::array<std::uint32_t, 4> names_by_mode{};
  std::vector<std::uint32_t> part_ids;
  std::vector<NamePart> parts;  // each once a mode
  std::vector<NameMode> part_modes;
  std::vector<float> rarity;                           // of a part: ln(names / names with it)
  std::vector<std::uint32_t> posting_begin, postings;  // names of each part
  KeyTable texts;                                      // hash of text → part
  KeyTable deletions;                                  // hash of text without one letter → part
  KeyTable second_deletions;                           // hash of text without two letters → part
  KeyTable skeletons;                                  // consonants → part
  KeyTable groups;                                     // variant group → part
  KeyTable joins;  // hash of two or three neighbours joined, or of an acronym → name
};

std::uint32_t key_hash(std::string_view text);
// Calls `each(hash)` for the text without each of its letters; only for texts of 3 to 24 letters.
template <typename Each>
void each_deletion(const std::string& text, Each each) {
  if (text.size() < 3 || text.size() > 24) return;
  std::string shorter(text, 1);
  for (std::size_t i = 0;; ++i) {
    each(key_hash(shorter));
    if (i + 1 == text.size()) break;
    shorter[i] = text[i];
  }
}

// Calls `each(hash)` for the text without each two of its letters; only for texts of 6 to 16 letters: two edits make
// another name of shorter ones.
template <typename Each>
void each_second_deletion(const std::string& text, Each each) {
  if (text.size() < 6 || text.size() > 16) return;
  for (std::size_t first = 0; first < text.size(); ++first) {
    const std::string without = text.substr(0, first) + text.substr(first + 1);
    std::string shorter(without, 1);
    for (std::size_t i = 0; i < without.size(); ++i) {
      if (i >= first) each(key_hash(shorter));
      if (i + 1 < without.size()) shorter[i] = without[i];
    }
  }
}

// Calls `each(skeleton)` for the consonants that a part is found by: two at least, several for what Hebrew leaves open.
template <typename Each>
void each_skeleton(const NamePart& part, Each each) {
  if (part.script != NameScript::hebrew) {
    if (part.skeleton > 15) each(part.skeleton);
    return;
  }
  for (const std::uint32_t skeleton : hebrew_skeletons(part.text)) {
    if (skeleton > 15) each(skeleton);
  }
}

}  // namespace testudo
