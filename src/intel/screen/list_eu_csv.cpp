// EU consolidated financial sanctions list, CSV 1.1: one row a name, address, birth or document; the entity's columns
// repeat.
#include "base/text.h"
#include "intel/screen/csv_list.h"

namespace testudo {

Result<void> read_eu_csv(std::string_view content, SanctionList& list) {
  KeyedEntities entities(list, "eu-fsf");
  const auto each = [&](const CsvHeader& header, const std::vector<std::string>& row) {
    const auto get = [&](std::string_view name) { return header.get(row, name); };
    const std::string_view reference = get("Entity_EU_ReferenceNumber");
    const std::string_view key = reference.empty() ? get("Entity_LogicalId") : reference;
    if (key.empty()) return add_note(list, "no_id");
    if (list.date.empty()) list.date = list_date(get("fileGenerationDate")).value_or("");
    bool is_new = false;
    EntityBuilder& entity = entities.at(key, is_new);
    if (is_new) {
      const std::string_view code = get("Entity_SubjectType_ClassificationCode"), word = get("Entity_SubjectType");
      const bool person = code == "P" || word == "P" || word == "person" || code == "person";
      const bool enterprise = code == "E" || word == "E" || word == "enterprise" || code == "enterprise";
      entity.schema(person ? "Person" : enterprise ? "Organization" : "LegalEntity");
      entity.listed_on(get("Entity_DesignationDate"));
    }
    entity.programme(get("Entity_Regulation_Programme"));
    entity.listed_on(get("Entity_Regulation_PublicationDate"));
    entity.source(get("Entity_Regulation_PublicationUrl"));
    const bool weak = is_low_quality(get("NameAlias_Remark"));
    if (get("NameAlias_WholeName").empty()) {
      entity.name_parts({get("NameAlias_FirstName"), get("NameAlias_MiddleName"), get("NameAlias_LastName")}, weak);
    } else {
      entity.name(get("NameAlias_WholeName"), weak);
    }
    entity.gender(get("NameAlias_Gender"));
    const std::string_view whole = get("BirthDate_BirthDate"), year = get("BirthDate_Year");
    if (equals_ignoring_case(get("BirthDate_Circa"), "true")) {
      entity.birth_about(whole.empty() ? year : whole);
    } else if (!whole.empty()) {
      entity.birth(whole);
    } else {
      entity.birth(year, get("BirthDate_Month"), get("BirthDate_Day"));
    }
    entity.birth_between(get("BirthDate_YearRangeFrom"), get("BirthDate_YearRangeTo"));
    for (const std::string column : {"Citizenship_Country", "Address_Country"}) {
      const std::string_view code = get(column + "Iso2Code");
      entity.country(code.empty() ? get(column + "Description") : code);
    }
    entity.identifier(get("Identification_TypeCode"), get("Identification_Number"));
  };
  TRY(read_table(content, "Entity_LogicalId", list, each));
  entities.finish();
  return {};
}

}  // namespace testudo
