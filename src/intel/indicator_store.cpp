// Indicator values kept once, found by a table with a secret seed.
#include "intel/indicator_store.h"

#include <algorithm>

#include "intel/image_layout.h"
#include "intel/warning/warning_lists.h"

namespace testudo {
namespace {

constexpr std::size_t first_block = 1 << 12, block_size = 1 << 18;
// Slots are numbered in 31 bits and kept half empty.
constexpr std::uint32_t entry_limit = 1U << 29;

std::uint64_t hash_of(Kind kind, std::string_view value) {
  return hash64(value, secret_seed() + static_cast<std::uint64_t>(kind));
}

// What a source that does not accuse the value says of it; 0 of one that does.
std::uint8_t flags_of(Role role) {
  if (role == Role::unstated || role == Role::attacker) return 0;
  return role == Role::victim ? image::context | image::victim : image::context;
}

}  // namespace

bool is_compared(Kind type, std::string_view normalised, Role role) {
  if (flags_of(role) == 0) return true;
  if (role == Role::benign) return false;
  const Standing standing = standing_of(type, normalised);
  if (standing.exact_only || standing.generic) return false;
  std::vector<WarningHit> hits;
  core_warnings().find(type, normalised, hits);
  return strongest_verdict(hits) != WarningVerdict::suppress;
}

std::string_view TextPool::keep(std::string_view text, std::string_view more) {
  const std::size_t size = text.size() + more.size();
  if (size == 0) return "";
  if (size > left_) {
    // Most pools of a feed stay small.
    left_ = std::max(std::min(first_block << std::min<std::size_t>(blocks_.size(), 8), block_size), size);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = blocks_.back().get();
  }
  char* const kept = next_;
  next_ = std::ranges::copy(more, std::ranges::copy(text, next_).out).out;
  left_ -= size;
  size_ += size;
  return {kept, size};
}

IndicatorStore::IndicatorStore() : slots_(1024) {}

std::uint32_t IndicatorStore::name(std::string_view text) {
  if (const auto found = name_index_.find(text); found != name_index_.end()) return found->second;
  const auto index = static_cast<std::uint32_t>(names_.size());
  names_.push_back(pool_.keep(text));
  name_index_.emplace(names_.back(), index);
  return index;
}

void IndicatorStore::fill_slots(std::size_t size) {
  slots_.assign(size, 0);
  const std::size_t last = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::uint64_t hash = hash_of(entries_[i].kind, entries_[i].value());
    std::size_t at = hash & last;
    while (slots_[at] != 0) at = (at + 1) & last;
    slots_[at] = hash >> 32 << 32 | (i + 1);
  }
}

void IndicatorStore::forget_from(std::size_t count) {
  entries_.resize(count);
  fill_slots(slots_.size());
}

std::uint32_t IndicatorStore::entry(const Value& value, bool& fresh) {
  if (value.value.size() > image::longest_value) return none;
  if ((entries_.size() + 1) * 2 > slots_.size()) fill_slots(slots_.size() * 2);
  const std::uint64_t hash = hash_of(value.type, value.value);
  const std::size_t last = slots_.size() - 1;
  std::size_t at = hash & last;
  for (; slots_[at] != 0; at = (at + 1) & last) {
    if (slots_[at] >> 32 != hash >> 32) continue;
    const auto index = static_cast<std::uint32_t>(slots_[at]) - 1;
    if (entries_[index].kind == value.type && entries_[index].value() == value.value) return index;
  }
  if (entries_.size() >= entry_limit) return none;
  fresh = true;
  Entry entry;
  entry.text = pool_.keep(value.value, value.shown).data();
  entry.length = static_cast<std::uint32_t>(value.value.size());
  entry.shown = static_cast<std::uint16_t>(value.shown.size());
  entry.kind = value.type;
  entry.flags = static_cast<std::uint8_t>((value.standing.exact_only ? image::exact_only : 0) |
                                          (value.standing.generic ? image::generic : 0));
  entries_.push_back(entry);
  slots_[at] = hash >> 32 << 32 | entries_.size();
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

IndicatorStore::Added IndicatorStore::add(const NormalisedIndicator& indicator, const IndicatorSource& source,
                                          Role role) {
  bool fresh = false;
  const std::uint32_t index =
      entry({indicator.type, indicator.value, indicator.shown, {indicator.exact_only, indicator.generic}}, fresh);
  return index == none ? Added::full : add_source(index, {source.feed, source.threat, pool_.keep(source.id)}, role);
}

IndicatorStore::Added IndicatorStore::add_source(std::uint32_t index, const Said& source, Role role) {
  if (source.id.size() >= none || sources_.size() >= none) return Added::full;
  Entry& entry = entries_[index];
  const bool fresh = entry.first_source == none;
  constexpr std::uint8_t roles = image::context | image::victim;
  if (flags_of(role) == 0)
    entry.flags &= static_cast<std::uint8_t>(~roles);
  else if (fresh || (entry.flags & roles) != 0)
    entry.flags |= flags_of(role);
  Source row;
  row.feed = name(source.feed);
  row.threat = name(source.threat);
  bool same_feed = false;
  if (!fresh) {
    const Source& before = sources_[entry.last_source];
    same_feed = before.feed == row.feed;
    if (same_feed && before.threat == row.threat && before.id() == source.id) return Added::again_same_feed;
  }
  row.text = source.id.data();
  row.length = static_cast<std::uint32_t>(source.id.size());
  const auto place = static_cast<std::uint32_t>(sources_.size());
  sources_.push_back(row);
  (fresh ? entry.first_source : sources_[entry.last_source].next) = place;
  entry.last_source = place;
  return fresh ? Added::fresh : same_feed ? Added::again_same_feed : Added::again_other_feed;
}

}  // namespace testudo
