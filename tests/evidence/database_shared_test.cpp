// Real and hostile databases that the repository does not hold; skipped where they are absent.
#include <cstdio>
#include <memory>

#include "evidence/table_catalogue.h"
#include "sqlite_building.h"

namespace testudo::test {
namespace {

std::vector<std::string> tables_by_sqlite(sqlite3* db) {
  std::vector<std::string> names;
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0", -1, &statement,
                     nullptr);
  while (sqlite3_step(statement) == SQLITE_ROW)
    names.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  sqlite3_finalize(statement);
  return names;
}

class RealDatabase : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    path_ = shared_data() / "fixtures/plaso" / GetParam();
    if (!std::filesystem::exists(path_)) GTEST_SKIP() << path_;
    octets_ = content_of(path_);
    ASSERT_EQ(sqlite3_open_v2(("file:" + path_.string() + "?immutable=1").c_str(), &reference_,
                              SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr),
              SQLITE_OK);
  }
  void TearDown() override { sqlite3_close(reference_); }
  std::filesystem::path path_;
  std::string octets_;
  sqlite3* reference_ = nullptr;
};

TEST_P(RealDatabase, EveryCellIsReadAsSqliteReadsIt) {
  const CountingBlob blob(octets_);
  Reported reported;
  const Result<Database> db = Database::open(blob, nullptr, DatabaseView::merged, reported.report());
  ASSERT_TRUE(db.ok()) << db.error().what;
  std::size_t rows = 0;
  for (const std::string& table : tables_by_sqlite(reference_)) {
    const std::string sql = "SELECT * FROM " + quoted_identifier(table);
    const Rows ours = rows_of(db.value(), sql);
    ASSERT_EQ(ours, rows_by_sqlite(reference_, sql)) << table;
    rows += ours.size();
  }
  EXPECT_GT(rows, 20U);
  EXPECT_TRUE(reported.names.empty());
}

TEST_P(RealDatabase, RecoveryGivesTheSameRows) {
  const CountingBlob blob(octets_);
  Reported reported;
  const Result<Database> db = Database::recover(blob, nullptr, reported.report());
  ASSERT_TRUE(db.ok()) << db.error().what;
  int left_out = 0;
  for (const std::string& table : tables_by_sqlite(reference_)) {
    if (table.starts_with("sqlite_")) continue;
    if (!db.value().has_table(table)) {
      ++left_out;
      continue;
    }
    const std::string sql = "SELECT rowid, * FROM " + quoted_identifier(table) + " ORDER BY rowid";
    ASSERT_EQ(rows_of(db.value(), sql), rows_by_sqlite(reference_, sql)) << table;
  }
  EXPECT_EQ(left_out, reported.count("recovery_without_rowid"));
}

INSTANTIATE_TEST_SUITE_P(Plaso, RealDatabase,
                         testing::Values("ios/DataUsage.sqlite", "ios/netusage.sqlite", "macos/TCC-test.db",
                                         "ios/powerlog_2021-12-16_05-54_84E2141B.PLSQL"));

std::string unpacked(const std::filesystem::path& path) {
  std::string octets;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(("xz -dc '" + path.string() + "'").c_str(), "r"), pclose);
  std::vector<char> buffer(1U << 16);
  for (std::size_t got = 0; pipe && (got = fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;)
    octets.append(buffer.data(), got);
  return octets;
}

constexpr DatabaseLimits small{.instructions = 5'000'000};

// Reads all that a parser could; returns the number of rows.
std::uint64_t exercise(const Database& db) {
  std::vector<std::string> names;
  static_cast<void>(db.each("SELECT name FROM sqlite_schema", [&](const QueryRow& row) {
                        names.emplace_back(row.text(0).value_or(""));
                        return names.size() < 50;
                      }).ok());
  std::uint64_t rows = 0;
  for (const std::string& name : names) {
    if (!db.has_table(name)) continue;
    static_cast<void>(db.columns(name));
    static_cast<void>(db.rest_of_row(name, 1, {}));
    std::uint64_t here = 0;
    static_cast<void>(db.each("SELECT * FROM " + quoted_identifier(name), [&](const QueryRow& row) {
                          row_text(row);
                          return ++here < 10'000;
                        }).ok());
    rows += here;
  }
  return rows;
}

TEST(HostileDatabases, EndWithinTheirLimits) {
  const std::filesystem::path path = shared_data() / "hostile/sqlite/fuzzdata7.db.xz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path;
  const std::string corpus = unpacked(path);
  ASSERT_GT(corpus.size(), 10U << 20);
  const CountingBlob blob(corpus);
  const Result<Database> images = Database::open(blob, nullptr, DatabaseView::merged, {});
  ASSERT_TRUE(images.ok());
  std::uint64_t opened = 0, rows = 0, recovered_rows = 0;
  EXPECT_TRUE(images.value()
                  .each("SELECT dbcontent FROM db WHERE dbid % 5 = 0",
                        [&](const QueryRow& row) {
                          const auto image = memory_blob(*row.bytes(0));
                          if (const auto db = Database::open(*image, nullptr, DatabaseView::merged, {}, small)) {
                            ++opened;
                            rows += exercise(db.value());
                          }
                          if (const auto db = Database::recover(*image, nullptr, {}, 16U << 20, small))
                            recovered_rows += exercise(db.value());
                          return true;
                        })
                  .ok());
  EXPECT_GT(opened, 1000U);
  EXPECT_GT(rows, 3000U);
  EXPECT_GT(recovered_rows, 3000U);
}

}  // namespace
}  // namespace testudo::test
