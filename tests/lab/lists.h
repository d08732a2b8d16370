// Sanction lists: invented persons, companies and ships in every published format that the product reads. Test tool.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace testudo::lab {

enum class Listed { person, company, ship };

struct ListedAlias {
  std::string text;
  bool weak = false;
};

// Nobody of these exists: names are drawn from common given names and made-up family names.
struct ListedEntity {
  Listed kind = Listed::person;
  std::uint64_t number = 0;
  std::string given, family;  // of a person
  std::string name;           // whole
  std::string native;         // in Cyrillic letters, or empty
  std::vector<ListedAlias> aliases;
  int year = 0, month = 0, day = 0;   // of birth; month and day 0 where the list knows the year alone
  std::string country, country_name;  // ISO 3166-1 in upper case, and English
  std::string gender;                 // "Male", "Female" or empty
  std::string programme;
  std::string listed_on;  // YYYY-MM-DD
  std::string passport;   // or IMO number, or register number
};

std::vector<ListedEntity> listed_entities(std::uint64_t seed, std::uint64_t count);

// The same entities, as each publisher writes them.
std::string eu_xml(const std::vector<ListedEntity>& all);
std::string eu_csv(const std::vector<ListedEntity>& all);
std::string ofac_xml(const std::vector<ListedEntity>& all);
std::string ofac_advanced_xml(const std::vector<ListedEntity>& all);
std::string ofac_csv(const std::vector<ListedEntity>& all);
std::string ofac_alt_csv(const std::vector<ListedEntity>& all);
std::string csl_csv(const std::vector<ListedEntity>& all);
std::string csl_json(const std::vector<ListedEntity>& all);
std::string uk_csv(const std::vector<ListedEntity>& all);
std::string uk_xml(const std::vector<ListedEntity>& all);
std::string un_xml(const std::vector<ListedEntity>& all);
std::string ftm_json(const std::vector<ListedEntity>& all);
std::string targets_csv(const std::vector<ListedEntity>& all);

// testudo-lab lists --out DIR [--seed N] [--entities N]: one file a format. The exit status of the program.
int write_lists(int argc, char** argv);

}  // namespace testudo::lab
