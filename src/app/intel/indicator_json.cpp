#include "app/intel/indicator_json.h"

#include <algorithm>
#include <set>

#include "base/json_text.h"
#include "base/text.h"
#include "intel/store/schema.h"

namespace testudo {
namespace {

void write_text(JsonText& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.key(key).string(text);
}

void write_time(JsonText& json, std::string_view key, const std::optional<Time>& time) {
  if (time) json.key(key).string(to_rfc3339(*time));
}

void write_claim(JsonText& json, const StoredClaim& claim) {
  json.object().key("source").string(claim.source);
  write_text(json, "object", claim.object);
  json.key("threats").array();
  for (const std::string& threat : claim.threats) json.string(threat);
  json.end();
  json.key("role").string(role_name(claim.role));
  if (claim.tlp) json.key("tlp").string(tlp_name(*claim.tlp));
  if (claim.confidence) json.key("confidence").integer(*claim.confidence);
  write_time(json, "created", claim.created);
  write_time(json, "modified", claim.modified);
  write_time(json, "valid_from", claim.valid_from);
  write_time(json, "valid_until", claim.valid_until);
  write_time(json, "first_seen", claim.first_seen);
  write_time(json, "last_seen", claim.last_seen);
  if (claim.revoked) json.key("revoked").boolean(true);
  write_text(json, "comment", claim.comment);
  json.end();
}

std::string joined(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

std::string indicator_json(const StoredIndicator& indicator) {
  std::string text;
  JsonText json(text);
  json.object().key("type").string(kind_name(indicator.kind)).key("value").string(indicator.value);
  write_text(json, "shown", indicator.shown);
  json.key("claims").array();
  for (const StoredClaim& claim : indicator.claims) write_claim(json, claim);
  json.end();
  if (!indicator.sightings.empty()) {
    json.key("sightings").array();
    for (const StoredSighting& sighting : indicator.sightings) {
      json.object().key("at").string(to_rfc3339(sighting.at));
      json.key("count").integer(static_cast<std::int64_t>(sighting.count));
      write_text(json, "by", sighting.who);
      write_text(json, "comment", sighting.note);
      json.end();
    }
    json.end();
  }
  if (indicator.retraction) {
    json.key("retracted").object().key("at").string(to_rfc3339(indicator.retraction->at));
    json.key("reason").string(indicator.retraction->reason).end();
  }
  json.end();
  return text;
}

std::string indicator_line(const StoredIndicator& indicator) {
  std::set<std::string> threats, sources;
  for (const StoredClaim& claim : indicator.claims) {
    threats.insert(claim.threats.begin(), claim.threats.end());
    sources.insert(claim.source);
  }
  const std::string& spelled = indicator.shown.empty() ? indicator.value : indicator.shown;
  return std::string(kind_name(indicator.kind)) + '\t' + visible(spelled) + '\t' + visible(joined(threats)) + '\t' +
         visible(joined(sources));
}

std::string pattern_json(const StoredPattern& pattern) {
  std::string text;
  JsonText json(text);
  json.object().key("source").string(pattern.source).key("language").string(pattern.language);
  write_text(json, "object", pattern.object);
  write_text(json, "name", pattern.name);
  write_text(json, "why", pattern.why);
  if (pattern.tlp) json.key("tlp").string(tlp_name(*pattern.tlp));
  if (pattern.revoked) json.key("revoked").boolean(true);
  json.key("pattern").string(pattern.text).end();
  return text;
}

std::string object_json(const StoredObject& object) {
  // Line breaks of JSON stand between its parts alone; a document is a line.
  std::string whole = object.json;
  std::ranges::replace_if(whole, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  std::string text;
  JsonText json(text);
  json.object().key("source").string(object.source).key("type").string(object.type);
  json.key("id").string(object.object).key("object").raw(whole).end();
  return text;
}

std::string object_line(const StoredObject& object) {
  return visible(object.source) + '\t' + visible(object.type) + '\t' + visible(object.object);
}

std::string pattern_line(const StoredPattern& pattern) {
  return visible(pattern.source) + '\t' + visible(pattern.language) + '\t' + visible(pattern.why) + '\t' +
         visible(pattern.text);
}

}  // namespace testudo
