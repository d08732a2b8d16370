// The US Consolidated Screening List, JSON: {"results":[…]}, or the array alone.
#include "intel/screen/json_list.h"

namespace testudo {
namespace {

void read_result(const simdjson::dom::element& item, SanctionList& list) {
  const std::string_view source = json_text_of(item, "source"), name = json_text_of(item, "name");
  // Lists of other offices than the Treasury may give their entries no number: the name is all there is.
  std::string_view id = json_text_of(item, "id");
  if (id.empty()) id = json_text_of(item, "entity_number");
  if (id.empty()) id = name;
  EntityBuilder entity(list, source.empty() ? "us-csl" : source, id);
  const std::string_view type = json_text_of(item, "type");
  entity.schema(us_list_schema(type));
  entity.name(name);
  each_text(item, "alt_names", [&](std::string_view text) { entity.name(text); });
  each_text(item, "dates_of_birth", [&](std::string_view text) { entity.birth(text); });
  for (const std::string_view key : {"nationalities", "citizenships", "country", "vessel_flag"}) {
    each_text(item, key, [&](std::string_view text) { entity.country(text); });
  }
  simdjson::dom::array addresses;
  if (item["addresses"].get(addresses) == simdjson::SUCCESS)
    for (const simdjson::dom::element address : addresses) entity.country(json_text_of(address, "country"));
  each_text(item, "programs", [&](std::string_view text) { entity.programme(text); });
  simdjson::dom::array ids;
  if (item["ids"].get(ids) == simdjson::SUCCESS) {
    for (const simdjson::dom::element one : ids) {
      const std::string_view kind = json_text_of(one, "type"), number = json_text_of(one, "number");
      if (kind == "Gender") {
        entity.gender(number);
      } else {
        entity.identifier(kind, number);
      }
    }
  }
  entity.listed_on(json_text_of(item, "start_date"));
  entity.source(json_text_of(item, "source_list_url"));
  entity.finish();
}

}  // namespace

Result<void> read_csl_json(std::string_view content, SanctionList& list) {
  simdjson::dom::parser parser = list_json_parser();
  simdjson::dom::element root;
  const auto fault = parser.parse(content.data(), content.size()).get(root);
  if (fault != simdjson::SUCCESS) return error(Fault::malformed, simdjson::error_message(fault), 0);
  simdjson::dom::array results;
  if (root["results"].get(results) != simdjson::SUCCESS && root.get(results) != simdjson::SUCCESS) {
    return error(Fault::malformed, "no array of results", 0);
  }
  for (const simdjson::dom::element item : results) {
    if (item.is_object()) {
      read_result(item, list);
    } else {
      add_note(list, "not_an_object");
    }
  }
  return {};
}

}  // namespace testudo
