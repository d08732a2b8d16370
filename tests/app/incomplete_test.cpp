// What is said of a backup that is not whole: its list of files is cut, or it did not finish.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "app/program.h"

namespace testudo::test {
namespace {

std::string path_of(const Phone& phone, const std::string& name) {
  for (const std::string& file : files_below(phone.backup))
    if (std::filesystem::path(file).filename() == name) return phone.backup + "/" + file;
  ADD_FAILURE() << name;
  return "";
}

Ran check(const Phone& phone, const std::string& out, std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"check", phone.backup, "--intel", phone.indicators, "--out", out});
  return run("testudo", more);
}

// A source that the list does not name any more is not absent: a file of a known name is found without it.
TEST(CutList, HidesNothingThatIsThere) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "8"});
  check(phone, folder / "whole");
  std::filesystem::resize_file(path_of(phone, "Manifest.db"), 9000);
  EXPECT_EQ(check(phone, folder / "refused").status, 2);
  const Ran ran = check(phone, folder / "out", {"--incomplete"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  const auto whole = read_coverage(folder / "whole/coverage.json"), cut = read_coverage(folder / "out/coverage.json");
  for (const auto& [source, status] : whole) EXPECT_TRUE(status == "absent" || cut.at(source) != "absent") << source;
  EXPECT_EQ(cut.at("ios.sms"), "parsed");
  EXPECT_TRUE(read_file(folder / "out/records/ios.sms_message.ndjson") ==
              read_file(folder / "whole/records/ios.sms_message.ndjson"));
  EXPECT_EQ(cut.at("ios.webkit_session_log"), "partial");
}

// Changes one row of the list of files.
void change_list(const Phone& phone, const char* sql) {
  sqlite3* list = nullptr;
  ASSERT_EQ(sqlite3_open(path_of(phone, "Manifest.db").c_str(), &list), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(list, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_changes(list), 1);
  sqlite3_close(list);
}

constexpr const char* messages_id = "3d0d7e5fb2ce288813306e4d4636395e047a3d28";

// The log of a database that the list does not name is a sign of one that was there.
TEST(LogAlone, IsNotAbsent) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "8", "--wal"});
  change_list(phone, "DELETE FROM Files WHERE relativePath = 'Library/SMS/sms.db'");
  std::filesystem::remove(path_of(phone, messages_id));
  check(phone, folder / "out");
  EXPECT_EQ(read_coverage(folder / "out/coverage.json").at("ios.sms"), "partial");
}

// What is stored is not absent because its row is gone, or calls it a folder or somebody else's.
TEST(UnlistedFile, IsReadAndSaid) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "8", "--clean", "--wal"});
  EXPECT_EQ(check(phone, folder / "whole").status, 0);
  int number = 0;
  for (const char* change : {"UPDATE Files SET flags = 2 WHERE relativePath = 'Library/SMS/sms.db'",
                             "UPDATE Files SET domain = 'MediaDomain' WHERE relativePath = 'Library/SMS/sms.db'",
                             "DELETE FROM Files WHERE relativePath = 'Library/SMS/sms.db'"}) {
    change_list(phone, change);
    const std::string out = folder / ("out" + std::to_string(++number));
    EXPECT_EQ(check(phone, out).status, 3) << change;
    EXPECT_EQ(read_coverage(out + "/coverage.json").at("ios.sms"), "partial") << change;
    const std::string coverage = read_file(out + "/coverage.json");
    EXPECT_NE(coverage.find("\"file_not_listed\""), std::string::npos) << change;
    EXPECT_EQ(coverage.find("\"database_missing\""), std::string::npos) << change;
    EXPECT_EQ(read_file(out + "/records/ios.sms_message.ndjson"),
              read_file(folder / "whole/records/ios.sms_message.ndjson"))
        << change;
  }
}

TEST(Interrupted, IsSaidWhereverAResultIs) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  std::ofstream(path_of(phone, "Status.plist"), std::ios::trunc)
      << "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>SnapshotState</key><string>uploading</string></dict>"
         "</plist>";
  const Ran ran = check(phone, folder / "out", {"--case", folder / "case"});
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_NE(ran.out.find("The backup did not finish"), std::string::npos) << ran.out;
  EXPECT_EQ(read_coverage(folder / "out/coverage.json")["ios.manifest"], "partial");
  const std::string summary = read_file(folder / "out/summary.json");
  EXPECT_NE(summary.find("\"verdict\":\"nothing_found_but_incomplete\""), std::string::npos);
  EXPECT_NE(summary.find("\"interrupted\":true"), std::string::npos);
  EXPECT_NE(read_file(folder / "out/report.html").find("This backup did not finish"), std::string::npos);
  EXPECT_NE(run("testudo", {"case", "show", folder / "case"}).out.find("did not finish"), std::string::npos);
}

// A state that nobody could read is not "finished".
TEST(Interrupted, IsNotKnownWithoutAReadableStatus) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  const std::string status = path_of(phone, "Status.plist");
  const std::string whole =
      "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>IsFullBackup</key><true/><key>SnapshotState</key>"
      "<string>uploading</string></dict></plist>";
  int number = 0;
  for (const std::string& content :
       {std::string(), std::string("\x93\x11noise"), whole.substr(0, 60), whole.substr(0, 120)}) {
    std::ofstream(status, std::ios::trunc) << content;
    const std::string out = folder / ("out" + std::to_string(++number));
    const Ran ran = check(phone, out, {"--case", folder / "case"});
    EXPECT_EQ(ran.status, 3) << content;
    EXPECT_NE(ran.out.find("Whether the backup finished is not known"), std::string::npos) << ran.out;
    EXPECT_NE(read_file(out + "/summary.json").find("\"interrupted\":null"), std::string::npos) << content;
    EXPECT_EQ(read_coverage(out + "/coverage.json")["ios.manifest"], "partial");
    const std::string coverage = read_file(out + "/coverage.json");
    EXPECT_NE(coverage.find("\"reason\":\"status_unreadable\""), std::string::npos) << content;
    EXPECT_NE(coverage.find("{\"path\":\"Status.plist\",\"stored\":\"Status.plist\""), std::string::npos);
    EXPECT_NE(run("testudo", {"case", "show", folder / "case"}).out.find("is not known"), std::string::npos);
  }
  std::filesystem::remove(status);
  const Ran absent = check(phone, folder / "absent");
  EXPECT_EQ(absent.status, 0) << "nothing that is there was left unread";
  EXPECT_NE(read_file(folder / "absent/summary.json").find("\"interrupted\":null"), std::string::npos);
  EXPECT_NE(absent.out.find("Whether the backup finished is not known"), std::string::npos) << absent.out;
}

}  // namespace
}  // namespace testudo::test
