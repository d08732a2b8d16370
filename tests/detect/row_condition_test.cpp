// RowCondition against SQLite itself: whatever it is sure of, SQLite says as well.
#include "detect/row_condition.h"

#include <gtest/gtest.h>

#include <random>

#include "detect/rules.h"
#include "store/sqlite.h"

namespace testudo {
namespace {

using Answer = RowCondition::Answer;

constexpr FieldInfo fields[] = {{"name", Kind::text, "", Show::plain},
                                {"count", Kind::integer, "", Show::plain},
                                {"text", Kind::text, "", Show::plain}};
const RecordType type{"ios.thing", "", "", fields};

// The oracle: the same expression as one statement, its fields bound as parameters.
class Oracle {
 public:
  explicit Oracle(const std::string& expression) {
    auto opened = Connection::in_memory();
    connection_.emplace(std::move(opened.value()));
    auto prepared = connection_->prepare("SELECT (" + expression +
                                         ") FROM (SELECT ?1 AS \"name\", ?2 AS \"count\", ?3 AS \"text\")");
    good_ = prepared.ok();
    if (good_) statement_ = std::move(prepared.value());
  }
  bool good() const { return good_; }
  Answer of(std::span<const Value> values) {
    for (std::size_t i = 0; i < values.size(); ++i) statement_.bind(static_cast<int>(i) + 1, values[i]);
    EXPECT_TRUE(*statement_.step());
    const Value value = statement_.value(0);
    const Answer answer = value.is_null() ? Answer::null : value.integer() != 0 ? Answer::yes : Answer::no;
    statement_.reset();
    return answer;
  }

 private:
  std::optional<Connection> connection_;
  Statement statement_;
  bool good_ = false;
};

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  template <typename T>
  const T& one_of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::mt19937 engine_;
};

const std::vector<std::string> texts{"",
                                     "a",
                                     "A",
                                     "ab",
                                     "aB",
                                     "ALERT:x",
                                     "alert:x",
                                     "ALERT:",
                                     "x ALERT: y",
                                     "Mercenary Spyware ATTACK",
                                     "%",
                                     "*",
                                     std::string("ab\0cd", 5),
                                     std::string("\0", 1),
                                     "a\xFF",
                                     "\xC3\xA4"
                                     "b",
                                     "\xC3"
                                     "a",
                                     "\xE2\x84\xAA",
                                     "0",
                                     "7",
                                     "it's",
                                     "aXXbXXab",
                                     "/var/tmp/x-1",
                                     "/private/var/tmp/-1",
                                     "\xC1\x81",
                                     "\x80\x80",
                                     "mercenarx spyware mercenary spywarE"};

const std::vector<std::string> patterns{"",
                                        "%",
                                        "*",
                                        "a%",
                                        "%a",
                                        "%b%",
                                        "a%b",
                                        "a*b",
                                        "a%b%ab",
                                        "ALERT:*",
                                        "ALERT:%",
                                        "a%%b",
                                        "%'%",
                                        "AB",
                                        "%-1",
                                        "/var/tmp/%-1",
                                        "%mercenary spyware%",
                                        "*mercenary spyware*",
                                        "a%a",
                                        "%%"};

std::string sql_text(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? "''" : std::string(1, c));
  return out + "'";
}

std::string literal(Dice& dice) {
  if (dice.below(2) == 0) return std::to_string(dice.below(4) * 7);
  std::string text = dice.one_of(texts);
  std::erase(text, '\0');
  return sql_text(text);
}

std::string predicate(Dice& dice) {
  static const std::vector<std::string> operands{
      "name", "count", "text", "length(name)", "coalesce(count, 7)", "coalesce(text, 'a')"};
  static const std::vector<std::string> signs{" = ",  " <> ", " < ",      " <= ", " > ",
                                              " >= ", " IS ", " IS NOT ", "==",   "!="};
  const std::string operand = dice.one_of(operands), negation = dice.below(2) == 0 ? " NOT" : "";
  switch (dice.below(6)) {
    case 0:
      return operand + " IS" + negation + " NULL";
    case 1:
      return operand + negation + " IN (" + literal(dice) + ", " + literal(dice) + ")";
    case 2:
      return operand + negation + " BETWEEN " + literal(dice) + " AND " + literal(dice);
    case 3:
      return operand + negation + (dice.below(2) == 0 ? " LIKE " : " glob ") + sql_text(dice.one_of(patterns));
    default:
      return operand + dice.one_of(signs) + literal(dice);
  }
}

std::string expression(Dice& dice, int depth) {
  switch (depth == 0 ? 4 : dice.below(5)) {
    case 0:
      return expression(dice, depth - 1) + " AND " + expression(dice, depth - 1);
    case 1:
      return expression(dice, depth - 1) + " or " + expression(dice, depth - 1);
    case 2:
      return "(" + expression(dice, depth - 1) + ")";
    case 3:
      return "NOT (" + expression(dice, depth - 1) + ")";
    default:
      return predicate(dice);
  }
}

Value value(Dice& dice) {
  switch (dice.below(8)) {
    case 0:
      return Value();
    case 1:
    case 2:
      return Value::of_integer(static_cast<std::int64_t>(dice.below(4)) * 7 - 7);
    case 3:
      return dice.below(2) == 0 ? Value::of_real(7) : Value::of_bytes(as_bytes(texts[1]));
    default:
      return Value::of_text(dice.one_of(texts));
  }
}

TEST(RowCondition, AgreesWithSqlite) {
  Dice dice(20240601);
  std::size_t sure = 0, yes = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string sql = expression(dice, 3);
    const auto condition = RowCondition::compile(sql, type);
    ASSERT_TRUE(condition.has_value()) << sql;
    Oracle oracle(sql);
    ASSERT_TRUE(oracle.good()) << sql;
    for (int j = 0; j < 25; ++j) {
      const std::vector<Value> values{value(dice), value(dice), value(dice)};
      const Answer ours = condition->of(Row{&type, values, {}});
      if (ours == Answer::unsure) continue;
      ++sure;
      yes += ours == Answer::yes ? 1U : 0U;
      ASSERT_EQ(ours, oracle.of(values)) << sql << " / " << values[0].text() << " / " << values[1].text() << " / "
                                         << values[2].text();
    }
  }
  EXPECT_GT(sure, 30'000U);
  EXPECT_GT(yes, 5'000U);
}

TEST(RowCondition, PatternsAgreeWithSqlite) {
  for (const std::string& pattern : patterns)
    for (const char* function : {" LIKE ", " GLOB "}) {
      const std::string sql = std::string("name") + function + sql_text(pattern);
      const auto condition = RowCondition::compile(sql, type);
      ASSERT_TRUE(condition.has_value()) << sql;
      Oracle oracle(sql);
      for (const std::string& text : texts) {
        const std::vector<Value> values{Value::of_text(text), Value(), Value()};
        EXPECT_EQ(condition->of(Row{&type, values, {}}), oracle.of(values)) << sql << " / " << text;
      }
    }
}

TEST(RowCondition, WhatItDoesNotKnowIsLeftToSqlite) {
  for (const char* sql : {"",
                          "name",
                          "1",
                          "name = count",
                          "count + 1 = 2",
                          "name = 1.5",
                          "name LIKE 'a_'",
                          "name GLOB 'a?'",
                          "name GLOB '[a]'",
                          "name LIKE '\xC3\xA4%'",
                          "name LIKE 'a' ESCAPE 'b'",
                          "name = 'a' COLLATE NOCASE",
                          "other = 1",
                          "name IS TRUE",
                          "name IN ()",
                          "name IN (NULL)",
                          "name IN (SELECT 1)",
                          "upper(name) = 'A'",
                          "name = 'a",
                          "(name = 1",
                          "name = 1)",
                          "name = 1 = 1",
                          "name = 99999999999999999999",
                          "name = -1",
                          "name = 0x10",
                          "\"name\" = 1",
                          "lower(name) = 'a'",
                          "name BETWEEN 1",
                          "name NOT 1",
                          "count == 1 AND",
                          "name || 'a' = 'b'"})
    EXPECT_FALSE(RowCondition::compile(sql, type).has_value()) << sql;
  EXPECT_FALSE(RowCondition::compile(std::string(5000, '(') + "name = 1", type).has_value());
}

TEST(RowCondition, UnsureOfValuesThatSqliteMustJudge) {
  const std::vector<Value> values{Value::of_real(1.5), Value::of_integer(7), Value::of_bytes(as_bytes("a"))};
  const Row row{&type, values, {}};
  for (const char* sql : {"name = 1", "count LIKE '7'", "length(count) = 1", "text = 'a'", "name IS 'a'"})
    EXPECT_EQ(RowCondition::compile(sql, type)->of(row), Answer::unsure) << sql;
  // What is decided without them stays decided.
  EXPECT_EQ(RowCondition::compile("name = 1 OR count = 7", type)->of(row), Answer::yes);
  EXPECT_EQ(RowCondition::compile("name = 1 AND count = 8", type)->of(row), Answer::no);
  EXPECT_EQ(RowCondition::compile("name IS NOT NULL", type)->of(row), Answer::yes);
}

// The filter asks the statement where a condition is unsure or not simple.
TEST(RowCondition, TheFilterFallsBackToSqlite) {
  std::vector<Rule> rules(2);
  rules[0].rows["ios.thing"] = "name = 1";
  rules[1].rows["ios.thing"] = "count + 1 = 5";
  auto filter = RuleFilter::create(rules, {&type});
  ASSERT_TRUE(filter.ok());
  const auto wants = [&](Value name, Value count) {
    const std::vector<Value> values{name, count, Value()};
    return filter->wants(Row{&type, values, {}});
  };
  EXPECT_TRUE(wants(Value::of_integer(1), Value()));
  EXPECT_TRUE(wants(Value::of_real(1.0), Value()));
  EXPECT_TRUE(wants(Value(), Value::of_integer(4)));
  EXPECT_FALSE(wants(Value::of_real(1.5), Value()));
  EXPECT_FALSE(wants(Value::of_text("1"), Value::of_integer(5)));
  EXPECT_FALSE(wants(Value(), Value()));
}

}  // namespace
}  // namespace testudo
