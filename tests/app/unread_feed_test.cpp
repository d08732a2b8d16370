// testudo check with indicators that it cannot read, or not to their end: never silently fewer than were named.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/intel_program.h"

namespace testudo::test {
namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

class UnreadFeed : public IntelProgram {
 protected:
  void SetUp() override {
    phone_ = make_phone(folder_, {"--seed", "2", "--size", "small", "--clean"});
    whole_ = read_file(phone_.indicators);
    write(folder_ / "half.stix2", whole_.substr(0, whole_.size() / 2));
  }
  Ran check(std::vector<std::string> intel, const std::string& out) {
    std::vector<std::string> arguments{"check", phone_.backup, "--out", folder_ / out};
    for (std::string& one : intel) arguments.insert(arguments.end(), {"--intel", std::move(one)});
    return run("testudo", arguments);
  }
  // That status 3 has a reason which terminal, report and summary name.
  void expect_named(const Ran& ran, const std::string& out, const std::string& name) {
    EXPECT_EQ(ran.status, 3) << out << ran.err;
    EXPECT_NE(ran.out.find("Not all indicators could be read: "), std::string::npos) << out << ran.out;
    EXPECT_NE(ran.out.find(name), std::string::npos) << out << ran.out;
    EXPECT_NE(read_file(folder_ / out + "/report.html").find("Not all indicators could be read"), std::string::npos);
    const std::string summary = read_file(folder_ / out + "/summary.json");
    const std::size_t at = summary.find(R"("unread_feeds":[")");
    ASSERT_NE(at, std::string::npos) << summary;
    EXPECT_LT(summary.find(name, at), summary.find(']', at)) << summary;
  }
  Phone phone_;
  std::string whole_;
};

TEST_F(UnreadFeed, ACutFeedIsNamed) {
  expect_named(check({folder_ / "half.stix2"}, "half"), "half", "half.stix2");
  write(folder_ / "stub.stix2", R"({"type":"bundle","objects":[)");
  expect_named(check({phone_.indicators, folder_ / "stub.stix2"}, "stub"), "stub", "stub.stix2");
  write(folder_ / "prose.txt", "nothing to see\n");
  expect_named(check({phone_.indicators, folder_ / "prose.txt"}, "prose"), "prose", "prose.txt");
  EXPECT_EQ(check({phone_.indicators}, "whole").status, 0);
  EXPECT_NE(read_file(folder_ / "whole/summary.json").find(R"("unread_feeds":[])"), std::string::npos);
}

TEST_F(UnreadFeed, OfAFolderWhatBeginsAsAFeedAndIsNone) {
  fs::create_directory(folder_ / "feeds");
  fs::copy_file(phone_.indicators, folder_ / "feeds/a.stix2");
  write(folder_ / "feeds/readme.md", "nothing to see\n");
  EXPECT_EQ(check({folder_ / "feeds"}, "whole").status, 0);
  write(folder_ / "feeds/stub.stix2", R"({"type":"bundle","objects":[)");
  expect_named(check({folder_ / "feeds"}, "stub"), "stub", "stub.stix2");
}

TEST_F(UnreadFeed, AStoreWhoseFeedWasCut) {
  ASSERT_EQ(intel({"import", folder_ / "half.stix2"}).status, 3);
  expect_named(check({folder_ / "store"}, "cut"), "cut", "half.stix2");
  write(folder_ / "half.stix2", whole_);
  ASSERT_EQ(intel({"import", folder_ / "half.stix2"}).status, 0);
  EXPECT_EQ(check({folder_ / "store"}, "mended").status, 0);
  write(folder_ / "half.stix2", whole_.substr(0, whole_.size() / 2));
  ASSERT_EQ(intel({"import", folder_ / "half.stix2"}).status, 3);
  ASSERT_EQ(intel({"rollback", "2"}).status, 0);
  EXPECT_EQ(check({folder_ / "store"}, "back").status, 0);
}

TEST_F(UnreadFeed, AFolderThatMayNotBeReadIsNamed) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  fs::create_directories(folder_ / "feeds/closed");
  fs::copy_file(phone_.indicators, folder_ / "feeds/a.stix2");
  ASSERT_EQ(::chmod((folder_ / "feeds/closed").c_str(), 0), 0);
  expect_named(check({folder_ / "feeds"}, "closed"), "closed", "feeds/closed");
  const Ran imported = intel({"import", folder_ / "feeds"});
  EXPECT_EQ(imported.status, 3);
  EXPECT_NE(imported.err.find("feeds/closed"), std::string::npos) << imported.err;
  ::chmod((folder_ / "feeds/closed").c_str(), 0700);
}

// What may not be seen is not absent: here a name that leads to itself, which stops even root.
TEST_F(UnreadFeed, AStoreThatMayNotBeReadIsNotNone) {
  fs::create_directories(folder_ / "home/testudo");
  fs::create_symlink("intel", folder_ / "home/testudo/intel");
  ::setenv("XDG_DATA_HOME", (folder_ / "home").c_str(), 1);
  const Ran checked = check({}, "none"), stats = run("testudo", {"intel", "stats"}),
            list = run("testudo", {"intel", "list"}), screened = run("testudo", {"intel", "screen", "Nobody"}),
            imported = run("testudo", {"intel", "import", phone_.indicators});
  ::unsetenv("XDG_DATA_HOME");
  for (const Ran* ran : {&checked, &stats, &list, &screened, &imported}) {
    EXPECT_EQ(ran->status, 2) << ran->out;
    EXPECT_NE(ran->err.find("You may not look at what holds the indicators"), std::string::npos) << ran->err;
  }
  const Ran named = check({folder_ / "home/testudo/intel"}, "named");
  EXPECT_EQ(named.status, 2);
  EXPECT_NE(named.err.find("named with --intel cannot be read: you may not read"), std::string::npos) << named.err;
}

// What the desk enters itself is new each time, and says nothing of how old the feeds are.
TEST_F(UnreadFeed, OwnEntriesDoNotMakeOldFeedsYoung) {
  ASSERT_EQ(intel({"import", phone_.indicators}).status, 0);
  const auto facts = [&](const std::string& out) {
    check({folder_ / "store"}, out);
    const std::string summary = read_file(folder_ / out + "/summary.json");
    const std::size_t at = summary.find(R"("feeds")");
    return summary.substr(at, summary.find(']', at) - at);
  };
  const std::string before = facts("before");
  ASSERT_EQ(intel({"add", "own.example"}).status, 0);
  const std::string with = facts("with");
  EXPECT_NE(with.find(R"({"name":"own","indicators":1,"not_evaluated":0,"defects":0,"newest":null,)"),
            std::string::npos)
      << with;
  ASSERT_EQ(intel({"retract", "own.example", "--reason", "typing error"}).status, 0);
  EXPECT_EQ(facts("retracted"), before);
  ASSERT_EQ(intel({"rollback", "1"}).status, 0);
  EXPECT_EQ(facts("back"), before);
}

}  // namespace
}  // namespace testudo::test
