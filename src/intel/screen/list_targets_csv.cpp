// OpenSanctions' targets.simple.csv: one row an entity, values behind semicolons.
#include "intel/screen/csv_list.h"

namespace testudo {
namespace {

// A cell is a row of its own: a value with a semicolon in it stands in quotes.
std::vector<std::string> values_in(std::string_view cell) {
  TableRows rows(cell, ';');
  std::vector<std::string> values;
  if (!rows.next(values)) values.clear();
  return values;
}

}  // namespace

Result<void> read_targets_csv(std::string_view content, SanctionList& list) {
  return read_table(content, "birth_date", list, [&](const CsvHeader& header, const std::vector<std::string>& row) {
    const auto get = [&](std::string_view name) { return header.get(row, name); };
    EntityBuilder entity(list, get("dataset").empty() ? "opensanctions" : get("dataset"), get("id"));
    entity.schema(get("schema"));
    entity.name(get("name"));
    for (const std::string& alias : values_in(get("aliases"))) entity.name(alias);
    for (const std::string& birth : values_in(get("birth_date"))) entity.birth(birth);
    for (const std::string& country : values_in(get("countries"))) entity.country(country);
    for (const std::string& id : values_in(get("identifiers"))) entity.identifier("id", id);
    const std::string_view programmes = get("program_ids").empty() ? get("sanctions") : get("program_ids");
    for (const std::string& programme : values_in(programmes)) entity.programme(programme);
    entity.listed_on(get("first_seen"));
    entity.finish();
  });
}

}  // namespace testudo
