#include "intel/export/misp_event.h"

#include <algorithm>
#include <array>

#include "base/host.h"
#include "base/json_text.h"
#include "base/text.h"
#include "intel/export/plain_text.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

constexpr std::size_t objects_limit = 64 << 20;

struct AttributeType {
  Kind kind;
  std::string_view type, category;
};
constexpr std::array attribute_types = {
    AttributeType{Kind::host, "domain", "Network activity"}, AttributeType{Kind::url, "url", "Network activity"},
    AttributeType{Kind::ipv4, "ip-dst", "Network activity"}, AttributeType{Kind::ipv6, "ip-dst", "Network activity"},
    AttributeType{Kind::cidr, "ip-dst", "Network activity"}, AttributeType{Kind::email, "email", "Payload delivery"},
    AttributeType{Kind::phone, "phone-number", "Person"}, AttributeType{Kind::path, "filename", "Payload delivery"},
    AttributeType{Kind::file_name, "filename", "Payload delivery"},
    AttributeType{Kind::app_id, "mobile-application-id", "Payload delivery"},
    AttributeType{Kind::md5, "md5", "Payload delivery"}, AttributeType{Kind::sha1, "sha1", "Payload delivery"},
    AttributeType{Kind::sha256, "sha256", "Payload delivery"},
    AttributeType{Kind::cert_md5, "x509-fingerprint-md5", "Network activity"},
    AttributeType{Kind::cert_sha1, "x509-fingerprint-sha1", "Network activity"},
    AttributeType{Kind::cert_sha256, "x509-fingerprint-sha256", "Network activity"},
    AttributeType{Kind::asn, "AS", "Network activity"},
    AttributeType{Kind::ja3, "ja3-fingerprint-md5", "Network activity"},
    AttributeType{Kind::registry_key, "regkey", "Persistence mechanism"},
    AttributeType{Kind::cve, "vulnerability", "External analysis"},
    // MISP has no types for these: a tag says which kind they are.
    AttributeType{Kind::property, "text", "Other"}, AttributeType{Kind::profile_id, "text", "Other"},
    AttributeType{Kind::account, "text", "Other"}};

struct ObjectType {
  Kind kind;
  std::string_view name, meta_category, relation, type, category;
};
constexpr std::array object_types = {ObjectType{Kind::process, "process", "misc", "name", "text", "Other"},
                                     ObjectType{Kind::ja4, "ja4-plus", "network", "ja4-fingerprint", "text", "Other"}};

struct RuleType {
  std::string_view language, type, category;
};
constexpr std::array rule_types = {
    RuleType{"yara", "yara", "Payload delivery"},          RuleType{"sigma", "sigma", "Payload delivery"},
    RuleType{"snort", "snort", "Network activity"},        RuleType{"suricata", "snort", "Network activity"},
    RuleType{"stix", "stix2-pattern", "Payload delivery"}, RuleType{"pcre", "pattern-in-traffic", "Network activity"}};

std::string seconds(Time time) { return std::to_string(std::max<std::int64_t>(time.micros, 0) / 1000000); }

// Tags are machine tags: a quote inside a value would end it.
std::string tag_value(std::string_view text) {
  std::string value = one_line(text);
  std::ranges::replace(value, '"', '\'');
  return value;
}

void tag(JsonText& json, std::string_view name) { json.object().key("name").string(name).end(); }

struct ConfidenceWord {
  unsigned from, level;
  std::string_view word;
};
constexpr std::array confidence_words = {
    ConfidenceWord{88, 100, "completely-confident"}, ConfidenceWord{63, 75, "usually-confident"},
    ConfidenceWord{38, 50, "fairly-confident"}, ConfidenceWord{13, 25, "rarely-confident"},
    ConfidenceWord{0, 0, "unconfident"}};

// In MISP's five words, and as a number where none of them says it exactly.
void confidence_tags(JsonText& json, unsigned confidence) {
  const auto* word = std::ranges::find_if(confidence_words, [&](const auto& w) { return confidence >= w.from; });
  tag(json, "misp:confidence-level=\"" + std::string(word->word) + "\"");
  if (word->level != confidence) tag(json, "testudo:confidence=\"" + std::to_string(confidence) + "\"");
}

void time_tag(JsonText& json, std::string_view name, const std::optional<Time>& time) {
  if (time) tag(json, "testudo:" + std::string(name) + "=\"" + instant_text(*time) + "\"");
}

void tags(JsonText& json, const Facts& facts, bool to_ids, std::string_view kind = {}) {
  json.key("Tag").array();
  if (!kind.empty()) tag(json, "testudo:kind=\"" + std::string(kind) + "\"");
  if (facts.tlp) tag(json, "tlp:" + std::string(tlp_word(*facts.tlp)));
  if (facts.confidence) confidence_tags(json, *facts.confidence);
  if (facts.benign) tag(json, "false-positive:confirmed=\"true\"");
  // A reader takes what has no `to_ids` for context.
  if (facts.role() != Role::unstated || !to_ids)
    tag(json, "testudo:role=\"" + std::string(role_word(facts.role())) + "\"");
  for (const std::string_view threat : facts.threats)
    if (const std::string name = tag_value(threat); !name.empty()) tag(json, "misp-galaxy:tool=\"" + name + "\"");
  // MISP has no place for how long an indicator counts.
  time_tag(json, "created", facts.created);
  time_tag(json, "valid_from", facts.valid_from);
  time_tag(json, "valid_until", facts.valid_until);
  for (const std::string_view source : facts.sources)
    if (const std::string name = tag_value(source); !name.empty()) tag(json, "testudo:source=\"" + name + "\"");
  json.end();
}

// An open attribute; the caller closes it.
void attribute(JsonText& json, std::string_view type, std::string_view category, std::string_view value,
               std::string_view name, bool to_ids, Time at) {
  json.object().key("uuid").string(export_uuid("misp-attribute", name));
  json.key("type").string(type).key("category").string(category).key("value").string(value);
  json.key("to_ids").boolean(to_ids).key("distribution").string("5").key("timestamp").string(seconds(at));
}

void describe(JsonText& json, const Facts& facts, bool to_ids, std::string_view kind = {}) {
  json.key("comment").string(one_line(joined(facts.comments, 2000), 2000));
  if (facts.revoked) json.key("deleted").boolean(true);
  if (facts.first_seen) json.key("first_seen").string(instant_text(*facts.first_seen));
  // MISP refuses a span that ends before it begins.
  if (facts.last_seen && (!facts.first_seen || *facts.first_seen <= *facts.last_seen))
    json.key("last_seen").string(instant_text(*facts.last_seen));
  tags(json, facts, to_ids, kind);
}

std::string name_of(const StoredIndicator& indicator) {
  return std::string(kind_name(indicator.kind)) + "\n" + indicator.value;
}

std::string_view type_of(const AttributeType& known, const StoredIndicator& indicator) {
  if (known.kind != Kind::host) return known.type;
  const auto domain = registrable_domain(indicator.value);
  return domain && *domain != indicator.value ? "hostname" : known.type;
}

}  // namespace

void MispEvent::append(std::string_view json, std::string& out) {
  if (any_) out += ",\n";
  any_ = true;
  out += json;
}

void MispEvent::mark(std::optional<Tlp> tlp) {
  if (tlp && (!shape_.tlp || *shape_.tlp < *tlp)) shape_.tlp = tlp;
}

std::string MispEvent::value_of(const StoredIndicator& indicator) {
  if (indicator.kind == Kind::url) return url_with_scheme(indicator);
  // Parts of objects, and what has no type of its own, are written as they are compared.
  const bool plain = std::ranges::find(attribute_types, indicator.kind, &AttributeType::kind) != attribute_types.end();
  return plain && !indicator.shown.empty() ? indicator.shown : indicator.value;
}

void MispEvent::begin(std::string& out) const { out += "{\"Event\":{\"Attribute\":[\n"; }

WithheldWord MispEvent::add(const StoredIndicator& indicator, std::string& out) {
  const auto* plain = std::ranges::find(attribute_types, indicator.kind, &AttributeType::kind);
  const auto* part = std::ranges::find(object_types, indicator.kind, &ObjectType::kind);
  if (plain == attribute_types.end() && part == object_types.end()) return "kind";
  if (plain == attribute_types.end() && objects_.size() > objects_limit) return "object_limit";
  const Facts facts = facts_of(indicator);
  const bool to_ids = !facts.revoked && judge_alarm(indicator, facts, rules_).why == Withheld::no;
  const Time at = facts.modified.value_or(shape_.as_of);
  mark(facts.tlp);
  std::string text;
  JsonText json(text);
  if (plain != attribute_types.end()) {
    attribute(json, type_of(*plain, indicator), plain->category, value_of(indicator), name_of(indicator), to_ids, at);
    describe(json, facts, to_ids, plain->type == "text" ? kind_name(indicator.kind) : "");
    json.end();
    append(text, out);
    return {};
  }
  json.object().key("name").string(part->name).key("meta-category").string(part->meta_category);
  json.key("uuid").string(export_uuid("misp-object", name_of(indicator))).key("timestamp").string(seconds(at));
  json.key("distribution").string("5").key("Attribute").array();
  attribute(json, part->type, part->category, value_of(indicator), name_of(indicator), to_ids, at);
  json.key("object_relation").string(part->relation);
  describe(json, facts, to_ids);
  json.end().end().end();
  if (!objects_.empty()) objects_ += ",\n";
  objects_ += text;
  return {};
}

WithheldWord MispEvent::add(const StoredPattern& pattern, std::string& out) {
  const auto* known = std::ranges::find(rule_types, pattern.language, &RuleType::language);
  if (known == rule_types.end()) return "pattern_language";
  mark(pattern.tlp);
  std::string text;
  JsonText json(text);
  attribute(json, known->type, known->category, pattern.text, pattern.language + "\n" + pattern.text, !pattern.revoked,
            shape_.as_of);
  json.key("comment").string(one_line(pattern.name));
  if (pattern.revoked) json.key("deleted").boolean(true);
  Facts facts;
  facts.tlp = pattern.tlp;
  if (!pattern.source.empty()) facts.sources.push_back(pattern.source);
  tags(json, facts, true);
  json.end();
  append(text, out);
  return {};
}

void MispEvent::write_meta(JsonText& json) const {
  json.key("info").string(shape_.info).key("date").string(day_text(shape_.as_of));
  json.key("timestamp").string(seconds(shape_.as_of)).key("threat_level_id").string("1").key("analysis").string("2");
  json.key("Orgc").object().key("name").string(shape_.author);
  json.key("uuid").string(export_uuid("misp-org", shape_.author)).end();
  json.key("Tag").array();
  // The title names no threat, and each attribute has the marking and the dates of its own.
  tag(json, "testudo:event=\"collection\"");
  if (shape_.tlp) tag(json, "tlp:" + std::string(tlp_word(*shape_.tlp)));
  json.end();
}

void MispEvent::end(std::string& out) const {
  out += "],\n\"Object\":[\n" + objects_ + "],\n";
  std::string meta;
  JsonText json(meta);
  json.object().key("uuid").string(shape_.uuid).key("published").boolean(true).key("distribution").string("3");
  json.key("publish_timestamp").string(seconds(shape_.as_of));
  write_meta(json);
  json.end();
  out.append(std::string_view(meta).substr(1)).append("}\n");
}

}  // namespace testudo
