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

using O = StixObject;
using Take = void (*)(O& object, LastTime& last, dom::element value);

template <std::string_view O::* member>
void text(O& object, LastTime&, dom::element value) {
  object.*member = text_of(value);
}

template <std::optional<Time> O::* member>
void time(O& object, LastTime& last, dom::element value) {
  object.*member = last.read(value);
}

// Nothing where the value is of another type.
template <auto member>
void typed(O& object, LastTime&, dom::element value) {
  object.*member = as<typename std::remove_reference_t<decltype(object.*member)>::value_type>(value);
}

void end(O& object, LastTime&, dom::element value) {
  object.valid_until = parse_rfc3339(text_of(value));
  if (!object.valid_until) object.valid_until_text = text_of(value);
}

void confidence(O& object, LastTime& last, dom::element value) {
  object.has_confidence = true;
  typed<&O::confidence>(object, last, value);
}

void marking_refs(O& object, LastTime& last, dom::element value) {
  typed<&O::markings>(object, last, value);
  if (!object.markings && !value.is_null()) object.odd_markings = value;
}

struct Member {
  std::string_view name;
  Take take;
  bool is_more = false;  // not all of it is in what a claim or a name says of the object
};
constexpr Member members[]{
    {"type", text<&O::type>},
    {"id", text<&O::id>},
    {"name", text<&O::name>},
    {"description", text<&O::description>},
    {"pattern", text<&O::pattern>},
    {"pattern_type", text<&O::pattern_type>},
    {"pattern_version", [](O&, LastTime&, dom::element) {}},
    {"relationship_type", text<&O::relationship_type>},
    {"source_ref", text<&O::source_ref>},
    {"target_ref", text<&O::target_ref>},
    {"created", time<&O::created>},
    {"modified", time<&O::modified>},
    {"valid_from", time<&O::valid_from>},
    {"valid_until", end},
    {"confidence", confidence},
    {"spec_version", [](O& object, LastTime&, dom::element) { object.has_spec_version = true; }},
    {"revoked", [](O& object, LastTime&, dom::element value) { object.revoked = truth(value); }},
    {"object_refs", typed<&O::object_refs>},
    {"object_marking_refs", marking_refs},
    {"labels", typed<&O::labels>},
    {"indicator_types", typed<&O::indicator_types>},
    {"granular_markings", typed<&O::granular_markings>, true},
    {"definition", typed<&O::definition>, true},
    {"extensions", typed<&O::extensions>, true},
    {"sighting_of_ref", text<&O::sighting_of_ref>, true},
    {"first_seen", time<&O::first_seen>, true},
    {"last_seen", time<&O::last_seen>, true},
    {"count", typed<&O::count>, true},
};

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
    const auto* member = std::ranges::find(members, std::string_view(key), &Member::name);
    const bool is_known = member != std::end(members);
    if (is_known) member->take(object, last, value);
    if (!is_known && key.ends_with("tlp")) object.tlp = text_of(value);
    object.has_more |= !is_known || member->is_more;
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
