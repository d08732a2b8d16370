// Floor 4. Which values of a field are compared: values.h.
#include "detect/field_match.h"

#include <algorithm>
#include <tuple>

#include "base/hash.h"
#include "detect/values.h"

namespace testudo {
namespace {

// A message that repeats a name in thousands of spellings is one finding, not thousands.
constexpr std::size_t most_hits_of_field = 200;

void sort_matches(std::vector<Match>& matches) {
  std::ranges::sort(matches, [](const Match& a, const Match& b) {
    return std::tuple(b.length, a.how, a.indicator) < std::tuple(a.length, b.how, b.indicator);
  });
}

// The hits of one field, each (seen, indicator) once.
class FieldHits {
 public:
  explicit FieldHits(std::uint32_t field) : field_(field) {}

  // Returns false when the field has as many hits as are kept.
  bool add(const Lookup& lookup, std::vector<Match> matches) {
    for (const FieldHit& hit : hits_) {
      if (hit.seen != lookup.seen) continue;
      std::erase_if(matches, [&](const Match& match) {
        return std::ranges::find(hit.matches, match.indicator, &Match::indicator) != hit.matches.end();
      });
    }
    if (matches.empty()) return true;
    sort_matches(matches);
    hits_.push_back(
        {field_, std::string(lookup.seen), std::string(lookup.normalised), lookup.mention, std::move(matches)});
    return hits_.size() < most_hits_of_field;
  }
  std::vector<FieldHit> take() { return std::move(hits_); }

 private:
  std::uint32_t field_;
  std::vector<FieldHit> hits_;
};

// Most values are numbers and times, or are not there.
bool can_match(const Row& row, std::size_t field) {
  const Value::Type type = row.values[field].type();
  return (type == Value::Type::text || type == Value::Type::bytes) && row.type->fields[field].show != Show::rest;
}

}  // namespace

bool KnownClean::keeps(Kind kind, std::string_view value) {
  if (value.empty() || value.size() > longest) return false;
  return kind == Kind::account || kind == Kind::email || kind == Kind::host || kind == Kind::process ||
         kind == Kind::app_id || kind == Kind::url;
}

std::size_t KnownClean::slot_of(Kind kind, std::string_view value) {
  return hash64(value, static_cast<std::uint64_t>(kind)) % slots;
}

bool KnownClean::has(Kind kind, std::string_view value) const {
  if (!keeps(kind, value)) return false;
  const Slot& slot = slots_[slot_of(kind, value)];
  return slot.kind == kind && std::string_view(slot.value, slot.size) == value;
}

void KnownClean::add(Kind kind, std::string_view value) {
  if (!keeps(kind, value)) return;
  Slot& slot = slots_[slot_of(kind, value)];
  slot.kind = kind;
  slot.size = static_cast<std::uint8_t>(value.size());
  std::ranges::copy(value, slot.value);
}

bool FieldMatcher::touches(const Row& row) {
  std::vector<Match> matches;
  const EachLookup meets = [&](const Lookup& lookup) {
    matcher_.find(lookup.kind, lookup.normalised, matches);
    return matches.empty();
  };
  for (std::size_t i = 0; i < row.values.size() && i < row.type->fields.size() && matches.empty(); ++i) {
    const Kind kind = row.type->fields[i].kind;
    if (!can_match(row, i) || clean_.has(kind, row.values[i].text())) continue;
    each_lookup(matcher_, kind, row.values[i], meets);
    if (matches.empty()) clean_.add(kind, row.values[i].text());
  }
  return !matches.empty();
}

std::vector<FieldHit> FieldMatcher::hits(const Row& row) {
  std::vector<FieldHit> all;
  for (std::size_t i = 0; i < row.values.size() && i < row.type->fields.size(); ++i) {
    if (!can_match(row, i)) continue;
    FieldHits found(static_cast<std::uint32_t>(i));
    each_lookup(matcher_, row.type->fields[i].kind, row.values[i], [&](const Lookup& lookup) {
      std::vector<Match> matches;
      matcher_.find(lookup.kind, lookup.normalised, matches);
      return matches.empty() || found.add(lookup, std::move(matches));
    });
    std::ranges::move(found.take(), std::back_inserter(all));
  }
  return all;
}

}  // namespace testudo
