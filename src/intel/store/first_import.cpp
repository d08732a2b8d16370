// One feed after the other into pages; then the indexes, the small tables, and the change of places.
#include "intel/store/first_import.h"

#include <sqlite3.h>

#include <algorithm>

#include "intel/store/claim_columns.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

constexpr std::uint32_t none = IndicatorStore::none;
// Longer spellings than this are not shown (NormalisedIndicator).
constexpr std::size_t longest_shown = 0xFFFF;

std::uint64_t hash_of(std::initializer_list<std::string_view> texts) {
  std::uint64_t hash = secret_seed();
  for (const std::string_view text : texts) hash = hash64(text, hash + text.size());
  return hash;
}

}  // namespace

FirstImport::Mark FirstImport::mark() const {
  return {trees_,         file_->count(),  values_.entries().size(),
          claims_.size(), threats_.size(), dropped_.size(),
          patterns_,      objects_,        notes_};
}

Result<FeedSink*> FirstImport::begin(const FeedFile& file, FeedImport::Unrepeated) {
  const auto same_name = [&](const Source& source) { return source.file.name == file.name; };
  if (std::ranges::any_of(sources_, same_name)) return error(Fault::usage, "intel_feed_twice");
  mark_ = mark();
  for (const Held& held : held_)
    if (held.value < last_of_value_.size()) last_of_value_[held.value] = 0;
  held_.clear();
  dead_.clear();
  places_.clear();
  ties_.clear();
  kept_.clear();
  sources_.push_back({.file = file});
  return this;
}

Result<void> FirstImport::drop() {
  trees_ = std::move(mark_->trees);
  file_->back_to(mark_->pages);
  values_.forget_from(mark_->values);
  last_of_value_.resize(mark_->values);
  claims_.resize(mark_->claims);
  dropped_.resize(mark_->dropped);
  for (; threats_.size() > mark_->threats; threats_.pop_back()) threat_numbers_.erase(threats_.back());
  patterns_ = mark_->patterns;
  objects_ = mark_->objects;
  notes_ = mark_->notes;
  sources_.pop_back();
  mark_.reset();
  return {};
}

Result<ImportDifference> FirstImport::end() {
  write_threats();
  mark_.reset();
  return sources_.back().difference;
}

std::uint32_t FirstImport::value_of(const FeedClaim& claim) {
  bool fresh = false;
  const std::string_view shown = claim.shown.size() <= longest_shown ? claim.shown : std::string_view();
  const std::uint32_t value = values_.entry({claim.kind, claim.value, shown, claim.standing}, fresh);
  if (!fresh) return value;
  last_of_value_.push_back(0);
  row_.clear();
  row_.null().text(kind_name(claim.kind)).text(claim.value).text_or_null(claim.shown);
  trees_.value.add(*file_, std::int64_t{value} + 1, row_.whole());
  return value;
}

// The place of the same claim by this feed: it counts once.
std::optional<std::uint32_t> FirstImport::said_before(const Held& held, std::string_view object) const {
  for (std::uint32_t at = held.previous; at != 0; at = held_[at - 1].previous) {
    const Held& before = held_[at - 1];
    if (before.content == held.content && !dead_[at - 1] && std::string_view(before.object, before.length) == object)
      return at - 1;
  }
  return std::nullopt;
}

void FirstImport::claim(const FeedClaim& claim) {
  const std::uint32_t value = value_of(claim);
  if (value == none || claim.object.size() >= none) return places_.push_back(none);
  const auto source = static_cast<std::int64_t>(sources_.size());
  row_.clear();
  row_.null().integer(std::int64_t{value} + 1).integer(source);
  for (const Value& column : claim_values(claim)) row_.add(column);
  const Bytes row = row_.integer(generation).null().whole();
  Held held{.length = static_cast<std::uint32_t>(claim.object.size()),
            .value = value,
            .content = static_cast<std::uint32_t>(hash64(as_text(row), secret_seed())),
            .previous = last_of_value_[value],
            .role = claim.role,
            .is_compared = !claim.revoked && is_compared(claim.kind, claim.value, claim.role)};
  if (const auto before = said_before(held, claim.object)) {
    places_.push_back(*before);
  } else {
    held.object = pool_.keep(claim.object).data();
    places_.push_back(static_cast<std::uint32_t>(held_.size()));
    held_.push_back(held);
    last_of_value_[value] = static_cast<std::uint32_t>(held_.size());
    dead_.push_back(false);
    claims_.push_back(value);
    const auto number = static_cast<std::int64_t>(claims_.size());
    trees_.claim.add(*file_, number, row);
    row_.clear();
    trees_.claim_source.add(*file_, row_.integer(source).integer(number).whole());
    Source& said = sources_.back();
    ++said.difference.added;
    if (said.difference.first_added.size() < ImportDifference::listed)
      said.difference.first_added.push_back(std::string(kind_name(claim.kind)) + ' ' + std::string(claim.value));
  }
  if (!claim.threat.empty()) tie(places_.back(), claim.threat);
}

void FirstImport::tie(std::uint32_t place, std::string_view threat) {
  if (place != none && !dead_[place] && !threat.empty()) ties_.push_back({place, threat_number(threat)});
}

void FirstImport::threat(std::uint64_t claim, std::string_view name) {
  if (claim < places_.size()) tie(places_[claim], name);
}

std::uint32_t FirstImport::threat_number(std::string_view name) {
  if (const auto known = threat_numbers_.find(name); known != threat_numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(threats_.size());
  threats_.emplace_back(name);
  threat_numbers_.emplace(name, number);
  return number;
}

// Its row is in a page already; SQLite takes it out at the end.
void FirstImport::supersede(std::uint64_t claim) {
  const std::uint32_t place = claim < places_.size() ? places_[claim] : none;
  if (place == none || dead_[place]) return;
  dead_[place] = true;
  dropped_.push_back(static_cast<std::uint32_t>(mark_->claims) + place + 1);
  --sources_.back().difference.added;
}

void FirstImport::kept(const KeptPattern& pattern) {
  Source& source = sources_.back();
  ++source.difference.patterns;
  const std::string_view revoked = pattern.revoked ? "p1" : "p0";
  if (!kept_.insert(hash_of({revoked, pattern.object, pattern.text, pattern.language})).second) return;
  row_.clear();
  row_.null().integer(static_cast<std::int64_t>(sources_.size())).text(pattern.language).text(pattern.text);
  row_.text(pattern.object).text(pattern.name).text(pattern.why);
  row_.text_or_null(pattern.tlp ? tlp_name(*pattern.tlp) : std::string_view());
  trees_.pattern.add(*file_, ++patterns_, row_.integer(pattern.revoked ? 1 : 0).integer(generation).null().whole());
  ++source.difference.patterns_added;
}

void FirstImport::object(const KeptObject& object) {
  Source& source = sources_.back();
  ++source.difference.objects;
  if (!kept_.insert(hash_of({"o", object.object, object.json, object.type})).second) return;
  row_.clear();
  row_.null().integer(static_cast<std::int64_t>(sources_.size())).text(object.type).text(object.object);
  trees_.object.add(*file_, ++objects_, row_.text(object.json).integer(generation).null().whole());
  ++source.difference.objects_added;
}

void FirstImport::note(std::string_view object, std::string_view defect, std::string_view value) {
  ++sources_.back().difference.notes;
  sources_.back().difference.whole &= !loses_the_rest(defect);
  row_.clear();
  row_.integer(generation).integer(static_cast<std::int64_t>(sources_.size()));
  trees_.note.add(*file_, ++notes_, row_.text(object).text(defect).text(value).whole());
}

// In the order of the claims; of one claim the most telling threat first.
void FirstImport::write_threats() {
  if (!std::ranges::is_sorted(ties_, {}, &Tie::claim)) std::ranges::stable_sort(ties_, {}, &Tie::claim);
  std::size_t next = 0;
  for (std::uint32_t place = 0; place < held_.size(); ++place) {
    const std::size_t first = next;
    while (next < ties_.size() && ties_[next].claim == place) ++next;
    if (!dead_[place]) write_ties(place, std::span(ties_).subspan(first, next - first));
  }
}

void FirstImport::write_ties(std::uint32_t place, std::span<const Tie> ties) {
  const Held& held = held_[place];
  const std::string_view object(held.object, held.length), feed = sources_.back().file.name;
  const auto row = static_cast<std::int64_t>(mark_->claims) + place + 1;
  std::int64_t number = 0;
  for (std::size_t i = 0; i < ties.size(); ++i) {
    const auto same = [&](const Tie& tie) { return tie.threat == ties[i].threat; };
    if (std::ranges::any_of(ties.first(i), same)) continue;
    row_.clear();
    row_.integer(row).integer(number++).integer(std::int64_t{ties[i].threat} + 1);
    trees_.claim_threat.add(*file_, row_.whole());
    if (held.is_compared) values_.add_source(held.value, {feed, threats_[ties[i].threat], object}, held.role);
  }
  if (number == 0 && held.is_compared) values_.add_source(held.value, {feed, {}, object}, held.role);
}

}  // namespace testudo
