// Passes: see passes.h. Floor 4.
#include "parser/passes.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "base/text.h"

namespace testudo {

void AnomalyList::add(std::string_view name, std::uint64_t where, std::uint64_t count) {
  const auto it = std::ranges::find(all_, name, &Anomaly::name);
  if (it != all_.end()) {
    it->count += count;
    return;
  }
  if (all_.size() >= most_names && name != "more_anomalies") return add("more_anomalies", where, count);
  Anomaly fresh;
  fresh.name = std::string(name);
  if (where != Locator::nowhere) fresh.offset = where;
  fresh.count = count;
  all_.push_back(std::move(fresh));
}

bool AnomalyList::has(std::string_view name) const {
  return std::ranges::find(all_, name, &Anomaly::name) != all_.end();
}

void AnomalyList::merge(const AnomalyList& other, bool only_new) {
  for (const Anomaly& a : other.all_)
    if (!only_new || !has(a.name)) add(a.name, a.offset.value_or(Locator::nowhere), a.count);
}

void AnomalyList::drop(std::initializer_list<std::string_view> names) {
  std::erase_if(all_, [&](const Anomaly& a) { return std::ranges::find(names, a.name) != names.end(); });
}

void Tally::add(std::uint64_t hash) {
  if (hashes_.size() == most_rows)
    overflowed_ = true;
  else
    hashes_.push_back(hash);
}

void Tally::seal() {
  std::ranges::sort(hashes_);
  left_ = hashes_.size();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < hashes_.size(); ++kept) {
    std::size_t end = i + 1;
    while (end < hashes_.size() && hashes_[end] == hashes_[i]) ++end;
    hashes_[kept] = hashes_[i];
    counts_.push_back(static_cast<std::uint32_t>(end - i));
    i = end;
  }
  hashes_.resize(kept);
}

bool Tally::take(std::uint64_t hash) {
  const auto it = std::ranges::lower_bound(hashes_, hash);
  if (it == hashes_.end() || *it != hash) return false;
  std::uint32_t& count = counts_[static_cast<std::size_t>(it - hashes_.begin())];
  if (count == 0) return false;
  --count, --left_;
  return true;
}

Tally Tally::larger_of(const Tally& a, const Tally& b) {
  Tally out;
  auto left = a.hashes_, right = b.hashes_;
  std::ranges::sort(left);
  std::ranges::sort(right);
  // The union of multisets keeps the larger number of each.
  std::ranges::set_union(left, right, std::back_inserter(out.hashes_));
  out.overflowed_ = a.overflowed_ || b.overflowed_;
  return out;
}

std::uint64_t row_hash(const Row& row) {
  std::uint64_t hash = hash64(row.type->name);
  for (const Value& value : row.values) {
    std::uint64_t seed = hash * 31 + static_cast<std::uint64_t>(value.type());
    switch (value.type()) {
      case Value::Type::null:
        hash = seed;
        break;
      case Value::Type::integer:
        hash = std::rotl(seed, 23) ^ (static_cast<std::uint64_t>(value.integer()) * 0x9E3779B97F4A7C15U);
        break;
      case Value::Type::real:
        hash = std::rotl(seed, 23) ^ (std::bit_cast<std::uint64_t>(value.real()) * 0x9E3779B97F4A7C15U);
        break;
      default:
        hash = hash64(value.text(), seed);
    }
  }
  return hash;
}

std::optional<RowState> PassSink::admit(const Row& row) {
  switch (mode_) {
    case PassMode::emit:
      return RowState::current;
    case PassMode::count:
      tally_->add(row_hash(row));
      return std::nullopt;
    case PassMode::mark_new:
      return tally_->take(row_hash(row)) ? RowState::current : RowState::wal_only;
    case PassMode::only_left:
      if (!tally_->take(row_hash(row))) return std::nullopt;
      return RowState::before_wal;
    case PassMode::not_in_tally:
      if (tally_->take(row_hash(row))) return std::nullopt;
      return RowState::recovered;
  }
  return std::nullopt;
}

bool PassSink::consider(const Row& row) {
  const auto state = admit(row);
  if (!state) return false;
  state_ = *state;
  ++passed_.records;
  check_texts(row);
  note_times(row);
  Row marked = row;
  marked.where.state = state_;
  return consider_in(next_, marked);
}

// Such a text is kept and compared with U+FFFD for what is broken; an attacker's tool or damage left it, or an app that
// cut a text inside a character.
void PassSink::check_texts(const Row& row) {
  for (const Value& value : row.values)
    if (value.type() == Value::Type::text && !is_utf8(value.text())) return anomaly("text_not_utf8", row.where.rowid);
}

void PassSink::keep(const Row& row) {
  Row marked = row;
  marked.where.state = state_;
  keep_in(next_, marked);
}

void PassSink::note_times(const Row& row) {
  if (row.type != type_) {
    type_ = row.type;
    events_.clear();
    for (std::size_t i = 0; i < type_->fields.size(); ++i)
      if (type_->fields[i].show == Show::event && type_->fields[i].kind == Kind::time) events_.push_back(i);
  }
  for (std::size_t i : events_) {
    if (row.values[i].type() != Value::Type::integer) continue;
    const Time time{row.values[i].integer()};
    if (!passed_.first || time < *passed_.first) passed_.first = time;
    if (!passed_.last || time > *passed_.last) passed_.last = time;
  }
}

}  // namespace testudo
