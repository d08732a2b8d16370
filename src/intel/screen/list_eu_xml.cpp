// EU consolidated financial sanctions list, XML 1.1 (docs/formats/sanction-lists.md, EU).
#include "intel/screen/xml_list.h"

namespace testudo {
namespace {

void read_regulation(EntityBuilder& entity, const pugi::xml_node& node) {
  entity.programme(attribute(node, "programme"));
  entity.listed_on(attribute(node, "publicationDate"));
  entity.source(child_text(node, "publicationUrl"));
}

void read_name(EntityBuilder& entity, const pugi::xml_node& node) {
  // Most weak names are marked strong, and weak by a remark alone: "(low quality alias)".
  bool weak = attribute(node, "strong") == "false";
  each_child(node, "remark", [&](const pugi::xml_node& n) { weak |= is_low_quality(text_of(n)); });
  if (attribute(node, "wholeName").empty()) {
    entity.name_parts({attribute(node, "firstName"), attribute(node, "middleName"), attribute(node, "lastName")}, weak);
  } else {
    entity.name(attribute(node, "wholeName"), weak);
  }
  entity.gender(attribute(node, "gender"));
}

void read_birth(EntityBuilder& entity, const pugi::xml_node& node) {
  const std::string_view whole = attribute(node, "birthdate"), year = attribute(node, "year");
  if (attribute(node, "circa") == "true") {
    entity.birth_about(whole.empty() ? year : whole);
  } else if (!whole.empty()) {
    entity.birth(whole);
  } else {
    entity.birth(year, attribute(node, "monthOfYear"), attribute(node, "dayOfMonth"));
  }
  entity.birth_between(attribute(node, "yearRangeFrom"), attribute(node, "yearRangeTo"));
}

std::string_view country_of(const pugi::xml_node& node) {
  const std::string_view code = attribute(node, "countryIso2Code");
  return code.empty() ? attribute(node, "countryDescription") : code;
}

std::string_view schema_of(std::string_view code) {
  if (code == "P" || code == "person") return "Person";
  if (code == "E" || code == "enterprise") return "Organization";
  return "LegalEntity";
}

void read_entity(const pugi::xml_node& node, SanctionList& list) {
  const std::string_view reference = attribute(node, "euReferenceNumber");
  EntityBuilder entity(list, "eu-fsf", reference.empty() ? attribute(node, "logicalId") : reference);
  entity.schema("LegalEntity");
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = local_name(child);
    if (name == "regulation") read_regulation(entity, child);
    if (name == "subjectType") {
      const std::string_view code = attribute(child, "classificationCode");
      entity.schema(schema_of(code.empty() ? attribute(child, "code") : code));
    }
    if (name == "nameAlias") read_name(entity, child);
    if (name == "birthdate") read_birth(entity, child);
    if (name == "citizenship" || name == "address") entity.country(country_of(child));
    if (name == "identification")
      entity.identifier(attribute(child, "identificationTypeCode"), attribute(child, "number"));
  }
  entity.listed_on(attribute(node, "designationDate"));
  entity.finish();
}

}  // namespace

Result<void> read_eu_xml(std::string_view content, SanctionList& list) {
  pugi::xml_document document;
  const pugi::xml_node root = TRY(parse_list_xml(content, document, list));
  if (!is_named(root, "export")) return error(Fault::malformed, "the root is no <export>", 0);
  if (const auto date = list_date(attribute(root, "generationDate"))) list.date = *date;
  each_child(root, "sanctionEntity", [&](const pugi::xml_node& node) { read_entity(node, list); });
  return {};
}

}  // namespace testudo
