// The US Consolidated Screening List, CSV: many values of one column stand behind semicolons.
#include "intel/screen/csv_list.h"

namespace testudo {

Result<void> read_csl_csv(std::string_view content, SanctionList& list) {
  return read_table(content, "alt_names", list, [&](const CsvHeader& header, const std::vector<std::string>& row) {
    const auto get = [&](std::string_view name) { return header.get(row, name); };
    const auto values = [&](std::string_view name) { return list_values(get(name), ';'); };
    EntityBuilder entity(list, get("source").empty() ? "us-csl" : get("source"),
                         get("_id").empty() ? (get("id").empty() ? get("entity_number") : get("id")) : get("_id"));
    const std::string_view type = get("type");
    entity.schema(type == "Individual" ? "Person"
                  : type == "Vessel"   ? "Vessel"
                  : type == "Aircraft" ? "Airplane"
                  : type == "Entity"   ? "Organization"
                                       : "LegalEntity");
    entity.name(get("name"));
    for (const std::string_view alias : values("alt_names")) entity.name(alias);
    for (const std::string_view birth : values("dates_of_birth")) entity.birth(birth);
    for (const std::string_view column : {"nationalities", "citizenships", "country", "vessel_flag"}) {
      for (const std::string_view country : values(column)) entity.country(country);
    }
    for (const std::string_view programme : values("programs")) entity.programme(programme);
    for (const std::string_view id : values("ids")) {
      const std::vector<std::string_view> fields = list_values(id, ',');
      if (fields.size() > 1 && fields[0] == "Gender") entity.gender(fields[1]);
      if (fields.size() > 1 && fields[0] != "Gender")
        entity.identifier(fields[0], fields.size() > 2 ? fields[2] : fields[1]);
    }
    entity.listed_on(get("start_date"));
    entity.source(get("source_list_url"));
    entity.finish();
  });
}

}  // namespace testudo
