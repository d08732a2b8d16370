// The tables of required properties.
#include "intel/lint/stix_requirements.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace testudo {
namespace {

constexpr auto properties = std::to_array<std::string_view>({"type",
                                                             "spec_version",
                                                             "id",
                                                             "created",
                                                             "modified",
                                                             "name",
                                                             "context",
                                                             "object_refs",
                                                             "pattern",
                                                             "pattern_type",
                                                             "valid_from",
                                                             "region",
                                                             "country",
                                                             "latitude",
                                                             "longitude",
                                                             "is_family",
                                                             "product",
                                                             "result",
                                                             "analysis_sco_refs",
                                                             "content",
                                                             "first_observed",
                                                             "last_observed",
                                                             "number_observed",
                                                             "objects",
                                                             "opinion",
                                                             "published",
                                                             "relationship_type",
                                                             "source_ref",
                                                             "target_ref",
                                                             "sighting_of_ref",
                                                             "object_ref",
                                                             "contents",
                                                             "definition_type",
                                                             "definition",
                                                             "extensions",
                                                             "schema",
                                                             "version",
                                                             "extension_types",
                                                             "created_by_ref",
                                                             "payload_bin",
                                                             "url",
                                                             "number",
                                                             "path",
                                                             "value",
                                                             "is_multipart",
                                                             "hashes",
                                                             "protocols",
                                                             "src_ref",
                                                             "dst_ref",
                                                             "labels",
                                                             "identity_class"});
static_assert(properties.size() <= 64);

// "name context|object_refs": all of the words; of words with a bar between them one.
struct Row {
  std::string_view type, needs;
  bool observable = false;
};

constexpr auto rows_2_1 = std::to_array<Row>({
    {"attack-pattern", "name"},
    {"campaign", "name"},
    {"course-of-action", "name"},
    {"grouping", "context object_refs"},
    {"identity", "name"},
    {"incident", "name"},
    {"indicator", "pattern pattern_type valid_from"},
    {"infrastructure", "name"},
    {"intrusion-set", "name"},
    {"location", "region|country|latitude"},
    {"malware", "is_family"},
    {"malware-analysis", "product result|analysis_sco_refs"},
    {"note", "content object_refs"},
    {"observed-data", "first_observed last_observed number_observed objects|object_refs"},
    {"opinion", "opinion object_refs"},
    {"report", "name published object_refs"},
    {"threat-actor", "name"},
    {"tool", "name"},
    {"vulnerability", "name"},
    {"relationship", "relationship_type source_ref target_ref"},
    {"sighting", "sighting_of_ref"},
    {"language-content", "object_ref contents"},
    {"extension-definition", "name schema version extension_types created_by_ref"},
    {"artifact", "payload_bin|url", true},
    {"autonomous-system", "number", true},
    {"directory", "path", true},
    {"domain-name", "value", true},
    {"email-addr", "value", true},
    {"email-message", "is_multipart", true},
    {"file", "hashes|name", true},
    {"ipv4-addr", "value", true},
    {"ipv6-addr", "value", true},
    {"mac-addr", "value", true},
    {"mutex", "name", true},
    {"network-traffic", "protocols src_ref|dst_ref", true},
    {"process", "", true},
    {"software", "name", true},
    {"url", "value", true},
    {"user-account", "", true},
    {"windows-registry-key", "", true},
    {"x509-certificate", "", true},
});

constexpr auto rows_2_0 = std::to_array<Row>({
    {"attack-pattern", "name"},
    {"campaign", "name"},
    {"course-of-action", "name"},
    {"identity", "name identity_class"},
    {"indicator", "labels pattern valid_from"},
    {"intrusion-set", "name"},
    {"malware", "labels name"},
    {"observed-data", "first_observed last_observed number_observed objects"},
    {"report", "labels name published object_refs"},
    {"threat-actor", "labels name"},
    {"tool", "labels name"},
    {"vulnerability", "name"},
    {"relationship", "relationship_type source_ref target_ref"},
    {"sighting", "sighting_of_ref"},
});

std::uint64_t bit(std::string_view name) { return std::uint64_t{1} << *stix_property(name); }

// Calls `each` with the parts of the text between separators; none for an empty text.
template <typename Each>
void each_part(std::string_view text, char separator, Each each) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    each(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

StixRequirement requirement(const Row& row, bool version_2_1) {
  StixRequirement out{.type = row.type, .all = bit("type") | bit("id"), .observable = row.observable};
  if (!row.observable) out.all |= bit("created") | bit("modified");
  if (!row.observable && version_2_1) out.all |= bit("spec_version");
  each_part(row.needs, ' ', [&](std::string_view word) {
    std::uint64_t set = 0;
    each_part(word, '|', [&](std::string_view name) { set |= bit(name); });
    if (word.find('|') == std::string_view::npos)
      out.all |= set;
    else
      out.any.push_back(set);
  });
  return out;
}

using Table = std::unordered_map<std::string_view, StixRequirement>;

template <typename Rows>
Table table(const Rows& rows, bool version_2_1) {
  Table out;
  for (const Row& row : rows) out.emplace(row.type, requirement(row, version_2_1));
  // A marking never changes, and says itself in an extension since TLP 2.0.
  StixRequirement marking{.type = "marking-definition", .all = bit("type") | bit("id") | bit("created")};
  if (version_2_1) marking.all |= bit("spec_version");
  marking.any.push_back(bit("definition") | bit("extensions"));
  out.emplace(marking.type, marking);
  return out;
}

}  // namespace

std::optional<unsigned> stix_property(std::string_view name) {
  static const auto numbers = [] {
    std::unordered_map<std::string_view, unsigned> all;
    for (unsigned i = 0; i < properties.size(); ++i) all.emplace(properties[i], i);
    return all;
  }();
  const auto found = numbers.find(name);
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

std::string_view stix_property_name(unsigned property) {
  return property < properties.size() ? properties[property] : std::string_view{};
}

const StixRequirement* stix_requirement(std::string_view type, bool version_2_1) {
  static const Table newer = table(rows_2_1, true), older = table(rows_2_0, false);
  const Table& rows = version_2_1 ? newer : older;
  const auto found = rows.find(type);
  return found == rows.end() ? nullptr : &found->second;
}

}  // namespace testudo
