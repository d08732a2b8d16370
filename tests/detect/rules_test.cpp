// Headers of behaviour rules: what is read, and which line is named when one is missing or wrong. The rules of the
// folder rules/ themselves are tested in tests/rules.
#include "detect/rules.h"

#include <gtest/gtest.h>

namespace testudo {
namespace {

constexpr std::string_view whole =
    "-- title: A title\n-- severity: high\n-- confidence: 60\n-- record: ios.thing\n-- time: at\n-- value: name\n"
    "-- corroboration: uncorroborated\n-- rows: name LIKE 'x%'\n--   OR name IS NULL\n-- rows ios.other: 1\n"
    "-- proves: One thing.\n-- does_not_prove: Another: that.\n-- next: Look.\n-- sources: Somebody, 2024\n-- os: all\n"
    "SELECT record_id FROM ios_thing;\n";

std::string without(std::string_view key) {
  std::string text(whole);
  const auto at = text.find("-- " + std::string(key) + ":");
  auto end = text.find('\n', at);
  while (text.substr(end + 1).starts_with("--   ")) end = text.find('\n', end + 1);
  return text.erase(at, end + 1 - at);
}

std::string with(std::string_view from, std::string_view to) {
  std::string text(whole);
  return text.replace(text.find(from), from.size(), to);
}

TEST(RuleHeader, IsRead) {
  const auto rule = parse_rule("ios.thing_odd", whole);
  ASSERT_TRUE(rule.ok()) << rule.error().what;
  EXPECT_EQ(rule->id, "ios.thing_odd");
  EXPECT_EQ(rule->title, "A title");
  EXPECT_EQ(rule->severity, Severity::high);
  EXPECT_EQ(rule->confidence, 60);
  EXPECT_EQ(rule->rows.at("ios.thing"), "name LIKE 'x%' OR name IS NULL");
  EXPECT_EQ(rule->rows.at("ios.other"), "1");
  EXPECT_EQ(rule->does_not_prove, "Another: that.");
  EXPECT_EQ(rule->corroboration, Corroboration::uncorroborated);
  EXPECT_EQ(rule->sql, "SELECT record_id FROM ios_thing;");
}

TEST(RuleHeader, EveryNeededLineIsMissedByName) {
  for (const char* key : {"title", "severity", "confidence", "record", "corroboration", "rows", "proves",
                          "does_not_prove", "next", "sources"}) {
    const auto rule = parse_rule("x", without(key));
    ASSERT_FALSE(rule.ok()) << key;
    EXPECT_EQ(rule.error().fault, Fault::malformed);
    EXPECT_NE(rule.error().what.find(key), std::string::npos) << rule.error().what;
  }
  for (const char* key : {"time", "value", "os"}) EXPECT_TRUE(parse_rule("x", without(key)).ok()) << key;
}

TEST(RuleHeader, WrongLinesAreRefused) {
  for (const auto& [from, to] : {std::pair{"high", "grave"},
                                 {": 60", ": 101"},
                                 {": 60", ": -1"},
                                 {": 60", ": many"},
                                 {": uncorroborated", ": corroborated"},
                                 {"-- os: all", "-- colour: red"},
                                 {"-- os: all", "-- no key here"},
                                 {"SELECT record_id FROM ios_thing;", ""}})
    EXPECT_FALSE(parse_rule("x", with(from, to)).ok()) << to;
}

// A cut header either lacks a line or leaves no query that SQLite takes.
TEST(RuleHeader, CutAnywhereGivesNoQuery) {
  for (std::size_t i = 0; i < whole.find("SELECT"); ++i) {
    const auto rule = parse_rule("x", whole.substr(0, i));
    if (rule.ok()) {
      EXPECT_FALSE(rule->sql.starts_with("SELECT")) << i;
    }
  }
}

}  // namespace
}  // namespace testudo
