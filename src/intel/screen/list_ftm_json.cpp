// FollowTheMoney entities, one JSON object a line (entities.ftm.json and targets.nested.json of OpenSanctions, and
// others).
#include <unordered_map>

#include "base/text.h"
#include "intel/screen/ftm_properties.h"
#include "intel/screen/json_list.h"

namespace testudo {
namespace {

void read_subject(const simdjson::dom::element& item, const simdjson::dom::element& properties, SanctionList& list) {
  std::string_view dataset;
  each_text(item, "datasets", [&](std::string_view name) { dataset = dataset.empty() ? name : dataset; });
  EntityBuilder entity(list, dataset.empty() ? "ftm" : dataset, json_text_of(item, "id"));
  entity.schema(json_text_of(item, "schema"));
  entity.name(json_text_of(item, "caption"));
  // Some publishers write the parts of a person's name alone.
  std::string_view first, middle, last;
  each_text(properties, "firstName", [&](std::string_view text) { first = first.empty() ? text : first; });
  each_text(properties, "middleName", [&](std::string_view text) { middle = middle.empty() ? text : middle; });
  each_text(properties, "lastName", [&](std::string_view text) { last = last.empty() ? text : last; });
  if (!first.empty() && !last.empty()) entity.name_parts({first, middle, last});
  for (const std::string_view key : ftm_properties())
    each_text(properties, key, [&](std::string_view text) { add_ftm_property(entity, key, text); });
  entity.listed_on(json_text_of(item, "first_seen"));
  entity.finish();
}

// A measure of its own line belongs to the entity that it names.
struct Measure {
  std::string programme, listed_on;
};
using Measures = std::unordered_map<std::string, Measure>;

void read_measure(const simdjson::dom::element& properties, std::string_view owner, Measures& measures) {
  if (measures.size() > 2'000'000) return;
  Measure measure;
  for (const std::string_view key : {"programId", "program", "authority"}) {
    each_text(properties, key, [&](std::string_view text) {
      if (measure.programme.empty()) measure.programme = text.substr(0, 200);
    });
  }
  for (const std::string_view key : {"listingDate", "startDate"}) {
    each_text(properties, key, [&](std::string_view text) {
      if (const auto date = list_date(text); date && measure.listed_on.empty()) measure.listed_on = *date;
    });
  }
  if (!owner.empty()) measures.try_emplace(std::string(owner), measure);
  each_text(properties, "entity", [&](std::string_view id) { measures.try_emplace(std::string(id), measure); });
}

// In targets.nested.json they stand inside their entity.
void read_nested_measures(std::string_view owner, const simdjson::dom::element& properties, Measures& measures) {
  simdjson::dom::array nested;
  if (properties["sanctions"].get(nested) != simdjson::SUCCESS) return;
  for (const simdjson::dom::element item : nested) {
    simdjson::dom::element inner;
    if (item["properties"].get(inner) == simdjson::SUCCESS) read_measure(inner, owner, measures);
  }
}

}  // namespace

Result<void> read_ftm_json(std::string_view content, SanctionList& list) {
  Measures measures;
  TRY(each_json_line(content, list, [&](const simdjson::dom::element& item) {
    simdjson::dom::element properties;
    if (item["properties"].get(properties) != simdjson::SUCCESS) return false;
    const std::string_view schema = json_text_of(item, "schema");
    if (is_ftm_subject(schema)) {
      read_subject(item, properties, list);
      read_nested_measures(json_text_of(item, "id"), properties, measures);
    }
    if (schema == "Sanction") read_measure(properties, {}, measures);
    return true;
  }));
  for (ScreenEntity& entity : list.entities) {
    const auto found = measures.find(entity.id);
    if (found == measures.end()) continue;
    if (entity.programme.empty()) entity.programme = found->second.programme;
    if (!found->second.listed_on.empty()) entity.listed_on = found->second.listed_on;
  }
  return {};
}

}  // namespace testudo
