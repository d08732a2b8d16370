// The way of a feed into an IndicatorSet.
#include "intel/held_feed.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace testudo {

void HeldFeed::indicator(std::string_view id, std::string_view pattern) {
  is_stix_ = true;
  indicators_.push_back({pool_.keep(id), pool_.keep(pattern), static_cast<std::uint32_t>(claims_.size())});
}

// A value mostly stands in its pattern as it is, which then is all that must be kept.
std::string_view HeldFeed::part_of_pattern(std::string_view value) {
  const std::string_view pattern = indicators_.back().pattern;
  const std::size_t at = pattern.empty() ? std::string_view::npos : pattern.find(value);
  return at == std::string_view::npos ? pool_.keep(value) : pattern.substr(at, value.size());
}

void HeldFeed::claim(const FeedClaim& claim) {
  if (!is_stix_) begin_indicator(claim.object);
  if (const std::optional<Time> date = claim.modified ? claim.modified : claim.created)
    newest_ = newest_ ? std::max(*newest_, *date) : *date;
  Indicator& indicator = indicators_.back();
  if (claim.revoked || claim.role == Role::benign) indicator.left_out = true;
  if (as_of_ && claim.valid_until && *claim.valid_until < *as_of_ && !indicator.left_out) {
    indicator.left_out = true;
    notes_.add(name_, claim.object, "expired", indicator.pattern);
  }
  claims_.push_back({.value = part_of_pattern(claim.value),
                     .indicator = static_cast<std::uint32_t>(indicators_.size() - 1),
                     .kind = claim.kind,
                     .role = claim.role});
  if (!claim.threat.empty()) threat(claims_.size() - 1, claim.threat);
}

void HeldFeed::threat(std::uint64_t claim, std::string_view name) {
  const auto [found, fresh] = name_numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
  std::uint32_t number = found->second;
  if (fresh) {
    name_numbers_.erase(found);
    names_.push_back(pool_.keep(name));
    name_numbers_.emplace(names_.back(), number);
  }
  Claim& named = claims_[claim];
  if (named.threats++ == 0) named.first_threat = static_cast<std::uint32_t>(threats_.size());
  threats_.push_back(number);
}

void HeldFeed::supersede(std::uint64_t claim) {
  just_superseded_ = claims_[claim].indicator;
  indicators_[*just_superseded_].superseded = true;
}

void HeldFeed::kept(const KeptPattern& pattern) {
  if (!is_stix_) begin_indicator(pattern.object);
  if (pattern.revoked) indicators_.back().left_out = true;
  indicators_.back().incomplete = true;
}

void HeldFeed::note(std::string_view object, std::string_view defect, std::string_view value) {
  if (defect == "expired" && as_of_) return;
  if (defect == "indicator_without_pattern" && !indicators_.empty()) indicators_.back().incomplete = true;
  if (defect == "superseded_version" && just_superseded_) value = indicators_[*just_superseded_].pattern;
  just_superseded_.reset();
  notes_.add(name_, object, defect, value);
}

void HeldFeed::add_to(IndicatorState& set, FeedSummary& feed) {
  set.notes.append(std::move(notes_));
  for (std::size_t i = 0; i < indicators_.size(); ++i) {
    const std::size_t end = i + 1 < indicators_.size() ? indicators_[i + 1].first_claim : claims_.size();
    add(set, feed, indicators_[i], static_cast<std::uint32_t>(end));
  }
  if (also_elsewhere_ != 0)
    set.notes.add(name_, "", "also_in_another_feed",
                  std::to_string(also_elsewhere_) + " of " + std::to_string(feed.indicators));
}

void HeldFeed::add(IndicatorState& set, FeedSummary& feed, const Indicator& indicator, std::uint32_t end) {
  bool whole = !indicator.incomplete && !indicator.superseded && !indicator.left_out;
  if (!indicator.superseded && !indicator.left_out)
    for (std::uint32_t i = indicator.first_claim; i < end; ++i) whole &= add(set, feed, indicator, claims_[i]);
  feed.not_evaluated += whole ? 0 : 1;
}

bool HeldFeed::add(IndicatorState& set, FeedSummary& feed, const Indicator& indicator, const Claim& claim) {
  const auto threat = [&](std::uint32_t i) { return std::string(names_[threats_[claim.first_threat + i]]); };
  IndicatorSource source{name_, claim.threats == 0 ? std::string() : threat(0), std::string(indicator.id)};
  const std::optional<IndicatorStore::Added> added = set.add(claim.kind, claim.value, source, claim.role);
  if (!added) return false;
  ++feed.indicators;
  if (*added == IndicatorStore::Added::again_same_feed)
    set.notes.add(name_, indicator.id, "duplicate_value", claim.value);
  if (*added == IndicatorStore::Added::again_other_feed) ++also_elsewhere_;
  if (claim.threats < 2) return true;
  Defects already_noted;
  const std::optional<NormalisedIndicator> normal = normalise_indicator(claim.kind, claim.value, already_noted);
  for (std::uint32_t i = 1; normal && i < claim.threats; ++i) {
    source.threat = threat(i);
    set.store.add(*normal, source, claim.role);
  }
  return true;
}

namespace {

Result<void> put(IndicatorState& set, std::string_view name, std::string_view text, HeldFeed& held,
                 std::optional<Time> newest) {
  FeedSummary feed{.name = std::string(name), .newest = newest, .sha256 = to_hex(sha256(as_bytes(text)))};
  // The same file under two paths is one source, not two.
  const auto twin = std::ranges::find(set.feeds, feed.sha256, &FeedSummary::sha256);
  if (twin != set.feeds.end()) {
    set.notes.add(feed.name, "", "duplicate_feed", twin->name);
    return {};
  }
  held.add_to(set, feed);
  set.feeds.push_back(std::move(feed));
  return {};
}

}  // namespace

Result<void> IndicatorSet::add_stix(std::string_view name, std::string_view json, std::optional<Time> as_of) {
  HeldFeed held{std::string(name), as_of};
  const StixFigures figures = TRY(read_stix({.name = name, .text = json}, held, &held));
  return put(*state_, name, json, held, figures.newest);
}

Result<void> IndicatorSet::add_feed(std::string_view name, std::string_view text, std::optional<Time> as_of) {
  const std::string_view file = name.substr(name.rfind('/') + 1);
  const FeedFormat* const format = recognise_feed(file, text);
  if (format == nullptr) return error(Fault::unsupported, "a feed of no format that is known");
  if (format == feed_format("stix")) return add_stix(name, text, as_of);
  HeldFeed held{std::string(name), as_of};
  TRY(format->read({.name = file, .text = text}, held));
  if (!held.has_claims()) return error(Fault::unsupported, "no indicator in it");
  return put(*state_, name, text, held, held.newest());
}

}  // namespace testudo
