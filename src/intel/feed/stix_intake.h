// One STIX object after the other, told to a FeedSink. Floor 3. What is done with each: docs/formats/stix.md.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "intel/feed/stix.h"
#include "intel/feed/stix_index.h"
#include "intel/feed/stix_object.h"
#include "intel/feed/stix_sightings.h"
#include "intel/stix_pattern.h"

namespace testudo {

class StixIntake {
 public:
  StixIntake(FeedSink& sink, StixWatcher* watcher) : sink_(sink), watcher_(watcher) {}

  // `text` is the object as the feed spells it.
  void take(const StixObject& object, std::string_view text);
  // Tells the watcher, if there is one, of an object that take() is given next.
  void watch(const StixObject& object, simdjson::dom::object json) {
    if (watcher_ != nullptr) watcher_->parsed(object, json);
  }
  // What finds the marking-definitions that are still to come, and tells foresee() of them. Called once at most, at the
  // first reference to a marking that no object has defined so far.
  void set_look_ahead(std::function<void()> look) { look_ahead_ = std::move(look); }
  void foresee(const StixObject& marking);
  // A sighting, told of before the objects are taken: when what it is of was seen (STIX 2.1 section 5.2).
  void foresee_sighting(const StixObject& sighting);
  // Markings of a bundle hold for all that is in it. Returns what held before; leave_container() takes it back.
  std::optional<Tlp> enter_container(const StixObject& container);
  void leave_container(std::optional<Tlp> outer) { container_tlp_ = outer; }
  // Says what only the end of the feed shows: names of threats, what refers to nothing, what has run out.
  void finish();
  const StixFigures& figures() const { return figures_; }

  void note(std::string_view object, std::string_view defect, std::string_view value) {
    sink_.note(object, defect, value);
  }
  // Says something about the whole feed once, whatever number of objects show it; at most 10,000 different things.
  void note_once(std::string_view defect, std::string_view value);

 private:
  void take_indicator(const StixObject& object, std::string_view text, StixIndex::Number number);
  void take_relationship(const StixObject& object, std::string_view text, StixIndex::Number number);
  void take_vulnerability(const StixObject& object, StixIndex::Number number);
  void take_report(const StixObject& object, StixIndex::Number number);
  std::string_view why_not(const StixObject& object) const;
  void take_pattern(const StixObject& object, StixIndex::Version& version, bool quiet);
  std::size_t claim_terms(const StixObject& object, const StixPattern& pattern, bool quiet);
  void keep_pattern(const StixObject& object, std::string_view language, std::string_view why);
  void add_version(const StixObject& object, const StixIndex::Version& version);
  void tell_when_seen(StixIndex::Number number);
  std::optional<Tlp> tlp_of(const StixObject& object, bool& more);
  std::optional<Tlp> tlp_of_label(const StixObject& object, std::string_view label, bool is_level);
  std::optional<Tlp> tlp_of_reference(const StixObject& object, simdjson::dom::element item, bool& more);
  void pass_on(const StixObject& object, std::string_view text) { sink_.object({object.type, object.id, text}); }

  FeedSink& sink_;
  StixWatcher* watcher_;
  StixIndex index_;
  StixSightings sightings_;
  StixFigures figures_;
  FeedClaim claim_;  // of the indicator at hand, without kind and value
  std::string comment_;
  std::uint64_t claims_ = 0;
  std::optional<Tlp> container_tlp_;
  std::function<void()> look_ahead_;
  bool has_confidence_ = false;
  std::unordered_set<std::string, SecretHash> noted_;
};

}  // namespace testudo
