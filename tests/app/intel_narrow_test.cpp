// What is asked for by source, threat or kind: nothing else leaves the store.
#include <gtest/gtest.h>

#include <fstream>

#include "app/intel_program.h"

namespace testudo::test {
namespace {

struct IntelNarrow : IntelProgram {
  void SetUp() override {
    std::ofstream(folder_ / "rules.yar") << "rule theirs { condition: true }\n";
    std::ofstream(folder_ / "list.txt") << "theirs.test\n";
    ASSERT_EQ(intel({"import", folder_ / "rules.yar", folder_ / "list.txt"}).status, 0);
    ASSERT_EQ(intel({"add", "ours.test", "--threat", "Sample"}).status, 0);
  }
  std::string exported(std::vector<std::string> narrowed) {
    narrowed.insert(narrowed.begin(), {"export", "--format", "stix", "--out", "-"});
    return intel(narrowed).out;
  }
};

TEST_F(IntelNarrow, RulesOfOtherSourcesStay) {
  EXPECT_NE(exported({}).find("rule theirs"), std::string::npos);
  EXPECT_NE(exported({"--source", "rules.yar"}).find("rule theirs"), std::string::npos);
  for (const std::vector<std::string>& narrowed :
       {std::vector<std::string>{"--source", "own"}, {"--threat", "Sample"}, {"--kind", "host"}}) {
    const std::string out = exported(narrowed);
    EXPECT_NE(out.find("ours.test"), std::string::npos) << narrowed[0];
    EXPECT_EQ(out.find("rule theirs"), std::string::npos) << narrowed[0];
  }
  EXPECT_EQ(intel({"list", "--patterns", "--source", "own"}).out, "");
  EXPECT_NE(intel({"list", "--patterns", "--source", "rules.yar"}).out, "");
}

TEST_F(IntelNarrow, AValueIsFoundAsItIsShown) {
  ASSERT_EQ(intel({"add", "http://ours.test/Path?q=1", "HKLM\\Software\\Ours"}).status, 0);
  for (const char* value : {"ours.test", "OURS.test.", "ours[.]test"})
    EXPECT_EQ(intel({"list", "--value", value}).out, "host\tours.test\tSample\town\n") << value;
  for (const char* value : {"http://ours.test/Path?q=1", "ours.test/Path?q=1", "hxxp://ours[.]test/Path?q=1"})
    EXPECT_EQ(intel({"list", "--value", value}).out, "url\thttp://ours.test/Path?q=1\t\town\n") << value;
  EXPECT_NE(intel({"list", "--value", "HKLM\\Software\\Ours"}).out, "");
  EXPECT_EQ(intel({"list", "--value", "ours"}).out, "");
}

// An empty block list in the place of a good one, for a slip of the pen.
TEST_F(IntelNarrow, ASourceThatNeverWasIsAnError) {
  EXPECT_EQ(intel({"export", "--format", "hosts", "--out", folder_ / "hosts", "--source", "onw"}).status, 2);
  EXPECT_EQ(read_file(folder_ / "hosts"), "");
  EXPECT_EQ(intel({"list", "--source", "onw"}).status, 2);
}

}  // namespace
}  // namespace testudo::test
