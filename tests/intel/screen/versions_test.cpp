// Several names in one string, and names that have such words in them.
#include <gtest/gtest.h>

#include "intel/screen/entity_index.h"
#include "intel/screen/name_match.h"
#include "intel/screen/name_versions.h"

namespace testudo {
namespace {

using Texts = std::vector<std::string>;

TEST(NameVersions, StandBetweenWordsForAnotherName) {
  const std::pair<const char*, Texts> cases[] = {
      {"Acme Ltd (formerly Beta Test Ltd)", {"Acme Ltd", "Beta Test Ltd"}},
      {"Acme (formerly known as Beta Test) Ltd", {"Acme  Ltd", "Beta Test"}},
      {"Acme Ltd, formerly Beta Test Ltd.", {"Acme Ltd", "Beta Test Ltd."}},
      {"Acme Ltd f/k/a Beta (Test) Ltd a/k/a Gamma Ltd", {"Acme Ltd", "Beta (Test) Ltd", "Gamma Ltd"}},
      {"Acme Ltd D/B/A Beta", {"Acme Ltd", "Beta"}},
      {"Acme Ltd t/a Beta", {"Acme Ltd", "Beta"}},
      {"Acme Ltd trading as Beta", {"Acme Ltd", "Beta"}},
      {"Acme GmbH (vormals: Beta GmbH)", {"Acme GmbH", "Beta GmbH"}},
      {"Acme S.r.l. (now Beta Labs)", {"Acme S.r.l.", "Beta Labs"}},
      {"Ivan Testov (previously listed as Oleg Mustrov)", {"Ivan Testov", "Oleg Mustrov"}},
      {"ООО Тест (бывшее ООО Пример)", {"ООО Тест", "ООО Пример"}},
      {"Ivan Testov a.k.a. Oleg Mustrov", {"Ivan Testov", "Oleg Mustrov"}},
      {"Ivan Testov (alias Vano)", {"Ivan Testov", "Vano"}},
      {"Acme aka Beta", {"Acme", "Beta"}},
      {"Testneft Oil Company (TNOC)", {"Testneft Oil Company (TNOC)", "TNOC"}},
  };
  for (const auto& [name, versions] : cases) EXPECT_EQ(name_versions(name), versions) << name;
}

TEST(NameVersions, OneNameStaysOne) {
  for (const char* name : {"",
                           "()",
                           "Ivan Testov",
                           "Bank (Suisse) SA",
                           "Jean Aka Kouassi",
                           "Grupo Alias SA",
                           "DBA Holding Ltd",
                           "Formerly",
                           "Formerly Acme",
                           "Acme formerly",
                           "Now Foods Ltd",
                           "Acme Trading Ltd",
                           "Acme Bank (PJSC)",
                           "Acme Ltd (CYPRUS)",
                           "Acme Ltd (UK)",
                           "aka",
                           "(aka)",
                           "a/k/a",
                           "Example Trading (",
                           "Ltd (TNOC)"})
    EXPECT_EQ(name_versions(name), Texts{name}) << name;
}

TEST(NameVersions, AreComparedOneByOne) {
  const auto firm = [](const char* a, const char* b) { return match_names(a, b, NameMode::organisation).score; };
  EXPECT_GT(firm("Acme Test Ltd (formerly Beta Mustro Ltd)", "Beta Mustro Ltd"), 0.95);
  EXPECT_GT(firm("Acme Test Ltd", "Acme Test Ltd f/k/a Beta Mustro Ltd"), 0.95);
  EXPECT_LT(firm("Acme Test Ltd (formerly Beta Mustro Ltd)", "Acme Mustro Ltd"), screen_threshold);
  const auto person = [](const char* a, const char* b) { return match_names(a, b, NameMode::person).score; };
  EXPECT_GT(person("Ivan Testov a.k.a. Oleg Mustrov", "Oleg Mustrov"), 0.95);
  // Half of either name is nobody's.
  EXPECT_LT(person("Ivan Testov a.k.a. Oleg Mustrov", "Ivan Mustrov"), screen_threshold);
}

TEST(NameVersions, AreFoundOnEitherSide) {
  EntityIndex index;
  for (const auto& [id, name] :
       {std::pair{"a", "Acme Test Ltd (formerly Beta Mustro Ltd)"}, std::pair{"b", "Gamma Example Ltd"},
        std::pair{"c", "Testneft Example Oil Company (TNOC)"}}) {
    ScreenEntity entity;
    entity.id = id;
    entity.schema = "Company";
    entity.names.push_back({name, false});
    index.add(std::move(entity));
  }
  index.finish();
  const auto best = [&](const char* name) {
    const std::vector<ScreenHit> hits = screen(index, name, {});
    return hits.empty() ? std::string() : hits[0].entity->id + " " + hits[0].name;
  };
  EXPECT_EQ(best("Beta Mustro"), "a Acme Test Ltd (formerly Beta Mustro Ltd)");
  EXPECT_EQ(best("Acme Test"), "a Acme Test Ltd (formerly Beta Mustro Ltd)");
  EXPECT_EQ(best("Delta Mustrix Ltd, now known as Gamma Example Ltd"), "b Gamma Example Ltd");
  EXPECT_EQ(best("TNOC"), "c Testneft Example Oil Company (TNOC)");
}

TEST(NameMatch, SouthSlavicDj) {
  const auto person = [](const char* a, const char* b) { return match_names(a, b, NameMode::person).score; };
  EXPECT_GT(person("Đorđe Testić", "Djordje Testic"), 0.95);
  EXPECT_GT(person("Đorđe Testić", "Dorde Testic"), 0.95);
  EXPECT_GT(person("Zoran Mustrinđić", "Zoran Mustrindjic"), 0.95);
  EXPECT_GT(person("Đức Testnguyen", "Duc Testnguyen"), 0.95);
  EXPECT_LT(person("Hadji Testov", "Hadi Testov"), person("Đorđe Testov", "Djordje Testov"));
}

}  // namespace
}  // namespace testudo
