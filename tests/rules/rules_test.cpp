// Behaviour rules against cases: tests/rules/cases/<rule>.sql fills the records' tables and states what the rule must
// find.
//   -- hit 3: detail of the finding        one line a hit, in order of record; the number is the record_id
//   INSERT INTO ios_… (record_id, …) VALUES …;
// TESTUDO_BLESS=1 rewrites the hit lines; read every changed line. The same file runs in the sqlite3 shell.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/embedded.h"
#include "detect/rules.h"
#include "parser/parser.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;
const fs::path cases = fs::path(TESTUDO_SOURCE_DIR) / "tests/rules/cases";

// The time out of its owner's hands in all cases: the first two days of May 2024. In the sqlite3 shell:
// .parameter set :seized_from 1714521600000000
// .parameter set :seized_to 1714694400000000
constexpr Seizure two_days{Time{1'714'521'600'000'000}, Time{1'714'694'400'000'000}};

const Rule* find_rule(std::string_view id) {
  static const std::vector<Rule> rules = rules_for(two_days);
  const auto found = std::ranges::find(rules, id, &Rule::id);
  return found == rules.end() ? nullptr : &*found;
}

std::string case_name(const std::string& rule) { return rule.substr(rule.find('.') + 1); }

struct RuleCase {
  std::vector<std::string> hits;
  std::string rest;
};

RuleCase read_case(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  RuleCase out;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("-- hit "))
      out.hits.push_back(line);
    else
      out.rest += line + '\n';
  }
  return out;
}

RuleTables filled(const std::string& sql) {
  auto tables = RuleTables::create(all_record_types());
  EXPECT_TRUE(tables.ok());
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(tables->connection().handle(), sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
      << (message != nullptr ? message : "");
  sqlite3_free(message);
  return std::move(*tables);
}

TEST(Rules, AllOfTheFolderAreBuiltIn) {
  std::size_t files = 0;
  for (const EmbeddedFile& file : embedded_files("rules/")) {
    if (!file.path.ends_with(".sql")) continue;
    ++files;
    const auto rule = parse_rule(file.path, file.content);
    EXPECT_TRUE(rule.ok()) << file.path << ": " << (rule.ok() ? "" : rule.error().what);
  }
  EXPECT_EQ(builtin_rules().size(), files);
}

TEST(Rules, AboutASeizureRunOnlyWhereThereWasOne) {
  const auto with = rules_for(two_days), without = rules_for(std::nullopt);
  EXPECT_EQ(with.size(), builtin_rules().size());
  for (const Rule& rule : builtin_rules()) {
    const bool asks = rule.id.starts_with("ios.seized_");
    EXPECT_EQ(std::ranges::find(without, rule.id, &Rule::id) == without.end(), asks) << rule.id;
  }
  for (const Rule& rule : with) {
    EXPECT_EQ(rule.sql.find(":seized"), std::string::npos) << rule.id;
    for (const auto& [type, condition] : rule.rows) EXPECT_EQ(condition.find(":seized"), std::string::npos) << rule.id;
  }
}

TEST(Rules, NameRecordsAndFieldsThatExist) {
  const auto& types = all_record_types();
  for (const Rule& rule : builtin_rules()) {
    SCOPED_TRACE(rule.id);
    const auto type = std::ranges::find(types, rule.record, &RecordType::name);
    ASSERT_NE(type, types.end()) << rule.record;
    for (const std::string& field : {rule.time_field, rule.value_field, rule.key_field})
      EXPECT_TRUE(field.empty() || (*type)->field(field)) << field;
    for (const auto& [name, condition] : rule.rows)
      EXPECT_NE(std::ranges::find(types, name, &RecordType::name), types.end()) << name << " for " << condition;
  }
}

TEST(Rules, RunOverEmptyTables) {
  const RuleTables tables = filled("");
  std::vector<std::string> failures;
  EXPECT_TRUE(run_rules(tables.connection(), rules_for(two_days), failures).empty());
  for (const std::string& failure : failures) ADD_FAILURE() << failure;
}

TEST(Rules, TheirConditionsAreSql) { EXPECT_TRUE(RuleFilter::create(rules_for(two_days), all_record_types()).ok()); }

TEST(Rules, FindWhatTheirCasesState) {
  for (const auto& entry : fs::directory_iterator(cases)) {
    const std::string name = entry.path().stem().string();
    SCOPED_TRACE(name);
    const Rule* rule = find_rule("ios." + name);
    ASSERT_NE(rule, nullptr);
    const RuleCase given = read_case(entry.path());
    const RuleTables tables = filled(given.rest);
    std::vector<std::string> failures, hits;
    for (const RuleHit& hit : run_rules(tables.connection(), {*rule}, failures))
      hits.push_back("-- hit " + std::to_string(hit.record_id) + ":" + (hit.detail.empty() ? "" : " ") + hit.detail);
    EXPECT_TRUE(failures.empty()) << failures.front();
    if (std::getenv("TESTUDO_BLESS") != nullptr) {
      std::ofstream out(entry.path(), std::ios::binary);
      for (const std::string& hit : hits) out << hit << '\n';
      out << given.rest;
      continue;
    }
    EXPECT_EQ(given.hits, hits);
  }
}

// The cheap condition must let through every record that the rule finds.
TEST(Rules, ConditionsLetTheirHitsThrough) {
  for (const auto& entry : fs::directory_iterator(cases)) {
    const Rule* rule = find_rule("ios." + entry.path().stem().string());
    ASSERT_NE(rule, nullptr);
    SCOPED_TRACE(rule->id);
    const RuleTables tables = filled(read_case(entry.path()).rest);
    std::vector<std::string> failures;
    const auto before = run_rules(tables.connection(), {*rule}, failures).size();
    for (const auto& [type, condition] : rule->rows) {
      std::string table(type);
      std::ranges::replace(table, '.', '_');
      const std::string sql = "DELETE FROM " + table + " WHERE NOT coalesce((" + condition + "), 0)";
      EXPECT_EQ(sqlite3_exec(tables.connection().handle(), sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
    }
    EXPECT_EQ(run_rules(tables.connection(), {*rule}, failures).size(), before);
    EXPECT_TRUE(failures.empty());
  }
}

TEST(Rules, TheManualListsThem) {
  std::ifstream in(std::string(TESTUDO_SOURCE_DIR) + "/docs/manual/check.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  for (const Rule& rule : builtin_rules()) {
    const std::string row =
        "| `" + rule.id + "` | " + std::string(severity_name(rule.severity)) + " | " + rule.title + " |\n";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

TEST(Rules, EveryIosRuleHasACase) {
  for (const Rule& rule : builtin_rules()) {
    if (!rule.id.starts_with("ios.")) continue;
    EXPECT_TRUE(fs::exists(cases / (case_name(rule.id) + ".sql"))) << rule.id;
  }
}

}  // namespace
}  // namespace testudo
