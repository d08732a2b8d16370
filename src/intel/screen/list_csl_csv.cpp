// The US Consolidated Screening List, CSV: many values of one column stand behind semicolons.
#include <algorithm>

#include "base/text.h"
#include "intel/screen/csv_list.h"

namespace testudo {
namespace {

// "Biniciler Apt. No. 18, Antalya, TR": the code ends the address, where there is one.
std::string_view country_of(std::string_view address) {
  const std::string_view last = trim(address.substr(address.rfind(',') + 1));
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return last.size() == 2 && std::ranges::all_of(last, is_capital) ? last : std::string_view();
}

}  // namespace

Result<void> read_csl_csv(std::string_view content, SanctionList& list) {
  return read_table(content, "alt_names", list, [&](const CsvHeader& header, const std::vector<std::string>& row) {
    const auto get = [&](std::string_view name) { return header.get(row, name); };
    const auto values = [&](std::string_view name) { return list_values(get(name), ';'); };
    // Lists of other offices than the Treasury give their entries no number: the name is all there is.
    std::string_view id;
    for (const std::string_view column : {"_id", "id", "entity_number", "name"}) id = id.empty() ? get(column) : id;
    EntityBuilder entity(list, get("source").empty() ? "us-csl" : get("source"), id);
    const std::string_view type = get("type");
    entity.schema(us_list_schema(type));
    entity.name(get("name"));
    for (const std::string_view alias : values("alt_names")) entity.name(alias);
    for (const std::string_view birth : values("dates_of_birth")) entity.birth(birth);
    for (const std::string_view column : {"nationalities", "citizenships", "country", "vessel_flag"}) {
      for (const std::string_view country : values(column)) entity.country(country);
    }
    for (const std::string_view programme : values("programs")) entity.programme(programme);
    for (const std::string_view address : values("addresses")) entity.country(country_of(address));
    for (const std::string_view number : values("ids")) {
      // "Gender, Male"; older files have the kind last: "Male, Gender", "RU, 5030056754, Tax ID No."
      const std::vector<std::string_view> fields = list_values(number, ',');
      if (fields.size() < 2) continue;
      if (fields.front() == "Gender" || fields.back() == "Gender") {
        entity.gender(fields.front());
        entity.gender(fields.back());
      } else {
        entity.identifier(fields[0], fields.size() > 2 ? fields[2] : fields[1]);
      }
    }
    entity.listed_on(get("start_date"));
    entity.source(get("source_list_url"));
    entity.finish();
  });
}

}  // namespace testudo
