// OpenSanctions' statements.csv: one row a value of one property of one entity, in any order.
#include "intel/screen/csv_list.h"
#include "intel/screen/ftm_properties.h"

namespace testudo {

Result<void> read_statements_csv(std::string_view content, SanctionList& list) {
  KeyedEntities entities(list, "opensanctions");
  const auto each = [&](const CsvHeader& header, const std::vector<std::string>& row) {
    const std::string_view schema = header.get(row, "schema"), merged = header.get(row, "canonical_id");
    // What others say of one who may be the same is no part of the list.
    if (!is_ftm_subject(schema) || header.get(row, "external").starts_with('t')) return;
    const std::string_view id = merged.empty() ? header.get(row, "entity_id") : merged;
    if (id.empty()) return add_note(list, "no_id");
    bool is_new = false;
    EntityBuilder& entity = entities.at(id, is_new);
    // Of several sources of one entity, one may say Company and another LegalEntity.
    if (is_new || schema != "LegalEntity") entity.schema(schema);
    add_ftm_property(entity, header.get(row, "prop"), header.get(row, "value"));
    entity.listed_on(header.get(row, "first_seen"));
  };
  TRY(read_table(content, "prop_type", list, each));
  entities.finish();
  return {};
}

}  // namespace testudo
