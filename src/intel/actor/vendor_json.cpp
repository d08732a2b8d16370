#include "intel/actor/vendor_json.h"

#include <array>

#include "intel/actor/vendor_citations.h"

namespace testudo {
namespace {

constexpr std::array<std::pair<VendorField, std::string_view>, 13> lists{{
    {VendorField::name, "names"},
    {VendorField::alias, "aliases"},
    {VendorField::entity, "entities"},
    {VendorField::country, "countries"},
    {VendorField::owner, "owners"},
    {VendorField::investor, "investors"},
    {VendorField::person, "people"},
    {VendorField::product, "products"},
    {VendorField::customer, "customers"},
    {VendorField::cve, "cves"},
    {VendorField::measure, "measures"},
    {VendorField::legal_case, "cases"},
    {VendorField::threat, "threats"},
}};

void write_numbers(JsonText& json, const std::vector<std::size_t>& numbers) {
  json.key("sources").array();
  for (const std::size_t n : numbers) json.integer(static_cast<std::int64_t>(n));
  json.end();
}

void write_text(JsonText& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.key(key).string(text);
}

void write_count(JsonText& json, std::string_view key, std::uint64_t n) {
  json.key(key).integer(static_cast<std::int64_t>(n));
}

void write_statement(JsonText& json, const VendorFile& vendor, const VendorStatement& s, VendorCitations& citations) {
  json.object().key("value").string(s.value);
  for (const auto& [key, value] : s.attributes) json.key(key).string(value);
  write_numbers(json, citations.numbers(vendor, s));
  json.end();
}

void write_relations(JsonText& json, const VendorCatalogue& catalogue, const VendorFile& vendor,
                     VendorCitations& citations) {
  json.key("relations").array();
  for (const VendorRelation& relation : catalogue.relations(vendor)) {
    json.object();
    if (relation.other != nullptr) json.key("vendor").string(relation.other->id);
    json.key("name").string(relation.name).key("kind").string(relation.kind);
    write_text(json, "from", relation.from);
    write_text(json, "to", relation.to);
    write_numbers(json, citations.numbers(relation));
    json.end();
  }
  json.end();
}

void write_sources(JsonText& json, const VendorCitations& citations) {
  json.key("sources").array();
  std::int64_t number = 0;
  for (const VendorSource* source : citations.sources()) {
    json.object().key("number").integer(++number).key("url").string(source->url).key("title").string(source->title);
    json.key("publisher").string(source->publisher);
    write_text(json, "date", source->date);
    json.key("read").string(source->read).key("grade").string(source->grade);
    json.key("extent").string(source->beginning ? "beginning" : "whole").end();
  }
  json.end();
}

void write_groups(JsonText& json, const std::vector<ThreatGroup>& groups) {
  json.key("groups").array();
  for (const ThreatGroup& group : groups) {
    json.object().key("threat").string(group.threat).key("source").string(group.source);
    write_count(json, "indicators", group.indicators);
    if (group.newest) json.key("newest").string(to_rfc3339(*group.newest));
    json.end();
  }
  json.end();
}

}  // namespace

void append_vendor_json(JsonText& json, const VendorCatalogue& catalogue, const VendorFile& vendor,
                        const ThreatIndicators* indicators) {
  VendorCitations citations(vendor);
  json.object().key("id").string(vendor.id).key("name").string(vendor.name()).key("summary").string(vendor.summary());
  for (const auto& [field, key] : lists) {
    json.key(key).array();
    for (const VendorStatement& s : vendor.of(field)) write_statement(json, vendor, s, citations);
    json.end();
  }
  write_relations(json, catalogue, vendor, citations);
  write_sources(json, citations);
  if (indicators != nullptr) {
    json.key("indicators");
    append_threat_json(json, *indicators);
  }
  json.end();
}

void append_threat_json(JsonText& json, const ThreatIndicators& indicators) {
  json.object();
  write_count(json, "all", indicators.all);
  json.key("by_type").object();
  for (const auto& [kind, n] : indicators.by_kind) write_count(json, kind_name(kind), n);
  json.end().key("by_source").object();
  for (const auto& [source, n] : indicators.by_source) write_count(json, source, n);
  json.end();
  write_groups(json, indicators.groups);
  json.key("newest");
  indicators.newest ? json.string(to_rfc3339(*indicators.newest)) : json.null();
  json.key("hosts").object();
  write_count(json, "all", indicators.hosts);
  write_count(json, "registrable", indicators.registrable);
  write_count(json, "shared", indicators.shared);
  json.end().end();
}

void append_vendor_counts(JsonText& json, const VendorCounts& counts) {
  json.object();
  write_count(json, "files", counts.files);
  write_count(json, "statements", counts.statements);
  write_count(json, "sources", counts.sources);
  json.key("fields").object();
  for (std::size_t i = 0; i < vendor_field_count; ++i)
    write_count(json, vendor_field_name(static_cast<VendorField>(i)), counts.by_field[i]);
  json.end().end();
}

}  // namespace testudo
