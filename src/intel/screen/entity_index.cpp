// Builds the index (entity_index.h).
#include "intel/screen/entity_index.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "intel/screen/index_state.h"
#include "intel/screen/name_versions.h"

namespace testudo {
namespace {

constexpr std::size_t max_entities = 4'000'000, max_names = 256;

// Names of a legal entity are read both as a person's and as an organisation's.
std::vector<NameMode> modes_of(NameMode mode) {
  if (mode == NameMode::unknown) return {NameMode::person, NameMode::organisation};
  return {mode};
}

class Builder {
 public:
  explicit Builder(EntityIndexState& state) : s_(state) {
    for (std::uint32_t id = 0; id < s_.parts.size(); ++id) by_key_[key_of(s_.parts[id], s_.part_modes[id])] = id;
  }
  void add_names(std::uint32_t entity);
  void add_name(std::uint32_t entity, std::uint16_t place, NameParts parts, NameMode mode);
  void finish();

 private:
  static std::string key_of(const NamePart& part, NameMode mode);
  std::uint32_t intern(NamePart part, NameMode mode);
  void add_joins(std::uint32_t name, const std::vector<NamePart>& parts);
  void count_postings();
  void make_keys();
  EntityIndexState& s_;
  std::unordered_map<std::string, std::uint32_t> by_key_;
};

std::string Builder::key_of(const NamePart& part, NameMode mode) {
  std::string key = part.text;
  key.push_back(static_cast<char>('A' + static_cast<int>(mode)));
  key.push_back(static_cast<char>('0' + static_cast<int>(part.kind)));
  key.push_back(static_cast<char>('0' + static_cast<int>(part.script)));
  key.push_back(static_cast<char>('0' + static_cast<int>(part.form)));
  return part.native == 0 ? key : key + std::to_string(static_cast<std::uint32_t>(part.native));
}

std::uint32_t Builder::intern(NamePart part, NameMode mode) {
  const auto [at, is_new] = by_key_.try_emplace(key_of(part, mode), static_cast<std::uint32_t>(s_.parts.size()));
  if (is_new) {
    s_.parts.push_back(std::move(part));
    s_.part_modes.push_back(mode);
  }
  return at->second;
}

// Neighbours joined find "Ramimakhlouf"; first letters find "PLA".
void Builder::add_joins(std::uint32_t name, const std::vector<NamePart>& parts) {
  std::string acronym;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].kind == PartKind::form || parts[i].kind == PartKind::title) continue;
    if (parts[i].kind != PartKind::stop) acronym.push_back(parts[i].text[0]);
    std::string text = parts[i].text;
    for (std::size_t k = i + 1; k < parts.size() && k < i + 3; ++k) {
      text += parts[k].text;
      if (text.size() >= 4) s_.joins.add(key_hash(text), name);
    }
  }
  if (acronym.size() >= 3) s_.joins.add(key_hash(acronym), name);
}

void Builder::add_names(std::uint32_t entity) {
  const ScreenEntity& e = s_.entities[entity];
  for (std::size_t n = 0; n < e.names.size() && n < max_names; ++n) {
    for (const std::string& version : name_versions(e.names[n].text)) {
      for (const NameMode mode : modes_of(entity_mode(e)))
        add_name(entity, static_cast<std::uint16_t>(n), name_parts(version, mode), mode);
    }
  }
}

void Builder::add_name(std::uint32_t entity, std::uint16_t place, NameParts parts, NameMode mode) {
  if (parts.parts.empty()) return;
  const IndexedName name{entity, static_cast<std::uint32_t>(s_.part_ids.size()),
                         place,  static_cast<std::uint8_t>(std::min<std::size_t>(parts.parts.size(), 48)),
                         mode,   parts.comma};
  add_joins(static_cast<std::uint32_t>(s_.names.size()), parts.parts);
  for (std::size_t i = 0; i < name.parts; ++i) s_.part_ids.push_back(intern(std::move(parts.parts[i]), mode));
  s_.names.push_back(name);
  ++s_.names_by_mode[static_cast<std::size_t>(mode)];
}

void Builder::count_postings() {
  s_.posting_begin.assign(s_.parts.size() + 1, 0);
  for (const std::uint32_t id : s_.part_ids) ++s_.posting_begin[id + 1];
  s_.rarity.resize(s_.parts.size());
  const auto all = static_cast<float>(std::max<std::size_t>(s_.names.size(), 1));
  for (std::size_t id = 0; id < s_.parts.size(); ++id) {
    const auto count = static_cast<float>(std::max<std::uint32_t>(s_.posting_begin[id + 1], 1));
    s_.rarity[id] = 0.5F + std::max(0.0F, std::log(all / count));
    s_.posting_begin[id + 1] += s_.posting_begin[id];
  }
  s_.postings.resize(s_.part_ids.size());
  std::vector<std::uint32_t> at(s_.posting_begin.begin(), s_.posting_begin.end() - 1);
  for (std::uint32_t n = 0; n < s_.names.size(); ++n) {
    IndexedName& name = s_.names[n];
    name.mass = 0;
    for (const std::uint32_t id : std::span(s_.part_ids).subspan(name.first_part, name.parts)) {
      s_.postings[at[id]++] = n;
      const float weight = part_weight(s_.parts[id], name.mode);
      if (weight >= 0.5F) name.mass += weight * s_.rarity[id];
    }
  }
}

void Builder::make_keys() {
  s_.texts.clear();
  s_.deletions.clear();
  s_.second_deletions.clear();
  s_.skeletons.clear();
  s_.groups.clear();
  for (std::uint32_t id = 0; id < s_.parts.size(); ++id) {
    const NamePart& part = s_.parts[id];
    s_.texts.add(key_hash(part.text), id);
    if (part.kind == PartKind::initial || part.kind == PartKind::number || part.kind == PartKind::form) continue;
    each_deletion(part.text, [&](std::uint32_t key) { s_.deletions.add(key, id); });
    each_second_deletion(part.text, [&](std::uint32_t key) { s_.second_deletions.add(key, id); });
    each_skeleton(part, [&](std::uint32_t skeleton) { s_.skeletons.add(skeleton, id); });
    for (const std::uint16_t group : part.groups) {
      if (group != 0) s_.groups.add(group / 2U, id);
    }
  }
  for (KeyTable* table : {&s_.texts, &s_.deletions, &s_.second_deletions, &s_.skeletons, &s_.groups, &s_.joins})
    table->seal();
}

void Builder::finish() {
  count_postings();
  make_keys();
  s_.parts.shrink_to_fit();
  s_.part_ids.shrink_to_fit();
  s_.names.shrink_to_fit();
}

}  // namespace

void KeyTable::seal() {
  std::sort(entries_.begin(), entries_.end());
  entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
  entries_.shrink_to_fit();
  // Two to four entries a run.
  const int bits = std::clamp(static_cast<int>(std::bit_width(entries_.size())) - 2, 1, 22);
  shift_ = 32 - bits;
  starts_.assign((std::size_t{1} << bits) + 1, 0);
  for (const Entry& entry : entries_) ++starts_[(entry.key >> shift_) + 1];
  for (std::size_t run = 1; run < starts_.size(); ++run) starts_[run] += starts_[run - 1];
}

// FNV-1a.
std::uint32_t key_hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

EntityIndex::EntityIndex() : state_(std::make_unique<EntityIndexState>()) {}
EntityIndex::~EntityIndex() = default;
EntityIndex::EntityIndex(EntityIndex&&) noexcept = default;
EntityIndex& EntityIndex::operator=(EntityIndex&&) noexcept = default;

void EntityIndex::add(ScreenEntity entity) {
  if (state_->entities.size() < max_entities) state_->entities.push_back(std::move(entity));
}

void EntityIndex::finish() {
  Builder builder(*state_);
  for (; state_->finished < state_->entities.size(); ++state_->finished) {
    builder.add_names(static_cast<std::uint32_t>(state_->finished));
  }
  builder.finish();
}

std::size_t EntityIndex::size() const { return state_->entities.size(); }
const ScreenEntity& EntityIndex::entity(std::size_t at) const { return state_->entities[at]; }

}  // namespace testudo
