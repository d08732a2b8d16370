// UK Sanctions List, XML: <Designations><Designation>; and OFSI's ConList.xml: one <FinancialSanctionsTarget> a name.
#include "base/text.h"
#include "intel/screen/csv_list.h"
#include "intel/screen/xml_list.h"

namespace testudo {
namespace {

std::string_view schema_of(std::string_view type) {
  if (equals_ignoring_case(type, "individual")) return "Person";
  if (equals_ignoring_case(type, "ship")) return "Vessel";
  return equals_ignoring_case(type, "entity") ? "Organization" : "LegalEntity";
}

void read_names(const pugi::xml_node& node, EntityBuilder& entity) {
  each_in(node, "Names", "Name", [&](const pugi::xml_node& n) {
    // "Primary Name" is written in several cases, and aliases may stand before it.
    entity.name_parts({child_text(n, "Name1"), child_text(n, "Name2"), child_text(n, "Name3"), child_text(n, "Name4"),
                       child_text(n, "Name5"), child_text(n, "Name6")},
                      is_low_quality(child_text(n, "AliasStrength")),
                      equals_ignoring_case(child_text(n, "NameType"), "primary name"));
  });
  each_in(node, "NonLatinNames", "NonLatinName",
          [&](const pugi::xml_node& n) { entity.name(child_text(n, "NameNonLatinScript")); });
}

void read_designation(const pugi::xml_node& node, SanctionList& list) {
  EntityBuilder entity(list, "gb-uksl", child_text(node, "UniqueID"));
  entity.schema(schema_of(child_text(node, "IndividualEntityShip")));
  read_names(node, entity);
  entity.programme(child_text(node, "RegimeName"));
  entity.listed_on(child_text(node, "DateDesignated"));
  entity.identifier("un", child_text(node, "UNReferenceNumber"));
  entity.identifier("ofsi group", child_text(node, "OFSIGroupID"));
  each_in(node, "Addresses", "Address",
          [&](const pugi::xml_node& n) { entity.country(child_text(n, "AddressCountry")); });
  each_in(node, "IndividualDetails", "Individual", [&](const pugi::xml_node& person) {
    each_in(person, "DOBs", "DOB", [&](const pugi::xml_node& n) { entity.birth(text_of(n)); });
    each_in(person, "Nationalities", "Nationality", [&](const pugi::xml_node& n) { entity.country(text_of(n)); });
    each_in(person, "Genders", "Gender", [&](const pugi::xml_node& n) { entity.gender(text_of(n)); });
    each_in(person, "PassportDetails", "Passport",
            [&](const pugi::xml_node& n) { entity.identifier("passport", child_text(n, "PassportNumber")); });
    each_in(person, "NationalIdentifierDetails", "NationalIdentifier", [&](const pugi::xml_node& n) {
      entity.identifier("national id", child_text(n, "NationalIdentifierNumber"));
    });
  });
  each_in(node, "EntityDetails", "Entity", [&](const pugi::xml_node& firm) {
    each_in(firm, "BusinessRegistrationNumbers", "BusinessRegistrationNumber",
            [&](const pugi::xml_node& n) { entity.identifier("registration", text_of(n)); });
  });
  each_in(node, "ShipDetails", "Ship", [&](const pugi::xml_node& ship) {
    each_in(ship, "IMONumbers", "IMONumber", [&](const pugi::xml_node& n) { entity.identifier("imo", text_of(n)); });
    each_in(ship, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip",
            [&](const pugi::xml_node& n) { entity.country(text_of(n)); });
  });
  entity.finish();
}

void read_target(const pugi::xml_node& node, SanctionList& list, KeyedEntities& entities) {
  const std::string_view key = child_text(node, "GroupID");
  if (key.empty()) return add_note(list, "no_id");
  bool is_new = false;
  EntityBuilder& entity = entities.at(key, is_new);
  if (is_new) entity.schema(schema_of(child_text(node, "GroupTypeDescription")));
  entity.name_parts({child_text(node, "name1"), child_text(node, "name2"), child_text(node, "name3"),
                     child_text(node, "name4"), child_text(node, "name5"), child_text(node, "Name6")},
                    is_low_quality(child_text(node, "AliasQuality")),
                    equals_ignoring_case(child_text(node, "AliasType"), "primary name"));
  entity.name(child_text(node, "NameNonLatinScript"));
  entity.birth(child_text(node, "Individual_DateOfBirth"));
  entity.countries(child_text(node, "Individual_Nationality"));
  entity.country(child_text(node, "Country"));
  entity.programme(child_text(node, "RegimeName"));
  entity.listed_on(child_text(node, "DateDesignated"));
  entity.identifier("uk list", child_text(node, "UKSanctionsListRef"));
  entity.identifier("imo", child_text(node, "Ship_IMONumber"));
}

}  // namespace

Result<void> read_uk_xml(std::string_view content, SanctionList& list) {
  pugi::xml_document document;
  const pugi::xml_node root = TRY(parse_list_xml(content, document, list));
  if (is_named(root, "Designations")) {
    list.date = list_date(child_text(root, "DateGenerated")).value_or("");
    each_child(root, "Designation", [&](const pugi::xml_node& node) { read_designation(node, list); });
    return {};
  }
  if (!is_named(root, "ArrayOfFinancialSanctionsTarget")) return error(Fault::malformed, "no root of a UK list", 0);
  KeyedEntities entities(list, "gb-uksl");
  each_child(root, "FinancialSanctionsTarget", [&](const pugi::xml_node& node) { read_target(node, list, entities); });
  entities.finish();
  return {};
}

}  // namespace testudo
