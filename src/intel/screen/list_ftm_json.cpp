// FollowTheMoney entities, one JSON object a line (entities.ftm.json of OpenSanctions and others).
#include <unordered_map>

#include "base/text.h"
#include "intel/screen/json_list.h"
#include "intel/screen/list_builder.h"

namespace testudo {
namespace {

// Schemas that stand for someone or something that can be listed.
bool is_subject(std::string_view schema) {
  for (const std::string_view known :
       {"Person", "Organization", "Company", "LegalEntity", "PublicBody", "Vessel", "Airplane", "Vehicle"}) {
    if (schema == known) return true;
  }
  return false;
}

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
  for (const std::string_view key : {"name", "alias", "previousName"}) {
    each_text(properties, key, [&](std::string_view text) { entity.name(text); });
  }
  for (const std::string_view key : {"weakAlias", "abbreviation"}) {
    each_text(properties, key, [&](std::string_view text) { entity.name(text, true); });
  }
  each_text(properties, "birthDate", [&](std::string_view text) { entity.birth(text); });
  for (const std::string_view key : {"nationality", "citizenship", "country", "jurisdiction", "mainCountry", "flag"}) {
    each_text(properties, key, [&](std::string_view text) { entity.country(text); });
  }
  each_text(properties, "gender", [&](std::string_view text) { entity.gender(text); });
  for (const std::string_view key : {"programId", "program"})
    each_text(properties, key, [&](std::string_view text) { entity.programme(text); });
  for (const std::string_view key : {"passportNumber", "idNumber", "registrationNumber", "imoNumber", "innCode",
                                     "ogrnCode", "leiCode", "taxNumber"}) {
    each_text(properties, key, [&](std::string_view text) { entity.identifier(key, text); });
  }
  entity.listed_on(json_text_of(item, "first_seen"));
  each_text(properties, "sourceUrl", [&](std::string_view text) { entity.source(text); });
  entity.finish();
}

// A measure of its own line belongs to the entity that it names.
struct Measure {
  std::string programme, listed_on;
};
using Measures = std::unordered_map<std::string, Measure>;

void read_measure(const simdjson::dom::element& properties, Measures& measures) {
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
  each_text(properties, "entity", [&](std::string_view id) { measures.try_emplace(std::string(id), measure); });
}

}  // namespace

namespace {

struct Reading {
  SanctionList& list;
  Measures measures;
  std::uint64_t good = 0;

  // False for what is no entity.
  bool take(const simdjson::dom::element& item) {
    simdjson::dom::element properties;
    if (item["properties"].get(properties) != simdjson::SUCCESS) return false;
    ++good;
    const std::string_view schema = json_text_of(item, "schema");
    if (is_subject(schema)) read_subject(item, properties, list);
    if (schema == "Sanction") read_measure(properties, measures);
    return true;
  }

  // One array of entities, or one entity over several lines, as tools print them.
  void take_whole(std::string_view content, simdjson::dom::parser& parser) {
    simdjson::dom::element root;
    simdjson::dom::array items;
    if (parser.parse(content.data(), content.size()).get(root) != simdjson::SUCCESS) return;
    if (root.get(items) != simdjson::SUCCESS) return void(take(root));
    for (const simdjson::dom::element item : items)
      if (!take(item)) add_note(list, "not_an_object");
  }
};

}  // namespace

Result<void> read_ftm_json(std::string_view content, SanctionList& list) {
  simdjson::dom::parser parser = list_json_parser();
  Reading reading{list, {}, 0};
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t end = std::min(content.find('\n', at), content.size());
    const std::string_view line = trim(content.substr(at, end - at));
    simdjson::dom::element item;
    if (!line.empty()) {
      const bool last = end == content.size();
      if (line.size() > (16U << 20) || parser.parse(line.data(), line.size()).get(item) != simdjson::SUCCESS ||
          !reading.take(item))
        add_note(list, last && reading.good > 0 ? "truncated" : "bad_line", line, at);
    }
    at = end + 1;
  }
  if (reading.good == 0) {
    list.notes.clear();
    reading.take_whole(content, parser);
  }
  if (reading.good == 0) return error(Fault::malformed, "no line is an entity", 0);
  const Measures& measures = reading.measures;
  for (ScreenEntity& entity : list.entities) {
    const auto found = measures.find(entity.id);
    if (found == measures.end()) continue;
    if (entity.programme.empty()) entity.programme = found->second.programme;
    if (!found->second.listed_on.empty()) entity.listed_on = found->second.listed_on;
  }
  return {};
}

}  // namespace testudo
