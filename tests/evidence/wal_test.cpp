#include "evidence/wal_overlay.h"

#include "sqlite_building.h"

namespace testudo::test {
namespace {

struct Logged {
  std::string main, log;
};

constexpr std::size_t log_header = 32, frame_header = 24;

// A database of 1024-octet pages with a log that was never merged into it: `before` is in the main file, `after` only
// in the log. Copied while it is open, as from a running phone.
Logged logged(const std::string& before, const std::string& after) {
  const Folder folder;
  const std::string path = folder.file("a.db");
  const Handle db(path);
  db.run("PRAGMA page_size=1024; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;" + before +
         "; PRAGMA wal_checkpoint(TRUNCATE);" + after);
  return {content_of(path), content_of(path + "-wal")};
}

const std::string before =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES(1, 'old'), (2, 'gone'), (3, 'stays')";
const std::string after =
    "UPDATE t SET a = 'new' WHERE id = 1; DELETE FROM t WHERE id = 2; INSERT INTO t VALUES(4, hex(zeroblob(2000)));"
    "CREATE TABLE u(x); INSERT INTO u VALUES(7)";

Rows read(std::string_view main, std::string_view log, DatabaseView view, const std::string& sql, Reported* reported) {
  const CountingBlob main_blob(main), log_blob(log);
  const Result<Database> db = Database::open(main_blob, log.data() != nullptr ? &log_blob : nullptr, view,
                                             reported != nullptr ? reported->report() : Report());
  if (!db) return {"error"};
  Result<void> ended;
  Rows rows = rows_of(db.value(), sql, &ended);
  return ended.ok() ? rows : Rows{"error"};
}

Rows ids(std::string_view main, std::string_view log, Reported* reported = nullptr) {
  return read(main, log, DatabaseView::merged, "SELECT id, substr(a, 1, 5) FROM t ORDER BY id", reported);
}

// What SQLite itself makes of a main file and a log.
Rows ids_by_sqlite(const Logged& files) {
  const Folder folder;
  write_file(folder.file("a.db"), files.main);
  write_file(folder.file("a.db-wal"), files.log);
  const Handle db(folder.file("a.db"));
  return rows_by_sqlite(db.get(), "SELECT id, substr(a, 1, 5) FROM t ORDER BY id");
}

TEST(Wal, BothStatesCanBeRead) {
  const Logged files = logged(before, after);
  Reported reported;
  EXPECT_EQ(ids(files.main, files.log, &reported), (Rows{"i1|tnew|", "i3|tstays|", "i4|t00000|"}));
  EXPECT_EQ(read(files.main, files.log, DatabaseView::main_only, "SELECT id, a FROM t", &reported),
            (Rows{"i1|told|", "i2|tgone|", "i3|tstays|"}));
  EXPECT_EQ(read(files.main, files.log, DatabaseView::merged, "SELECT x FROM u", &reported), Rows{"i7|"});
  EXPECT_EQ(read(files.main, files.log, DatabaseView::main_only, "SELECT x FROM u", &reported), Rows{"error"});
  EXPECT_EQ(ids(files.main, {}, &reported), (Rows{"i1|told|", "i2|tgone|", "i3|tstays|"})) << "without the log";
  EXPECT_TRUE(reported.names.empty());
}

TEST(Wal, TheMainFileMayBeShorterThanTheLogSays) {
  const Logged files = logged(before,
                              "WITH RECURSIVE n(i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < 900)"
                              "INSERT INTO t SELECT i, 'more' FROM n");
  ASSERT_LT(files.main.size(), 4096U);
  Reported reported;
  const Rows rows = ids(files.main, files.log, &reported);
  EXPECT_EQ(rows.size(), 900U);
  EXPECT_EQ(rows, ids_by_sqlite(files));
  EXPECT_TRUE(reported.names.empty());
}

TEST(Wal, AllOfTheDatabaseMayStandInTheLog) {
  const Logged files = logged(before, "VACUUM; UPDATE t SET a = 'x'");
  EXPECT_EQ(ids("", files.log), (Rows{"i1|tx|", "i2|tx|", "i3|tx|"}));
}

TEST(Wal, AnEmptyLogChangesNothing) {
  const Logged files = logged(before, after);
  Reported reported;
  EXPECT_EQ(ids(files.main, std::string_view("", 0), &reported), (Rows{"i1|told|", "i2|tgone|", "i3|tstays|"}));
  EXPECT_TRUE(reported.names.empty());
}

TEST(Wal, FramesOfAnOlderGenerationDoNotCount) {
  // After a checkpoint the log is written from its start again, with other salts; the rest is left as it was.
  const Folder folder;
  const Handle db(folder.file("a.db"));
  db.run("PRAGMA page_size=1024; PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;" + before +
         "; INSERT INTO t SELECT id + 10, hex(zeroblob(3000)) FROM t; PRAGMA wal_checkpoint(RESTART);"
         "UPDATE t SET a = 'again' WHERE id = 1");
  const Logged files{content_of(folder.file("a.db")), content_of(folder.file("a.db-wal"))};
  ASSERT_GT(files.log.size(), log_header + 4 * (frame_header + 1024));
  Reported reported;
  EXPECT_EQ(ids(files.main, files.log, &reported), ids_by_sqlite(files));
  EXPECT_EQ(ids(files.main, files.log)[0], "i1|tagain|");
  EXPECT_TRUE(reported.names.empty());
}

TEST(Wal, IsReadAsSqliteReadsItAtEveryTruncation) {
  const Logged files = logged(before, after);
  const std::size_t frame = frame_header + 1024;
  for (std::size_t size = 0; size < files.log.size(); size += size < 64 ? 5 : 131) {
    const Logged cut{files.main, files.log.substr(0, size)};
    Reported reported;
    EXPECT_EQ(ids(cut.main, cut.log, &reported), ids_by_sqlite(cut)) << size;
    const bool between_transactions = size == 0 || size == log_header;
    if (between_transactions) {
      EXPECT_TRUE(reported.names.empty()) << size;
    } else if (size < log_header || (size - log_header) % frame != 0) {
      EXPECT_EQ(reported.count("wal_torn"), 1) << size;
    }
  }
}

TEST(Wal, IsReadAsSqliteReadsItWithAnyOctetChanged) {
  const Logged files = logged(before, after);
  for (std::size_t at = 0; at < files.log.size(); at += at < 60 ? 1 : 211) {
    Logged changed = files;
    changed.log[at] = static_cast<char>(changed.log[at] ^ 0x10);
    // SQLite refuses to open a database whose log has another version; we pass over the log.
    if (at >= 4 && at < 8) continue;
    Reported reported;
    EXPECT_EQ(ids(changed.main, changed.log, &reported), ids_by_sqlite(changed)) << at;
    EXPECT_FALSE(reported.names.empty()) << at;
  }
}

TEST(Wal, NamesWhatIsWrong) {
  const Logged files = logged(before, after);
  const auto reported_for = [&](const std::string& log) {
    Reported reported;
    EXPECT_EQ(ids(files.main, log, &reported).size(), 3U);
    return reported.names;
  };
  using Names = std::map<std::string, int, std::less<>>;
  EXPECT_EQ(reported_for(std::string(5000, 'x')), (Names{{"wal_not_a_log", 1}}));
  EXPECT_EQ(reported_for(files.log.substr(0, 20)), (Names{{"wal_torn", 1}}));
  std::string flipped = files.log;
  flipped[log_header + frame_header + 500] ^= 1;
  EXPECT_EQ(reported_for(flipped), (Names{{"wal_bad_checksum", 1}}));
  flipped = files.log;
  flipped[25] ^= 1;
  EXPECT_EQ(reported_for(flipped), (Names{{"wal_bad_checksum", 1}}));
}

TEST(Wal, ALogOfAnotherPageSizeIsNotItsLog) {
  const Logged files = logged(before, after);
  const std::string other =
      build("PRAGMA page_size=4096; CREATE TABLE t(id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES(1, 'x')");
  // The log holds page 1 too, and would otherwise replace the whole database.
  Reported reported;
  EXPECT_EQ(ids(other, files.log, &reported), Rows{"i1|tx|"});
  EXPECT_EQ(reported.count("wal_page_size"), 1);
}

std::uint32_t big(const std::string& octets, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = (value << 8) | static_cast<std::uint8_t>(octets[at + i]);
  return value;
}

void put(std::string& octets, std::size_t at, std::uint32_t value) {
  for (std::size_t i = 4; i-- > 0; value >>= 8) octets[at + i] = static_cast<char>(value & 255);
}

// The same log as a big-endian machine would have written it.
std::string with_big_endian_checksums(std::string log) {
  std::uint32_t first = 0, second = 0;
  const auto add = [&](std::size_t from, std::size_t size) {
    for (std::size_t i = from; i < from + size; i += 8) {
      first += big(log, i) + second;
      second += big(log, i + 4) + first;
    }
  };
  put(log, 0, 0x377f0683);
  add(0, 24);
  put(log, 24, first), put(log, 28, second);
  for (std::size_t at = log_header; at < log.size(); at += frame_header + 1024) {
    add(at, 8), add(at + frame_header, 1024);
    put(log, at + 16, first), put(log, at + 20, second);
  }
  return log;
}

TEST(Wal, ChecksumsOfBothByteOrders) {
  const Logged files = logged(before, after);
  const Logged turned{files.main, with_big_endian_checksums(files.log)};
  Reported reported;
  EXPECT_EQ(ids(turned.main, turned.log, &reported), ids(files.main, files.log));
  EXPECT_EQ(ids(turned.main, turned.log), ids_by_sqlite(turned));
  EXPECT_TRUE(reported.names.empty());
}

TEST(Wal, ATransactionWithoutCommitIsTorn) {
  Logged files = logged(before,
                        "BEGIN; WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                        "INSERT INTO t SELECT i, 'x' FROM n; COMMIT");
  const std::size_t frame = frame_header + 1024;
  ASSERT_GT(files.log.size(), log_header + 2 * frame);
  files.log.resize(files.log.size() - frame);  // the commit frame is the last one
  Reported reported;
  EXPECT_EQ(ids(files.main, files.log, &reported).size(), 3U);
  EXPECT_EQ(reported.count("wal_torn"), 1);
  // Recovery takes what is there.
  const CountingBlob main(files.main), log(files.log);
  const Result<Database> db = Database::recover(main, &log, {});
  ASSERT_TRUE(db.ok());
  EXPECT_GT(rows_of(db.value(), "SELECT id FROM t WHERE a = 'x'").size(), 20U);
}

TEST(Wal, RecoveryReadsThroughTheLogToo) {
  const Logged files = logged(before, after);
  const CountingBlob main(files.main), log(files.log);
  const Result<Database> db = Database::recover(main, &log, {});
  ASSERT_TRUE(db.ok());
  EXPECT_EQ(rows_of(db.value(), "SELECT id, substr(a, 1, 5) FROM t ORDER BY id"),
            (Rows{"i1|tnew|", "i3|tstays|", "i4|t00000|"}));
}

TEST(Wal, RecoveryReadsTheLogBeyondTheEndOfACutFile) {
  Logged files = logged(
      "CREATE TABLE t(id INTEGER PRIMARY KEY, a);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
      "INSERT INTO t SELECT i, hex(zeroblob(150)) FROM n",
      "INSERT INTO t VALUES(999, 'newest')");
  files.main.resize(files.main.size() / 4096 * 1024);
  const CountingBlob main(files.main), log(files.log);
  const Result<Database> db = Database::recover(main, &log, {});
  ASSERT_TRUE(db.ok());
  EXPECT_EQ(rows_of(db.value(), "SELECT id, a FROM t WHERE id > 200"), Rows{"i999|tnewest|"});
}

}  // namespace
}  // namespace testudo::test
