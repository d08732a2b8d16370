// OFAC's SDN_ENHANCED.XML and CONS_ENHANCED.XML (docs/formats/sanction-lists.md, OFAC).
#include "base/text.h"
#include "intel/screen/xml_list.h"

namespace testudo {
namespace {

bool is_true(const pugi::xml_node& node, std::string_view name) { return child_text(node, name) == "true"; }

void read_name(const pugi::xml_node& node, EntityBuilder& entity) {
  const bool weak = is_true(node, "isLowQuality"), primary = is_true(node, "isPrimary");
  each_in(node, "translations", "translation", [&](const pugi::xml_node& n) {
    const std::string_view first = child_text(n, "formattedFirstName"), last = child_text(n, "formattedLastName");
    const bool shown = primary && child_text(n, "isPrimary") != "false";
    // "TESTOV, Ivan" is whole where there are no parts.
    if (first.empty() || last.empty()) return entity.name(child_text(n, "formattedFullName"), weak, shown);
    entity.name_parts({first, last}, weak, shown);
  });
}

void read_feature(const pugi::xml_node& node, EntityBuilder& entity) {
  const std::string_view type = child_text(node, "type"), value = child_text(node, "value");
  if (type == "Birthdate") entity.birth(value);
  if (type == "Gender") entity.gender(value);
  if (contains(type, "Country") || type == "Vessel Flag") entity.country(value);
}

void read_entity(const pugi::xml_node& node, SanctionList& list) {
  bool sdn = false, other = false;
  each_in(node, "sanctionsLists", "sanctionsList", [&](const pugi::xml_node& n) {
    (contains(text_of(n), "SDN") && !contains(text_of(n), "Non-SDN") ? sdn : other) = true;
  });
  EntityBuilder entity(list, other && !sdn ? "us-ofac-cons" : "us-ofac-sdn", attribute(node, "id"));
  entity.schema(us_list_schema(child_text(child_named(node, "generalInfo"), "entityType")));
  each_in(node, "names", "name", [&](const pugi::xml_node& n) { read_name(n, entity); });
  each_in(node, "sanctionsPrograms", "sanctionsProgram",
          [&](const pugi::xml_node& n) { entity.programme(text_of(n)); });
  each_in(node, "sanctionsLists", "sanctionsList",
          [&](const pugi::xml_node& n) { entity.listed_on(attribute(n, "datePublished")); });
  each_in(node, "addresses", "address", [&](const pugi::xml_node& n) { entity.country(child_text(n, "country")); });
  each_in(node, "features", "feature", [&](const pugi::xml_node& n) { read_feature(n, entity); });
  each_in(node, "identityDocuments", "identityDocument",
          [&](const pugi::xml_node& n) { entity.identifier(child_text(n, "type"), child_text(n, "documentNumber")); });
  entity.finish();
}

}  // namespace

Result<void> read_ofac_enhanced_xml(std::string_view content, SanctionList& list) {
  pugi::xml_document document;
  const pugi::xml_node root = TRY(parse_list_xml(content, document, list));
  if (!is_named(root, "sanctionsData")) return error(Fault::malformed, "the root is no <sanctionsData>", 0);
  const pugi::xml_node publication = child_named(root, "publicationInfo");
  for (const std::string_view name : {"dataAsOf", "datePublished"})
    if (list.date.empty()) list.date = list_date(child_text(publication, name)).value_or("");
  each_in(root, "entities", "entity", [&](const pugi::xml_node& node) { read_entity(node, list); });
  return {};
}

}  // namespace testudo
