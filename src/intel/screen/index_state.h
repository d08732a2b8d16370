// What an EntityIndex holds. Private to src/intel/screen.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "intel/screen/entity_index.h"

namespace testudo {

// A key and what it leads to; kept sorted by key.
struct KeyEntry {
  std::uint32_t key = 0, value = 0;
  auto operator<=>(const KeyEntry&) const = default;
};
using KeyTable = std::vector<KeyEntry>;

struct IndexedName {
  std::uint32_t entity = 0;
  std::uint32_t first_part = 0;  // into part_ids
  std::uint16_t name = 0;        // of the entity
  std::uint8_t parts = 0;
  NameMode mode = NameMode::person;
  bool comma = false;
};

struct EntityIndexState {
  std::vector<ScreenEntity> entities;
  std::size_t finished = 0;  // entities already indexed
  std::vector<IndexedName> names;
  std::array<std::uint32_t, 4> names_by_mode{};
  std::vector<std::uint32_t> part_ids;
  std::vector<NamePart> parts;  // each once a mode
  std::vector<NameMode> part_modes;
  std::vector<float> masses;                           // of each name
  std::vector<float> rarity;                           // of a part: ln(names / names with it)
  std::vector<std::uint32_t> posting_begin, postings;  // names of each part
  KeyTable texts;                                      // hash of text → part
  KeyTable deletions;                                  // hash of text without one letter → part
  KeyTable skeletons;                                  // consonants → part
  KeyTable groups;                                     // variant group → part
  KeyTable joins;  // hash of two or three neighbours joined, or of an acronym → name
};

std::uint32_t key_hash(std::string_view text);
// Calls `each(hash)` for the text without each of its letters; only for texts of 4 to 24 letters.
template <typename Each>
void each_deletion(const std::string& text, Each each) {
  if (text.size() < 4 || text.size() > 24) return;
  std::string shorter(text, 1);
  for (std::size_t i = 0;; ++i) {
    each(key_hash(shorter));
    if (i + 1 == text.size()) break;
    shorter[i] = text[i];
  }
}
// The values of a key.
template <typename Each>
void each_value(const KeyTable& table, std::uint32_t key, Each each) {
  auto at = std::lower_bound(table.begin(), table.end(), KeyEntry{key, 0});
  for (; at != table.end() && at->key == key; ++at) each(at->value);
}

}  // namespace testudo
