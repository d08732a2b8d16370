// Checks of STIX objects. Sections named are those of STIX 2.1.
#include "intel/lint/stix_lint.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "base/hash.h"
#include "intel/feed/stix_index.h"
#include "intel/lint/pattern_mend.h"
#include "intel/lint/stix_cycles.h"
#include "intel/lint/stix_name_hash.h"
#include "intel/lint/stix_requirements.h"
#include "intel/lint/stix_values.h"
#include "intel/stix_pattern.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kept_references = 1'000'000;
constexpr std::size_t kept_edges = 1'000'000;

// The times that an object can have; the first `begins.size()` of them begin what the ones at the same place end.
constexpr std::array<std::string_view, 4> begins{"valid_from", "first_seen", "start_time", "first_observed"};
constexpr std::array<std::string_view, 4> ends{"valid_until", "last_seen", "stop_time", "last_observed"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

bool is_lower_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_lower_hex(text[i])) return false;
  }
  return true;
}

// Whether a time is spelled YYYY-MM-DDTHH:MM:SS[.s+]Z (section 2.16).
bool is_stix_spelling(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < shape.size() + 1 || text.back() != 'Z') return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == 'd' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
  const std::string_view fraction = text.substr(shape.size(), text.size() - shape.size() - 1);
  if (!fraction.empty() && (fraction[0] != '.' || fraction.size() < 2)) return false;
  return std::ranges::all_of(fraction.substr(std::min<std::size_t>(1, fraction.size())), is_digit);
}

bool has_milliseconds(std::string_view text) { return text.size() == 24; }

std::string with_milliseconds(Time time) {
  std::string text = to_rfc3339(Time{time.micros - time.micros % 1'000'000});
  std::string fraction = std::to_string(time.micros % 1'000'000 / 1000);
  if (time.micros < 0) return text;
  fraction.insert(0, 3 - fraction.size(), '0');
  text.insert(text.size() - 1, "." + fraction);
  return text;
}

std::string_view text_of(dom::element value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

std::string counted(std::uint64_t n, std::uint64_t of, std::string_view what) {
  return std::to_string(n) + " of " + std::to_string(of) + " " + std::string(what);
}

std::uint64_t property_bit(std::string_view name) { return std::uint64_t{1} << *stix_property(name); }

bool is_threat(std::string_view id) {
  return std::ranges::any_of(std::array<std::string_view, 6>{"malware--", "campaign--", "intrusion-set--",
                                                             "threat-actor--", "tool--", "infrastructure--"},
                             [&](std::string_view type) { return id.starts_with(type); });
}

}  // namespace

void StixLint::indicator(std::string_view, std::string_view pattern) { pattern_ = pattern; }

void StixLint::check_id(const StixObject& object) {
  if (object.id.empty()) return;
  const std::size_t dashes = object.id.find("--");
  if (dashes == std::string_view::npos || dashes == 0 || !is_lower_uuid(object.id.substr(dashes + 2)))
    return report_(object.id, "invalid_id", object.id, "");
  if (!object.type.empty() && object.id.substr(0, dashes) != object.type)
    report_(object.id, "id_of_other_type", object.type,
            std::string(object.type) + std::string(object.id.substr(dashes)));
}

void StixLint::check_version(const StixObject& object) {
  if (object.id.empty()) return;
  const std::optional<Time> time = object.modified ? object.modified : object.created;
  const std::int64_t version = time ? time->micros : 0;
  const std::uint64_t key = hash64(object.id, seed_);
  const auto [first, fresh] = ids_.emplace(key, version);
  if (fresh) return;
  if (first->second == version || !later_versions_.insert(hash64(to_rfc3339(Time{version}), key)).second)
    report_(object.id, "duplicate_id", object.type, "");
}

// Of those that the feed means as indicators; nobody reads the pattern of any other.
void StixLint::check_pattern(const StixObject& object) {
  if (object.type != "indicator" || object.pattern.empty()) return;
  if (!object.pattern_type.empty() && object.pattern_type != "stix") return;
  const Result<void> read = check_stix_pattern(object.pattern);
  if (read || object.revoked || stix_role(object) == Role::benign) return;
  malformed_ = true;
  report_(
      object.id, "malformed_pattern",
      "column " + std::to_string(read.error().offset) + ": " + read.error().what + ": " + std::string(object.pattern),
      pattern_mend(object.pattern));
}

void StixLint::check_required(const StixObject& object, std::uint64_t has, bool extended) {
  // Observables of 2.1 need no spec_version; their ids show the version.
  const bool version_2_1 = object.has_spec_version || stix_requirement(object.type, false) == nullptr;
  const StixRequirement* needs = stix_requirement(object.type, version_2_1);
  if (needs == nullptr) {
    if (!extended) report_(object.id, "unknown_type", object.type, "");
    return;
  }
  std::uint64_t missing = needs->all & ~has;
  // A marking or object that is missing its id or type is named by the reader.
  static const std::uint64_t named_by_reader = property_bit("id") | property_bit("type");
  missing &= ~named_by_reader;
  const auto say = [&](std::string_view name) {
    report_(object.id, "missing_property", name,
            name == "pattern_type" ? std::string("\"pattern_type\": \"stix\"")
                                   : "add \"" + std::string(name) + "\" to this " + std::string(object.type));
  };
  for (; missing != 0; missing &= missing - 1)
    say(stix_property_name(static_cast<unsigned>(std::countr_zero(missing))));
  for (const std::uint64_t any : needs->any)
    if ((any & has) == 0 && !extended) say(stix_property_name(static_cast<unsigned>(std::countr_zero(any))));
  struct Pair {
    std::string_view type, first, second;
  };
  for (const Pair& pair :
       {Pair{"location", "latitude", "longitude"}, Pair{"location", "longitude", "latitude"},
        Pair{"artifact", "url", "hashes"}, Pair{"marking-definition", "definition", "definition_type"}})
    if (object.type == pair.type && (has & property_bit(pair.first)) != 0 && (has & property_bit(pair.second)) == 0)
      say(pair.second);
}

void StixLint::refer(const StixObject& object, std::string_view key, dom::element value) {
  const auto one = [&](std::string_view target) {
    if (!is_stix_identifier(target) || references_.size() >= kept_references || references_.contains(target)) return;
    if (tlp_of_marking(target)) return;  // markings of TLP stand in the specification
    references_.emplace(std::string(target), Reference{std::string(object.id), std::string(key), std::string(target)});
  };
  if (dom::array list; value.get(list) == simdjson::SUCCESS)
    for (const dom::element item : list) one(text_of(item));
  else
    one(text_of(value));
}

void StixLint::check_relationship(const StixObject& object) {
  if (object.source_ref.empty() || object.target_ref.empty()) return;
  const std::string type(object.relationship_type);
  if (object.source_ref == object.target_ref) return report_(object.id, "self_relationship", object.source_ref, "");
  if (type == "indicates" && is_threat(object.source_ref) && object.target_ref.starts_with("indicator--"))
    report_(object.id, "relationship_backwards", object.source_ref,
            "\"source_ref\": \"" + std::string(object.target_ref) + "\", \"target_ref\": \"" +
                std::string(object.source_ref) + "\"");
  const std::uint64_t triple = hash64(object.target_ref, hash64(type, hash64(object.source_ref, seed_)));
  if (!object.revoked && !triples_.insert(triple).second)
    report_(object.id, "duplicate_relationship",
            std::string(object.source_ref) + " " + type + " " + std::string(object.target_ref), "");
  if (!can_make_cycle(type) || edge_count_ >= kept_edges) return;
  ++edge_count_;
  edges_[type].push_back({std::string(object.source_ref), std::string(object.target_ref), std::string(object.id)});
}

// What a walk over an object's members finds.
struct StixLint::Members {
  // The dates of an object mostly are one and the same: looked at once.
  std::string_view date;
  std::optional<Time> time;
  bool date_is_spelled_well = false;
  std::uint64_t has = 0;
  bool extended = false, family = true, sampled = false, described = false, outside = false;
  std::array<std::optional<Time>, 4> from{}, until{};
  std::array<std::string_view, 4> until_text{};
};

namespace {

// What a member means here, and its bit among the required ones.
struct KnownMember {
  enum class Use : std::uint8_t { none, time, begin, end, extensions, is_family, description, outside, reference };
  Use use = Use::none;
  std::size_t place = 0;  // in `begins` or `ends`
  std::uint64_t bit = 0;
};

bool is_reference(std::string_view key) { return key.ends_with("_ref") || key.ends_with("_refs"); }

// Nearly all members of real objects are among these: one look-up tells all of them apart.
const KnownMember* known_member(std::string_view key) {
  using Use = KnownMember::Use;
  static const auto all = [] {
    std::unordered_map<std::string_view, KnownMember, StixNameHash> known;
    for (unsigned i = 0; !stix_property_name(i).empty(); ++i) known[stix_property_name(i)].bit = std::uint64_t{1} << i;
    for (std::size_t i = 0; i < begins.size(); ++i) {
      known[begins[i]].use = Use::begin;
      known[ends[i]].use = Use::end;
      known[begins[i]].place = known[ends[i]].place = i;
    }
    for (const std::string_view key : {"created", "modified", "published"}) known[key].use = Use::time;
    for (const std::string_view key : {"name", "description"}) known[key].use = Use::description;
    known["extensions"].use = Use::extensions;
    known["is_family"].use = Use::is_family;
    known["external_references"].use = Use::outside;
    for (auto& [name, member] : known)
      if (is_reference(name)) member.use = Use::reference;
    return known;
  }();
  const auto found = all.find(key);
  return found == all.end() ? nullptr : &found->second;
}

}  // namespace

void StixLint::check_time(const StixObject& object, std::string_view key, const Members& found) {
  if (!found.date_is_spelled_well) {
    return report_(
        object.id, "bad_timestamp", std::string(key) + ": " + std::string(found.date),
        found.time ? "\"" + std::string(key) + "\": \"" + with_milliseconds(*found.time) + "\"" : std::string());
  }
  if ((key != "created" && key != "modified") || has_milliseconds(found.date)) return;
  ++imprecise_;
  if (imprecise_example_.empty()) imprecise_example_ = found.date;
}

void StixLint::member(const StixObject& object, std::string_view key, dom::element value, Members& found) {
  using Use = KnownMember::Use;
  const KnownMember* known = known_member(key);
  if (known == nullptr) {
    // What names its samples is one of a family, and says so rightly.
    if (key == "sample_refs") found.sampled = true;
    if (is_reference(key)) refer(object, key, value);
    return;
  }
  found.has |= known->bit;
  switch (known->use) {
    case Use::none:
      break;
    case Use::time:
    case Use::begin:
    case Use::end: {
      if (!value.is_string()) break;
      const std::string_view text = text_of(value);
      if (text != found.date) {
        found.date = text;
        found.time = parse_rfc3339(text);
        found.date_is_spelled_well = found.time && is_stix_spelling(text);
      }
      check_time(object, key, found);
      if (known->use == Use::begin) found.from[known->place] = found.time;
      if (known->use == Use::end) found.until[known->place] = found.time, found.until_text[known->place] = text;
      break;
    }
    case Use::extensions:
      found.extended = true;
      break;
    case Use::is_family:
      if (bool is = true; value.get(is) == simdjson::SUCCESS) found.family = is;
      break;
    case Use::description:
      found.described = true;
      break;
    case Use::outside:
      found.outside = true;
      break;
    case Use::reference: {
      // The reader itself follows what relationships tie and reports list.
      const bool followed = (object.type == "relationship" && (key == "source_ref" || key == "target_ref")) ||
                            (key == "object_refs" && threat_rank(object.type) == ThreatRank::report);
      if (!followed) refer(object, key, value);
      break;
    }
  }
}

void StixLint::check_order(const StixObject& object, const Members& found) {
  if (object.created && object.modified && *object.modified < *object.created)
    report_(object.id, "modified_before_created", to_rfc3339(*object.modified),
            "\"modified\": \"" + with_milliseconds(*object.created) + "\"");
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const auto &from = found.from[i], &until = found.until[i];
    // Times of observation may be one instant; a period of validity may not (section 4.7).
    if (!from || !until || (i == 0 ? *from < *until : *from <= *until)) continue;
    report_(object.id, "ends_before_it_begins", std::string(ends[i]) + ": " + std::string(found.until_text[i]),
            std::string(ends[i]) + " after " + to_rfc3339(*from));
  }
}

void StixLint::parsed(const StixObject& object, dom::object json) {
  pattern_.clear();
  malformed_ = false;
  if (object.type == "bundle") return;
  check_id(object);
  check_version(object);
  check_pattern(object);
  Members found;
  const StixValueReport report = [&](std::string_view defect, const std::string& value, std::string mend) {
    report_(object.id, defect, value, std::move(mend));
  };
  const StixValues values(object.type, report);
  for (const auto [key, value] : json) {
    values.check(key, value);
    member(object, key, value, found);
  }
  check_required(object, found.has, found.extended);
  check_order(object, found);
  if (!found.family && !found.sampled) report_(object.id, "is_family_false", object.name, "");
  if (object.type == "relationship") check_relationship(object);
  if (threat_rank(object.type) == ThreatRank::report && object.object_refs && object.object_refs->size() == 0)
    report_(object.id, "report_without_objects", "", "");
  sightings_ += object.type == "sighting" || object.type == "observed-data";
  referring_ += found.outside;
  if (object.type != "indicator") return;
  ++indicators_;
  static const std::uint64_t author = property_bit("created_by_ref");
  authored_ += (found.has & author) != 0;
  marked_ += object.markings.has_value();
  ending_ += found.until[0].has_value();
  described_ += found.described;
}

void StixLint::say_once() {
  if (imprecise_ != 0)
    report_("", "timestamp_precision", imprecise_example_ + " and " + std::to_string(imprecise_ - 1) + " more",
            parse_rfc3339(imprecise_example_) ? with_milliseconds(*parse_rfc3339(imprecise_example_)) : "");
  if (indicators_ == 0) return;
  const auto lacking = [&](std::uint64_t having, std::string_view defect, std::string_view property) {
    if (having == 0)
      report_("", defect, counted(indicators_, indicators_, "indicators without ") + std::string(property), "");
  };
  lacking(marked_, "no_tlp", "object_marking_refs");
  lacking(ending_, "no_valid_until", "valid_until");
  lacking(authored_, "no_created_by", "created_by_ref");
  lacking(described_, "no_description", "name and description");
  if (sightings_ == 0) report_("", "no_sighting_dates", "no sighting, no observed-data", "");
  if (referring_ == 0) report_("", "no_external_reference", "no external_references", "");
}

void StixLint::finish() {
  for (const auto& [target, reference] : references_)
    if (!ids_.contains(hash64(target, seed_)))
      report_(reference.object, "dangling_reference", reference.property + ": " + reference.target, "");
  for (const auto& [type, edges] : edges_) {
    std::vector<CycleEdge> plain;
    for (const Edge& edge : edges) plain.push_back({edge.from, edge.to});
    for (const Cycle& cycle : find_cycles(plain))
      report_(edges[cycle.closing].relationship, "cycle", type + ": " + cycle.path, "");
  }
  say_once();
}

}  // namespace testudo
