// testudo intel as a user runs it: feeds in, questions, exports, the way back.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/intel_program.h"

namespace testudo::test {
namespace {

void write(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path) << text;
}

// A bundle of one indicator for each host, all of one malware.
std::string bundle(const std::vector<std::string>& hosts) {
  std::string text = R"({"type":"bundle","id":"bundle--1f0b9d5e-0000-4000-8000-000000000000","objects":[)"
                     R"({"type":"malware","spec_version":"2.1","id":"malware--1f0b9d5e-0000-4000-8000-000000000001",)"
                     R"("created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"Sample",)"
                     R"("is_family":true})";
  for (const std::string& host : hosts) {
    const std::string uuid = "1f0b9d5e-0000-4000-8000-1000000000" + std::to_string(10 + (host[0] - 'a'));
    text += R"(,{"type":"indicator","spec_version":"2.1","id":"indicator--)" + uuid +
            R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","pattern":")" +
            "[domain-name:value='" + host + R"(']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"})" +
            R"(,{"type":"relationship","spec_version":"2.1","id":"relationship--)" + uuid +
            R"(","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","relationship_type":)"
            R"("indicates","source_ref":"indicator--)" +
            uuid + R"(","target_ref":"malware--1f0b9d5e-0000-4000-8000-000000000001"})";
  }
  return text + "]}";
}

using Intel = IntelProgram;

TEST_F(Intel, AFeedComesInAndIsCounted) {
  write(folder_ / "a.stix2", bundle({"a.test", "b.test"}));
  write(folder_ / "b.txt", "b.test\nhxxp://c[.]test/x\n198.51.100.7\n");
  const Ran imported = intel({"import", folder_ / "a.stix2", folder_ / "b.txt"});
  EXPECT_EQ(imported.status, 0) << imported.err;
  const Ran stats = intel({"stats", "--json"});
  EXPECT_EQ(stats.status, 0);
  EXPECT_TRUE(stats.out.starts_with(
      R"({"indicators":4,"by_type":{"url":1,"host":2,"ipv4":1},"sources":[{"name":"a.stix2","indicators":2,"updated":)"))
      << stats.out;
  const Ran list = intel({"list", "--value", "b.test", "--json"});
  EXPECT_NE(list.out.find(R"("source":"a.stix2")"), std::string::npos);
  EXPECT_NE(list.out.find(R"("threats":["Sample"])"), std::string::npos);
  EXPECT_NE(list.out.find(R"("source":"b.txt")"), std::string::npos);
}

TEST_F(Intel, TwoFilesOfOneNameAreTwoFeeds) {
  write(folder_ / "a/list.txt", "a.test\n");
  write(folder_ / "b/list.txt", "b.test\n");
  ASSERT_EQ(intel({"import", folder_ / "a/list.txt", folder_ / "b/list.txt"}).status, 0);
  EXPECT_EQ(intel({"list"}).out, "host\ta.test\t\tlist.txt\nhost\tb.test\t\t" + folder_ / "b/list.txt" + "\n");
}

TEST_F(Intel, StatsTellsWhatIsComparedFromWhatIsHeld) {
  ASSERT_EQ(intel({"add", "evil.test"}).status, 0);
  ASSERT_EQ(intel({"add", "paper.test", "--role", "victim"}).status, 0);
  ASSERT_EQ(intel({"add", "beside.test", "--role", "context"}).status, 0);
  ASSERT_EQ(intel({"add", "good.test", "--role", "benign"}).status, 0);
  ASSERT_EQ(intel({"add", "evil.test", "--role", "victim", "--source", "other"}).status, 0);
  EXPECT_NE(intel({"stats", "--json"}).out.find(R"("compared":1,"context":2,)"), std::string::npos);
}

TEST_F(Intel, WithoutAStoreOfOnesOwnNothingIsCounted) {
  const std::string absent = folder_ / "absent";
  ::setenv("XDG_DATA_HOME", absent.c_str(), 1);
  const Ran stats = run("testudo", {"intel", "stats", "--json"});
  ::unsetenv("XDG_DATA_HOME");
  EXPECT_EQ(stats.status, 0) << stats.err;
  EXPECT_TRUE(stats.out.starts_with(
      R"({"indicators":0,"by_type":{},"sources":[],"compared":0,"context":0,"generation":0,"vendors":{)"))
      << stats.out;
  EXPECT_FALSE(std::filesystem::exists(absent));
}

TEST_F(Intel, OurOwnExportComesInAsManyIndicatorsAsWentOut) {
  ASSERT_EQ(intel({"add", "one.test", "--threat", "Sample"}).status, 0);
  ASSERT_EQ(intel({"export", "--format", "stix", "--out", folder_ / "out.stix2"}).status, 0);
  const Ran imported =
      run("testudo", {"intel", "--store", folder_ / "other", "import", "--json", folder_ / "out.stix2"});
  EXPECT_EQ(imported.status, 0) << imported.err;
  EXPECT_NE(imported.out.find(R"("added":1,"changed":0,"withdrawn":0,)"), std::string::npos) << imported.out;
  EXPECT_NE(imported.out.find(R"("objects_withdrawn":0)"), std::string::npos) << imported.out;
}

TEST_F(Intel, WhatIsKnownUnderANameIsShownAsJson) {
  ASSERT_EQ(intel({"add", "one.test", "--threat", "Sample"}).status, 0);
  const Ran value = intel({"show", "one[.]test", "--json"});
  EXPECT_EQ(value.status, 0) << value.err;
  EXPECT_TRUE(value.out.starts_with("{")) << value.out;
  EXPECT_NE(value.out.find("one.test"), std::string::npos) << value.out;
  const Ran vendor = intel({"show", "NSO Group", "--json"});
  EXPECT_EQ(vendor.status, 0) << vendor.err;
  EXPECT_TRUE(vendor.out.starts_with("{")) << vendor.out;
}

// A file that no format fits is named, beside feeds and alone.
TEST_F(Intel, LintNamesWhatIsNoFeed) {
  write(folder_ / "prose.md", "nothing to see\n");
  write(folder_ / "good.txt", std::string(31, 'a') + "9\n");
  const std::string said =
      R"({"file":"prose.md","object":"","defect":"not_a_feed","value":"","mend":"Name the format, or leave the file out of the feed.","severity":"info"})"
      "\n";
  const Ran both = intel({"lint", "--json", folder_ / "good.txt", folder_ / "prose.md"});
  EXPECT_EQ(both.status, 1) << both.err;
  EXPECT_EQ(both.out, said);
  const Ran alone = intel({"lint", "--json", folder_ / "prose.md"});
  EXPECT_EQ(alone.status, 2);
  EXPECT_EQ(alone.out, said);
  EXPECT_NE(alone.err, "");
  const Ran quiet = intel({"lint", "--json", "--least", "warning", folder_ / "good.txt", folder_ / "prose.md"});
  EXPECT_EQ(quiet.status, 0) << quiet.out;
}

TEST_F(Intel, LintNamesEachDefectAndItsMend) {
  write(folder_ / "good.txt", std::string(31, 'a') + "9\n");
  const Ran good = intel({"lint", "--json", folder_ / "good.txt"});
  EXPECT_EQ(good.status, 0) << good.out;
  EXPECT_EQ(good.out, "");
  write(folder_ / "bad.stix2", bundle({"hxxp://a[.]test/"}));
  const Ran bad = intel({"lint", "--json", folder_ / "bad.stix2"});
  EXPECT_EQ(bad.status, 1) << bad.err;
  EXPECT_TRUE(bad.out.starts_with(R"({"file":)")) << bad.out;
  for (const char* key : {R"(,"object":)", R"(,"defect":)", R"(,"value":)", R"(,"mend":)", R"("defect":"defanged")"})
    EXPECT_NE(bad.out.find(key), std::string::npos) << key << '\n' << bad.out;
}

// One reading of the files: the same defects as from the lint, the same store as without it.
TEST_F(Intel, AnImportCanSayWhatIsWrongWithTheFeeds) {
  const std::string files[] = {folder_ / "bad.stix2", folder_ / "same.txt", folder_ / "prose.md"};
  write(files[0], bundle({"hxxp://a[.]test/", "b.test"}));
  write(files[1], "b.test\nB.test.\n");
  write(files[2], "nothing to see\n");
  const Ran lint = intel({"lint", "--json", files[0], files[1], files[2]});
  EXPECT_EQ(lint.status, 1) << lint.err;
  EXPECT_NE(lint.out.find(R"("file":"same.txt")"), std::string::npos) << lint.out;
  const Ran both = intel({"import", "--lint", "--json", files[0], files[1], files[2]});
  EXPECT_EQ(both.status, 0) << both.err;
  const Ran alone =
      run("testudo", {"intel", "--store", folder_ / "other", "import", "--json", files[0], files[1], files[2]});
  EXPECT_EQ(both.out, lint.out + alone.out);
  EXPECT_EQ(intel({"list"}).out, run("testudo", {"intel", "--store", folder_ / "other", "list"}).out);

  write(files[1], "b.test\nc.test.\n");  // now into a store that holds something
  const Ran again = intel({"import", "--lint", files[0], files[1]});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_NE(again.out.find("c.test."), std::string::npos) << again.out;
  EXPECT_EQ(again.out.find("hxxp"), std::string::npos) << again.out;  // of the feed that has not changed
}

// Every publisher calls its list "domains.txt": the second must not end the first.
TEST_F(Intel, AFileOfTheSameNameFromElsewhereIsAnotherFeed) {
  write(folder_ / "nso/domains.txt", "a.test\n");
  write(folder_ / "cytrox/domains.txt", "b.test\n");
  ASSERT_EQ(intel({"import", folder_ / "nso"}).status, 0);
  const Ran second = intel({"import", folder_ / "cytrox"});
  EXPECT_EQ(second.status, 0) << second.err;
  EXPECT_NE(second.err.find("domains.txt"), std::string::npos) << second.err;
  const std::string both = "host\ta.test\t\tdomains.txt\nhost\tb.test\t\tcytrox/domains.txt\n";
  EXPECT_EQ(intel({"list"}).out, both);
  // Each is known again by where it lies, whatever way leads there.
  write(folder_ / "cytrox/domains.txt", "c.test\n");
  ASSERT_EQ(intel({"import", folder_ / "nso/../cytrox/domains.txt"}).status, 0);
  EXPECT_EQ(intel({"list"}).out, "host\ta.test\t\tdomains.txt\nhost\tc.test\t\tcytrox/domains.txt\n");
  ASSERT_EQ(intel({"import", folder_ / "cytrox/domains.txt", "--name", "domains.txt"}).status, 0);
  EXPECT_EQ(intel({"list"}).out.find("a.test"), std::string::npos);
}

TEST_F(Intel, WhateverKindAValueIsOfItIsShown) {
  ASSERT_EQ(intel({"add", "evilagent", "--kind", "process"}).status, 0);
  ASSERT_EQ(intel({"add", std::string(64, 'a'), "--kind", "cert_sha256"}).status, 0);
  EXPECT_NE(intel({"show", "evilagent", "--json"}).out.find(R"("type":"process")"), std::string::npos);
  EXPECT_NE(intel({"show", std::string(64, 'a')}).out.find("cert_sha256"), std::string::npos);
  EXPECT_EQ(intel({"show", "evilagen"}).status, 1);
}

TEST_F(Intel, WhatTheDeskSaidOfAValueIsShownAndAWithdrawalIsHandedOn) {
  ASSERT_EQ(intel({"add", "a1.test", "a2.test"}).status, 0);
  ASSERT_EQ(intel({"sight", "a1.test", "--count", "3", "--by", "Ada", "--comment", "in a log"}).status, 0);
  ASSERT_EQ(intel({"retract", "a1.test", "--reason", "wrong host"}).status, 0);
  const Ran shown = intel({"show", "a1.test"});
  for (const char* part : {"seen in use 3 times", "Ada", "in a log", "wrong host"})
    EXPECT_NE(shown.out.find(part), std::string::npos) << part << '\n' << shown.out;
  const Ran json = intel({"list", "--withdrawn", "--value", "a1.test", "--json"});
  EXPECT_EQ(json.out.find(R"("revoked")"), std::string::npos) << json.out;
  EXPECT_NE(json.out.find(R"("reason":"wrong host")"), std::string::npos) << json.out;
  EXPECT_NE(intel({"stats", "--json"}).out.find(R"({"name":"own","indicators":1,)"), std::string::npos);
  for (const auto& [format, part] : {std::pair("stix", R"("revoked":true)"), {"misp", R"("deleted":true)"}}) {
    const Ran out = intel({"export", "--format", format, "--out", "-"});
    EXPECT_NE(out.out.find("a1.test"), std::string::npos) << format;
    EXPECT_NE(out.out.find(part), std::string::npos) << format;
    EXPECT_EQ(out.out.find("Ada"), std::string::npos) << format;
  }
  EXPECT_NE(intel({"export", "--format", "hosts", "--out", "-"}).out.find("# Withheld, revoked: 1"), std::string::npos);
}

TEST_F(Intel, NothingIsSaidToBeDoneThatWasNot) {
  const Ran added = intel({"add", "one.test", "no such value"});
  EXPECT_EQ(added.status, 2);
  EXPECT_EQ(added.out, "");
  EXPECT_NE(added.err.find("no such value"), std::string::npos) << added.err;
  EXPECT_EQ(intel({"list"}).out, "");
}

TEST_F(Intel, WarningListsNameWhatIsLikelyAFalseAlarm) {
  const Ran hit = intel({"warnings", "test", "8.8.8.8", "--json"});
  EXPECT_EQ(hit.status, 1) << hit.err;
  EXPECT_TRUE(hit.out.starts_with(R"({"value":"8.8.8.8","list":)")) << hit.out;
  const Ran none = intel({"warnings", "test", "evil-name.test"});
  EXPECT_NE(none.out.find("evil-name.test"), std::string::npos) << none.out;
  EXPECT_EQ(intel({"warnings", "test", "no such value"}).status, 2);
}

TEST_F(Intel, TheDifferenceIsShownAndCanBeTakenBack) {
  write(folder_ / "a.stix2", bundle({"a.test", "b.test"}));
  ASSERT_EQ(intel({"import", folder_ / "a.stix2"}).status, 0);
  write(folder_ / "a.stix2", bundle({"b.test", "c.test"}));
  const Ran dry = intel({"import", "--dry-run", folder_ / "a.stix2"});
  EXPECT_NE(dry.out.find("1 new, 0 changed, 1 withdrawn"), std::string::npos) << dry.out;
  EXPECT_NE(dry.out.find("- host a.test"), std::string::npos);
  EXPECT_EQ(intel({"list"}).out.find("c.test"), std::string::npos);
  ASSERT_EQ(intel({"import", folder_ / "a.stix2"}).status, 0);
  EXPECT_NE(intel({"list"}).out.find("c.test"), std::string::npos);
  const Ran again = intel({"import", folder_ / "a.stix2"});
  EXPECT_NE(again.out.find("has not changed"), std::string::npos);
  ASSERT_EQ(intel({"rollback", "1"}).status, 0);
  const std::string back = intel({"list"}).out;
  EXPECT_NE(back.find("a.test"), std::string::npos);
  EXPECT_EQ(back.find("c.test"), std::string::npos);
}

TEST_F(Intel, WhatTheDeskEntersStaysAndGoes) {
  ASSERT_EQ(intel({"add", "hxxps://evil[.]test/a", "--threat", "Sample", "--tlp", "red"}).status, 0);
  ASSERT_EQ(intel({"add", "victim.test", "--role", "victim"}).status, 0);
  const Ran several = intel({"add", "one.test", "two.test", "192.0.2.1"});
  EXPECT_EQ(several.status, 0) << several.err;
  EXPECT_NE(intel({"history"}).out.find("3 new, 0 changed"), std::string::npos);
  EXPECT_EQ(intel({"retract", "one.test", "two.test", "--reason", "a mistake"}).status, 0);
  EXPECT_EQ(intel({"list"}).out.find("two.test"), std::string::npos);
  EXPECT_NE(intel({"list"}).out.find("https://evil.test/a"), std::string::npos);
  EXPECT_EQ(intel({"retract", "victim.test", "--reason", "a mistake"}).status, 0);
  EXPECT_EQ(intel({"list"}).out.find("victim.test"), std::string::npos);
  EXPECT_EQ(intel({"retract", "unknown.test", "--reason", "none"}).status, 2);
  EXPECT_EQ(intel({"add", "no such value"}).status, 2);
  EXPECT_EQ(intel({"sight", "https://evil.test/a", "--at", "2026-02-03"}).status, 0);
  EXPECT_NE(intel({"list", "--json"}).out.find("2026-02-03T00:00:00Z"), std::string::npos);
}

TEST_F(Intel, ABlockListCarriesNoVictimAndNothingRed) {
  ASSERT_EQ(intel({"add", "evil.test"}).status, 0);
  ASSERT_EQ(intel({"add", "secret.test", "--tlp", "red"}).status, 0);
  ASSERT_EQ(intel({"add", "victim.test", "--role", "victim"}).status, 0);
  ASSERT_EQ(intel({"export", "--format", "rpz", "--out", folder_ / "rpz", "--audience", "red"}).status, 0);
  const std::string zone = read_file(folder_ / "rpz");
  EXPECT_NE(zone.find("evil.test"), std::string::npos);
  EXPECT_EQ(zone.find("secret.test"), std::string::npos);
  EXPECT_EQ(zone.find("victim.test"), std::string::npos);
  EXPECT_EQ(intel({"export", "--format", "nothing", "--out", folder_ / "x"}).status, 2);
}

TEST_F(Intel, TheNameOfAThreatLeavesOnlyToThoseWhoMaySeeIt) {
  std::string feed = bundle({"a.test"});
  const std::string malware = R"("type":"malware",)";
  feed.insert(feed.find(malware),
              R"("object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"],)");
  write(folder_ / "feed.json", feed);
  ASSERT_EQ(intel({"import", folder_ / "feed.json"}).status, 0);
  EXPECT_NE(intel({"list"}).out.find("Sample"), std::string::npos);
  for (const char* format : {"stix", "misp", "csv", "suricata", "zeek", "defender"}) {
    const std::string out = folder_ / "out";
    ASSERT_EQ(intel({"export", "--format", format, "--audience", "amber", "--out", out}).status, 0) << format;
    EXPECT_NE(read_file(out).find("a.test"), std::string::npos) << format;
    EXPECT_EQ(read_file(out).find("Sample"), std::string::npos) << format;
  }
  ASSERT_EQ(intel({"export", "--format", "csv", "--audience", "red", "--out", folder_ / "red"}).status, 0);
  EXPECT_NE(read_file(folder_ / "red").find("Sample"), std::string::npos);
}

TEST_F(Intel, EvalAnswersWithItsStatus) {
  write(folder_ / "seen.json",
        R"({"type":"bundle","id":"bundle--1f0b9d5e-0000-4000-8000-000000000009","objects":[{"type":"observed-data",)"
        R"("id":"observed-data--1f0b9d5e-0000-4000-8000-000000000008","first_observed":"2026-01-01T00:00:00Z",)"
        R"("last_observed":"2026-01-01T00:00:00Z","number_observed":1,"objects":{"0":{"type":"domain-name",)"
        R"("value":"a.test"}}}]})");
  EXPECT_EQ(intel({"eval", "[domain-name:value = 'a.test']", folder_ / "seen.json"}).status, 0);
  EXPECT_EQ(intel({"eval", "[domain-name:value = 'b.test']", folder_ / "seen.json"}).status, 1);
  const Ran broken = intel({"eval", "[domain-name:value ~ 'b.test']", folder_ / "seen.json"});
  EXPECT_EQ(broken.status, 2);
  EXPECT_NE(broken.err.find("column 20"), std::string::npos) << broken.err;
  write(folder_ / "broken.json", "{");
  EXPECT_EQ(intel({"eval", "[domain-name:value = 'a.test']", folder_ / "broken.json"}).status, 3);
  EXPECT_EQ(intel({"eval", "[domain-name:value = 'a.test']", folder_ / "absent.json"}).status, 3);
}

TEST_F(Intel, PairsOfNamesAreScored) {
  write(folder_ / "pairs.csv",
        "schema,name1,name2\nPerson,Alex Example,\"Example, Alex\"\nPerson,Alex Example,Bo Other\n");
  const Ran scored = intel({"screen", "--pairs", folder_ / "pairs.csv"});
  EXPECT_EQ(scored.status, 0) << scored.err;
  EXPECT_TRUE(scored.out.starts_with("schema,name1,name2,score")) << scored.out;
}

TEST_F(Intel, AMirrorTakesTheNetworksPlace) {
  write(folder_ / "index.txt",
        "feeds/one | https://feeds.test/one.stix2 | stix | CC0-1.0 | own | one\n"
        "feeds/two | https://feeds.test/two.txt | text | CC0-1.0 | own | two\n");
  write(folder_ / "mirror/feeds/one", bundle({"a.test"}));
  const Ran half = intel({"update", "--index", folder_ / "index.txt", "--mirror", folder_ / "mirror"});
  EXPECT_EQ(half.status, 3) << half.err;
  EXPECT_NE(half.err.find("feeds/two"), std::string::npos);
  write(folder_ / "mirror/feeds/two", "b.test\n");
  EXPECT_EQ(intel({"update", "--index", folder_ / "index.txt", "--mirror", "file://" + folder_ / "mirror"}).status, 0);
  const std::string list = intel({"list"}).out;
  EXPECT_NE(list.find("a.test"), std::string::npos);
  EXPECT_NE(list.find("b.test"), std::string::npos);
  EXPECT_EQ(intel({"update", "--index", folder_ / "index.txt", "--mirror", folder_ / "nothing"}).status, 2);
}

TEST_F(Intel, WhatCannotBeDoneIsOneSentence) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"stats"},
                                                    {"import", folder_ / "absent"},
                                                    {"stats", "--as-of", "yesterday"},
                                                    {"screen"},
                                                    {"update", "no-such-feed"}}) {
    const Ran ran = intel(arguments);
    EXPECT_EQ(ran.status, 2) << arguments[0];
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
}

}  // namespace
}  // namespace testudo::test
