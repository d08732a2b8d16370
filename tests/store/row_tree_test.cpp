// Trees that are written without SQLite, read and checked by SQLite.
#include "store/row_tree.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/record_format.h"
#include "store/sqlite.h"

namespace testudo {
namespace {

// A database with a table `t(id,n,text)`, an index `i` on (text, n) and a table without row numbers `w(a,b,c)`.
class RowTrees : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/testudo-pages-XXXXXX";
    folder_ = ::mkdtemp(name);
    auto db = Connection::open(path(), Connection::Mode::create);
    ASSERT_TRUE(db &&
                db->execute("PRAGMA page_size=8192; CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, text TEXT) "
                            "STRICT; CREATE INDEX i ON t (text,n); CREATE TABLE w (a INTEGER, b INTEGER, c TEXT, "
                            "PRIMARY KEY (a,b)) STRICT, WITHOUT ROWID"));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string path() const { return folder_ + "/db"; }
  std::uint32_t root(std::string_view name) const {
    auto db = Connection::open(path(), Connection::Mode::read_only);
    auto find = db->prepare("SELECT rootpage FROM sqlite_schema WHERE name=?1");
    return find->bind(1, name).step().value() ? static_cast<std::uint32_t>(find->integer(0)) : 0;
  }
  PageFile pages() const { return PageFile::open(path()).value(); }
  std::string one(const char* sql) const {
    auto db = Connection::open(path(), Connection::Mode::read_only);
    auto row = db->prepare(sql);
    return row && row->step().value() ? row->text(0) : "no row";
  }
  std::int64_t number(const char* sql) const {
    auto db = Connection::open(path(), Connection::Mode::read_only);
    auto row = db->prepare(sql);
    return row && row->step().value() ? row->integer(0) : -1;
  }
  // Table and index of the texts, which are in order; `n` is -id * id.
  void fill(const std::vector<std::string>& texts) {
    const std::uint32_t table = root("t"), index = root("i");
    PageFile file = pages();
    RowTree rows(RowTree::Type::table, table), entries(RowTree::Type::index, index);
    RecordFormat row;
    for (std::int64_t id = 1; id <= static_cast<std::int64_t>(texts.size()); ++id) {
      const std::string& text = texts[static_cast<std::size_t>(id - 1)];
      rows.add(file, id, row.clear().null().integer(-id * id).text(text).whole());
      entries.add(file, row.clear().text(text).integer(-id * id).integer(id).whole());
    }
    rows.finish(file);
    entries.finish(file);
    ASSERT_TRUE(file.finish());
  }

  std::string folder_;
};

std::string numbered(std::size_t i, std::size_t size) {
  std::string text = std::to_string(10'000'000 + i);
  text.resize(std::max(size, text.size()), static_cast<char>('a' + i % 26));
  return text;
}

TEST_F(RowTrees, TreesOfEveryHeight) {
  for (const std::size_t count : {0U, 1U, 2U, 100U, 101U, 40'000U}) {
    TearDown();
    SetUp();
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) texts.push_back(numbered(i, count > 1000 ? 60 : 150));
    fill(texts);
    EXPECT_EQ(one("PRAGMA integrity_check"), "ok") << count;  // compares the index with the table, too
    EXPECT_EQ(number("SELECT count(*) FROM t"), static_cast<std::int64_t>(count));
    EXPECT_EQ(number("SELECT count(*) FROM t WHERE n=-id*id AND CAST(substr(text,1,8) AS INTEGER)=9999999+id"),
              static_cast<std::int64_t>(count));
  }
}

// Around the sizes from which a row goes on in pages of its own (table 8157 octets, index 2030), and far above.
TEST_F(RowTrees, RowsThatAPageCannotHold) {
  std::vector<std::string> texts;
  for (const std::size_t middle : {2030U, 8157U, 8188U, 2 * 8188U, 100'000U})
    for (std::size_t size = middle - 20; size < middle + 20; ++size) texts.push_back(numbered(texts.size(), size));
  fill(texts);
  EXPECT_EQ(one("PRAGMA integrity_check"), "ok");
  auto db = Connection::open(path(), Connection::Mode::read_only);
  auto rows = db->prepare("SELECT text FROM t ORDER BY id");
  std::size_t i = 0;
  for (; rows->step().value(); ++i) EXPECT_EQ(rows->text(0), texts[i]);
  EXPECT_EQ(i, texts.size());
  EXPECT_EQ(number("SELECT id FROM t INDEXED BY i WHERE text=(SELECT text FROM t WHERE id=187)"), 187);
}

TEST_F(RowTrees, NumbersOfEverySize) {
  const std::uint32_t table = root("t");
  PageFile file = pages();
  RowTree rows(RowTree::Type::table, table);
  std::vector<std::int64_t> numbers{0, 1, -1, INT64_MAX, INT64_MIN};
  for (int bits = 1; bits < 63; ++bits)
    for (const std::int64_t near : {-1, 0, 1})
      for (const std::int64_t sign : {-1, 1}) numbers.push_back(sign * ((std::int64_t{1} << bits) + near));
  RecordFormat row;
  std::int64_t id = 0;
  std::vector<std::int64_t> ids;
  for (const std::int64_t n : numbers) {
    ids.push_back(id += 1 + (id >> 1) % (std::int64_t{1} << 54));
    rows.add(file, id, row.clear().null().integer(n).null().whole());
  }
  rows.finish(file);
  ASSERT_TRUE(file.finish());
  auto db = Connection::open(path(), Connection::Mode::read_only);
  auto found = db->prepare("SELECT id,n,text IS NULL FROM t ORDER BY id");
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    ASSERT_TRUE(found->step().value());
    EXPECT_EQ(found->integer(0), ids[i]);
    EXPECT_EQ(found->integer(1), numbers[i]);
    EXPECT_EQ(found->integer(2), 1);
  }
}

TEST_F(RowTrees, ATableWithoutRowNumbers) {
  const std::uint32_t tree = root("w");
  PageFile file = pages();
  RowTree rows(RowTree::Type::index, tree);
  RecordFormat row;
  for (std::int64_t a = 0; a < 3000; ++a)
    for (std::int64_t b = 0; b < 5; ++b) {
      rows.add(file, row.clear().integer(a).integer(b).text(std::to_string(a * b)).whole());
    }
  rows.finish(file);
  ASSERT_TRUE(file.finish());
  EXPECT_EQ(one("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(number("SELECT count(*) FROM w WHERE CAST(c AS INTEGER)=a*b"), 15'000);
  EXPECT_EQ(one("SELECT c FROM w WHERE a=2999 AND b=4"), "11996");
}

TEST_F(RowTrees, WhatWasWrittenSinceACopyGoesAgain) {
  const std::uint32_t table = root("t");
  PageFile file = pages();
  RowTree rows(RowTree::Type::table, table);
  RecordFormat row;
  const auto add = [&](std::int64_t from, std::int64_t until, char letter) {
    for (std::int64_t id = from; id <= until; ++id) {
      rows.add(file, id, row.clear().null().integer(id).text(std::string(500, letter)).whole());
    }
  };
  add(1, 1000, 'a');
  const RowTree before = rows;
  const std::uint32_t count = file.count();
  add(1001, 9000, 'b');  // more than a megabyte, so that pages have reached the file
  rows = before;
  file.back_to(count);
  add(1001, 1500, 'c');
  rows.finish(file);
  ASSERT_TRUE(file.finish());
  EXPECT_EQ(one("PRAGMA quick_check"), "ok");  // the index has no rows
  EXPECT_EQ(number("SELECT count(*) FROM t"), 1500);
  EXPECT_EQ(number("SELECT count(*) FROM t WHERE text LIKE 'c%'"), 500);
}

TEST_F(RowTrees, SqliteGoesOnWithTheFile) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < 5000; ++i) texts.push_back(numbered(i, 40));
  fill(texts);
  auto db = Connection::open(path(), Connection::Mode::read_write);
  ASSERT_TRUE(
      db->execute("INSERT INTO t(n,text) VALUES(7,'new'); DELETE FROM t WHERE id%3=0; UPDATE t SET text='u'||text "
                  "WHERE id%7=1; CREATE INDEX later ON t (n)"));
  EXPECT_EQ(one("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(number("SELECT count(*) FROM t"), 5001 - 1667);
}

}  // namespace
}  // namespace testudo
