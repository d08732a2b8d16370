// What is left of a run that was stopped or met a full disk: nothing that looks like a result, and nothing in the way
// of the next try.
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/program.h"

namespace testudo::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    names.push_back(fs::relative(entry.path(), folder).string());
  std::ranges::sort(names);
  return names;
}

using Names = std::vector<std::string>;

TEST(Stopped, ACheckLeavesNothing) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "21", "--clean", "--messages", "30000", "--visits", "30000"});
  fs::create_directory(folder / "results");
  const auto names = [&] { return names_in(folder / "results"); };
  const std::string out = folder / "results/out", kept = folder / "results/case";
  ASSERT_EQ(run("testudo", {"check", phone.backup, "--case", kept, "--records", "none", "--quiet"}).status, 0);
  const std::string before = read_file(kept + "/store.db");
  const std::vector<std::string> check{"check", phone.backup, "--out", out, "--case", kept, "--quiet"};
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    Running running("testudo", check);
    running.send_when(kept + "/store.db.new", signal);
    const Ran ran = running.end();
    EXPECT_EQ(ran.status, -signal);
    EXPECT_NE(ran.err.find("stopped before it was done"), std::string::npos) << ran.err;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
    EXPECT_EQ(names(), (Names{"case", "case/store.db"}));
  }
  EXPECT_TRUE(read_file(kept + "/store.db") == before);
  // A folder that was there stays, and so does what somebody else puts into it.
  fs::create_directory(out);
  Running running("testudo", check);
  running.send_when(out + "/records", SIGTERM);
  std::ofstream(out + "/letter") << "of somebody else";
  EXPECT_EQ(running.end().status, -SIGTERM);
  EXPECT_EQ(names(), (Names{"case", "case/store.db", "out", "out/letter"}));
  fs::remove(out + "/letter");
  EXPECT_EQ(run("testudo", check).status, 0) << "the same again";
}

// What is told meanwhile may go to a pipe that nobody reads any more; the results are no part of that.
TEST(Stopped, NotByAReaderOfItsProgressThatWentAway) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "21", "--clean", "--messages", "30000", "--visits", "30000"});
  const std::string program = std::string(TESTUDO_BINARY_DIR) + "/testudo", out = folder / "out";
  const std::string line = program + " check '" + phone.backup + "' --json --out '" + out + "' 2>&1 >/dev/null | true";
  EXPECT_EQ(std::system(line.c_str()), 0);
  EXPECT_TRUE(fs::exists(out + "/run.json"));
  for (const std::string& name : files_below(out)) {
    const std::string ending = fs::path(name).extension();
    EXPECT_TRUE(ending == ".json" || ending == ".ndjson" || ending == ".csv" || ending == ".html") << name;
  }
}

TEST(Stopped, ACopyGoesOn) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "22", "--password", "secret", "--files", "10000"});
  std::ofstream(folder / "password") << "secret\n";
  fs::create_directory(folder / "results");
  const std::string copy = folder / "results/copy", key = folder / "results/key";
  const std::vector<std::string> unlock{"unlock",          phone.backup,        "--out",        copy,
                                        "--password-file", folder / "password", "--export-key", key};
  Running running("testudo", unlock);
  running.send_when(copy + "/Manifest.plist", SIGTERM);
  const Ran ran = running.end();
  EXPECT_EQ(ran.status, -SIGTERM);
  EXPECT_NE(ran.err.find("before the copy was complete"), std::string::npos) << ran.err;
  for (const std::string& name : names_in(folder / "results")) EXPECT_FALSE(name.ends_with(".part")) << name;
  EXPECT_FALSE(fs::exists(copy + "/Manifest.db"));
  EXPECT_FALSE(fs::exists(key));
  EXPECT_EQ(run("testudo", unlock).status, 0) << "the same again";
  EXPECT_EQ(fs::file_size(key), 65U);
  const std::string before = read_file(key);
  const Ran again = run("testudo", unlock);
  EXPECT_EQ(again.status, 2);
  EXPECT_NE(again.err.find("is there already"), std::string::npos) << again.err;
  EXPECT_EQ(read_file(key), before);
}

TEST(Stopped, AnExportLeavesNothing) {
  const Folder folder;
  std::ofstream list(folder / "hosts.txt");
  for (int i = 0; i < 20'000; ++i) list << "h" << i << ".evil.test\n";
  list.close();
  const std::string store = folder / "store", results = folder / "results";
  ASSERT_EQ(run("testudo", {"intel", "--store", store, "import", folder / "hosts.txt"}).status, 0);
  fs::create_directory(results);
  for (const bool there : {false, true}) {
    if (there) fs::create_directory(results + "/feed");
    Running running("testudo",
                    {"intel", "--store", store, "export", "--format", "misp-feed", "--out", results + "/feed"});
    // The folder beside it has a name of its own each time.
    const auto begun = [&] {
      return std::ranges::any_of(fs::directory_iterator(results),
                                 [](const auto& entry) { return entry.path().filename() != "feed"; });
    };
    while (!begun()) ::usleep(500);
    running.send_when(results, SIGTERM);
    const Ran ran = running.end();
    EXPECT_EQ(ran.status, -SIGTERM);
    EXPECT_NE(ran.err.find("stopped before it was done"), std::string::npos) << ran.err;
    EXPECT_EQ(names_in(results), there ? Names{"feed"} : Names{});
  }
}

// A file that may not grow is an error like a full disk.
TEST(FullDisk, LeavesNothing) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "23", "--clean"});
  const std::string kept = folder / "case", results = folder / "results";
  ASSERT_EQ(run("testudo", {"check", phone.backup, "--case", kept, "--quiet"}).status, 0);
  const std::string before = read_file(kept + "/store.db");
  fs::create_directory(results);
  const auto leaves_nothing = [&](std::vector<std::string> arguments) {
    const Ran ran = Running("testudo", arguments, 40'000).end();
    EXPECT_EQ(ran.status, 2) << arguments[1];
    EXPECT_NE(ran.err.find("The disk is full"), std::string::npos) << ran.err;
    EXPECT_EQ(names_in(results), Names{}) << arguments[1];
    EXPECT_EQ(names_in(kept), Names{"store.db"}) << arguments[1];
    EXPECT_TRUE(read_file(kept + "/store.db") == before) << arguments[1];
  };
  leaves_nothing({"check", phone.backup, "--out", results + "/out"});
  leaves_nothing({"check", phone.backup, "--out", results + "/out", "--case", kept});
  leaves_nothing({"check", phone.backup, phone.backup, "--out", results + "/out"});
  leaves_nothing({"case", "timeline", kept, "--out", results + "/t.csv"});
}

// What is new is told once: the results come first, and then the case changes.
TEST(FullDisk, ARematchThatCannotBeWrittenChangesNothing) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "24"});
  const std::string kept = folder / "case", out = folder / "out";
  ASSERT_EQ(run("testudo", {"check", phone.backup, "--case", kept, "--quiet"}).status, 1);
  const std::string before = read_file(kept + "/store.db");
  const std::vector<std::string> rematch{"case", "rematch", kept, "--intel", phone.indicators, "--out", out};
  const Ran ran = Running("testudo", rematch, 60'000).end();
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("The disk is full"), std::string::npos) << ran.err;
  EXPECT_TRUE(read_file(kept + "/store.db") == before);
  EXPECT_FALSE(fs::exists(out));
  EXPECT_EQ(run("testudo", rematch).status, 1) << "the same again";
  EXPECT_FALSE(read_file(kept + "/store.db") == before);
}

}  // namespace
}  // namespace testudo::test
