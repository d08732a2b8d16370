// A feed of which only the first half came: its other half stays in the store, and whoever asked is told.
#include <filesystem>
#include <fstream>

#include "app/intel_program.h"

namespace testudo::test {
namespace {

void write(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string indicator(const std::string& host) {
  return R"({"type":"indicator","spec_version":"2.1","id":"indicator--1f0b9d5e-0000-4000-8000-10000000000)" +
         std::to_string(host[0] - 'a') + R"(","created":"2026-01-01T00:00:00Z","pattern":"[domain-name:value=')" +
         host + R"(']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"})";
}

const std::string whole = R"({"type":"bundle","id":"bundle--1f0b9d5e-0000-4000-8000-000000000000","objects":[)" +
                          indicator("a.test") + ",\n" + indicator("b.test") + ",\n" + indicator("c.test") + "]}";
const std::string cut = whole.substr(0, whole.find("b.test"));
const std::string all = "host\ta.test\t\tfeed\nhost\tb.test\t\tfeed\nhost\tc.test\t\tfeed\n";

using CutFeed = IntelProgram;

TEST_F(CutFeed, ImportKeepsWhatIsMissingAndSaysSo) {
  write(folder_ / "feed", whole);
  ASSERT_EQ(intel({"import", folder_ / "feed"}).status, 0);
  write(folder_ / "feed", cut);
  for (int again = 0; again < 2; ++again) {
    const Ran ran = intel({"import", folder_ / "feed"});
    EXPECT_EQ(ran.status, 3) << ran.err;
    EXPECT_NE(ran.out.find("0 withdrawn"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("could not be read to its end"), std::string::npos) << ran.out;
    EXPECT_EQ(intel({"list"}).out, all);
  }
  const Ran json = intel({"import", "--json", folder_ / "feed"});
  EXPECT_EQ(json.status, 3);
  EXPECT_NE(json.out.find(R"("withdrawn":0,)"), std::string::npos) << json.out;
  EXPECT_NE(json.out.find(R"("whole":false)"), std::string::npos) << json.out;
  write(folder_ / "feed", whole);
  const Ran mended = intel({"import", "--json", folder_ / "feed"});
  EXPECT_EQ(mended.status, 0);
  EXPECT_NE(mended.out.find(R"("whole":true)"), std::string::npos) << mended.out;
}

TEST_F(CutFeed, TheFirstImportOfACutFileIsSaidToo) {
  write(folder_ / "feed", cut);
  EXPECT_EQ(intel({"import", folder_ / "feed"}).status, 3);
  EXPECT_EQ(intel({"list"}).out, "host\ta.test\t\tfeed\n");
  EXPECT_EQ(intel({"import", folder_ / "feed"}).status, 3);
  write(folder_ / "feed", whole);
  EXPECT_EQ(intel({"import", folder_ / "feed"}).status, 0);
  EXPECT_EQ(intel({"list"}).out, all);
}

TEST_F(CutFeed, UpdateKeepsWhatIsMissingAndSaysSo) {
  write(folder_ / "index", "feed | https://feeds.test/a | stix | CC0-1.0 | own | a feed\n");
  const std::vector<std::string> update{"update",   "--index",          folder_ / "index",
                                        "--mirror", folder_ / "mirror", "--yes"};
  write(folder_ / "mirror/feed", whole);
  ASSERT_EQ(intel(update).status, 0);
  write(folder_ / "mirror/feed", cut);
  const Ran ran = intel(update);
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_NE(ran.out.find("could not be read to its end"), std::string::npos) << ran.out;
  EXPECT_EQ(intel({"list"}).out, all);
  EXPECT_EQ(intel(update).status, 3);
}

}  // namespace
}  // namespace testudo::test
