// What `to_ids` means here: MISP sets it where a value may be searched for in traffic or blocked. Without it a value is
// context (the address of a shared host, the site of a victim, a registrant), to which evidence may still be compared.
#include "intel/feed/misp_attribute.h"

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/defang.h"
#include "intel/feed/value_kind.h"
#include "intel/stix_paths.h"
#include "intel/stix_pattern.h"

namespace testudo {
namespace {

struct Halves {
  std::string_view first, second;
};

// MISP's composite values; the port of "ip-dst|port" is also written behind a colon, which normalising undoes. The
// name in front of a digest may hold a bar.
Halves halves_of(std::string_view value, MispShape shape) {
  const std::size_t bar = shape == MispShape::second ? value.rfind('|') : value.find('|');
  if (bar == std::string_view::npos) return {value, {}};
  return {trim(value.substr(0, bar)), trim(value.substr(bar + 1))};
}

Role role_of_attribute(const MispAttribute& attribute, const MispType& type, const MispMarks& marks) {
  if (marks.role) return *marks.role;
  // The templates of who was attacked, whatever else they hold of him.
  const bool target = attribute.object == "victim" || attribute.object == "target-system";
  if (target || type.shape == MispShape::victim || attribute.category == "Targeting data") return Role::victim;
  // Templates leave `to_ids` unset for text, whatever it stands for.
  const bool unused = attribute.to_ids == false && attribute.type != "text";
  return least_blocking(unused ? Role::context : Role::unstated,
                        role_of_remark(attribute.comment).value_or(Role::unstated));
}

std::string comment_of(std::string_view comment, std::string_view explained) {
  std::string text(comment);
  if (!explained.empty()) text += (text.empty() ? "" : "; ") + std::string(explained);
  return text;
}

}  // namespace

bool MispClaims::add(const MispAttribute& attribute, const MispMarks& marks, std::string_view event) {
  const MispType* type = misp_type(attribute.type);
  MispType by_relation{attribute.type, MispShape::single, Kind::text};
  if (const auto kind = misp_relation_kind(attribute.object, attribute.relation)) {
    by_relation.kind = *kind;
    type = &by_relation;
  }
  if (marks.kind) {
    by_relation.kind = *marks.kind;
    type = &by_relation;
  }
  if (type == nullptr) return false;
  if (trim(attribute.value).empty()) {
    notes_.add(attribute.uuid, "empty_value", attribute.type);
    return true;
  }
  switch (type->shape) {
    case MispShape::rule:
      rule(attribute, *type, marks, event);
      return true;
    case MispShape::reference:
      keep(attribute, marks, "reference");
      return true;
    default:
      claims(attribute, *type, marks, event);
      return true;
  }
}

// A rule is kept whole. The single values of a STIX pattern are claims as well: what MISP's converter makes of
// indicators for which it has no type (apps, paths, certificates) is such an attribute.
void MispClaims::rule(const MispAttribute& attribute, const MispType& type, const MispMarks& marks,
                      std::string_view event) {
  KeptPattern pattern;
  pattern.language = type.language;
  pattern.text = attribute.value;
  pattern.object = attribute.uuid;
  pattern.name = attribute.comment;
  pattern.why = "rule";
  pattern.tlp = marks.tlp;
  pattern.revoked = attribute.deleted;
  sink_.kept(pattern);
  if (type.language != "stix") return;
  const Result<StixPattern> parsed = parse_stix_pattern(attribute.value);
  if (!parsed) {
    const Error& wrong = parsed.error();
    return notes_.add(
        attribute.uuid, "malformed_pattern",
        "column " + std::to_string(wrong.offset) + ": " + wrong.what + ": " + std::string(attribute.value));
  }
  FeedClaim claim;
  claim.object = attribute.uuid;
  claim.comment = attribute.comment;
  claim.role = role_of_attribute(attribute, type, marks);
  for (const PatternTerm& term : parsed.value().terms) {
    const std::optional<Kind> kind = kind_of_stix_path(term.path);
    if (!kind) continue;
    claim.kind = *kind;
    claim.value = term.value;
    emit(claim, attribute, marks, event);
  }
}

void MispClaims::claims(const MispAttribute& attribute, const MispType& type, const MispMarks& marks,
                        std::string_view event) {
  FeedClaim claim;
  claim.object = attribute.uuid;
  claim.role = role_of_attribute(attribute, type, marks);
  if (claim.role == Role::context) notes_.add(attribute.uuid, "not_for_detection", attribute.value);
  const auto one = [&](Kind kind, std::string_view value, std::string_view explained) {
    std::string owned;
    const std::string_view text = refang(value, owned);
    const std::string comment = comment_of(attribute.comment, explained);
    claim.kind = fitted_kind(kind, text);
    claim.value = text;
    claim.comment = comment;
    emit(claim, attribute, marks, event);
  };
  const Halves halves = halves_of(attribute.value, type.shape);
  switch (type.shape) {
    case MispShape::pair:
      if (halves.second.empty()) notes_.add(attribute.uuid, "half_of_a_pair", attribute.value);
      if (!halves.first.empty()) one(type.kind, halves.first, {});
      if (!halves.second.empty()) one(type.other, halves.second, {});
      break;
    case MispShape::first:
      one(type.kind, halves.first, halves.second);
      break;
    case MispShape::second:
      if (halves.second.empty()) {
        // Feeds write the digest alone under these types too.
        one(kind_of_value(halves.first).value_or(type.kind), halves.first, {});
      } else {
        one(type.other, halves.second, halves.first);
      }
      break;
    default:
      one(type.kind, attribute.value, {});
  }
}

void MispClaims::emit(FeedClaim& claim, const MispAttribute& attribute, const MispMarks& marks,
                      std::string_view event) {
  claim.tlp = marks.tlp;
  claim.confidence = marks.sureness();
  claim.created = marks.collection ? marks.created : attribute.created;
  claim.modified = attribute.modified;
  claim.valid_from = marks.valid_from;
  claim.valid_until = marks.valid_until ? marks.valid_until : attribute.valid_until;
  claim.first_seen = attribute.first_seen;
  claim.last_seen = attribute.last_seen;
  claim.revoked = attribute.deleted;
  claim.threat = !marks.threats.empty() ? std::string_view(marks.threats[0]) : marks.collection ? "" : event;
  sink_.claim(claim);
  for (std::size_t i = 1; i < marks.threats.size(); ++i) sink_.threat(claims_, marks.threats[i]);
  ++claims_;
}

void MispClaims::keep(const MispAttribute& attribute, const MispMarks& marks, std::string_view why) {
  keep_value(sink_,
             {.language = "misp",
              .object = attribute.uuid,
              .name = attribute.comment,
              .why = why,
              .tlp = marks.tlp,
              .revoked = attribute.deleted},
             attribute.type, attribute.value);
}

}  // namespace testudo
