// UK: OFSI's ConList.csv (2022 format) and the UK Sanctions List as CSV: a banner line, then one row a name.
#include "base/text.h"
#include "intel/screen/csv_list.h"

namespace testudo {
namespace {

std::string_view schema_of(std::string_view type) {
  if (equals_ignoring_case(type, "individual")) return "Person";
  if (equals_ignoring_case(type, "ship")) return "Vessel";
  return equals_ignoring_case(type, "entity") ? "Organization" : "LegalEntity";
}

// The two files name the same thing differently.
std::string_view first_of(const CsvHeader& header, const std::vector<std::string>& row,
                          std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const std::string_view value = header.get(row, name); !value.empty()) return value;
  }
  return {};
}

void read_row(const CsvHeader& header, const std::vector<std::string>& row, EntityBuilder& entity) {
  const auto get = [&](std::string_view name) { return header.get(row, name); };
  const std::string_view quality = first_of(header, row, {"Alias Quality", "Alias strength"});
  const bool weak = is_low_quality(quality);
  const bool primary = equals_ignoring_case(first_of(header, row, {"Alias Type", "Name type"}), "primary name");
  // Name 6 is the family name, or the whole name of what is no person.
  entity.name_parts({get("Name 1"), get("Name 2"), get("Name 3"), get("Name 4"), get("Name 5"), get("Name 6")}, weak,
                    primary);
  entity.name(get("Name Non-Latin Script"));
  for (const std::string_view column : {"DOB", "D.O.B"}) {
    for (const std::string_view value : list_values(get(column), '|')) entity.birth(value);
  }
  entity.countries(first_of(header, row, {"Nationality", "Nationality(/ies)"}));
  entity.country(first_of(header, row, {"Country", "Address Country"}));
  entity.programme(first_of(header, row, {"Regime", "Regime Name"}));
  entity.identifier("passport", get("Passport Number"));
  entity.identifier("national id",
                    first_of(header, row, {"National Identification Number", "National Identifier number"}));
  entity.identifier("registration", get("Business registration number (s)"));
  entity.identifier("un", get("UN Reference Number"));
  entity.country(get("Current believed flag of ship"));
  entity.identifier("imo", get("IMO number"));
  entity.gender(get("Gender"));
  entity.listed_on(first_of(header, row, {"UK Sanctions List Date Designated", "Date Designated", "Listed On"}));
}

}  // namespace

Result<void> read_uk_csv(std::string_view content, SanctionList& list) {
  KeyedEntities entities(list, "gb-uksl");
  const auto each = [&](const CsvHeader& header, const std::vector<std::string>& row) {
    // The UK Sanctions List keeps OFSI's number for what OFSI had listed; its own id is that of its XML, too.
    const std::string_view key = first_of(header, row, {"Unique ID", "Group ID", "OFSI Group ID"});
    if (key.empty()) return add_note(list, "no_id");
    bool is_new = false;
    EntityBuilder& entity = entities.at(key, is_new);
    if (is_new)
      entity.schema(schema_of(first_of(header, row, {"Group Type", "Individual, Entity, Ship", "Designation Type"})));
    read_row(header, row, entity);
  };
  const auto banner = [&](const std::vector<std::string>& row) {
    for (const std::string& field : row) {
      if (const auto date = list_date(field)) list.date = *date;
    }
  };
  TRY(read_table(content, "Name 6", list, each, banner));
  entities.finish();
  return {};
}

}  // namespace testudo
