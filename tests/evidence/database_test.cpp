#include "evidence/database.h"

#include "sqlite_building.h"

namespace testudo::test {
namespace {

Database opened(const Blob& main, const Report& report = {}, DatabaseLimits limits = {}) {
  Result<Database> db = Database::open(main, nullptr, DatabaseView::merged, report, limits);
  EXPECT_TRUE(db.ok()) << (db.ok() ? "" : db.error().what);
  return std::move(db).value();
}

Fault fault_of(const Result<void>& result) { return result.ok() ? Fault::internal : result.error().fault; }

Fault fault_of(const Database& db, std::string_view sql) {
  return fault_of(db.each(sql, [](const QueryRow&) { return true; }));
}

Fault open_fault(std::string_view octets, const Report& report = {}) {
  const CountingBlob blob(octets);
  const Result<Database> db = Database::open(blob, nullptr, DatabaseView::merged, report);
  return db.ok() ? Fault::internal : db.error().fault;
}

const std::string every_class =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b TEXT, c BLOB, d REAL, e NUMERIC);"
    "INSERT INTO t VALUES(1, NULL, 'text', x'00ff', 1.5, 7), (2, -9223372036854775808, '', x'', -0.25, '12'),"
    "(-3, 9223372036854775807, 'ä', zeroblob(9000), 1e300, 'word'), (4, 'x', char(1, 9, 10), NULL, 3, 0);";

TEST(Database, ReadsEveryStorageClassAsSqliteDoes) {
  for (const char* encoding : {"UTF-8", "UTF-16le", "UTF-16be"})
    for (const int page_size : {512, 1024, 4096, 65536}) {
      const std::string sql =
          "PRAGMA page_size=" + std::to_string(page_size) + "; PRAGMA encoding='" + encoding + "';" + every_class;
      const std::string octets = build(sql);
      const CountingBlob blob(octets);
      const Handle reference(":memory:");
      reference.run(sql);
      EXPECT_EQ(rows_of(opened(blob), "SELECT * FROM t ORDER BY id"),
                rows_by_sqlite(reference.get(), "SELECT * FROM t ORDER BY id"))
          << encoding << page_size;
    }
}

TEST(Database, RowsAnswerByClass) {
  const std::string octets = build(every_class);
  const CountingBlob blob(octets);
  int rows = 0;
  ASSERT_TRUE(opened(blob)
                  .each("SELECT * FROM t WHERE id = 1",
                        [&](const QueryRow& row) {
                          ++rows;
                          EXPECT_EQ(row.columns(), 6);
                          EXPECT_EQ(row.name(2), "b");
                          EXPECT_EQ(row.integer(0), 1);
                          EXPECT_TRUE(row.is_null(1));
                          EXPECT_EQ(row.integer(1), std::nullopt);
                          EXPECT_EQ(row.real(1), std::nullopt);
                          EXPECT_EQ(row.text(1), std::nullopt);
                          EXPECT_FALSE(row.bytes(1).has_value());
                          EXPECT_EQ(row.boolean(1), std::nullopt);
                          EXPECT_TRUE(row.is_text(2));
                          EXPECT_EQ(row.text(2), "text");
                          EXPECT_TRUE(row.is_blob(3));
                          EXPECT_EQ(to_hex(*row.bytes(3)), "00ff");
                          EXPECT_TRUE(row.is_number(4));
                          EXPECT_EQ(row.real(4), 1.5);
                          EXPECT_EQ(row.boolean(5), true);
                          return true;
                        })
                  .ok());
  EXPECT_EQ(rows, 1);
}

TEST(Database, KeepsOctetsThatAreNotUtf8) {
  const std::string octets = build("CREATE TABLE t(a TEXT); INSERT INTO t VALUES(CAST(x'61ff0062' AS TEXT));");
  const CountingBlob blob(octets);
  ASSERT_TRUE(opened(blob)
                  .each("SELECT a FROM t",
                        [](const QueryRow& row) {
                          EXPECT_EQ(row.text(0), std::string_view("a\xff\0b", 4));
                          return true;
                        })
                  .ok());
}

TEST(Database, StopsWhenTheCallerHasEnough) {
  const std::string octets = build(every_class);
  const CountingBlob blob(octets);
  int rows = 0;
  EXPECT_TRUE(opened(blob).each("SELECT * FROM t", [&](const QueryRow&) { return ++rows < 2; }).ok());
  EXPECT_EQ(rows, 2);
}

TEST(Database, QueriesMayNest) {
  const std::string octets = build(every_class);
  const CountingBlob blob(octets);
  const Database db = opened(blob);
  int pairs = 0;
  EXPECT_TRUE(db.each("SELECT id FROM t", [&](const QueryRow&) {
                  EXPECT_TRUE(db.each("SELECT id FROM t", [&](const QueryRow&) { return ++pairs, true; }).ok());
                  return true;
                }).ok());
  EXPECT_EQ(pairs, 16);
}

TEST(Database, ScansWithFewReads) {
  const std::string octets = build(
      "CREATE TABLE t(a, b); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
      "INSERT INTO t SELECT i, hex(zeroblob(100)) FROM n;");
  ASSERT_GT(octets.size(), 8U << 20);
  const CountingBlob blob(octets);
  EXPECT_EQ(rows_of(opened(blob), "SELECT count(*), sum(a), sum(length(b)) FROM t"),
            Rows{"i40000|i800020000|i8000000|"});
  EXPECT_LT(blob.reads, octets.size() / (128U << 10));
  EXPECT_LT(blob.octets_read, octets.size() * 11 / 10);
}

TEST(Placeholders, StandForColumnsThatMayBeMissing) {
  const std::string octets =
      build("CREATE TABLE Message(id INTEGER PRIMARY KEY, text); INSERT INTO Message VALUES(5, 'hi');");
  const CountingBlob blob(octets);
  Reported reported;
  const Database db = opened(blob, reported.report());
  EXPECT_EQ(rows_of(db, "SELECT {message.ID}, {Message.text}, {message.rowid} FROM message"), Rows{"i5|thi|i5|"});
  EXPECT_EQ(rows_of(db, "SELECT {m=message.text}, {?m=message.reply} FROM message AS m"), Rows{"thi|n|"});
  EXPECT_TRUE(reported.names.empty());
  EXPECT_EQ(rows_of(db, "SELECT {message.gone}, {m=message.gone}, {message.other} FROM message AS m"), Rows{"n|n|n|"});
  EXPECT_EQ(reported.names, (std::map<std::string, int, std::less<>>{{"column_missing", 2}}));
  EXPECT_EQ(rows_of(db, "SELECT '{message.text}', \"text\" /* {x.y} */ FROM message -- {x.y}"),
            Rows{"t{message.text}|thi|"});
  EXPECT_EQ(rows_of(db, "SELECT '{\"a\": 1}'"), Rows{"t{\"a\": 1}|"});
}

TEST(Placeholders, AnswerNotFoundForAnAbsentTable) {
  const std::string octets = build(every_class);
  const CountingBlob blob(octets);
  const Database db = opened(blob);
  EXPECT_EQ(fault_of(db, "SELECT {gone.a} FROM t"), Fault::not_found);
  EXPECT_EQ(fault_of(db, "SELECT {?gone.a} FROM t"), Fault::not_found);
  EXPECT_EQ(fault_of(db, "SELECT a FROM gone"), Fault::not_found);
  EXPECT_EQ(fault_of(db, "SELECT gone FROM t"), Fault::not_found);
  EXPECT_EQ(fault_of(db, "SELECT {t.a FROM t"), Fault::usage);
  EXPECT_EQ(fault_of(db, ""), Fault::usage);
  EXPECT_EQ(fault_of(db, "SELECT 1; SELECT 2"), Fault::usage);
}

TEST(Schema, ListsTablesAndColumns) {
  const std::string octets = build(
      "CREATE TABLE \"odd \"\" name\"(a, \"b c\", d AS (a + 1), e AS (a + 2) STORED);"
      "CREATE TABLE w(k PRIMARY KEY, v) WITHOUT ROWID; CREATE VIEW v AS SELECT k FROM w;");
  const CountingBlob blob(octets);
  const Database db = opened(blob);
  EXPECT_TRUE(db.has_table("odd \" name"));
  EXPECT_TRUE(db.has_table("W"));
  EXPECT_FALSE(db.has_table("v"));
  EXPECT_FALSE(db.has_table("nothing"));
  EXPECT_EQ(db.columns("odd \" name"), (std::vector<std::string>{"a", "b c", "d", "e"}));
  EXPECT_EQ(db.columns("nothing"), std::vector<std::string>());
  EXPECT_TRUE(db.has_column("odd \" name", "B C"));
  EXPECT_TRUE(db.has_column("odd \" name", "rowid"));
  EXPECT_TRUE(db.has_column("w", "v"));
  EXPECT_TRUE(db.has_column("w", "rowid"));
  EXPECT_FALSE(db.has_column("w", "x"));
}

TEST(Schema, ATableWithoutRowidIsNumberedInTheOrderOfItsKey) {
  const std::string octets = build(
      "CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO w VALUES('b', 2), ('a', 1), ('c', NULL);"
      "CREATE TABLE own(rowid TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO own VALUES('z');");
  const CountingBlob blob(octets);
  Reported reported;
  const Database db = opened(blob, reported.report());
  EXPECT_EQ(db.columns("w"), (std::vector<std::string>{"k", "v"}));
  EXPECT_EQ(rows_of(db, "SELECT rowid, {w.k}, {w.v} FROM w ORDER BY rowid"),
            (Rows{"i1|ta|i1|", "i2|tb|i2|", "i3|tc|n|"}));
  EXPECT_EQ(rows_of(db, "SELECT {w.rowid} FROM w WHERE k = 'c'"), Rows{"i3|"});
  const std::vector<std::string_view> but_key = {"k"};
  for (const auto& [number, rest] : std::vector<std::pair<int, std::string>>{
           {2, R"({"v":2})"}, {2, R"({"v":2})"}, {1, R"({"v":1})"}, {3, "{}"}, {4, "{}"}, {0, "{}"}, {1, R"({"v":1})"}})
    EXPECT_EQ(db.rest_of_row("w", number, but_key), rest) << number;
  EXPECT_EQ(rows_of(db, "SELECT {own.rowid} FROM own"), Rows{"tz|"});
  EXPECT_TRUE(reported.names.empty());
}

TEST(Schema, RestOfRowIsJsonWithoutNullsAndWithoutWhatWasNamed) {
  const std::string octets = build(
      "CREATE TABLE t(id INTEGER PRIMARY KEY, text, n, gone, blob, r);"
      "INSERT INTO t VALUES(3, 'a \"b\"', 7, NULL, x'0001ff', 2.5), (4, CAST(x'ff' AS TEXT), NULL, 1, NULL, 9e999);");
  const CountingBlob blob(octets);
  const Database db = opened(blob);
  EXPECT_EQ(db.rest_of_row("t", 3, {"ID"}), R"({"text":"a \"b\"","n":7,"blob":"AAH/","r":2.5})");
  EXPECT_EQ(db.rest_of_row("T", 4, {"id", "gone"}), "{\"text\":\"\xef\xbf\xbd\",\"r\":null}");
  EXPECT_EQ(db.rest_of_row("t", 3, {"id", "n", "text", "blob", "r"}), "{}");
  EXPECT_EQ(db.rest_of_row("t", 99, {}), "{}");
  EXPECT_EQ(db.rest_of_row("nothing", 1, {}), "{}");
}

TEST(Hardening, NeitherViewsNorVirtualTablesRun) {
  const std::string octets = build(
      "CREATE TABLE t(a); INSERT INTO t VALUES(1); CREATE VIEW v AS SELECT a FROM t;"
      "CREATE VIRTUAL TABLE f USING fts5(x); INSERT INTO f VALUES('word');"
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END;");
  const CountingBlob blob(octets);
  Reported reported;
  const Database db = opened(blob, reported.report());
  EXPECT_EQ(rows_of(db, "SELECT a FROM t"), Rows{"i1|"});
  EXPECT_EQ(fault_of(db, "SELECT {v.a} FROM v"), Fault::not_found);
  EXPECT_EQ(fault_of(db, "SELECT a FROM v"), Fault::unsupported);
  EXPECT_EQ(fault_of(db, "SELECT {f.x} FROM f"), Fault::not_found);
  EXPECT_EQ(fault_of(db, "SELECT x FROM f"), Fault::unsupported);
  EXPECT_EQ(reported.count("view_not_read"), 1);
  EXPECT_EQ(reported.count("virtual_table_not_read"), 1);
  EXPECT_TRUE(db.has_table("f_content"));
}

TEST(Hardening, AModuleThatNobodyHasDoesNotCloseTheDatabase) {
  const std::string octets = build(
      "CREATE TABLE t(a); INSERT INTO t VALUES(1); PRAGMA writable_schema=ON;"
      "INSERT INTO sqlite_schema VALUES('table', 'z', 'z', 0, 'CREATE VIRTUAL TABLE z USING app_search(x)');");
  const CountingBlob blob(octets);
  EXPECT_EQ(rows_of(opened(blob), "SELECT a FROM t"), Rows{"i1|"});
}

TEST(Hardening, SubqueriesAreOurOwnAndRun) {
  const std::string octets = build(every_class);
  const CountingBlob blob(octets);
  EXPECT_EQ(rows_of(opened(blob), "WITH x AS (SELECT id FROM t WHERE id > 2) SELECT max(id) FROM (SELECT id FROM x)"),
            Rows{"i4|"});
}

TEST(Hardening, OnlyReadingIsAllowed) {
  const std::string octets = build(every_class);
  const CountingBlob blob(octets);
  const Database db = opened(blob);
  for (const char* sql :
       {"ATTACH DATABASE ':memory:' AS other", "PRAGMA writable_schema=ON", "DELETE FROM t", "CREATE TEMP TABLE x(a)",
        "SELECT load_extension('x')", "VACUUM", "BEGIN", "UPDATE t SET a = 1", "CREATE TABLE x(a)"})
    EXPECT_NE(fault_of(db, sql), Fault::internal) << sql;
  EXPECT_EQ(rows_of(db, "SELECT count(*) FROM t"), Rows{"i4|"});
}

TEST(Hardening, ARunawayQueryEnds) {
  const std::string octets = build(every_class);
  const CountingBlob blob(octets);
  const Database db = opened(blob, {}, {.instructions = 1'000'000});
  const char* forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  EXPECT_EQ(fault_of(db, forever), Fault::limit);
  EXPECT_EQ(rows_of(db, "SELECT count(*) FROM t"), Rows{"i4|"}) << "the limit is one statement's";
}

TEST(Hardening, ColumnsThatMakeTheirValuesEnd) {
  const std::string octets = build(
      "CREATE TABLE t(a, b TEXT AS (hex(zeroblob(100000))) VIRTUAL); INSERT INTO t(a) WITH RECURSIVE n(i) AS"
      " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT i FROM n;");
  const CountingBlob blob(octets);
  const Database db = opened(blob, {}, {.instructions = 1'000'000});
  int rows = 0;
  const auto read = db.each("SELECT {t.b} FROM t", [&](const QueryRow&) { return ++rows, true; });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, Fault::limit);
  EXPECT_NEAR(rows, 40, 2);
}

TEST(Damage, WhatIsNoDatabaseIsToldApart) {
  EXPECT_EQ(open_fault(""), Fault::truncated);
  EXPECT_EQ(open_fault("S"), Fault::truncated);
  EXPECT_EQ(open_fault(std::string(4096, '\x5a')), Fault::malformed) << "still encrypted";
  EXPECT_EQ(open_fault(std::string(4096, '\0')), Fault::malformed);
  const std::string octets = build(every_class);
  EXPECT_EQ(open_fault(octets.substr(0, 99)), Fault::truncated);
  Reported cut;
  EXPECT_EQ(open_fault(octets.substr(0, 1000), cut.report()), Fault::truncated);
  EXPECT_EQ(cut.count("database_truncated"), 1);
  for (const int size : {0, 3, 256, 513, 4095}) {
    std::string wrong = octets;
    wrong[16] = static_cast<char>(size >> 8);
    wrong[17] = static_cast<char>(size & 255);
    EXPECT_EQ(open_fault(wrong), Fault::malformed) << size;
  }
}

TEST(Damage, RowsBeforeTheCutAreDelivered) {
  const std::string octets = build(
      "PRAGMA page_size=1024; CREATE TABLE t(a INTEGER PRIMARY KEY, b);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
      "INSERT INTO t SELECT i, hex(zeroblob(40)) FROM n;");
  const std::string cut = octets.substr(0, octets.size() / 2 + 100);
  const CountingBlob blob(cut);
  Reported reported;
  const Database db = opened(blob, reported.report());
  Result<void> ended;
  const Rows rows = rows_of(db, "SELECT a FROM t", &ended);
  EXPECT_EQ(fault_of(ended), Fault::malformed);
  EXPECT_EQ(reported.count("database_truncated"), 1);
  EXPECT_GT(rows.size(), 200U);
  EXPECT_LT(rows.size(), 300U);
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i], "i" + std::to_string(i + 1) + "|");
}

TEST(Damage, AMissingOverflowPageIsNotReadAsZeros) {
  const std::string octets = build("CREATE TABLE t(a); INSERT INTO t VALUES(zeroblob(20000));");
  const std::string cut = octets.substr(0, octets.size() - 4096);
  const CountingBlob blob(cut);
  Result<void> ended;
  int rows = 0;
  ended = opened(blob).each("SELECT a FROM t", [&](const QueryRow& row) {
    rows += row.bytes(0) && row.bytes(0)->size() == 20000 ? 1 : 0;
    return true;
  });
  EXPECT_EQ(rows, 0);
}

TEST(Damage, ASchemaWithNonsenseStillGivesItsOtherTables) {
  const std::string octets = build(
      "CREATE TABLE t(a); INSERT INTO t VALUES(1); CREATE TABLE u(a); PRAGMA writable_schema=ON;"
      "UPDATE sqlite_schema SET sql = 'CREATE NONSENSE' WHERE name = 'u';");
  const CountingBlob blob(octets);
  Reported reported;
  const Database db = opened(blob, reported.report());
  EXPECT_EQ(reported.count("database_corrupt"), 1);
  EXPECT_EQ(rows_of(db, "SELECT {t.a} FROM t"), Rows{"i1|"});
  EXPECT_EQ(fault_of(db, "SELECT a FROM u"), Fault::malformed) << "not `absent`: it was lost";
}

TEST(Damage, SchemaRowsThatStateMoreThanThereIsAreNotParsed) {
  std::string sql = "PRAGMA page_size=512;";
  for (int i = 0; i < 4; ++i)
    sql += "CREATE TABLE t" + std::to_string(i) + "(a, /*" + std::string(20'000, static_cast<char>('A' + i)) + "*/ b);";
  const std::string octets = build(sql);
  EXPECT_EQ(open_fault(octets), Fault::internal) << "as built, it opens";
  const std::string half = octets.substr(0, octets.size() / 2);
  EXPECT_EQ(open_fault(half), Fault::malformed) << "rows that state more than there is";
}

TEST(Damage, OpeningReturnsAtEveryTruncation) {
  const std::string octets = build("PRAGMA page_size=512;" + every_class);
  for (std::size_t size = 0; size < octets.size(); ++size) {
    const CountingBlob blob(std::string_view(octets).substr(0, size));
    const Result<Database> db = Database::open(blob, nullptr, DatabaseView::merged, {});
    if (size < 512) {
      EXPECT_FALSE(db.ok());
    } else if (db.ok()) {
      static_cast<void>(db.value().each("SELECT * FROM t", [](const QueryRow&) { return true; }).ok());
    }
  }
}

}  // namespace
}  // namespace testudo::test
