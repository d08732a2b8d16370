// Sources: STIX 2.1 (OASIS Standard, 10 June 2021), STIX 2.0; what real feeds make of them: docs/formats/stix.md.
#include "intel/feed/stix_intake.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "intel/export/uuid.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/tlp_said.h"
#include "intel/stix_paths.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t different_notes = 10'000;

std::string_view type_of_id(std::string_view id) { return id.substr(0, id.find("--")); }

// Whether a relationship says no more than that an indicator belongs to a threat, which its name then says too.
bool is_mere_tie(const StixObject& relationship) {
  if (relationship.has_more || relationship.has_confidence || relationship.markings || relationship.labels)
    return false;
  if (!relationship.description.empty() || !relationship.name.empty() || relationship.revoked) return false;
  const std::string_view from = type_of_id(relationship.source_ref), to = type_of_id(relationship.target_ref);
  if (from == "indicator" && threat_rank(to) != ThreatRank::none)
    return relationship.relationship_type == "indicates" || relationship.relationship_type == "related-to";
  return to == "indicator" && threat_rank(from) != ThreatRank::none && relationship.relationship_type == "related-to";
}

std::string_view word_of(Role role) {
  if (role == Role::attacker) return "malicious-activity";
  if (role == Role::context) return "context";
  return role == Role::victim ? "compromised" : role == Role::benign ? "benign" : "";
}

// A CVE as our own export writes it: the id is made of the name. In other feeds a vulnerability is what a threat makes
// use of, and no indicator of it.
bool is_own_vulnerability(const StixObject& object) {
  return object.type == "vulnerability" && object.id == "vulnerability--" + export_uuid(object.type, object.name);
}

// What our own export has where no threat is named.
bool is_unnamed_threat(const StixObject& object) {
  return object.type == "malware" && object.name == unnamed_threat &&
         object.id == "malware--" + export_uuid(object.type, object.name);
}

// STIX asks for dates also where nobody told any; our exports, and others', then write 1970-01-01.
std::optional<Time> told(const std::optional<Time>& time) { return time && time->micros != 0 ? time : std::nullopt; }

// Many feeds name an indicator by its value, which says nothing more.
bool is_own_value(std::string_view name, std::string_view pattern) {
  for (std::size_t at = pattern.find(name); at != std::string_view::npos; at = pattern.find(name, at + 1))
    if (at > 0 && pattern[at - 1] == '\'' && pattern.substr(at + name.size()).starts_with("'")) return true;
  return false;
}

// Whether a list holds any word but `role`'s.
bool says_more(const std::optional<dom::array>& list, Role role) {
  return list && std::any_of(list->begin(), list->end(), [&](dom::element item) {
           std::string_view text;
           return item.get(text) != simdjson::SUCCESS || text != word_of(role);
         });
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

}  // namespace

void StixIntake::note_once(std::string_view defect, std::string_view value) {
  if (noted_.size() >= different_notes) return;
  if (noted_.insert(std::string(defect) + '\n' + std::string(value)).second) note("", defect, value);
}

void StixIntake::take(const StixObject& object, std::string_view text) {
  ++figures_.objects;
  if (object.type.empty()) {
    note(object.id, "object_without_type", "");
    return pass_on(object, text);
  }
  if (object.id.empty()) note("", "object_without_id", object.type);
  if (!object.has_spec_version) note_once("no_spec_version", "read as STIX 2.0");
  const std::optional<Time> time = object.modified ? object.modified : object.created;
  if (time && (!figures_.newest || *figures_.newest < *time)) figures_.newest = time;
  const ThreatRank rank = threat_rank(object.type);
  if (rank != ThreatRank::none && object.name.empty()) note(object.id, "object_without_name", object.type);
  const StixIndex::Number number = index_.number(object.id);
  if (number == StixIndex::none && !object.id.empty()) note(object.id, "id_too_long", object.type);
  const std::string_view name = is_unnamed_threat(object) ? std::string_view() : object.name;
  if (number != StixIndex::none && !index_.see(number, rank, name, time)) note(object.id, "duplicate_id", object.type);
  const bool marked = object.markings || object.odd_markings || object.granular_markings || object.labels ||
                      !object.tlp.empty() || container_tlp_;
  if (marked && (rank != ThreatRank::none || object.type == "relationship")) {
    bool more = false;
    if (const std::optional<Tlp> tlp = tlp_of(object, more)) index_.mark(number, *tlp);
  }
  if (object.type == "indicator") return take_indicator(object, text, number);
  if (object.type == "relationship") return take_relationship(object, text, number);
  if (rank == ThreatRank::report) take_report(object, number);
  if (object.type == "marking-definition") foresee(object);
  if (is_own_vulnerability(object)) take_vulnerability(object, number);
  pass_on(object, text);
}

void StixIntake::take_vulnerability(const StixObject& object, StixIndex::Number number) {
  bool more = false;
  claim_ = {};
  claim_.kind = Kind::cve;
  claim_.value = object.name;
  claim_.object = object.id;
  claim_.tlp = tlp_of(object, more);
  claim_.created = told(object.created);
  if (claim_.created || !object.created) claim_.modified = object.modified;
  claim_.revoked = object.revoked;
  tell_when_seen(number);
  sink_.claim(claim_);
  add_version(object, {.modified = object.modified ? object.modified : object.created,
                       .first_claim = claims_++,
                       .claims = 1,
                       .object = number});
}

void StixIntake::take_report(const StixObject& object, StixIndex::Number number) {
  if (!object.object_refs) return note(object.id, "report_without_objects", "");
  for (const dom::element item : *object.object_refs) {
    std::string_view ref;
    StixIndex::Number target = StixIndex::none;
    if (item.get(ref) == simdjson::SUCCESS) target = index_.number(ref);
    if (target == StixIndex::none)
      note(object.id, "broken_reference", simdjson::minify(item));
    else
      index_.refer(number, target);
  }
}

void StixIntake::take_relationship(const StixObject& object, std::string_view text, StixIndex::Number number) {
  if (!is_mere_tie(object)) pass_on(object, text);
  const StixIndex::Number source = index_.number(object.source_ref), target = index_.number(object.target_ref);
  if (source == StixIndex::none || target == StixIndex::none) return note(object.id, "broken_relationship", "");
  if (object.revoked) return note(object.id, "revoked_relationship", object.source_ref);
  index_.relate(number, source, target);
}

std::string_view StixIntake::why_not(const StixObject& object) const {
  if (object.revoked) return "revoked";
  if (object.pattern.empty()) return "indicator_without_pattern";
  if (!object.pattern_type.empty() && object.pattern_type != "stix") return "unsupported_pattern_type";
  return claim_.role == Role::benign ? "benign" : "";
}

void StixIntake::foresee(const StixObject& marking) {
  const StixIndex::Number number = index_.number(marking.id);
  if (number != StixIndex::none) index_.set_marking(number, tlp_of_definition(marking));
}

void StixIntake::foresee_sighting(const StixObject& sighting) {
  const bool seen = !sighting.revoked && sighting.count.value_or(1) > 0;  // 0: looked for, and not seen
  if (!seen || (!sighting.first_seen && !sighting.last_seen)) return;
  const StixIndex::Number number = index_.number(sighting.sighting_of_ref);
  bool more = false;
  if (number != StixIndex::none)
    sightings_.add(number, tlp_of(sighting, more), sighting.first_seen, sighting.last_seen);
}

// Into the claim at hand.
void StixIntake::tell_when_seen(StixIndex::Number number) {
  const StixSightings::Window seen = sightings_.of(number, claim_.tlp);
  claim_.first_seen = seen.first;
  claim_.last_seen = seen.last;
}

std::optional<Tlp> StixIntake::enter_container(const StixObject& container) {
  bool more = false;
  return std::exchange(container_tlp_, tlp_of(container, more));
}

// The strictest marking that is one of the Traffic Light Protocol; `more` if there is another. One of a part of the
// object holds for all of it: a claim cannot be told in parts.
std::optional<Tlp> StixIntake::tlp_of(const StixObject& object, bool& more) {
  std::optional<Tlp> strictest = container_tlp_;
  const auto mark = [&](dom::element item) { strictest = std::max(strictest, tlp_of_reference(object, item, more)); };
  if (object.odd_markings) mark(*object.odd_markings);
  if (object.markings)
    for (const dom::element item : *object.markings) mark(item);
  if (object.granular_markings) {
    for (const dom::element item : *object.granular_markings) {
      dom::element ref;
      if (item.at_key("marking_ref").get(ref) == simdjson::SUCCESS) mark(ref);
    }
  }
  if (!trim(object.tlp).empty()) strictest = std::max(strictest, tlp_of_label(object, object.tlp, true));
  if (object.labels)
    for (const dom::element item : *object.labels)
      if (std::string_view label; item.get(label) == simdjson::SUCCESS)
        strictest = std::max(strictest, tlp_of_label(object, label, false));
  return strictest;
}

// "tlp:red" among the labels, as exports of other programs have it; `is_level`: of a member that is called by it.
std::optional<Tlp> StixIntake::tlp_of_label(const StixObject& object, std::string_view label, bool is_level) {
  const TlpSaid said = tlp_said(label);
  if (is_level && !said.states) {
    const std::optional<Tlp> tlp = testudo::tlp_of(label);
    if (!tlp) note(object.id, "unreadable_tlp", label);
    return tlp.value_or(Tlp::amber_strict);
  }
  if (said.states && said.unreadable) note(object.id, "unreadable_tlp", label);
  return said.stated();
}

// What cannot be told may be strict: it counts as amber+strict, the strictest level that still lets the desk work.
std::optional<Tlp> StixIntake::tlp_of_reference(const StixObject& object, dom::element item, bool& more) {
  std::string_view ref;
  if (item.get(ref) != simdjson::SUCCESS) {
    note(object.id, "broken_reference", simdjson::minify(item));
    return Tlp::amber_strict;
  }
  if (const std::optional<Tlp> tlp = tlp_of_marking(ref)) return tlp;
  const StixIndex::Number number = index_.number(ref);
  if (index_.marking(number) == nullptr && look_ahead_) std::exchange(look_ahead_, nullptr)();
  const std::optional<Tlp>* known = index_.marking(number);
  more |= known == nullptr || !*known;
  if (known != nullptr) return *known;
  note_once("unknown_marking", ref);
  return Tlp::amber_strict;
}

void StixIntake::take_indicator(const StixObject& object, std::string_view text, StixIndex::Number number) {
  ++figures_.indicators;
  has_confidence_ |= object.has_confidence;
  if (watcher_ != nullptr) watcher_->indicator(object.id, object.pattern);
  bool more = object.has_more;
  claim_ = {};
  claim_.object = object.id;
  claim_.role = stix_role(object);
  claim_.tlp = tlp_of(object, more);
  if (object.confidence && *object.confidence >= 0 && *object.confidence <= 100)
    claim_.confidence = static_cast<std::uint8_t>(*object.confidence);
  else if (object.has_confidence)
    note(object.id, "confidence_unreadable", "");
  claim_.created = told(object.created);
  if (claim_.created || !object.created) claim_.modified = object.modified;
  claim_.valid_from = told(object.valid_from);
  claim_.valid_until = object.valid_until;
  claim_.revoked = object.revoked;
  tell_when_seen(number);
  comment_ = is_own_value(object.name, object.pattern) ? std::string_view() : object.name;
  if (!object.description.empty()) (comment_ += comment_.empty() ? "" : "\n") += object.description;
  claim_.comment = comment_;
  more |= says_more(object.labels, claim_.role) || says_more(object.indicator_types, claim_.role);

  StixIndex::Version version{.modified = object.modified ? object.modified : object.created,
                             .valid_until = object.valid_until,
                             .first_claim = claims_,
                             .object = number};
  const std::string_view why = why_not(object);
  if (!why.empty()) note(object.id, why, object.pattern);
  version.in_use = why.empty();
  if (why.empty() && !object.valid_until_text.empty())
    note(object.id, "valid_until_unreadable", object.valid_until_text);
  if (why.empty() && claim_.role == Role::victim) note(object.id, "compromised_site", object.pattern);
  if (!object.pattern.empty()) take_pattern(object, version, !why.empty());
  if (more || object.pattern.empty()) pass_on(object, text);
  add_version(object, version);
}

void StixIntake::take_pattern(const StixObject& object, StixIndex::Version& version, bool quiet) {
  if (!object.pattern_type.empty() && object.pattern_type != "stix")
    return keep_pattern(object, object.pattern_type, "other_language");
  const Result<StixPattern> parsed = parse_stix_pattern(object.pattern);
  if (!parsed) {
    const Error& wrong = parsed.error();
    version.in_use = false;
    if (!quiet)
      note(object.id, "malformed_pattern",
           "column " + std::to_string(wrong.offset) + ": " + wrong.what + ": " + std::string(object.pattern));
    return keep_pattern(object, "stix", "malformed");
  }
  const StixPattern& pattern = parsed.value();
  const std::size_t claimed = claim_terms(object, pattern, quiet);
  version.claims = static_cast<std::uint32_t>(claimed);
  if (!pattern.left_out.empty()) {
    const std::string why = joined(pattern.left_out);
    if (!quiet) note(object.id, "unsupported_pattern", why + ": " + std::string(object.pattern));
    keep_pattern(object, "stix", why);
  } else if (claimed < pattern.terms.size()) {
    keep_pattern(object, "stix", "unsupported_object_path");
  }
  if (pattern.quoted_key_missing && !quiet)
    note_once("hash_key_spelling", pattern.terms.empty() ? object.pattern : pattern.terms[0].path);
}

std::size_t StixIntake::claim_terms(const StixObject& object, const StixPattern& pattern, bool quiet) {
  std::size_t claimed = 0;
  for (const PatternTerm& term : pattern.terms) {
    const std::optional<Kind> kind = kind_of_stix_path(term.path);
    if (!kind) {
      if (!quiet) note(object.id, "unsupported_object_path", term.path + " = " + term.value);
      continue;
    }
    if (!quiet && !is_standard_stix_object(term.path)) note_once("custom_object_type", term.path);
    claim_.kind = *kind;
    claim_.value = term.value;
    sink_.claim(claim_);
    ++claims_;
    ++claimed;
  }
  return claimed;
}

void StixIntake::keep_pattern(const StixObject& object, std::string_view language, std::string_view why) {
  sink_.kept({.language = language,
              .text = object.pattern,
              .object = object.id,
              .name = object.name,
              .why = why,
              .tlp = claim_.tlp,
              .revoked = object.revoked});
}

void StixIntake::add_version(const StixObject& object, const StixIndex::Version& version) {
  const std::size_t old = index_.add_version(version);
  if (old == index_.versions().size()) return;
  for (auto number = static_cast<StixIndex::Number>(old); number != StixIndex::none;
       number = index_.versions()[number].twin) {
    const StixIndex::Version& superseded = index_.versions()[number];
    for (std::uint64_t claim = superseded.first_claim; claim < superseded.first_claim + superseded.claims; ++claim)
      sink_.supersede(claim);
    note(object.id, "superseded_version", to_rfc3339(*superseded.modified));
  }
}

void StixIntake::finish() {
  // Without a clock the feed's own newest date tells whether it keeps indicators past their time.
  for (const StixIndex::Version& version : index_.versions()) {
    if (!version.in_use || version.superseded || !version.valid_until || !figures_.newest) continue;
    if (*version.valid_until < *figures_.newest)
      note(index_.id(version.object), "expired", to_rfc3339(*version.valid_until));
  }
  for (const auto& [of, seen] : sightings_.all())
    if (!index_.holds(of.first)) sink_.seen({index_.id(of.first), of.second, seen.first, seen.last});
  if (figures_.indicators != 0 && !has_confidence_)
    note("", "no_confidence", "no indicator says how sure its author is");
  index_.resolve(sink_, [&](std::string_view object, std::string_view defect, std::string_view value) {
    note(object, defect, value);
  });
}

}  // namespace testudo
