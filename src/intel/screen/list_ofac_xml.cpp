// OFAC's SDN.XML and CONSOLIDATED.XML (docs/formats/sanction-lists.md, OFAC).
#include "intel/screen/xml_list.h"

namespace testudo {
namespace {

void read_identifier(EntityBuilder& entity, const pugi::xml_node& node) {
  const std::string_view type = child_text(node, "idType"), number = child_text(node, "idNumber");
  if (type == "Gender") return entity.gender(number);
  entity.identifier(type, number);
}

void read_entry(const pugi::xml_node& node, SanctionList& list) {
  EntityBuilder entity(list, "us-ofac-sdn", child_text(node, "uid"));
  entity.schema(us_list_schema(child_text(node, "sdnType")));
  entity.name_parts({child_text(node, "firstName"), child_text(node, "lastName")});
  each_in(node, "programList", "program", [&](const pugi::xml_node& n) { entity.programme(text_of(n)); });
  each_in(node, "akaList", "aka", [&](const pugi::xml_node& n) {
    entity.name_parts({child_text(n, "firstName"), child_text(n, "lastName")}, child_text(n, "category") == "weak");
  });
  each_in(node, "idList", "id", [&](const pugi::xml_node& n) { read_identifier(entity, n); });
  each_in(node, "nationalityList", "nationality",
          [&](const pugi::xml_node& n) { entity.country(child_text(n, "country")); });
  each_in(node, "citizenshipList", "citizenship",
          [&](const pugi::xml_node& n) { entity.country(child_text(n, "country")); });
  each_in(node, "addressList", "address", [&](const pugi::xml_node& n) { entity.country(child_text(n, "country")); });
  each_in(node, "dateOfBirthList", "dateOfBirthItem",
          [&](const pugi::xml_node& n) { entity.birth(child_text(n, "dateOfBirth")); });
  entity.country(child_text(child_named(node, "vesselInfo"), "vesselFlag"));
  entity.finish();
}

}  // namespace

Result<void> read_ofac_xml(std::string_view content, SanctionList& list) {
  pugi::xml_document document;
  const pugi::xml_node root = TRY(parse_list_xml(content, document, list));
  if (!is_named(root, "sdnList")) return error(Fault::malformed, "the root is no <sdnList>", 0);
  // The publisher's own spelling has lost a letter; both are read.
  for (const std::string_view name : {"publshInformation", "publishInformation"}) {
    const std::string_view date = child_text(child_named(root, name), "Publish_Date");
    // Month first, as the publisher writes it.
    if (date.size() == 10)
      list.date =
          std::string(date.substr(6, 4)) + "-" + std::string(date.substr(0, 2)) + "-" + std::string(date.substr(3, 2));
  }
  each_child(root, "sdnEntry", [&](const pugi::xml_node& node) { read_entry(node, list); });
  return {};
}

}  // namespace testudo
