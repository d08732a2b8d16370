// `testudo intel hunt`, the program itself: from a store and a zone file to ranked candidates and an exit status.
#include <gtest/gtest.h>

#include <fstream>

#include "app/program.h"

namespace testudo::test {
namespace {

void write_file(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

class HuntProgram : public testing::Test {
 protected:
  void SetUp() override {
    write_file(folder_ / "known.txt", "seed-name.test\n");
    write_file(folder_ / "zone",
               "seed-name.test. IN A 203.0.113.5\nsecond.test. IN A 203.0.113.5\nother.test. IN A 203.0.113.9\n");
    ASSERT_EQ(run("testudo", {"intel", "--store", store_, "import", folder_ / "known.txt"}).status, 0);
  }
  Ran hunt(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"intel", "--store", store_, "hunt"});
    return run("testudo", arguments);
  }
  Folder folder_;
  std::string store_ = folder_ / "store";
};

TEST_F(HuntProgram, SaysWhyANameIsTied) {
  const Ran ran = hunt({folder_ / "zone"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.out.find("seed-name.test - address 203.0.113.5 (shared by 2) -> second.test"), std::string::npos)
      << ran.out;
  EXPECT_NE(ran.out.find("3 hosts read, 2 candidates, 1 of them known already."), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("other.test"), std::string::npos);
}

TEST_F(HuntProgram, SaysWhatAloneHostHasInCommonWithWhatIsKnown) {
  write_file(folder_ / "alias", "lone.test. IN CNAME www.seed-name.test.\n");
  const Ran ran = hunt({folder_ / "alias"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.out.find("tied to known.txt:\nknown: alias of www.seed-name.test -> lone.test\n"), std::string::npos)
      << ran.out;
}

TEST_F(HuntProgram, NothingAboveTheLine) {
  write_file(folder_ / "clean", "other.test. IN A 203.0.113.9\n");
  EXPECT_EQ(hunt({folder_ / "clean"}).status, 0);
  write_file(folder_ / "broken", "{\"rrname\":\"a.test\",\n");
  EXPECT_EQ(hunt({folder_ / "broken"}).status, 3);
  EXPECT_EQ(hunt({folder_ / "absent"}).status, 2);
  EXPECT_EQ(hunt({folder_ / "zone", "--format", "nonsense"}).status, 2);
}

TEST_F(HuntProgram, JsonLines) {
  write_file(folder_ / "brands", "othername\n");
  write_file(folder_ / "names", "0thername.test\n");
  const Ran ran = hunt({folder_ / "names", "--brands", folder_ / "brands", "--json"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_TRUE(
      ran.out.starts_with("{\"host\":\"0thername.test\",\"score\":0.98,\"lookalike\":{\"score\":0.98,"
                          "\"brand\":\"othername\",\"how\":\"confusable\""))
      << ran.out;
  EXPECT_NE(ran.out.find("{\"summary\":{\"candidates\":1,\"known\":0,"), std::string::npos);
}

}  // namespace
}  // namespace testudo::test
