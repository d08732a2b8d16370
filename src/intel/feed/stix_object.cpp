// Members by name. Sources: as in the header.
#include "intel/feed/stix_object.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/tlp_said.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

enum class Member : std::uint8_t {
  type,
  id,
  name,
  description,
  pattern,
  pattern_type,
  pattern_version,
  relationship_type,
  source_ref,
  target_ref,
  created,
  modified,
  valid_from,
  valid_until,
  confidence,
  spec_version,
  revoked,
  object_refs,
  object_marking_refs,
  granular_markings,
  labels,
  indicator_types,
  definition,
  extensions,
  sighting_of_ref,
  first_seen,
  last_seen,
  count,
  other
};

constexpr std::string_view member_names[] = {"type",
                                             "id",
                                             "name",
                                             "description",
                                             "pattern",
                                             "pattern_type",
                                             "pattern_version",
                                             "relationship_type",
                                             "source_ref",
                                             "target_ref",
                                             "created",
                                             "modified",
                                             "valid_from",
                                             "valid_until",
                                             "confidence",
                                             "spec_version",
                                             "revoked",
                                             "object_refs",
                                             "object_marking_refs",
                                             "granular_markings",
                                             "labels",
                                             "indicator_types",
                                             "definition",
                                             "extensions",
                                             "sighting_of_ref",
                                             "first_seen",
                                             "last_seen",
                                             "count"};

Member member_of(std::string_view key) {
  const auto found = std::ranges::find(member_names, key);
  return static_cast<Member>(found - std::begin(member_names));
}

std::string_view text_of(dom::element value) {
  std::string_view text;
  return value.get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

template <typename T>
std::optional<T> as(dom::element value) {
  T found;
  if (value.get(found) != simdjson::SUCCESS) return std::nullopt;
  return found;
}

// "true" and 1 as well: what its author withdrew must not come back because of how it is spelled.
bool truth(dom::element value) {
  if (const auto said = as<bool>(value)) return *said;
  if (const auto number = as<std::int64_t>(value)) return *number != 0;
  return truth_of(text_of(value)).value_or(false);
}

// The dates of an object mostly are one and the same.
struct LastTime {
  std::string_view text;
  std::optional<Time> time;
  std::optional<Time> read(dom::element value) {
    const std::string_view spelled = text_of(value);
    if (spelled != text) time = parse_rfc3339(text = spelled);
    return time;
  }
};

void take(StixObject& object, LastTime& last, Member member, dom::element value) {
  switch (member) {
    case Member::type:
      object.type = text_of(value);
      return;
    case Member::id:
      object.id = text_of(value);
      return;
    case Member::name:
      object.name = text_of(value);
      return;
    case Member::description:
      object.description = text_of(value);
      return;
    case Member::pattern:
      object.pattern = text_of(value);
      return;
    case Member::pattern_type:
      object.pattern_type = text_of(value);
      return;
    case Member::pattern_version:
      return;
    case Member::relationship_type:
      object.relationship_type = text_of(value);
      return;
    case Member::source_ref:
      object.source_ref = text_of(value);
      return;
    case Member::target_ref:
      object.target_ref = text_of(value);
      return;
    case Member::created:
      object.created = last.read(value);
      return;
    case Member::modified:
      object.modified = last.read(value);
      return;
    case Member::valid_from:
      object.valid_from = last.read(value);
      return;
    case Member::valid_until:
      object.valid_until = parse_rfc3339(text_of(value));
      if (!object.valid_until) object.valid_until_text = text_of(value);
      return;
    case Member::confidence:
      object.has_confidence = true;
      object.confidence = as<std::int64_t>(value);
      return;
    case Member::spec_version:
      object.has_spec_version = true;
      return;
    case Member::revoked:
      object.revoked = truth(value);
      return;
    case Member::object_refs:
      object.object_refs = as<dom::array>(value);
      return;
    case Member::object_marking_refs:
      object.markings = as<dom::array>(value);
      if (!object.markings && !value.is_null()) object.odd_markings = value;
      return;
    case Member::granular_markings:
      object.granular_markings = as<dom::array>(value);
      break;
    case Member::labels:
      object.labels = as<dom::array>(value);
      return;
    case Member::indicator_types:
      object.indicator_types = as<dom::array>(value);
      return;
    case Member::definition:
      object.definition = as<dom::object>(value);
      break;
    case Member::extensions:
      object.extensions = as<dom::object>(value);
      break;
    case Member::sighting_of_ref:
      object.sighting_of_ref = text_of(value);
      break;
    case Member::first_seen:
      object.first_seen = last.read(value);
      break;
    case Member::last_seen:
      object.last_seen = last.read(value);
      break;
    case Member::count:
      object.count = as<std::int64_t>(value);
      break;
    case Member::other:
      break;
  }
  object.has_more = true;
}

struct Marking {
  std::string_view uuid;
  Tlp tlp;
};
constexpr std::array markings = {Marking{"613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::clear},  // TLP 1.0
                                 Marking{"34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::green},
                                 Marking{"f88d31f6-486f-44da-b317-01333bde0b82", Tlp::amber},
                                 Marking{"5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::red},
                                 Marking{"94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::clear},  // TLP 2.0
                                 Marking{"bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::green},
                                 Marking{"55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::amber},
                                 Marking{"939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::amber_strict},
                                 Marking{"e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::red}};

}  // namespace

StixObject stix_object(dom::object json) {
  StixObject object;
  LastTime last;
  for (const auto [key, value] : json) {
    const Member member = member_of(key);
    if (member == Member::other && key.ends_with("tlp")) object.tlp = text_of(value);
    take(object, last, member, value);
  }
  return object;
}

namespace {

// The words of STIX's vocabulary, and what else labels say as tags of other formats do.
Role role_of_word(std::string_view word) {
  if (word == "malicious-activity") return Role::attacker;
  if (word == "context") return Role::context;
  return role_of_remark(word).value_or(Role::unstated);
}

}  // namespace

Role stix_role(const StixObject& object) {
  Role role = Role::unstated;
  for (const auto& list : {object.indicator_types, object.labels}) {
    if (!list) continue;
    for (const dom::element item : *list) role = least_blocking(role, role_of_word(text_of(item)));
  }
  return role;
}

std::optional<Tlp> tlp_of_marking(std::string_view id) {
  constexpr std::string_view type = "marking-definition--";
  if (!id.starts_with(type)) return std::nullopt;
  const auto found = std::ranges::find(markings, lower_ascii(id.substr(type.size())), &Marking::uuid);
  return found == markings.end() ? std::nullopt : std::optional(found->tlp);
}

std::optional<Tlp> tlp_of_definition(const StixObject& object) {
  if (object.definition) {
    dom::element word;
    if (object.definition->at_key("tlp").get(word) == simdjson::SUCCESS)
      return tlp_of(text_of(word)).value_or(Tlp::amber_strict);
  }
  if (object.extensions) {
    for (const auto [key, value] : *object.extensions) {
      dom::element word;
      if (value.at_key("tlp_2_0").get(word) == simdjson::SUCCESS)
        return tlp_of(text_of(word)).value_or(Tlp::amber_strict);
    }
  }
  if (const auto named = tlp_said(object.name).stated()) return named;
  dom::element statement;
  if (!object.definition || object.definition->at_key("statement").get(statement) != simdjson::SUCCESS)
    return std::nullopt;
  const TlpSaid said = tlp_said(text_of(statement));
  if (!said.named) return std::nullopt;
  return said.level && !said.remark ? said.level : stricter(said.level, Tlp::amber_strict);
}

}  // namespace testudo
