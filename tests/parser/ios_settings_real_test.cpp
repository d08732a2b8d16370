// Parsers of settings and traffic against real files of other projects' test data (read where present, never
// committed), compared with what the sqlite3 library itself counts in them.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "case_runner.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

fs::path shared_data() {
  const char* set = std::getenv("TESTUDO_SHARED_DATA");
  return set != nullptr ? fs::path(set) : fs::path(TESTUDO_SOURCE_DIR) / "../shared/data";
}

std::vector<std::uint8_t> slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::int64_t count_in(const fs::path& database, const std::string& sql) {
  sqlite3* db = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::int64_t count = -1;
  if (sqlite3_open_v2(("file:" + database.string() + "?immutable=1").c_str(), &db,
                      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW)
    count = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return count;
}

class RealSettings : public testing::Test {
 protected:
  // Runs a parser over one real file; skips by name where it is absent.
  void read(const std::string& parser, const std::string& file, const std::string& domain, const std::string& path) {
    source_ = shared_data() / "fixtures/plaso" / file;
    if (!fs::exists(source_)) GTEST_SKIP() << "no " << source_;
    CaseFile given;
    given.domain = domain;
    given.path = path;
    given.bytes = slurp(source_);
    out_ = run_case(*find_parser(parser), {given}, true);
    EXPECT_TRUE(out_.defects.empty());
    EXPECT_EQ(out_.result.status, SourceStatus::parsed);
    EXPECT_TRUE(out_.result.anomalies.empty());
  }

  std::int64_t lines_with(std::string_view text) const {
    return std::ranges::count_if(out_.lines,
                                 [&](const std::string& line) { return line.find(text) != std::string::npos; });
  }

  fs::path source_;
  CaseOutput out_;
};

TEST_F(RealSettings, DataUsageHoldsEveryRowOfBothTables) {
  read("ios.datausage", "ios/DataUsage.sqlite", "WirelessDomain", "Library/Databases/DataUsage.sqlite");
  if (IsSkipped()) return;
  EXPECT_EQ(lines_with("\"usage_key\""), count_in(source_, "SELECT count(*) FROM ZLIVEUSAGE"));
  EXPECT_EQ(lines_with("\"record\":\"ios.data_usage\"") - lines_with("\"usage_key\""),
            count_in(source_, "SELECT count(*) FROM ZPROCESS WHERE Z_PK NOT IN (SELECT ZHASPROCESS FROM ZLIVEUSAGE)"));
  EXPECT_EQ(lines_with("\"app_id\""),
            count_in(source_,
                     "SELECT count(*) FROM ZPROCESS AS p LEFT JOIN ZLIVEUSAGE AS u ON u.ZHASPROCESS = p.Z_PK "
                     "WHERE ZBUNDLENAME <> ''"));
  EXPECT_EQ(lines_with("\"entity\":\"Process\",\"highest_key\":371"), 1);
}

TEST_F(RealSettings, IdStatusCacheHoldsEveryLookUp) {
  read("ios.id_status_cache", "ios/com.apple.identityservices.idstatuscache.plist", "HomeDomain",
       "Library/Preferences/com.apple.identityservices.idstatuscache.plist");
  if (IsSkipped()) return;
  EXPECT_EQ(lines_with("\"looked_up\""), static_cast<std::int64_t>(out_.lines.size()) - 1);  // the status line has none
  EXPECT_EQ(lines_with("\"service\":\"com.apple.private.alloy.tincan.audio\""), 23);
  EXPECT_EQ(lines_with("\"has_double_nul\":true"), 0);
}

TEST_F(RealSettings, TccHoldsEveryDecision) {
  read("ios.tcc", "macos/TCC-test.db", "HomeDomain", "Library/TCC/TCC.db");
  if (IsSkipped()) return;
  EXPECT_EQ(lines_with("\"service\""), count_in(source_, "SELECT count(*) FROM access"));
  EXPECT_EQ(lines_with("\"is_allowed\":true"), count_in(source_, "SELECT count(*) FROM access WHERE allowed = 1"));
  EXPECT_EQ(lines_with("\"client_path\""), count_in(source_, "SELECT count(*) FROM access WHERE client_type = 1"));
}

}  // namespace
}  // namespace testudo
