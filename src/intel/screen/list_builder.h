// What the readers of sanction lists share: limits, notes, dates. Private to src/intel/screen.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "intel/screen/sanction_list.h"

namespace testudo {

// Fills an entity of a list. Everything that is added is trimmed, cut, kept once, and bounded in number.
class EntityBuilder {
 public:
  EntityBuilder(SanctionList& list, std::string_view list_name, std::string_view id);
  void schema(std::string_view name) { entity_.schema = name; }
  // The primary name is the one shown; where a list marks none, the first that is not weak.
  void name(std::string_view text, bool weak = false, bool primary = false);
  // Given and family names joined by a space, in this order.
  void name_parts(std::initializer_list<std::string_view> parts, bool weak = false, bool primary = false);
  // Any of list_date's spellings; "1955 to 1957", "1955-1957" and "1950s" are a range, "1955 or 1957" two births.
  // "circa 1955" is 1955 and, since the list is not sure, also any year from 1953 to 1957.
  void birth(std::string_view text);
  void birth_about(std::string_view year);
  // In digits; what is not known is empty.
  void birth(std::string_view year, std::string_view month, std::string_view day);
  // The ends of a range of years; one of them may be empty.
  void birth_between(std::string_view from, std::string_view to);
  void country(std::string_view text);
  // "(1) Iraq (2) Syria", "Iraq; Syria", "Iraq|Syria".
  void countries(std::string_view text);
  void programme(std::string_view text);
  void gender(std::string_view text);
  void identifier(std::string_view kind, std::string_view value);
  void listed_on(std::string_view text);
  void source(std::string_view text);
  const ScreenEntity& entity() const { return entity_; }
  // Adds it to the list if it has a name and an id, else notes why not.
  void finish(bool needs_name = true);

 private:
  SanctionList& list_;
  ScreenEntity entity_;
  std::string primary_;
};

void add_note(SanctionList& list, std::string_view name, std::string_view value = {}, std::uint64_t offset = 0);

// "1970", "1970-05" or "1970-05-21" from: ISO dates; 21/05/1970, 00/00/1970, 00/05/1970, dd/mm/1970; 21 May 1970, May
// 1970; circa 1970, 1970-01-01T00:00:00. Nothing if no year from 1000 to 2999 is found.
std::optional<std::string> list_date(std::string_view text);

// "low quality alias", "Low quality a.k.a", "Low".
bool is_low_quality(std::string_view remark);

// Splits at a separator and drops what is empty.
std::vector<std::string_view> list_values(std::string_view text, char separator);

bool contains(std::string_view text, std::string_view part);
// The text begins with this, white space and a byte-order mark before it ignored, letters of any case.
bool begins_with(std::string_view text, std::string_view start);

// The readers, one a file.
Result<void> read_eu_xml(std::string_view, SanctionList&);
Result<void> read_eu_csv(std::string_view, SanctionList&);
Result<void> read_ofac_xml(std::string_view, SanctionList&);
Result<void> read_ofac_advanced_xml(std::string_view, SanctionList&);
Result<void> read_ofac_enhanced_xml(std::string_view, SanctionList&);
Result<void> read_ofac_csv(std::string_view, SanctionList&);
Result<void> read_ofac_alt_csv(std::string_view, SanctionList&);
Result<void> read_ofac_add_csv(std::string_view, SanctionList&);
Result<void> read_ofac_comments_csv(std::string_view, SanctionList&);
Result<void> read_csl_csv(std::string_view, SanctionList&);
Result<void> read_csl_json(std::string_view, SanctionList&);
Result<void> read_uk_csv(std::string_view, SanctionList&);
Result<void> read_uk_xml(std::string_view, SanctionList&);
Result<void> read_un_xml(std::string_view, SanctionList&);
Result<void> read_ftm_json(std::string_view, SanctionList&);
Result<void> read_senzing_json(std::string_view, SanctionList&);
Result<void> read_statements_csv(std::string_view, SanctionList&);
Result<void> read_targets_csv(std::string_view, SanctionList&);

// The schema of what the lists of the United States call individual, entity, vessel or aircraft; a legal entity else.
std::string_view us_list_schema(std::string_view type);

}  // namespace testudo
