#include <algorithm>
#include <random>

#include "evidence/database.h"
#include "evidence/recover_record.h"
#include "sqlite_building.h"

namespace testudo::test {
namespace {

const std::string two_tables =
    "PRAGMA page_size=512;"
    "CREATE TABLE message(id INTEGER PRIMARY KEY, guid TEXT NOT NULL, text TEXT, date INTEGER, body BLOB);"
    "CREATE TABLE handle(name TEXT, weight REAL);"
    "CREATE INDEX by_date ON message(date);"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
    "INSERT INTO message SELECT i, 'guid-' || i, 'text of message ' || i, 700000000 + i,"
    " CASE WHEN i % 20 = 0 THEN zeroblob(1200) END FROM n;"
    "INSERT INTO handle SELECT 'person ' || id, id + 0.5 FROM message;";

const std::vector<std::string> tables = {"message", "handle"};

Rows all_rows(const Database& db, const std::string& table) {
  return rows_of(db, "SELECT rowid, * FROM " + table + " ORDER BY rowid");
}

Rows true_rows(const std::string& octets, const std::string& table) {
  const CountingBlob blob(octets);
  const Result<Database> db = Database::open(blob, nullptr, DatabaseView::merged, {});
  EXPECT_TRUE(db.ok());
  return all_rows(db.value(), table);
}

bool is_subset(Rows part, Rows whole) {
  std::sort(part.begin(), part.end());
  std::sort(whole.begin(), whole.end());
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

struct Recovered {
  explicit Recovered(std::string_view octets, std::uint64_t limit = 64U << 20)
      : blob(octets), db(Database::recover(blob, nullptr, reported.report(), limit)) {}
  Rows rows(const std::string& table) const {
    return db.ok() && db.value().has_table(table) ? all_rows(db.value(), table) : Rows();
  }
  CountingBlob blob;
  Reported reported;
  Result<Database> db;
};

std::size_t page_size_of(const std::string& octets) {
  return static_cast<std::size_t>((static_cast<std::uint8_t>(octets[16]) << 8) | static_cast<std::uint8_t>(octets[17]));
}

TEST(Recover, AWholeDatabaseComesBackWhole) {
  for (const char* encoding : {"UTF-8", "UTF-16le", "UTF-16be"}) {
    const std::string octets = build(std::string("PRAGMA encoding='") + encoding + "';" + two_tables);
    const Recovered recovered(octets);
    for (const std::string& table : tables) EXPECT_EQ(recovered.rows(table), true_rows(octets, table)) << encoding;
    EXPECT_TRUE(recovered.reported.names.empty()) << encoding;
    EXPECT_EQ(recovered.db.value().columns("message"),
              (std::vector<std::string>{"id", "guid", "text", "date", "body"}));
  }
}

TEST(Recover, EveryPageSize) {
  for (const int size : {1024, 4096, 32768, 65536}) {
    std::string sql = two_tables;
    sql.replace(sql.find("512"), 3, std::to_string(size));
    const std::string octets = build(sql);
    EXPECT_EQ(Recovered(octets).rows("message"), true_rows(octets, "message")) << size;
  }
}

TEST(Recover, RowsAreAmongTheTrueOnesAtEveryTruncation) {
  std::string sql = two_tables;
  sql.replace(sql.find("i < 60"), 6, "i < 24");
  const std::string octets = build(sql);
  const Rows messages = true_rows(octets, "message"), handles = true_rows(octets, "handle");
  std::size_t most = 0;
  for (std::size_t size = 0; size < octets.size(); ++size) {
    const Recovered recovered(std::string_view(octets).substr(0, size));
    if (size < 512) {
      EXPECT_FALSE(recovered.db.ok()) << size;
      continue;
    }
    ASSERT_TRUE(is_subset(recovered.rows("message"), messages)) << size;
    ASSERT_TRUE(is_subset(recovered.rows("handle"), handles)) << size;
    most = std::max(most, recovered.rows("message").size());
  }
  EXPECT_EQ(most, messages.size()) << "an index lies at the end";
}

TEST(Recover, LosesOnlyTheRowsOfTheDamagedPage) {
  const std::string octets = build(two_tables);
  const Rows messages = true_rows(octets, "message"), handles = true_rows(octets, "handle");
  const std::size_t page_size = page_size_of(octets);
  std::mt19937 random(7);
  for (std::size_t page = 1; page < octets.size() / page_size; ++page)
    for (const bool zeros : {true, false}) {
      std::string damaged = octets;
      for (std::size_t i = 0; i < page_size; ++i)
        damaged[page * page_size + i] = zeros ? '\0' : static_cast<char>(random());
      const Recovered recovered(damaged);
      ASSERT_TRUE(recovered.db.ok()) << page;
      const Rows some_messages = recovered.rows("message"), some_handles = recovered.rows("handle");
      EXPECT_TRUE(is_subset(some_messages, messages)) << page;
      EXPECT_TRUE(is_subset(some_handles, handles)) << page;
      // A leaf of 512 octets holds at most 25 of these rows; a broken root or interior page must lose none.
      EXPECT_GE(some_messages.size() + some_handles.size(), messages.size() + handles.size() - 25) << page;
    }
}

TEST(Recover, LeavesWithoutATreeFindTheirTable) {
  std::string octets = build(two_tables);
  const Rows messages = true_rows(octets, "message"), handles = true_rows(octets, "handle");
  const std::size_t page_size = page_size_of(octets);
  for (const std::size_t root : {2U, 3U})
    std::fill_n(octets.begin() + static_cast<std::ptrdiff_t>((root - 1) * page_size), page_size, '\0');
  const Recovered recovered(octets);
  EXPECT_EQ(recovered.rows("message"), messages);
  EXPECT_EQ(recovered.rows("handle"), handles);
  EXPECT_EQ(recovered.reported.count("recovery_page"), 2);
  EXPECT_GT(recovered.reported.count("recovery_orphan_page"), 5);
  EXPECT_EQ(recovered.reported.count("recovery_page_ambiguous"), 0);
}

TEST(Recover, ALeafThatFitsTwoDamagedTablesIsGuessedForNone) {
  std::string octets = build(
      "PRAGMA page_size=512; CREATE TABLE a(x TEXT); CREATE TABLE b(x TEXT);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO a SELECT 'text' || i "
      "FROM n;"
      "INSERT INTO b SELECT x FROM a;");
  std::fill_n(octets.begin() + 512, 1024, '\0');
  const Recovered recovered(octets);
  EXPECT_TRUE(recovered.rows("a").empty());
  EXPECT_TRUE(recovered.rows("b").empty());
  EXPECT_GT(recovered.reported.count("recovery_page_ambiguous"), 2);
}

TEST(Recover, ADestroyedHeaderIsWorkedAround) {
  for (const char* size : {"512", "4096"}) {
    std::string sql = two_tables;
    sql.replace(sql.find("512"), 3, size);
    std::string octets = build(sql);
    const Rows messages = true_rows(octets, "message");
    std::fill_n(octets.begin(), 100, '\x77');
    const Recovered recovered(octets);
    EXPECT_EQ(recovered.rows("message"), messages) << size;
    EXPECT_GE(recovered.reported.count("database_header"), 1) << size;
  }
}

TEST(Recover, APageSizeThatTheCountOfPagesSpeaksAgainstIsGuessed) {
  std::string sql = two_tables;
  sql.replace(sql.find("512"), 3, "4096");
  const std::string whole = build(sql);
  const Rows messages = true_rows(whole, "message");
  for (const std::string_view size : {std::string_view("\x02\x00", 2), std::string_view("\x20\x00", 2),
                                      std::string_view("\x80\x00", 2), std::string_view("\x00\x01", 2)}) {
    std::string octets = whole;
    octets.replace(16, 2, size);
    const Recovered recovered(octets);
    EXPECT_EQ(recovered.rows("message"), messages) << int{size[0]};
    EXPECT_EQ(recovered.reported.count("database_header"), 1) << int{size[0]};
  }
  // Nothing speaks against the size of a file that was cut.
  std::string cut = whole;
  cut.resize(cut.size() - 4096);
  EXPECT_EQ(Recovered(cut).reported.count("database_header"), 0);
}

TEST(Recover, ASchemaWithoutItsRootIsSearchedFor) {
  std::string sql = "PRAGMA page_size=512;";
  for (int i = 0; i < 40; ++i) {
    const std::string name = "t" + std::to_string(i);
    sql += "CREATE TABLE " + name + "(id INTEGER PRIMARY KEY, only_in_" + name + " TEXT);INSERT INTO " + name +
           " VALUES(" + std::to_string(i) + ", 'x');";
  }
  std::string octets = build(sql);
  std::fill_n(octets.begin() + 100, 412, '\0');
  const Recovered recovered(octets);
  ASSERT_TRUE(recovered.db.ok());
  for (int i = 0; i < 40; ++i)
    EXPECT_EQ(recovered.rows("t" + std::to_string(i)),
              Rows{"i" + std::to_string(i) + "|i" + std::to_string(i) + "|tx|"})
        << i;
  EXPECT_EQ(recovered.reported.count("recovery_schema"), 1);
}

TEST(Recover, NothingWithoutASchema) {
  std::string octets = build(two_tables);
  std::fill_n(octets.begin(), 512, '\0');
  const Recovered recovered(octets);
  ASSERT_FALSE(recovered.db.ok());
  EXPECT_EQ(recovered.db.error().fault, Fault::malformed);
  EXPECT_EQ(Recovered("").db.error().fault, Fault::truncated);
  std::mt19937 random(3);
  std::string noise(100'000, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  EXPECT_EQ(Recovered(noise).db.error().fault, Fault::malformed);
}

TEST(Recover, NamesWhatItLeavesOut) {
  const std::string octets = build(
      "CREATE TABLE t(a); INSERT INTO t VALUES(1); CREATE TABLE w(k PRIMARY KEY) WITHOUT ROWID;"
      "CREATE VIRTUAL TABLE f USING fts5(x); CREATE VIEW v AS SELECT a FROM t;");
  const Recovered recovered(octets);
  EXPECT_EQ(recovered.rows("t"), Rows{"i1|i1|"});
  EXPECT_FALSE(recovered.db.value().has_table("w"));
  EXPECT_FALSE(recovered.db.value().has_table("f"));
  EXPECT_FALSE(recovered.db.value().has_table("v"));
  EXPECT_TRUE(recovered.db.value().has_table("f_content"));
  EXPECT_GE(recovered.reported.count("recovery_without_rowid"), 1);
  EXPECT_EQ(recovered.reported.count("recovery_virtual_table"), 1);
}

TEST(Recover, ColumnsAreReadAsSqliteReadsThem) {
  const std::string octets = build(
      "CREATE TABLE t(a TEXT, key INTEGER PRIMARY KEY, r REAL, v AS (r * 2), s AS (key + 1) STORED);"
      "INSERT INTO t(a, key, r) VALUES('x', 9, 4), ('y', -2, 0.5);"
      "ALTER TABLE t ADD COLUMN late TEXT DEFAULT 'none'; ALTER TABLE t ADD COLUMN n INTEGER DEFAULT -5;"
      "INSERT INTO t(a, key, r, late) VALUES('z', 10, 1, NULL);"
      "CREATE TABLE d(k INTEGER PRIMARY KEY DESC, x); INSERT INTO d VALUES(100, 'not the rowid');"
      "CREATE TABLE c(name TEXT COLLATE NOCASE); INSERT INTO c VALUES('Ab');"
      "CREATE TABLE i(id INTEGER PRIMARY KEY AUTOINCREMENT, x); INSERT INTO i VALUES(8, 'y');"
      "CREATE TABLE o(rowid, oid, _rowid_); INSERT INTO o VALUES(1, 2, 3);");
  const CountingBlob blob(octets);
  const Result<Database> original = Database::open(blob, nullptr, DatabaseView::merged, {});
  const Recovered recovered(octets);
  for (const char* sql : {"SELECT a, key, r, s, late, n FROM t ORDER BY key", "SELECT rowid, * FROM d",
                          "SELECT * FROM i", "SELECT * FROM c WHERE name = 'AB'", "SELECT * FROM o"})
    EXPECT_EQ(rows_of(recovered.db.value(), sql), rows_of(original.value(), sql)) << sql;
}

TEST(Recover, AHostileSchemaDoesNotRun) {
  const std::string octets = build(
      "CREATE TABLE t(a); INSERT INTO t VALUES(1); PRAGMA writable_schema=ON;"
      "INSERT INTO sqlite_schema VALUES('table', 'x', 'x', 2, 'CREATE TABLE x AS SELECT 1 AS a'),"
      "('table', 'y', 'y', 2, 'CREATE TABLE y(a); DROP TABLE y'), ('table', 'z', 'z', 2, 'CREATE TEMP TABLE z(a)'),"
      "('table', 'q', 'q', 2, 'create table t(b)');");
  const Recovered recovered(octets);
  EXPECT_EQ(recovered.rows("t"), Rows{"i1|i1|"});
  for (const char* name : {"x", "y", "z", "q"}) EXPECT_FALSE(recovered.db.value().has_table(name)) << name;
  EXPECT_EQ(recovered.reported.count("recovery_schema"), 4);
}

TEST(Recover, OverflowChainsThatTurnBackEnd) {
  std::string octets =
      build("PRAGMA page_size=512; CREATE TABLE t(a); INSERT INTO t VALUES(zeroblob(5000)), ('short');");
  for (std::size_t page = 2; page < octets.size() / 512; ++page) {
    std::string turned = octets;
    const std::string first("\0\0\0\3", 4);
    turned.replace(page * 512, 4, first);
    const Recovered recovered(turned);
    EXPECT_EQ(recovered.rows("t"), Rows{"i2|tshort|"}) << page;
    EXPECT_EQ(recovered.reported.count("recovery_row"), 1) << page;
  }
}

TEST(Recover, TreesThatContainThemselvesEnd) {
  const std::string octets = build(two_tables);
  const Rows messages = true_rows(octets, "message");
  // The rightmost child of the root of `message` becomes the root itself.
  std::string turned = octets;
  ASSERT_EQ(turned[512], 5);
  turned.replace(512 + 8, 4, std::string("\0\0\0\2", 4));
  const Recovered recovered(turned);
  EXPECT_TRUE(is_subset(recovered.rows("message"), messages));
  EXPECT_GT(recovered.rows("message").size(), messages.size() / 2);
}

TEST(Recover, MemoryIsBounded) {
  const std::string octets = build(
      "CREATE TABLE t(a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
      "INSERT INTO t SELECT hex(zeroblob(500)) FROM n;");
  const Recovered recovered(octets, 1U << 20);
  ASSERT_TRUE(recovered.db.ok());
  EXPECT_EQ(recovered.reported.count("recovery_limit"), 1);
  EXPECT_GT(recovered.rows("t").size(), 300U);
  EXPECT_LT(recovered.rows("t").size(), 1000U);
}

TEST(Recover, FreePagesDoNotComeBackAsRows) {
  std::string octets = build(two_tables + "DELETE FROM message WHERE id BETWEEN 10 AND 50;");
  const Rows messages = true_rows(octets, "message");
  std::fill_n(octets.begin() + 512, 512, '\0');
  const Recovered recovered(octets);
  EXPECT_TRUE(is_subset(recovered.rows("message"), messages));
  EXPECT_FALSE(recovered.rows("message").empty());
}

TEST(Record, IsRefusedUnlessItFillsItsPayload) {
  std::vector<Value> fields;
  const auto decode = [&](std::string_view octets) { return decode_record(as_bytes(octets), fields); };
  EXPECT_TRUE(decode(std::string_view("\x03\x01\x11\x05\x61\x62", 6)));
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0].integer(), 5);
  EXPECT_EQ(fields[1].text(), "ab");
  EXPECT_FALSE(decode(std::string_view("\x03\x01\x11\x05\x61", 5))) << "short";
  EXPECT_FALSE(decode(std::string_view("\x03\x01\x11\x05\x61\x62\x63", 7))) << "long";
  EXPECT_FALSE(decode(std::string_view("\x02\x0a", 2))) << "reserved type";
  EXPECT_FALSE(decode(std::string_view("\x09\x01", 2))) << "header behind the end";
  EXPECT_FALSE(decode(std::string_view("\x00", 1)));
  EXPECT_FALSE(decode(""));
  EXPECT_TRUE(decode(std::string_view("\x06\x03\x04\x06\x08\x09\xff\xff\xfe\x80\0\0\0\x80\0\0\0\0\0\0\0", 21)));
  ASSERT_EQ(fields.size(), 5U);
  EXPECT_EQ(fields[0].integer(), -2);
  EXPECT_EQ(fields[1].integer(), -2147483648LL);
  EXPECT_EQ(fields[2].integer(), INT64_MIN);
  EXPECT_EQ(fields[3].integer(), 0);
  EXPECT_EQ(fields[4].integer(), 1);
}

TEST(Record, VarintsOfAllLengths) {
  const auto read = [](std::string_view octets) {
    std::size_t at = 0;
    return read_varint(as_bytes(octets), at);
  };
  EXPECT_EQ(read(std::string_view("\0", 1)), 0U);
  EXPECT_EQ(read("\x7f"), 127U);
  EXPECT_EQ(read(std::string_view("\x81\0", 2)), 128U);
  EXPECT_EQ(read("\xff\xff\xff\xff\xff\xff\xff\xff\xff"), ~std::uint64_t{0});
  EXPECT_EQ(read("\x81"), std::nullopt);
  EXPECT_EQ(read(""), std::nullopt);
}

}  // namespace
}  // namespace testudo::test
