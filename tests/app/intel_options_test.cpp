// What options of `testudo intel` promise beside their verb's work: nothing is made in passing, JSON is JSON.
#include <filesystem>
#include <fstream>

#include "app/intel_program.h"

namespace testudo::test {
namespace {

namespace fs = std::filesystem;

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

using IntelOptions = IntelProgram;

// A date means all of that day: a list made "as of today" is not the empty one of last midnight.
TEST_F(IntelOptions, ADayIsMeantToItsEnd) {
  write(folder_ / "list.txt", "one.test\n");
  ASSERT_EQ(intel({"import", folder_ / "list.txt"}).status, 0);
  const std::string changed = intel({"history", "--json"}).out;
  const std::size_t at = changed.find("\"at\":\"") + 6;
  const std::string day = changed.substr(at, 10);
  EXPECT_NE(intel({"list", "--as-of", day, "--json"}).out.find("one.test"), std::string::npos);
  ASSERT_EQ(intel({"export", "--format", "hosts", "--as-of", day, "--out", folder_ / "out"}).status, 0);
  EXPECT_NE(read_file(folder_ / "out").find("one.test"), std::string::npos);
  // What begins on that day is listed as well.
  ASSERT_EQ(intel({"add", "two.example-host.org", "--valid-from", day + "T00:00:01Z"}).status, 0);
  ASSERT_EQ(intel({"export", "--format", "hosts", "--as-of", day, "--out", folder_ / "later"}).status, 0);
  EXPECT_NE(read_file(folder_ / "later").find("two.example-host.org"), std::string::npos);
  EXPECT_EQ(intel({"list", "--as-of", day + "T00:00:00Z", "--json"}).out.find("one.test"), std::string::npos);
}

// A question, and a mistake, leave no store behind where there was none.
TEST_F(IntelOptions, WhatPutsNothingIntoAStoreMakesNone) {
  write(folder_ / "list.txt", "one.test\n");
  write(folder_ / "prose.txt", "nothing to see\n");
  write(folder_ / "index", "feed | https://feeds.test/a | text | CC0-1.0 | own | a feed\n");
  const auto at = [&](const std::string& store, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"intel", "--store", folder_ / store});
    return run("testudo", arguments).status;
  };
  EXPECT_EQ(at("new/deep/store", {"import", "--dry-run", folder_ / "list.txt"}), 0);
  EXPECT_FALSE(fs::exists(folder_ / "new"));
  EXPECT_EQ(at("new/deep/store", {"import", folder_ / "prose.txt"}), 2);
  EXPECT_FALSE(fs::exists(folder_ / "new"));
  EXPECT_EQ(at("new/deep/store", {"import", "--name", "a", folder_ / "list.txt", folder_ / "prose.txt"}), 2);
  EXPECT_FALSE(fs::exists(folder_ / "new"));
  EXPECT_EQ(at("new/deep/store", {"update", "--index", folder_ / "index", "--mirror", folder_ / "none"}), 2);
  EXPECT_FALSE(fs::exists(folder_ / "new"));
  fs::create_directory(folder_ / "empty");
  EXPECT_EQ(at("empty", {"import", "--dry-run", folder_ / "list.txt"}), 0);
  EXPECT_TRUE(fs::is_empty(folder_ / "empty"));
  EXPECT_EQ(at("empty", {"import", folder_ / "list.txt"}), 0);
  const std::string before = read_file(folder_ / "empty/store.db");
  EXPECT_EQ(at("empty", {"import", "--dry-run", "--again", folder_ / "list.txt"}), 0);
  EXPECT_EQ(read_file(folder_ / "empty/store.db"), before);
}

TEST_F(IntelOptions, ListsAreJsonWhereThatIsAskedFor) {
  write(folder_ / "index", "feed | https://feeds.test/a | text | CC0-1.0 | own | a feed\n");
  EXPECT_EQ(intel({"update", "--list", "--json", "--index", folder_ / "index"}).out,
            R"([{"name":"feed","group":"own","address":"https://feeds.test/a","format":"text",)"
            R"("licence":"CC0-1.0","what":"a feed"}])"
            "\n");
  const std::string formats = intel({"export", "--formats", "--json"}).out;
  EXPECT_TRUE(formats.starts_with("[{\"name\":\"")) << formats;
  EXPECT_NE(formats.find(R"({"name":"rpz","use":"block_list","reader":")"), std::string::npos) << formats;
  write(folder_ / "list.txt", "one.test\nONE.test\none.test\n");
  const Ran counts = intel({"lint", "--summary", "--json", folder_ / "list.txt"});
  EXPECT_EQ(counts.status, 1) << counts.err;
  EXPECT_EQ(counts.out.find('\n'), counts.out.size() - 1) << counts.out;
  EXPECT_TRUE(counts.out.starts_with(R"({"all":)")) << counts.out;
  EXPECT_NE(counts.out.find(R"({"defect":"duplicate_value","count":)"), std::string::npos) << counts.out;
}

// A format that does not exist is no reason to doubt the file.
TEST_F(IntelOptions, AnUnknownFormatIsNamedAsSuch) {
  write(folder_ / "list.txt", "one.test\n");
  for (const char* verb : {"import", "lint"}) {
    const Ran ran = intel({verb, folder_ / "list.txt", "--format", "bogus"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_NE(ran.err.find("There is no such format of feeds. Those that are read: stix,"), std::string::npos)
        << ran.err;
    EXPECT_NE(intel({verb, folder_ / "list.txt", "--format", "text"}).status, 2);
  }
}

// A slip of the pen must not replace a good list by an empty one.
TEST_F(IntelOptions, AThreatThatNobodyNamedIsRefused) {
  ASSERT_EQ(intel({"add", "one.test", "--threat", "Sample Spyware"}).status, 0);
  write(folder_ / "hosts", "a good list\n");
  for (const char* verb : {"export", "list"}) {
    std::vector<std::string> ask{verb, "--threat", "Smaple"};
    if (std::string(verb) == "export") ask.insert(ask.end(), {"--format", "hosts", "--out", folder_ / "hosts"});
    const Ran ran = intel(ask);
    EXPECT_EQ(ran.status, 2) << verb;
    EXPECT_NE(ran.err.find("no threat whose name holds this"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(read_file(folder_ / "hosts"), "a good list\n");
  EXPECT_EQ(intel({"list", "--threat", "sample"}).out, "host\tone.test\tSample Spyware\town\n");
  ASSERT_EQ(intel({"retract", "one.test", "--reason", "x"}).status, 0);
  EXPECT_EQ(intel({"export", "--threat", "sample", "--format", "hosts", "--out", folder_ / "hosts"}).status, 0);
}

TEST_F(IntelOptions, AVulnerabilityIsShownWithThoseWhoUsedIt) {
  const Ran shown = intel({"show", "CVE-2023-41064"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_NE(shown.out.find("CVE-2023-41064 is a vulnerability that"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("(intel show nso-group)"), std::string::npos) << shown.out;
  ASSERT_EQ(intel({"add", "CVE-2023-41064"}).status, 0);
  const Ran held = intel({"show", "cve-2023-41064"});
  EXPECT_EQ(held.status, 0) << held.err;
  EXPECT_NE(held.out.find("(intel show nso-group)"), std::string::npos) << held.out;
}

}  // namespace
}  // namespace testudo::test
