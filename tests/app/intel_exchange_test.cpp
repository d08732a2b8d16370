// From one store to another and back: dates, versions, what exports leave out.
#include <gtest/gtest.h>

#include <fstream>

#include "app/intel_program.h"
#include "app/script_server.h"

namespace testudo::test {
namespace {

struct IntelExchange : IntelProgram {
  // The same verb on the store that the exports are read into.
  Ran other(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"intel", "--store", folder_ / "other"});
    return run("testudo", arguments);
  }
  void hand_over() {
    ASSERT_EQ(intel({"export", "--format", "stix", "--out", folder_ / "all.json"}).status, 0);
    ASSERT_EQ(other({"import", folder_ / "all.json"}).status, 0);
  }
  static std::string hosts(const Ran& exported) {
    std::string text;
    for (std::size_t at = 0; (at = exported.out.find("\n0.0.0.0 ", at)) != std::string::npos; ++at)
      text += exported.out.substr(at + 9, exported.out.find('\n', at + 1) - at - 9) + " ";
    return text;
  }
};

TEST_F(IntelExchange, WhatHasDecayedHereHasDecayedThere) {
  ASSERT_EQ(intel({"add", "old.test", "--first-seen", "2014-01-01", "--last-seen", "2015-02-01"}).status, 0);
  ASSERT_EQ(intel({"add", "fresh.test", "--first-seen", "2014-01-01"}).status, 0);
  ASSERT_EQ(intel({"add", "future.test", "--valid-from", "2999-01-01"}).status, 0);
  ASSERT_EQ(intel({"sight", "fresh.test", "--at", "2026-11-01", "--count", "4"}).status, 0);
  hand_over();
  for (const Ran& listed :
       {intel({"export", "--format", "hosts", "--out", "-"}), other({"export", "--format", "hosts", "--out", "-"})}) {
    EXPECT_EQ(hosts(listed), "fresh.test ") << listed.out;
    EXPECT_NE(listed.out.find("# Withheld, decayed: 1\n"), std::string::npos) << listed.out;
    EXPECT_NE(listed.out.find("# Withheld, not_yet_valid: 1\n"), std::string::npos) << listed.out;
  }
  const std::string shown = other({"list", "--json", "--value", "fresh.test"}).out;
  EXPECT_NE(shown.find(R"("first_seen":"2014-01-01T00:00:00Z","last_seen":"2026-11-01T00:00:00Z")"), std::string::npos)
      << shown;
}

std::string version(const char* modified, const char* more) {
  return std::string(R"({"type":"bundle","id":"bundle--1","objects":[{"type":"indicator","spec_version":"2.1",)") +
         R"("id":"indicator--11111111-1111-4111-8111-111111111111","created":"2026-01-01T00:00:00Z","modified":")" +
         modified + R"(","pattern":"[domain-name:value='evil.test']","pattern_type":"stix",)" +
         R"("valid_from":"2026-01-01T00:00:00Z")" + more +
         R"(},{"type":"malware","spec_version":"2.1","id":"malware--1","name":"Sample"}]})";
}

// STIX 2.1 section 3.6. Evidence is compared with it all the same.
TEST_F(IntelExchange, AnOldCopyDoesNotReviveWhatANewerOneWithdraws) {
  std::ofstream(folder_ / "v1.json") << version("2026-01-01T00:00:00Z", "");
  std::ofstream(folder_ / "v2.json") << version("2026-05-01T00:00:00Z", R"(,"revoked":true)");
  ASSERT_EQ(intel({"import", folder_ / "v2.json", folder_ / "v1.json"}).status, 0);
  const Ran listed = intel({"export", "--format", "hosts", "--out", "-"});
  EXPECT_EQ(hosts(listed), "");
  EXPECT_NE(listed.out.find("# Withheld, superseded: 1\n"), std::string::npos) << listed.out;
  EXPECT_NE(intel({"show", "evil.test"}).out.find("newer version"), std::string::npos);
  EXPECT_NE(intel({"stats", "--json"}).out.find(R"("compared":1)"), std::string::npos);
}

TEST_F(IntelExchange, WhatAnExportLeavesOutIsSaidAndCanBeListed) {
  std::ofstream(folder_ / "v1.json") << version("2026-01-01T00:00:00Z", "");
  ASSERT_EQ(intel({"import", folder_ / "v1.json"}).status, 0);
  const Ran made = intel({"export", "--format", "stix", "--out", folder_ / "all.json", "--json"});
  EXPECT_NE(made.out.find(R"("withheld":{"object":1})"), std::string::npos) << made.out;
  EXPECT_EQ(intel({"list", "--objects"}).out, "v1.json\tmalware\tmalware--1\n");
  EXPECT_EQ(intel({"list", "--objects", "--json"}).out,
            R"({"source":"v1.json","type":"malware","id":"malware--1","object":{"type":"malware","spec_version":"2.1",)"
            R"("id":"malware--1","name":"Sample"}})"
            "\n");
}

// The number that one request may hold limits those who post to us, not what we asked for or send.
TEST_F(IntelExchange, AStoreOfAnySizeIsPushedAndPulled) {
  const ScriptServer server("taxii_odd_server.py");
  if (!server.runs()) GTEST_SKIP() << "no python3";
  std::string bundle = R"({"type":"bundle","objects":[{})";
  for (int i = 0; i < 100000; ++i) bundle += ",{}";
  std::ofstream(folder_ / "many.json") << bundle << "]}";
  const std::string root = "http://127.0.0.1:" + server.port() + "/";
  const Ran pushed =
      intel({"taxii", "push", root + "small/", folder_ / "many.json", "--collection", "small", "--json"});
  EXPECT_NE(pushed.out.find(R"("not_sent":100001)"), std::string::npos) << pushed.out << pushed.err;
  const Ran pulled = intel({"taxii", "pull", root + "many/"});
  EXPECT_NE((pulled.out + pulled.err).find("100001 objects were left out"), std::string::npos) << pulled.err;
}

}  // namespace
}  // namespace testudo::test
