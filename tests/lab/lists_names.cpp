// Invented names of persons, companies and ships (lists.h).
#include "lists.h"
#include "random.h"

namespace testudo::lab {
namespace {

struct Given {
  const char *latin, *cyrillic, *variant, *gender;
};
constexpr Given given_names[] = {{"Sergey", "Сергей", "Sergei", "Male"},
                                 {"Dmitry", "Дмитрий", "Dmitri", "Male"},
                                 {"Aleksandr", "Александр", "Alexander", "Male"},
                                 {"Yelena", "Елена", "Elena", "Female"},
                                 {"Natalya", "Наталья", "Natalia", "Female"},
                                 {"Mohammad", "", "Mohammed", "Male"},
                                 {"Ahmed", "", "Ahmad", "Male"},
                                 {"Hassan", "", "Hasan", "Male"},
                                 {"Abdullah", "", "Abdallah", "Male"},
                                 {"Fatima", "", "Fatma", "Female"},
                                 {"Reza", "", "Rida", "Male"},
                                 {"Ibrahim", "", "Ebrahim", "Male"},
                                 {"Jose", "", "José", "Male"},
                                 {"Carmen", "", "", "Female"},
                                 {"Chol", "", "Cheol", "Male"},
                                 {"Viktor", "Виктор", "Victor", "Male"},
                                 {"Mikhail", "Михаил", "Michail", "Male"},
                                 {"Goran", "", "", "Male"},
                                 {"Khalid", "", "Khaled", "Male"},
                                 {"Oleksandr", "Олександр", "Aleksandr", "Male"}};
struct Letters {
  const char *latin, *cyrillic;
};
constexpr Letters onsets[] = {{"b", "б"}, {"v", "в"}, {"g", "г"},  {"d", "д"}, {"z", "з"}, {"k", "к"},
                              {"l", "л"}, {"m", "м"}, {"n", "н"},  {"p", "п"}, {"r", "р"}, {"s", "с"},
                              {"t", "т"}, {"f", "ф"}, {"kh", "х"}, {"sh", "ш"}};
constexpr Letters vowels[] = {{"a", "а"}, {"e", "е"}, {"i", "и"}, {"o", "о"}, {"u", "у"}};
constexpr Letters endings[] = {{"ov", "ов"}, {"in", "ин"}, {"enko", "енко"}, {"ani", "ани"},
                               {"ez", "ез"}, {"ar", "ар"}, {"ik", "ик"},     {"", ""}};
constexpr const char* trades[] = {"Trading", "Shipping",     "Industries",    "Technologies",
                                  "Bank",    "Construction", "Petrochemical", "Aviation"};
constexpr const char* forms[] = {"LLC", "OOO", "JSC", "Ltd.", "GmbH", "Co., Ltd.", "S.A.", "FZE"};
struct Country {
  const char *code, *name;
};
constexpr Country countries[] = {{"RU", "Russian Federation"},
                                 {"IR", "Iran"},
                                 {"SY", "Syria"},
                                 {"BY", "Belarus"},
                                 {"KP", "North Korea"},
                                 {"IQ", "Iraq"},
                                 {"VE", "Venezuela"},
                                 {"LY", "Libya"},
                                 {"RS", "Serbia"},
                                 {"UA", "Ukraine"}};
constexpr const char* programmes[] = {"UKR", "IRN", "SYR", "CYB", "TERR", "PRK", "HR"};

struct Made {
  std::string latin, cyrillic;
};
Made word(Random& random, int syllables) {
  Made made;
  for (int i = 0; i < syllables; ++i) {
    const Letters& onset = random.pick(onsets);
    const Letters& vowel = random.pick(vowels);
    made.latin += std::string(onset.latin) + vowel.latin;
    made.cyrillic += std::string(onset.cyrillic) + vowel.cyrillic;
  }
  const Letters& onset = random.pick(onsets);
  const Letters& ending = random.pick(endings);
  made.latin += std::string(ending.latin[0] != '\0' ? onset.latin : "") + ending.latin;
  made.cyrillic += std::string(ending.latin[0] != '\0' ? onset.cyrillic : "") + ending.cyrillic;
  made.latin[0] = static_cast<char>(made.latin[0] - 32);
  return made;
}

void make_person(ListedEntity& e, Random& random) {
  const Given& given = random.pick(given_names);
  const Made family = word(random, 2);
  e.given = given.latin;
  e.family = family.latin;
  e.name = e.given + " " + e.family;
  if (given.cyrillic[0] != '\0') e.native = std::string(given.cyrillic) + " " + family.cyrillic;
  if (given.variant[0] != '\0') e.aliases.push_back({std::string(given.variant) + " " + e.family, false});
  if (random.chance(0.3)) e.aliases.push_back({"Abu " + word(random, 1).latin, true});
  e.gender = given.gender;
  e.year = static_cast<int>(random.between(1940, 1995));
  if (random.chance(0.7)) {
    e.month = static_cast<int>(random.between(1, 12));
    e.day = static_cast<int>(random.between(1, 28));
  }
  e.passport = "P" + std::to_string(random.between(1000000, 9999999));
}

void make_company(ListedEntity& e, Random& random) {
  const std::string brand = word(random, 2).latin, trade = random.pick(trades);
  e.name = brand + " " + trade + " " + random.pick(forms);
  e.family = e.name;
  e.aliases.push_back({brand + " " + trade, false});
  if (random.chance(0.3)) e.aliases.push_back({brand, true});
  e.passport = std::to_string(random.between(1000000, 9999999));
}

void make_ship(ListedEntity& e, Random& random) {
  e.name = word(random, 1).latin + " " + std::to_string(random.between(1, 40));
  e.family = e.name;
  e.passport = std::to_string(random.between(9000000, 9999999));
}

}  // namespace

std::vector<ListedEntity> listed_entities(std::uint64_t seed, std::uint64_t count) {
  Random random(seed, "sanction lists");
  std::vector<ListedEntity> all;
  for (std::uint64_t i = 0; i < count; ++i) {
    ListedEntity e;
    e.number = 1000 + i;
    const std::uint64_t kind = random.below(10);
    e.kind = kind < 6 ? Listed::person : kind < 9 ? Listed::company : Listed::ship;
    if (e.kind == Listed::person) make_person(e, random);
    if (e.kind == Listed::company) make_company(e, random);
    if (e.kind == Listed::ship) make_ship(e, random);
    const Country& country = random.pick(countries);
    e.country = country.code;
    e.country_name = country.name;
    e.programme = random.pick(programmes);
    e.listed_on = std::to_string(random.between(2005, 2025)) + "-0" + std::to_string(random.between(1, 9)) + "-1" +
                  std::to_string(random.below(10));
    all.push_back(std::move(e));
  }
  return all;
}

}  // namespace testudo::lab
