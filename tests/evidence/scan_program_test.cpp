// Statements run without SQLite's machine: the same rows, columns, conversions and errors as SQLite gives, for whole
// databases and for damaged ones. A statement with LIMIT is run by SQLite itself: that is what is compared with.
#include <gtest/gtest.h>

#include <random>

#include "evidence/scan_program.h"
#include "evidence/sqlite_vfs.h"
#include "sqlite_building.h"

namespace testudo::test {
namespace {

const Report silent = [](std::string_view, std::uint64_t) {};

// How a program for `sql` ends, and after how many rows; nothing if there is no such program.
std::optional<std::pair<ScanProgram::End, std::uint64_t>> ends(const std::string& octets, const std::string& sql) {
  const auto blob = memory_blob(as_bytes(octets));
  DatabaseImage image =
      DatabaseImage::open(*blob, nullptr, DatabaseView::merged, DatabaseImage::Damage::refuse, silent).value();
  const Connection db = connect(image).value();
  auto program = ScanProgram::of(db.get(), image, sql);
  if (!program) return std::nullopt;
  const auto end = program->run([](const Value*) { return true; }, [](auto, auto, auto) { return std::nullopt; });
  return std::pair(end, program->visited());
}

bool is_plain(const std::string& octets, const std::string& sql) { return ends(octets, sql).has_value(); }

Database open(const Blob& blob, const Blob* log = nullptr) {
  return Database::open(blob, log, DatabaseView::merged, silent).value();
}

// The rows of a statement as the program gives them, and as SQLite does.
void expect_same(const std::string& octets, const std::string& sql) {
  const auto blob = memory_blob(as_bytes(octets));
  const Database db = open(*blob);
  EXPECT_EQ(rows_of(db, sql), rows_of(db, sql + " LIMIT -1")) << sql;
}

const std::string small =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b REAL, c TEXT, d BLOB, e NUMERIC);"
    "INSERT INTO t VALUES(1, 5, 5, 'five', x'05', '5'), (2, NULL, NULL, NULL, NULL, NULL),"
    "(-9223372036854775808, -1, -0.5, '', x'', 'x'), (9223372036854775807, 9e999, 2, 3, x'ff00', 1e300),"
    "(3, 127, 1e15, 'a' || char(0) || 'b', zeroblob(3), 128), (4, -32768, 1, CAST(x'ff' AS TEXT), 7, 8388608),"
    "(5, 2147483648, 0, 'ü', 1.5, 140737488355328), (6, 1, 0.1, 'x', 'text', 0);";

TEST(ScanProgram, TakesScansAndLookUpsByRowNumber) {
  const std::string octets = build(small +
                                   "CREATE INDEX i ON t(c); CREATE TABLE k(t, w) ; INSERT INTO k VALUES(2, 3);"
                                   "CREATE TABLE w(p PRIMARY KEY, q) WITHOUT ROWID;");
  for (const char* sql :
       {"SELECT * FROM t", "SELECT rowid, NULL, b, NULL, NULL, c FROM t", "SELECT a FROM t AS x",
        "SELECT k.rowid, x.a, y.b FROM k LEFT JOIN t AS x ON x.id = k.t LEFT JOIN t AS y ON y.id = k.w"})
    EXPECT_TRUE(is_plain(octets, sql)) << sql;
  for (const char* sql : {"SELECT c FROM t", "SELECT a FROM t WHERE a > 1", "SELECT a FROM t ORDER BY a",
                          "SELECT a FROM t LIMIT 3", "SELECT p, q FROM w", "SELECT upper(c) FROM t",
                          "SELECT count(*) FROM t", "SELECT k.t FROM k JOIN t ON t.a = k.t"})
    EXPECT_FALSE(is_plain(octets, sql)) << sql;
  EXPECT_FALSE(is_plain(build("PRAGMA encoding='UTF-16le';" + small), "SELECT a FROM t"));
}

TEST(ScanProgram, GivesEveryStorageClassAsSqliteDoes) {
  const std::string octets = build(small);
  EXPECT_EQ(ends(octets, "SELECT * FROM t"), std::pair(ScanProgram::End::done, std::uint64_t{8}));
  for (const char* sql : {"SELECT * FROM t", "SELECT e, d, rowid, a, a FROM t", "SELECT NULL, id FROM t"})
    expect_same(octets, sql);
}

TEST(ScanProgram, ConvertsAsSqliteDoes) {
  const std::string octets = build(small +
                                   "INSERT INTO t VALUES(20, '12abc', ' 7', 1.25, x'3132', '0x10');"
                                   "INSERT INTO t VALUES(21, 9.3e18, '1e3', -7, '1e2', x'2d35');");
  const auto blob = memory_blob(as_bytes(octets));
  const Database db = open(*blob);
  const auto read = [&](const char* sql) {
    Rows rows;
    EXPECT_TRUE(
        db.each(sql, [&](const QueryRow& row) {
            std::string all;
            for (int i = 0; i < row.columns(); ++i) {
              all += row.is_null(i) ? "null " : row.is_number(i) ? "number " : row.is_text(i) ? "text " : "blob ";
              all +=
                  std::to_string(row.integer(i).value_or(-77)) + ' ' + std::to_string(row.real(i).value_or(-77)) + ' ';
              all += to_hex(row.bytes(i).value_or(Bytes())) + ' ' + std::string(row.text(i).value_or("-"));
              all += row.boolean(i).value_or(false) ? " true|" : " false|";
            }
            rows.push_back(all);
            return true;
          }).ok());
    return rows;
  };
  const Rows rows = read("SELECT a, b, c, d, e FROM t");
  EXPECT_EQ(rows, read("SELECT a, b, c, d, e FROM t LIMIT -1"));
  ASSERT_EQ(rows.size(), 10U);
  EXPECT_EQ(rows[7].substr(0, rows[7].find('|')), "text 12 12.000000 3132616263 12abc true");
}

TEST(ScanProgram, ReadsRowsFromBeforeAColumnWasAdded) {
  const std::string octets = build(
      "CREATE TABLE t(a); INSERT INTO t VALUES(1), (2);"
      "ALTER TABLE t ADD COLUMN n; ALTER TABLE t ADD COLUMN z INTEGER DEFAULT 0;"
      "ALTER TABLE t ADD COLUMN e TEXT DEFAULT ''; ALTER TABLE t ADD COLUMN r REAL DEFAULT 3;"
      "ALTER TABLE t ADD COLUMN x DEFAULT x'00ff'; ALTER TABLE t ADD COLUMN s TEXT DEFAULT 5;"
      "INSERT INTO t VALUES(3, 4, 5, 'six', 7, 8, 9);");
  EXPECT_TRUE(is_plain(octets, "SELECT n, z, e, r, x, s, a FROM t"));
  expect_same(octets, "SELECT n, z, e, r, x, s, a FROM t");
  const auto blob = memory_blob(as_bytes(octets));
  const Rows rows = rows_of(open(*blob), "SELECT n, z, e, r, x, s, a FROM t");
  EXPECT_EQ(rows, (Rows{"n|i0|t|r3.0|b00ff|t5|i1|", "n|i0|t|r3.0|b00ff|t5|i2|", "i4|i5|tsix|r7.0|i8|t9|i3|"}));
}

TEST(ScanProgram, LooksUpRowsOfOtherTablesAndOfItsOwn) {
  const std::string octets = build(
      "CREATE TABLE v(id INTEGER PRIMARY KEY, d INTEGER, m, a);"
      "CREATE TABLE m(id INTEGER PRIMARY KEY, u TEXT, f REAL);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
      " INSERT INTO v SELECT i, CASE i % 3 WHEN 0 THEN (i * 7919) % 4000 END,"
      " CASE i % 5 WHEN 0 THEN i WHEN 1 THEN i / 2 WHEN 2 THEN -i END, 'v' || i FROM n;"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
      " INSERT INTO m SELECT i * 2, hex(zeroblob(i % 70)), i FROM n;");
  const std::string sql =
      "SELECT v.id, v.a, d.a, m.u, m.f, d.rowid, NULL FROM v LEFT JOIN v AS d ON d.id = v.d"
      " LEFT JOIN m ON m.rowid = v.m";
  EXPECT_EQ(ends(octets, sql), std::pair(ScanProgram::End::done, std::uint64_t{3000}));
  expect_same(octets, sql);
}

TEST(ScanProgram, LeavesKeysThatAreNoNumbersToSqlite) {
  const std::string octets = build(
      "CREATE TABLE v(d); CREATE TABLE m(id INTEGER PRIMARY KEY, u); INSERT INTO m VALUES(1, 'one'), (2, 'two');"
      "INSERT INTO v VALUES(1), ('2'), (2.0), (2.5), ('x'), (x'32'), (NULL), (1);");
  const std::string sql = "SELECT v.d, m.u FROM v LEFT JOIN m ON m.id = v.d";
  EXPECT_EQ(ends(octets, sql), std::pair(ScanProgram::End::unusual, std::uint64_t{1}));
  expect_same(octets, sql);
}

TEST(ScanProgram, StopsWhereTheVisitorStops) {
  const std::string octets = build(small);
  const auto blob = memory_blob(as_bytes(octets));
  const Database db = open(*blob);
  int seen = 0;
  EXPECT_TRUE(db.each("SELECT * FROM t", [&](const QueryRow&) { return ++seen < 3; }).ok());
  EXPECT_EQ(seen, 3);
}

TEST(ScanProgram, AnotherStatementMayRunInsideOfOne) {
  const std::string octets = build(small);
  const auto blob = memory_blob(as_bytes(octets));
  const Database db = open(*blob);
  std::vector<std::string> pairs;
  EXPECT_TRUE(db.each("SELECT id, c, a FROM t", [&](const QueryRow& outer) {
                  EXPECT_TRUE(db.each("SELECT c, id FROM t", [&](const QueryRow&) { return true; }).ok());
                  pairs.push_back(std::string(outer.text(1).value_or("-")) + '/' +
                                  std::string(outer.text(2).value_or("-")));
                  return true;
                }).ok());
  EXPECT_EQ(pairs.size(), 8U);
  EXPECT_EQ(pairs[1], "five/5");
  EXPECT_EQ(pairs[2], "-/-");
}

// Tables of many shapes: page sizes, reserved octets, long rows, rows without order of insertion, deleted ones.
std::string random_database(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const char* types[] = {"", " INTEGER", " REAL", " TEXT", " BLOB", " VARCHAR", " TIMESTAMP", " FLOAT", " BOOLEAN"};
  const unsigned columns = 1 + below(9) + (below(8) == 0 ? 200 : 0);
  std::string sql = "PRAGMA page_size=" + std::to_string(512U << below(8)) + ";";
  const bool keyed = below(2) == 0;
  sql += "CREATE TABLE t(";
  for (unsigned i = 0; i < columns; ++i)
    sql += (i == 0 ? "c0" : ", c" + std::to_string(i)) +
           (i == 0 && keyed ? " INTEGER PRIMARY KEY" : std::string(types[below(std::size(types))]));
  sql += ");";
  const auto value = [&]() -> std::string {
    switch (below(12)) {
      case 0:
        return "NULL";
      case 1:
        return std::to_string(static_cast<std::int64_t>(random()) << below(32));
      case 2:
        return "-" + std::to_string(random() >> below(31));
      case 3:
        return std::to_string(random() % 1000) + ".25";
      case 4:
        return "randomblob(" + std::to_string(below(30)) + ")";
      case 5:
        return "zeroblob(" + std::to_string(below(below(40) == 0 ? 100'000 : 2000)) + ")";
      case 6:
        return "hex(zeroblob(" + std::to_string(below(700)) + "))";
      case 7:
        return "0";
      case 8:
        return "1";
      default:
        return "'text " + std::to_string(random() % 100) + "'";
    }
  };
  const auto rows = [&](unsigned count) {
    for (unsigned r = 0; r < count; ++r) {
      sql += "INSERT OR IGNORE INTO t VALUES(";
      for (unsigned i = 0; i < columns; ++i)
        sql += (i == 0 ? "" : ", ") +
               (i == 0 && keyed ? std::to_string(static_cast<int>(random() >> below(31))) : value());
      sql += ");";
    }
  };
  rows(below(200));
  if (below(2) == 0) sql += "DELETE FROM t WHERE rowid % 3 = 0;";
  if (below(2) == 0) sql += "ALTER TABLE t ADD COLUMN late" + std::string(below(2) == 0 ? "" : " DEFAULT 17") + ";";
  return build(sql);
}

std::string some_columns(const Database& db, std::mt19937& random) {
  std::string sql = "SELECT rowid";
  for (const std::string& name : db.columns("t"))
    if (random() % 2 == 0) sql += random() % 8 == 0 ? ", NULL" : ", \"" + name + '"';
  return sql + " FROM t";
}

TEST(ScanProgram, ReadsRandomDatabasesAsSqliteDoes) {
  std::mt19937 random(7);
  for (int i = 0; i < 30; ++i) {
    const std::string octets = random_database(random);
    const auto blob = memory_blob(as_bytes(octets));
    const Database db = open(*blob);
    const std::string sql = some_columns(db, random);
    EXPECT_TRUE(is_plain(octets, sql)) << sql;
    EXPECT_TRUE(rows_of(db, sql) == rows_of(db, sql + " LIMIT -1")) << i << ": " << sql;
  }
}

// Rows until the end or the error, and the error.
Rows all_of(const Database& db, const std::string& sql) {
  Result<void> ended;
  Rows rows = rows_of(db, sql, &ended);
  rows.push_back(ended ? "end" : ended.error().what);
  return rows;
}

TEST(ScanProgram, ReadsDamagedDatabasesAsSqliteDoes) {
  std::mt19937 random(11);
  int opened = 0, failed = 0;
  for (int i = 0; i < 25; ++i) {
    const std::string whole = random_database(random);
    for (int k = 0; k < 12; ++k) {
      std::string octets = whole;
      for (std::size_t n = 1 + random() % 6; n > 0; --n) {
        // Anywhere, or in the header of a page, where it hurts most.
        const std::size_t page = octets.size() / 4096 == 0 ? 512 : 512U << random() % 4;
        const std::size_t at =
            random() % 2 == 0 ? random() % octets.size() : random() % (octets.size() / page) * page + random() % 40;
        if (at >= 100)
          octets[at] = static_cast<char>(random() % 3 == 0 ? static_cast<int>(random() % 256)
                                                           : octets[at] ^ (1 << random() % 8));
      }
      if (random() % 6 == 0) octets.resize(random() % octets.size());
      const auto blob = memory_blob(as_bytes(octets));
      const auto db = Database::open(*blob, nullptr, DatabaseView::merged, silent);
      if (!db || !db->has_table("t") || db->columns("t").empty()) continue;
      ++opened;
      const std::string sql = some_columns(*db, random);
      const Rows rows = all_of(*db, sql);
      // SQLite takes a page with broken cells for good when it meets it again: hence another connection.
      const Rows by_sqlite = all_of(open(*blob), sql + " LIMIT -1");
      EXPECT_TRUE(rows == by_sqlite) << i << '/' << k << ": " << sql << ": " << rows.size() - 1 << " rows and "
                                     << rows.back() << ", not " << by_sqlite.size() - 1 << " and " << by_sqlite.back();
      failed += rows.back() != "end";
    }
  }
  EXPECT_GT(opened, 180);
  EXPECT_GT(failed, 20);
}

TEST(ScanProgram, ReadsTheLogOverTheFile) {
  const Folder folder;
  const std::string path = folder.file("db");
  std::string main, log;
  {
    const Handle db(path);
    db.run(
        "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t(a, b);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
        " INSERT INTO t SELECT i, hex(zeroblob(i % 60)) FROM n; PRAGMA wal_checkpoint(TRUNCATE);"
        "UPDATE t SET b = 'changed' WHERE a % 7 = 0; DELETE FROM t WHERE a % 11 = 0;");
    const auto slurp = [](const std::string& name) {
      std::ifstream in(name, std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(in), {});
    };
    main = slurp(path), log = slurp(path + "-wal");
  }
  const auto main_blob = memory_blob(as_bytes(main)), log_blob = memory_blob(as_bytes(log));
  for (const Blob* under : {static_cast<const Blob*>(log_blob.get()), static_cast<const Blob*>(nullptr)}) {
    const Database db = open(*main_blob, under);
    const Rows rows = rows_of(db, "SELECT rowid, a, b FROM t");
    EXPECT_EQ(rows, rows_of(db, "SELECT rowid, a, b FROM t LIMIT -1"));
    EXPECT_EQ(rows.size(), under != nullptr ? 819U : 900U);
  }
}

}  // namespace
}  // namespace testudo::test
