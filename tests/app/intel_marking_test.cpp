// testudo intel import: markings that a file has or that its reader gives it, up to what leaves the store; folders of
// MISP.
#include <filesystem>
#include <fstream>

#include "app/intel_program.h"
#include "store/sqlite.h"

namespace testudo {
namespace {

using test::IntelProgram;
using test::Ran;

class IntelMarking : public IntelProgram {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  std::string blocked() { return intel({"export", "--format", "hosts", "--out", "-"}).out; }
};

TEST_F(IntelMarking, AFileThatSaysRedLeavesInNoList) {
  const std::string red = write("red.txt", "# TLP:RED\nevil-a1.com\n"),
                    green = write("green.txt", "# TLP:GREEN\nevil-b1.com\n"),
                    one = write("one.txt", "evil-c1.com # TLP:RED\nevil-c2.com\n");
  ASSERT_EQ(intel({"import", red, green, one}).status, 0);
  const std::string list = blocked();
  EXPECT_EQ(list.find("evil-a1.com"), std::string::npos) << list;
  EXPECT_NE(list.find("evil-b1.com"), std::string::npos) << list;
  EXPECT_EQ(list.find("evil-c1.com"), std::string::npos) << list;
  EXPECT_NE(list.find("evil-c2.com"), std::string::npos) << list;
}

TEST_F(IntelMarking, TheUserMarksAFileThatSaysNothing) {
  const std::string file = write("a.txt", "evil-a1.com\n");
  ASSERT_EQ(intel({"import", file}).status, 0);
  EXPECT_NE(blocked().find("evil-a1.com"), std::string::npos);
  // The same file is no longer unchanged.
  ASSERT_EQ(intel({"import", "--tlp", "red", file}).status, 0);
  EXPECT_EQ(blocked().find("evil-a1.com"), std::string::npos);
  EXPECT_EQ(intel({"import", "--tlp", "pink", file}).status, 2);
  // The stricter counts.
  const std::string strict = write("b.txt", "# TLP:RED\nevil-b1.com\n");
  ASSERT_EQ(intel({"import", "--tlp", "clear", strict}).status, 0);
  EXPECT_EQ(blocked().find("evil-b1.com"), std::string::npos);
}

TEST_F(IntelMarking, WhatTheUserSaidOfAFeedIsRemembered) {
  const std::string file = write("a.txt", "evil-a1.com\n"), other = write("b.txt", "evil-b1.com\n");
  ASSERT_EQ(intel({"import", "--tlp", "red", file}).status, 0);  // the first import, which has a way of its own
  ASSERT_EQ(intel({"import", "--tlp", "red", other}).status, 0);
  write("a.txt", "evil-a1.com\nevil-a2.com\n");
  write("b.txt", "evil-b2.com\n");
  const Ran again = intel({"import", file, other});
  ASSERT_EQ(again.status, 0);
  EXPECT_NE(again.err.find("2 feeds count as TLP:red"), std::string::npos) << again.err;
  EXPECT_EQ(blocked().find("evil"), std::string::npos) << blocked();
  // Until something else is said, and that can be taken back as well.
  ASSERT_EQ(intel({"import", "--tlp", "clear", file}).status, 0);
  EXPECT_NE(blocked().find("evil-a2.com"), std::string::npos);
  write("a.txt", "evil-a3.com\n");
  ASSERT_EQ(intel({"import", file}).status, 0);
  EXPECT_NE(blocked().find("evil-a3.com"), std::string::npos);
  ASSERT_EQ(intel({"rollback", "3"}).status, 0);
  ASSERT_EQ(intel({"import", file}).status, 0);
  EXPECT_EQ(blocked().find("evil"), std::string::npos) << blocked();
}

TEST_F(IntelMarking, AStoreOfAnEarlierReleaseRemembersToo) {
  const std::string file = write("a.txt", "evil-a1.com\n");
  ASSERT_EQ(intel({"import", file}).status, 0);
  {
    auto db = Connection::open(folder_ / "store/store.db", Connection::Mode::read_write);
    ASSERT_TRUE(db && db->execute("DROP TABLE marking"));
  }
  ASSERT_EQ(intel({"import", "--tlp", "red", file}).status, 0);
  write("a.txt", "evil-a2.com\n");
  ASSERT_EQ(intel({"import", file}).status, 0);
  EXPECT_EQ(blocked().find("evil"), std::string::npos);
}

TEST_F(IntelMarking, RulesThatAreKeptAreHeldToItToo) {
  const std::string file = write("r.yar", "rule spy { meta: tlp = \"TLP:RED\" condition: true }\n");
  ASSERT_EQ(intel({"import", file}).status, 0);
  EXPECT_EQ(intel({"export", "--format", "yara", "--out", "-"}).out.find("rule spy"), std::string::npos);
}

TEST_F(IntelMarking, AnEventThatIsMissingInAFolderIsNamed) {
  const std::string a = "00000000-0000-4000-8000-00000000000a", b = "00000000-0000-4000-8000-00000000000b";
  write("misp/" + a + ".json", R"({"Event":{"uuid":")" + a +
                                   R"(","info":"x","Attribute":[{"type":"domain","category":"Network activity",)" +
                                   R"("value":"evil-a1.com","to_ids":true}]}})");
  const std::string manifest =
      write("misp/manifest.json", "{\"" + a + R"(":{"info":"A","Orgc":{}},")" + b + R"(":{"info":"B"}})");
  const Ran ran = test::run("testudo", {"intel", "lint", folder_ / "misp"});
  EXPECT_NE(ran.out.find("missing_event"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find(b), std::string::npos) << ran.out;
  EXPECT_EQ(test::run("testudo", {"intel", "lint", manifest}).out.find("missing_event"), std::string::npos);
}

}  // namespace
}  // namespace testudo
