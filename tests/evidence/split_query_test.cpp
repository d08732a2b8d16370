// Split queries: asked at once or by number, details and rest of a row are the same.
#include <gtest/gtest.h>

#include "evidence/database.h"
#include "sqlite_building.h"

namespace testudo::test {
namespace {

struct Seen {
  std::int64_t id;
  std::optional<std::string> name, detail;
  std::optional<std::int64_t> absent;
  std::string rest;
  bool operator==(const Seen&) const = default;
};

std::optional<std::string> owned(std::optional<std::string_view> text) {
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

const std::vector<std::string_view> except{"id", "name", "detail"};

Result<std::vector<Seen>> seen(const std::string& sql, bool at_once, std::string_view from = "t AS x") {
  const std::string octets = build(sql);
  const CountingBlob blob(octets);
  const Database db = Database::open(blob, nullptr, DatabaseView::merged, {}).value();
  std::vector<Seen> rows;
  const SplitQuery query{.head = "{x=t.id}, {x=t.name}",
                         .details = {"{x=t.detail}", "{?x=t.absent}"},
                         .from = from,
                         .table = "t",
                         .alias = "x",
                         .except = except};
  const auto done = db.each(query, at_once, [&](const SplitRow& row) {
    Seen one{row.head().integer(0).value_or(0), owned(row.head().text(1)), {}, {}, row.rest()};
    one.detail = owned(row.details().text(0));
    one.absent = row.details().integer(1);
    EXPECT_EQ(one.rest, db.rest_of_row("t", one.id, except));
    rows.push_back(std::move(one));
    return true;
  });
  if (!done) return done.error();
  return rows;
}

const std::string table =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, detail TEXT, a, name, b BLOB);"
    "INSERT INTO t VALUES(1, 'one', 5, 'n', x'0001ff'), (2, NULL, NULL, NULL, NULL), (-7, 'x', 0, '', x''),"
    "(9, 'nine', 1.5, 'm', CAST('text' AS TEXT));";

TEST(SplitQuery, GivesTheSameAtOnceAndByNumber) {
  const auto at_once = seen(table, true), by_number = seen(table, false);
  ASSERT_TRUE(at_once.ok() && by_number.ok());
  EXPECT_EQ(*at_once, *by_number);
  ASSERT_EQ(at_once->size(), 4U);
  EXPECT_EQ((*at_once)[1], (Seen{1, "n", "one", std::nullopt, R"({"a":5,"b":"AAH/"})"}));
  EXPECT_EQ((*at_once)[2], (Seen{2, std::nullopt, std::nullopt, std::nullopt, "{}"}));
  EXPECT_EQ((*at_once)[3].rest, R"({"a":1.5,"b":"text"})");
}

TEST(SplitQuery, JoinsGiveTheRestOfTheirFirstTable) {
  const std::string sql = table + "CREATE TABLE u(id INTEGER PRIMARY KEY, a); INSERT INTO u VALUES(1, 'other');";
  constexpr std::string_view from = "t AS x LEFT JOIN u ON u.id = {x=t.id}";
  const auto at_once = seen(sql, true, from), by_number = seen(sql, false, from);
  ASSERT_TRUE(at_once.ok() && by_number.ok());
  EXPECT_EQ(*at_once, *by_number);
  EXPECT_EQ((*at_once)[1].rest, R"({"a":5,"b":"AAH/"})");
}

TEST(SplitQuery, TablesWithoutOtherColumnsHaveNoRest) {
  const std::string sql = "CREATE TABLE t(id INTEGER PRIMARY KEY, name, detail); INSERT INTO t VALUES(3, 'n', 'd');";
  for (const bool at_once : {false, true}) {
    const auto rows = seen(sql, at_once);
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ(*rows, (std::vector{Seen{3, "n", "d", std::nullopt, "{}"}}));
  }
}

TEST(SplitQuery, AnAbsentTableIsNotFound) {
  for (const bool at_once : {false, true}) {
    const auto rows = seen("CREATE TABLE u(a);", at_once);
    ASSERT_FALSE(rows.ok());
    EXPECT_EQ(rows.error().fault, Fault::not_found);
  }
}

// Rows of a table without numbers cannot be asked for again.
TEST(SplitQuery, TablesWithoutRowNumbersAreReadAtOnce) {
  const std::string octets =
      build("CREATE TABLE t(id PRIMARY KEY, name, detail) WITHOUT ROWID; INSERT INTO t VALUES(3, 'n', 'd');");
  const CountingBlob blob(octets);
  const Database db = Database::open(blob, nullptr, DatabaseView::merged, {}).value();
  const SplitQuery query{
      .head = "{t.id}", .details = {"{t.detail}"}, .from = "t", .table = "t", .alias = "t", .except = except};
  int rows = 0;
  ASSERT_TRUE(db.each(query, false, [&](const SplitRow& row) {
                  ++rows;
                  EXPECT_EQ(row.details().text(0), "d");
                  return true;
                }).ok());
  EXPECT_EQ(rows, 1);
}

}  // namespace
}  // namespace testudo::test
