// Senzing's entities, one JSON object a line (senzing.json of OpenSanctions).
#include "base/text.h"
#include "intel/screen/json_list.h"

namespace testudo {
namespace {

// Calls `each(key, text)` for every string of the objects of an array.
template <typename Each>
void each_pair(const simdjson::dom::element& item, std::string_view list_key, Each each) {
  simdjson::dom::array objects;
  if (item[list_key].get(objects) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element one : objects) {
    simdjson::dom::object object;
    if (one.get(object) != simdjson::SUCCESS) continue;
    for (const simdjson::dom::key_value_pair& field : object) {
      std::string_view text;
      if (field.value.get(text) == simdjson::SUCCESS) each(one, field.key, text);
    }
  }
}

std::string_view schema_of(std::string_view type) {
  if (type == "PERSON") return "Person";
  if (type == "ORGANIZATION") return "Organization";
  if (type == "VESSEL") return "Vessel";
  return type == "AIRCRAFT" ? "Airplane" : "LegalEntity";
}

void read_record(const simdjson::dom::element& item, SanctionList& list) {
  const std::string_view source = json_text_of(item, "DATA_SOURCE");
  EntityBuilder entity(list, source.empty() ? "senzing" : lower_ascii(source), json_text_of(item, "RECORD_ID"));
  entity.schema(schema_of(json_text_of(item, "RECORD_TYPE")));
  // The lists' names differ between versions of the format; the fields' names do not.
  for (const std::string_view group : {"NAMES", "DATES", "COUNTRIES", "FEATURES", "IDENTIFIERS"}) {
    each_pair(item, group, [&](const simdjson::dom::element& one, std::string_view key, std::string_view text) {
      if (key == "NAME_FULL" || key == "NAME_ORG")
        entity.name(text, false, json_text_of(one, "NAME_TYPE") == "PRIMARY");
      if (key == "NAME_LAST")
        entity.name_parts({json_text_of(one, "NAME_FIRST"), json_text_of(one, "NAME_MIDDLE"), text});
      if (key == "DATE_OF_BIRTH") entity.birth(text);
      for (const std::string_view place :
           {"NATIONALITY", "CITIZENSHIP", "COUNTRY_OF_ASSOCIATION", "REGISTRATION_COUNTRY"})
        if (key == place) entity.country(text);
      for (const std::string_view number :
           {"PASSPORT_NUMBER", "NATIONAL_ID_NUMBER", "TAX_ID_NUMBER", "LEI_NUMBER", "IMO_NUMBER"})
        if (key == number) entity.identifier(number.substr(0, number.rfind('_')), text);
    });
  }
  entity.gender(json_text_of(item, "GENDER"));
  entity.source(json_text_of(item, "URL"));
  entity.finish();
}

}  // namespace

Result<void> read_senzing_json(std::string_view content, SanctionList& list) {
  return each_json_line(content, list, [&](const simdjson::dom::element& item) {
    if (json_text_of(item, "RECORD_ID").empty()) return false;
    read_record(item, list);
    return true;
  });
}

}  // namespace testudo
