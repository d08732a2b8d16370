#include "intel/export/stix_objects.h"

#include <algorithm>
#include <array>

#include "base/json_text.h"
#include "base/text.h"
#include "intel/export/plain_text.h"
#include "intel/export/stix_paths_out.h"
#include "intel/export/uuid.h"

namespace testudo {
namespace {

constexpr std::array<std::string_view, 5> markings = {
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",  // clear
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",  // green
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",  // amber
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",  // amber+strict
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",  // red
};
constexpr std::string_view tlp_extension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

std::string upper(std::string_view text) {
  std::string up(text);
  for (char& c : up)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return up;
}

}  // namespace

void stix_common(JsonText& json, std::string_view type, std::string_view id, std::string_view author, Time created,
                 Time modified) {
  json.object().key("type").string(type).key("spec_version").string("2.1").key("id").string(id);
  json.key("created_by_ref").string(author).key("created").string(instant_text(created));
  json.key("modified").string(instant_text(modified));
}

StixObjects::StixObjects(const ExportRequest& request)
    : request_(request), author_("identity--" + export_uuid("identity", one_line(request.author))) {
  constexpr std::int64_t day = std::int64_t{86400} * 1000000;
  day_ = {request.as_of.micros / day * day};
}

// A merged indicator is as new as what was last said of it; were it as new as the export, what has decayed would be
// fresh wherever it is read.
Time StixObjects::modified(const Facts& facts) const {
  const std::optional<Time> said = facts.modified ? facts.modified : facts.first_seen;
  return std::max(said.value_or(day_), created(facts));
}

Time StixObjects::valid_from(const Facts& facts) const {
  return facts.valid_from.value_or(facts.first_seen.value_or(created(facts)));
}

void StixObjects::begin(std::string& out) {
  const std::string name = request_.author + "\n" + request_.title + "\n" + instant_text(request_.as_of);
  out += R"({"type":"bundle","id":"bundle--)" + export_uuid("bundle", name) + "\",\"objects\":[\n";
  identity(out);
}

void StixObjects::end(std::string& out) { out += "\n]}\n"; }

void StixObjects::add(std::string_view json, std::string& out) {
  if (any_) out += ",\n";
  any_ = true;
  out += json;
}

void StixObjects::identity(std::string& out) {
  std::string text;
  JsonText json(text);
  json.object().key("type").string("identity").key("spec_version").string("2.1").key("id").string(author_);
  json.key("created").string(instant_text(unknown)).key("modified").string(instant_text(unknown));
  json.key("name").string(one_line(request_.author)).key("identity_class").string("organization").end();
  add(text, out);
}

std::string StixObjects::marking(Tlp tlp, std::string& out) {
  std::string id(markings[static_cast<std::size_t>(tlp)]);
  if (!first(id)) return id;
  std::string text;
  JsonText json(text);
  json.object().key("type").string("marking-definition").key("spec_version").string("2.1").key("id").string(id);
  json.key("created").string("2022-10-01T00:00:00.000Z").key("name").string("TLP:" + upper(tlp_word(tlp)));
  json.key("extensions").object().key(tlp_extension).object();
  json.key("extension_type").string("property-extension").key("tlp_2_0").string(tlp_word(tlp)).end().end().end();
  add(text, out);
  return id;
}

std::string StixObjects::malware(std::string_view name, std::string& out) {
  const std::string shown = one_line(name);
  std::string id = "malware--" + export_uuid("malware", lower_ascii(shown));
  if (!first(id)) return id;
  std::string text;
  JsonText json(text);
  stix_common(json, "malware", id, author_, unknown, unknown);
  json.key("name").string(shown).key("is_family").boolean(true).end();
  add(text, out);
  return id;
}

void StixObjects::extension(std::string& out) {
  if (!first(stix_extension)) return;
  std::string text;
  JsonText json(text);
  stix_common(json, "extension-definition", stix_extension, author_, unknown, unknown);
  json.key("name").string("What phones hold");
  json.key("schema").string(
      "Optional string properties. software: app_id (package name or bundle identifier), system_property (name of an "
      "Android system property), profile_id (PayloadIdentifier of a configuration profile). user-account: phone_number "
      "(E.164). network-traffic: ja3 (MD5 in hexadecimal), ja4.");
  json.key("version").string("1.0").key("extension_types").array().string("property-extension").end().end();
  add(text, out);
}

bool StixObjects::indicates_all(std::string_view indicator, const Facts& facts, std::string& out) {
  std::vector<std::string> done;  // names that differ in case alone are one malware
  for (const std::string_view threat : facts.threats) {
    if (one_line(threat).empty()) continue;
    std::string id = malware(threat, out);
    if (std::ranges::find(done, id) != done.end()) continue;
    indicates(indicator, id, facts, out);
    done.push_back(std::move(id));
  }
  return !done.empty();
}

void StixObjects::indicates(std::string_view indicator, std::string_view malware, const Facts& facts,
                            std::string& out) {
  const std::string name = "indicates\n" + std::string(indicator) + "\n" + std::string(malware);
  const std::string mark = facts.tlp ? marking(*facts.tlp, out) : "";
  std::string text;
  JsonText json(text);
  stix_common(json, "relationship", "relationship--" + export_uuid("relationship", name), author_, created(facts),
              created(facts));
  json.key("relationship_type").string("indicates").key("source_ref").string(indicator);
  json.key("target_ref").string(malware);
  if (facts.tlp) json.key("object_marking_refs").array().string(mark).end();
  json.end();
  add(text, out);
}

}  // namespace testudo
