// United Nations Security Council consolidated list, XML.
#include "base/text.h"
#include "intel/screen/xml_list.h"

namespace testudo {
namespace {

void read_births(const pugi::xml_node& node, EntityBuilder& entity) {
  each_child(node, "INDIVIDUAL_DATE_OF_BIRTH", [&](const pugi::xml_node& n) {
    std::string_view date = child_text(n, "DATE");
    if (date.empty()) date = child_text(n, "YEAR");
    // "Nov. 1973" stands in a note where neither element can hold it.
    if (date.empty() && list_date(child_text(n, "NOTE"))) date = child_text(n, "NOTE");
    if (equals_ignoring_case(child_text(n, "TYPE_OF_DATE"), "approximately")) {
      entity.birth_about(date);
    } else {
      entity.birth(date);
    }
    entity.birth_between(child_text(n, "FROM_YEAR"), child_text(n, "TO_YEAR"));
  });
}

void read_subject(const pugi::xml_node& node, SanctionList& list, bool person) {
  const std::string_view reference = child_text(node, "REFERENCE_NUMBER");
  EntityBuilder entity(list, "un-sc", reference.empty() ? child_text(node, "DATAID") : reference);
  entity.schema(person ? "Person" : "Organization");
  entity.name_parts({child_text(node, "FIRST_NAME"), child_text(node, "SECOND_NAME"), child_text(node, "THIRD_NAME"),
                     child_text(node, "FOURTH_NAME")});
  entity.name(child_text(node, "NAME_ORIGINAL_SCRIPT"));
  each_child(node, person ? "INDIVIDUAL_ALIAS" : "ENTITY_ALIAS", [&](const pugi::xml_node& n) {
    entity.name(child_text(n, "ALIAS_NAME"), is_low_quality(child_text(n, "QUALITY")));
  });
  read_births(node, entity);
  each_in(node, "NATIONALITY", "VALUE", [&](const pugi::xml_node& n) { entity.country(text_of(n)); });
  each_child(node, person ? "INDIVIDUAL_ADDRESS" : "ENTITY_ADDRESS",
             [&](const pugi::xml_node& n) { entity.country(child_text(n, "COUNTRY")); });
  each_child(node, "INDIVIDUAL_DOCUMENT", [&](const pugi::xml_node& n) {
    entity.identifier(child_text(n, "TYPE_OF_DOCUMENT"), child_text(n, "NUMBER"));
  });
  entity.gender(child_text(node, "GENDER"));
  entity.programme(child_text(node, "UN_LIST_TYPE"));
  entity.listed_on(child_text(node, "LISTED_ON"));
  entity.finish();
}

}  // namespace

Result<void> read_un_xml(std::string_view content, SanctionList& list) {
  pugi::xml_document document;
  const pugi::xml_node root = TRY(parse_list_xml(content, document, list));
  if (!is_named(root, "CONSOLIDATED_LIST")) return error(Fault::malformed, "the root is no <CONSOLIDATED_LIST>", 0);
  list.date = list_date(attribute(root, "dateGenerated")).value_or("");
  each_in(root, "INDIVIDUALS", "INDIVIDUAL", [&](const pugi::xml_node& node) { read_subject(node, list, true); });
  each_in(root, "ENTITIES", "ENTITY", [&](const pugi::xml_node& node) { read_subject(node, list, false); });
  return {};
}

}  // namespace testudo
