// Entities found by name, and what qualifiers do.
#include <gtest/gtest.h>
#include <simdjson.h>

#include "intel/screen/entity_index.h"

namespace testudo {
namespace {

ScreenEntity entity(std::string id, std::string schema, std::vector<std::string> names) {
  ScreenEntity e;
  e.id = std::move(id);
  e.list = "test";
  e.programme = "TEST";
  e.schema = std::move(schema);
  for (std::string& name : names) e.names.push_back({std::move(name), false});
  return e;
}

EntityIndex small_index() {
  EntityIndex index;
  ScreenEntity ivan = entity("p1", "Person", {"Ivan Petrovich TESTOV", "Иван Тестов"});
  ivan.births = {"1970-05-21"};
  ivan.countries = {"ru"};
  ivan.gender = "male";
  index.add(ivan);
  index.add(entity("p2", "Person", {"Mohammed Ali al-Mithali"}));
  index.add(entity("c1", "Company", {"Romashka Trading LLC"}));
  index.add(entity("o1", "Organization", {"People's Example Army"}));
  index.add(entity("v1", "Vessel", {"GRACEFUL STAR 7"}));
  index.add(entity("l1", "LegalEntity", {"Beispielmann"}));
  index.finish();
  return index;
}

std::string best(const EntityIndex& index, std::string_view name, const ScreenQualifiers& asked = {}) {
  const std::vector<ScreenHit> hits = screen(index, name, asked);
  return hits.empty() ? "" : hits.front().entity->id;
}

TEST(EntityIndex, FindsByAnySpelling) {
  const EntityIndex index = small_index();
  for (const char* name : {"Ivan Testov", "TESTOV, Ivan", "Ivan Testof", "Iwan Testow", "IvanTestov",
                           "Иван Петрович Тестов", "Ivan P. Testov"}) {
    EXPECT_EQ(best(index, name), "p1") << name;
  }
  EXPECT_EQ(best(index, "محمد علي المثالي"), "p2");
  EXPECT_EQ(best(index, "ООО Ромашка Трейдинг"), "c1");
  EXPECT_EQ(best(index, "MV Graceful Star 7"), "v1");
  EXPECT_EQ(best(index, "Beispielmann"), "l1");
  EXPECT_EQ(best(index, "Beispielmann GmbH"), "l1");
  EXPECT_EQ(best(index, "PEA"), "o1");
}

// What the comparison of two names takes for one, the index must find.
TEST(EntityIndex, FindsWhatIsTwoEditsAwayOrWrittenAsOneWord) {
  struct Case {
    const char *schema, *listed, *asked;
  };
  for (const Case& c :
       {Case{"Person", "Friedrich Beispielberg", "FridrichBeispielberg"}, Case{"Person", "Mao Zedong", "Mao Tse-tung"},
        Case{"Company", "QVS Health Corporation", "QVC Health Corporation"},
        Case{"Company", "Musterex.com, Inc.", "Musterexis.com, Inc."},
        Case{"Company", "Trafimura Group Pte. Ltd.", "Trafalmura Group Pte. Ltd."},
        Case{"Company", "Trafalmura Group Pte. Ltd.", "Trafimura Group Pte. Ltd."},
        Case{"Person", "Subarno", "Subamto"}, Case{"Company", "Testellexa", "Тестеллекса"},
        Case{"Company", "Cytrox", "Цитрокс"}, Case{"Person", "Shalev Muster", "شاليف موستر"}}) {
    EntityIndex index;
    index.add(entity("it", c.schema, {c.listed}));
    for (int i = 0; i < 50; ++i)
      index.add(entity("other", c.schema, {std::string("Anders") + static_cast<char>('a' + i % 26) + " Genannt"}));
    index.finish();
    EXPECT_EQ(best(index, c.asked), "it") << c.listed << " / " << c.asked;
  }
}

TEST(EntityIndex, AShortWordThatSoundsAlikeComesAfterTheSame) {
  EntityIndex index;
  index.add(entity("sound", "Company", {"i-Zoon"}));
  index.add(entity("same", "Company", {"Zun Corporation"}));
  index.finish();
  EXPECT_EQ(best(index, "Zun Ltd"), "same");
}

TEST(EntityIndex, FindsNobodyForStrangers) {
  const EntityIndex index = small_index();
  for (const char* name :
       {"Anna Nobody", "Ivan", "Petrovich", "Mohammed Hassan", "Trading LLC", "", "...", "Graceful Moon 7"}) {
    EXPECT_EQ(best(index, name), "") << name;
  }
}

TEST(EntityIndex, QualifiersRaiseAndLower) {
  const EntityIndex index = small_index();
  const auto score = [&](const ScreenQualifiers& asked) {
    const std::vector<ScreenHit> hits = EntitySearcher(index).find("Ivan Petrovich Testov", asked, 0.0);
    return hits.empty() ? 0 : hits.front().score;
  };
  const double plain = score({});
  EXPECT_GT(score({.birth = "1970-05-21"}), plain);
  EXPECT_GT(score({.birth = "1970"}), plain);
  EXPECT_LT(score({.birth = "1970"}), score({.birth = "1970-05-21"}));
  EXPECT_LT(score({.birth = "1955"}), plain);
  EXPECT_LT(score({.birth = "1955"}), score({.birth = "1972"}));
  EXPECT_GT(score({.countries = {"Russian Federation"}}), plain);
  EXPECT_LT(score({.countries = {"FR"}}), plain);
  EXPECT_LT(score({.gender = "female"}), plain);
  EXPECT_EQ(score({.birth = "nonsense"}), plain);
  EXPECT_LT(score({.birth = "1970-05-21", .countries = {"ru"}, .gender = "male"}), 1.0);
  EXPECT_EQ(score({.mode = NameMode::vessel}), 0);
}

TEST(EntityIndex, ABirthInAListedRangeIsNoContradiction) {
  const auto effect = [](const char* asked, const char* listed) {
    ScreenEntity one = entity("p", "Person", {"Ivan Testov"});
    one.births = {listed};
    const auto effects = compare_qualifiers({.birth = asked}, one);
    return effects.empty() ? 0 : effects.front().effect;
  };
  for (const char* inside : {"1970", "1972", "1972-03-04", "1975"}) EXPECT_GT(effect(inside, "1970/1975"), 0) << inside;
  EXPECT_LT(effect("1972", "1970/1975"), effect("1972", "1972"));
  EXPECT_LT(effect("1972", "1950/1999"), effect("1972", "1970/1975"));
  EXPECT_EQ(effect("1976", "1970/1975"), effect("1976", "1975"));
  EXPECT_EQ(effect("1966", "1970/1975"), effect("1966", "1970"));
  EXPECT_EQ(effect("1981", "1970/1975"), effect("1981", "1975"));
}

TEST(EntityIndex, FindsHebrewNamesByTheirLatinSpellingsAndBack) {
  EntityIndex latin, hebrew;
  latin.add(entity("h", "Person", {"Shalev Mithalio"}));
  latin.add(entity("c", "Person", {"Baruch Dugmavitz"}));
  latin.add(entity("o", "Person", {"Omri Ploni"}));
  hebrew.add(entity("h", "Person", {"שלו מיתליו"}));
  hebrew.add(entity("c", "Person", {"ברוך דוגמוביץ"}));
  hebrew.add(entity("o", "Person", {"עמרי פלוני"}));
  latin.finish();
  hebrew.finish();
  EXPECT_EQ(best(latin, "שלו מיתליו"), "h");
  EXPECT_EQ(best(latin, "ברוך דוגמוביץ"), "c");
  EXPECT_EQ(best(latin, "עמרי פלוני"), "o");
  EXPECT_EQ(best(hebrew, "Shalev Mithalio"), "h");
  EXPECT_EQ(best(hebrew, "Baruch Dugmavitz"), "c");
  EXPECT_EQ(best(hebrew, "Omri Ploni"), "o");
  EXPECT_EQ(best(latin, "שלמה מיתליו"), "");
}

TEST(EntityIndex, GrowsAfterFinish) {
  EntityIndex index = small_index();
  index.add(entity("p9", "Person", {"Zelda Neumann-Probe"}));
  index.finish();
  EXPECT_EQ(best(index, "Zelda Neumann Probe"), "p9");
  EXPECT_EQ(best(index, "Ivan Testov"), "p1");
  EXPECT_EQ(index.size(), 7U);
}

TEST(EntityIndex, EmptyAnswersNothing) {
  EntityIndex index;
  EXPECT_TRUE(screen(index, "Ivan Testov").empty());
  index.add(ScreenEntity{});
  index.finish();
  EXPECT_TRUE(screen(index, "Ivan Testov").empty());
}

TEST(EntityIndex, WritesJson) {
  const EntityIndex index = small_index();
  std::string json;
  append_screen_json(json, "Ivan \"Testov\"", screen(index, "Ivan Testov", {.birth = "1970"}));
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  ASSERT_EQ(parser.parse(json).get(root), simdjson::SUCCESS) << json;
  EXPECT_EQ(std::string_view(root["query"]), "Ivan \"Testov\"");
  const simdjson::dom::element hit = root["hits"].at(0);
  EXPECT_EQ(std::string_view(hit["entity"]), "p1");
  EXPECT_EQ(std::string_view(hit["countries"].at(0)), "ru");
  EXPECT_EQ(std::string_view(hit["birth"].at(0)), "1970-05-21");
  EXPECT_EQ(std::string_view(hit["explanation"].at(0)["how"]), "same");
  EXPECT_EQ(std::string_view(hit["qualifiers"].at(0)["what"]), "birth_same_year");
  EXPECT_GE(double(hit["score"]), screen_threshold);
}

}  // namespace
}  // namespace testudo
