// One program at a time changes a case, and it is whole at every instant.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "app/case_program.h"

namespace testudo::test {
namespace {

// Two checks into one folder mix no two phones: whoever comes second is told so at once, and reading goes on.
TEST(Case, OneProgramAtATimeChangesIt) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "25", "--ios", "15"});
  check_into(folder, phone, {"--intel", phone.indicators});
  const std::string kept = folder / "case", before = read_file(kept + "/store.db"), id = first_id(folder);
  const int held = ::open(kept.c_str(), O_RDONLY | O_DIRECTORY);
  ASSERT_EQ(::flock(held, LOCK_EX | LOCK_NB), 0);
  for (const auto& arguments :
       {std::vector<std::string>{"check", phone.backup, "--case", kept, "--out", folder / "out"},
        {"case", "rematch", kept, "--intel", phone.indicators, "--out", folder / "out"},
        {"case", "edit", kept, "--notes", "a note"},
        {"case", "dispose", kept, id, "--state", "benign", "--reason", "own test"}}) {
    const Ran ran = run("testudo", arguments);
    EXPECT_EQ(ran.status, 2) << arguments[1];
    EXPECT_NE(ran.err.find("Another program is changing this case"), std::string::npos) << ran.err;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
  EXPECT_TRUE(read_file(kept + "/store.db") == before);
  EXPECT_EQ(files_below(kept), std::vector<std::string>{"store.db"});
  EXPECT_FALSE(std::filesystem::exists(folder / "out"));
  for (const auto& arguments : {std::vector<std::string>{"case", "list", kept},
                                {"case", "show", kept},
                                {"case", "query", kept, "SELECT 1"},
                                {"case", "export", kept, "--out", folder / "export"},
                                {"case", "timeline", kept, "--out", folder / "timeline.csv"}})
    EXPECT_EQ(run("testudo", arguments).status, 0) << arguments[1];
  ::close(held);
  EXPECT_EQ(run("testudo", {"case", "edit", kept, "--notes", "a note"}).status, 0);
}

TEST(Case, TwoChecksAtOnceLeaveAWholeCase) {
  const Folder folder, other;
  const Phone infected = make_phone(folder, {"--seed", "26", "--ios", "15"});
  const Phone clean = make_phone(other, {"--seed", "26", "--ios", "15", "--clean"});
  const std::string kept = folder / "case";
  const auto check = [&](const Phone& phone) {
    return std::vector<std::string>{"check", phone.backup, "--intel", phone.indicators, "--case", kept, "--quiet"};
  };
  Running one("testudo", check(infected)), two("testudo", check(clean));
  const Ran first = one.end(), second = two.end();
  std::size_t stored = 0;
  for (const Ran& ran : {first, second}) {
    if (ran.status != 2) ++stored;
    if (ran.status == 2) {
      EXPECT_NE(ran.err.find("Another program is changing this case"), std::string::npos) << ran.err;
    }
  }
  ASSERT_GE(stored, 1U);
  EXPECT_EQ(files_below(kept).size(), stored);
  for (const std::string& file : files_below(kept)) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((kept + "/" + file).c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(
                  db, "SELECT 1 / (integrity_check = 'ok') FROM pragma_integrity_check",
                  [](void*, int, char** v, char**) { return v[0] == nullptr ? 1 : 0; }, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(db);
  }
}

}  // namespace
}  // namespace testudo::test
