// The set of all indicators and the notes about their feeds.
#include "intel/indicator_state.h"

#include <algorithm>
#include <iterator>

namespace testudo {
namespace {

constexpr std::uint64_t notes_listed = 1000;
constexpr std::size_t note_length = 4096;

std::string shortened(std::string_view text) {
  if (text.size() <= note_length) return std::string(text);
  std::size_t end = note_length;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // never inside a character
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace

void NoteBook::add(std::string_view file, std::string_view object, std::string_view defect, std::string_view value) {
  Tally& tally = tallies_[{std::string(file), std::string(defect)}];
  if (++tally.count <= notes_listed) {
    notes_.push_back({std::string(file), std::string(object), std::string(defect), shortened(value)});
    return;
  }
  if (tally.count == notes_listed + 1) {
    tally.rest = notes_.size();
    notes_.push_back({std::string(file), "", std::string(defect), ""});
  }
  notes_[tally.rest].value = "and " + std::to_string(tally.count - notes_listed) + " more";
}

void NoteBook::append(NoteBook&& other) {
  for (auto& [key, tally] : other.tallies_) {
    tally.rest += notes_.size();
    const auto [mine, fresh] = tallies_.try_emplace(key, tally);
    if (!fresh && tally.count > notes_listed) mine->second = tally;
    if (!fresh) mine->second.count = std::max(mine->second.count, tally.count);
  }
  std::ranges::move(other.notes_, std::back_inserter(notes_));
}

std::optional<IndicatorStore::Added> IndicatorState::add(Kind type, std::string_view value,
                                                         const IndicatorSource& source) {
  Defects defects;
  const std::optional<NormalisedIndicator> normal = normalise_indicator(type, value, defects);
  for (const std::string_view defect : defects) notes.add(source.feed, source.id, defect, value);
  if (!normal) return std::nullopt;
  const IndicatorStore::Added added = store.add(*normal, source);
  if (added != IndicatorStore::Added::full) return added;
  notes.add(source.feed, source.id, "too_many_indicators", value);
  return std::nullopt;
}

IndicatorSet::IndicatorSet() : state_(std::make_unique<State>()) {}
IndicatorSet::~IndicatorSet() = default;
IndicatorSet::IndicatorSet(IndicatorSet&&) noexcept = default;
IndicatorSet& IndicatorSet::operator=(IndicatorSet&&) noexcept = default;

bool IndicatorSet::add(Kind type, std::string_view value, IndicatorSource source) {
  return state_->add(type, value, source).has_value();
}

const std::vector<FeedNote>& IndicatorSet::notes() const { return state_->notes.notes(); }
const std::vector<FeedSummary>& IndicatorSet::feeds() const { return state_->feeds; }
std::size_t IndicatorSet::size() const { return state_->store.entries().size(); }
std::string IndicatorSet::compile() const { return write_image(state_->store); }

}  // namespace testudo
