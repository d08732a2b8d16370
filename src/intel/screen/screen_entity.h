// A person, company or ship of a list, and what is asked about one. Floor 3.
// Readers of lists fill these (sanction_list.h); so may any other source, vendor knowledge above all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "intel/screen/name_match.h"

namespace testudo {

struct ScreenName {
  std::string text;
  bool weak = false;  // the list itself calls it a weak or low-quality alias
};

struct ScreenEntity {
  std::string id;         // of the list: reference or key; unique within the list
  std::string list;       // short name of the list: "eu-fsf", "us-ofac-sdn", "vendors" …
  std::string programme;  // of the measure, as the list names it; several are joined by "; "
  std::string schema;     // Person, Organization, Company, LegalEntity, Vessel, Airplane (FollowTheMoney's names)
  std::vector<ScreenName> names;  // first: the one shown
  // "1970", "1970-05", "1970-05-21", or "1970/1975" for any year of the two and between; several where the list is
  // unsure.
  std::vector<std::string> births;
  std::vector<std::string>
      countries;       // ISO 3166-1 in lower case where known (country_codes.h): nationality, place, flag
  std::string gender;  // "male", "female" or empty
  std::vector<std::string> identifiers;  // passports, registration, IMO, tax numbers: "kind:value"
  std::string listed_on;                 // date, as YYYY-MM-DD where the list has one
  std::string source;                    // address or document that the list gives
};

// What else is known of the one who is asked about. Empty fields say nothing.
struct ScreenQualifiers {
  NameMode mode = NameMode::unknown;
  std::string birth;  // as in ScreenEntity::births
  std::vector<std::string> countries;
  std::string gender;
};

// One reason for or against, in natural logarithm of odds.
struct QualifierEffect {
  std::string what;    // "birth_same_day", "birth_other_year", "country_other", "common_name" …
  std::string values;  // what met what
  double effect = 0;
};

// All effects of the qualifiers on one entity; empty if neither side says anything.
std::vector<QualifierEffect> compare_qualifiers(const ScreenQualifiers& asked, const ScreenEntity& entity);

// The schema as a kind of name, with the list's own word for it ("Individual", "Entity", "Vessel", "P", "-0-" …).
NameMode entity_mode(const ScreenEntity& entity);

}  // namespace testudo
