// OpenSanctions' targets.simple.csv: one row an entity, values behind semicolons.
#include "intel/screen/csv_list.h"

namespace testudo {

Result<void> read_targets_csv(std::string_view content, SanctionList& list) {
  return read_table(content, "birth_date", list, [&](const CsvHeader& header, const std::vector<std::string>& row) {
    const auto get = [&](std::string_view name) { return header.get(row, name); };
    EntityBuilder entity(list, get("dataset").empty() ? "opensanctions" : get("dataset"), get("id"));
    entity.schema(get("schema"));
    entity.name(get("name"));
    for (const std::string_view alias : list_values(get("aliases"), ';')) entity.name(alias);
    for (const std::string_view birth : list_values(get("birth_date"), ';')) entity.birth(birth);
    for (const std::string_view country : list_values(get("countries"), ';')) entity.country(country);
    for (const std::string_view id : list_values(get("identifiers"), ';')) entity.identifier("id", id);
    const std::string_view programmes = get("program_ids").empty() ? get("sanctions") : get("program_ids");
    for (const std::string_view programme : list_values(programmes, ';')) entity.programme(programme);
    entity.listed_on(get("first_seen"));
    entity.finish();
  });
}

}  // namespace testudo
