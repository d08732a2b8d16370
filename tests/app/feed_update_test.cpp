// `testudo intel update` over the network: a publisher on this machine, with and without TLS, that does what publishers
// do: says that nothing changed, is busy, breaks off, points elsewhere, sends too much or a page instead of the feed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/program.h"
#include "app/script_server.h"

namespace testudo::test {
namespace {

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

class FeedUpdate : public testing::Test {
 protected:
  void SetUp() override {
    write(log(), "");
    write(folder_ / "list.txt", "one.test\ntwo.test\n");
  }
  // A publisher; `what` becomes an index of feeds named as their paths, all lists of text.
  bool publish(const std::vector<std::string>& what, const std::vector<std::string>& tls = {}) {
    std::vector<std::string> arguments{log()};
    arguments.insert(arguments.end(), tls.begin(), tls.end());
    server_ = std::make_unique<ScriptServer>("feed_publisher.py", arguments);
    std::string index;
    for (const std::string& path : what)
      index += path + " | " + (tls.empty() ? "http" : "https") + "://127.0.0.1:" + server_->port() + "/" + path +
               " | text | CC0-1.0 | own | a list\n";
    write(folder_ / "index", index);
    return server_->runs();
  }
  Ran update(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(),
                     {"intel", "update", "--index", folder_ / "index", "--store", folder_ / "store"});
    return run("testudo", arguments);
  }
  std::string values() {
    std::string all;
    const Ran list = run("testudo", {"intel", "list", "--store", folder_ / "store"});
    for (const char* value : {"one.test", "two.test", "three.test"})
      if (list.out.find(value) != std::string::npos) all += std::string(all.empty() ? "" : " ") + value;
    return all;
  }
  // The requests since the last call: "path etag since" lines.
  std::string asked() {
    std::string all = read_file(log());
    write(log(), "");
    return all;
  }
  std::string log() const { return folder_ / "log"; }
  Folder folder_;
  std::unique_ptr<ScriptServer> server_;
};

TEST_F(FeedUpdate, WhatHasNotChangedIsNotSentAgain) {
  if (!publish({"file/list.txt", "dated/list"})) GTEST_SKIP() << "no python3";
  ASSERT_EQ(update().status, 0);
  EXPECT_EQ(values(), "one.test two.test");
  EXPECT_EQ(asked(), "/file/list.txt - -\n/dated/list - -\n");
  const Ran again = update();
  EXPECT_EQ(again.status, 0);
  EXPECT_NE(again.err.find("file/list.txt: the publisher has nothing newer"), std::string::npos) << again.err;
  EXPECT_NE(again.err.find("dated/list: the publisher has nothing newer"), std::string::npos) << again.err;
  const std::string conditions = asked();
  EXPECT_EQ(conditions.find("/file/list.txt \""), 0U) << conditions;
  EXPECT_NE(conditions.find("/dated/list - Thu, 01 Oct 2026 10:00:00 GMT\n"), std::string::npos) << conditions;
  // Asked for again whatever the publisher says; and what is new comes without asking.
  ASSERT_EQ(update({"--again"}).status, 0);
  EXPECT_EQ(asked(), "/file/list.txt - -\n/dated/list - -\n");
  write(folder_ / "list.txt", "two.test\nthree.test\n");
  const Ran dry = update({"--dry-run", "file/list.txt"});
  EXPECT_NE(dry.out.find("1 new, 0 changed, 1 withdrawn"), std::string::npos) << dry.out;
  const Ran changed = update({"file/list.txt"});
  EXPECT_EQ(changed.status, 0) << changed.err;
  EXPECT_EQ(values(), "one.test two.test three.test");  // the other feed still says the first
  // A store that went back asks for all of it.
  ASSERT_EQ(run("testudo", {"intel", "rollback", "0", "--store", folder_ / "store"}).status, 0);
  EXPECT_EQ(values(), "");
  asked();
  ASSERT_EQ(update().status, 0);
  EXPECT_EQ(asked(), "/file/list.txt - -\n/dated/list - -\n");
  EXPECT_EQ(values(), "one.test two.test three.test");
}

TEST_F(FeedUpdate, WhoIsBusyOrBreaksOffIsAskedAgain) {
  if (!publish({"busy/list", "cut/list"})) GTEST_SKIP() << "no python3";
  const Ran updated = update();
  EXPECT_EQ(updated.status, 0) << updated.err;
  EXPECT_EQ(asked(), "/busy/list - -\n/busy/list - -\n/busy/list - -\n/cut/list - -\n/cut/list - -\n");
  EXPECT_EQ(values(), "one.test two.test");
}

TEST_F(FeedUpdate, RedirectionsLeadAnywhereButNotOutOfTls) {
  if (!publish({"moved/list", "elsewhere/list", "packed/list", "gzip/list", "circle/list"}))
    GTEST_SKIP() << "no python3";
  const Ran updated = update();
  EXPECT_EQ(updated.status, 3) << updated.err;
  EXPECT_NE(updated.err.find("circle/list"), std::string::npos) << updated.err;
  EXPECT_EQ(updated.err.find("elsewhere"), std::string::npos) << updated.err;
  const std::string stats = run("testudo", {"intel", "stats", "--json", "--store", folder_ / "store"}).out;
  for (const char* name : {"moved", "elsewhere", "packed", "gzip"})
    EXPECT_NE(stats.find(R"({"name":")" + std::string(name) + R"(/list","indicators":2,)"), std::string::npos) << stats;
}

TEST_F(FeedUpdate, WhatIsNoFeedChangesNothing) {
  if (!publish({"file/list.txt"})) GTEST_SKIP() << "no python3";
  ASSERT_EQ(update().status, 0);
  const std::string before = read_file(folder_ / "store/store.db");
  for (const char* path : {"page/list", "empty/list", "gone/list", "patient/list", "large/list", "bomb/list",
                           "stale/list", "half/list", "zip/list", "deflate/list"}) {
    // Under the name of the good feed, whose values must not end.
    ASSERT_TRUE(publish({path}));
    std::string index = read_file(folder_ / "index");
    write(folder_ / "index", "file/list.txt" + index.substr(index.find(" |")));
    const Ran updated = update({"--max-size", "1"});
    EXPECT_EQ(updated.status, 2) << path << updated.out;
    EXPECT_NE(updated.err.find("file/list.txt"), std::string::npos) << path << updated.err;
    EXPECT_EQ(read_file(folder_ / "store/store.db"), before) << path;
  }
}

// What a publisher said of the feed at one address is not told to another one.
TEST_F(FeedUpdate, AnotherAddressIsAskedForAllOfIt) {
  if (!publish({"file/list.txt", "file/more.txt"})) GTEST_SKIP() << "no python3";
  write(folder_ / "more.txt", "three.test\n");
  ASSERT_EQ(update({"file/list.txt"}).status, 0);
  asked();
  const std::string index = read_file(folder_ / "index");
  write(folder_ / "index", "file/list.txt" + index.substr(index.find(" |", index.find("file/more.txt"))));
  const Ran updated = update({"--json"});
  EXPECT_EQ(updated.status, 0) << updated.err;
  EXPECT_EQ(asked(), "/file/more.txt - -\n");
  EXPECT_EQ(values(), "three.test");
}

TEST_F(FeedUpdate, JsonNamesWhatDidNotCome) {
  if (!publish({"file/list.txt", "gone/list"})) GTEST_SKIP() << "no python3";
  const Ran updated = update({"--json"});
  EXPECT_EQ(updated.status, 3);
  EXPECT_NE(updated.out.find(R"({"name":"gone/list","state":"not_fetched","why":"HTTP 404"})"), std::string::npos)
      << updated.out;
  EXPECT_NE(update({"--json"}).out.find(R"({"name":"file/list.txt","state":"not_modified"})"), std::string::npos);
}

TEST_F(FeedUpdate, AMispFeedIsAllTheEventsOfItsManifest) {
  if (!publish({"file/list.txt"})) GTEST_SKIP() << "no python3";
  const std::string first = "5e1f0a52-0000-4000-8000-00000000000", rest = R"(","info":"an event","Attribute":[)";
  std::string manifest = "{";
  for (const auto& [n, value] : {std::pair{"1", "one.test"}, {"2", "two.test"}}) {
    manifest += (n[0] == '1' ? "\"" : ",\"") + first + n + R"(":{"info":"an event","Orgc":{"name":"o"}})";
    write(folder_ / (first + n + ".json"),
          R"({"Event":{"uuid":")" + first + n + rest +
              R"({"type":"domain","category":"Network activity","to_ids":true,"value":")" + value + "\"}]}}");
  }
  write(folder_ / "manifest.json", manifest + "}");
  const std::string address = "http://127.0.0.1:" + server_->port() + "/file/";
  const auto named = [&](const std::string& where) {
    write(folder_ / "index", "own/misp | " + where + " | misp | CC0-1.0 | own | events\n");
  };
  for (const std::string& where :
       {address, address + "manifest.json", "file://" + folder_.path(), "file://" + (folder_ / "manifest.json")}) {
    named(where);
    std::filesystem::remove_all(folder_ / "store");
    const Ran updated = update();
    EXPECT_EQ(updated.status, 0) << where << updated.err;
    EXPECT_EQ(values(), "one.test two.test") << where << updated.out;
  }
  // One event that cannot be had: nothing ends.
  named(address);
  std::filesystem::remove(folder_ / (first + "2.json"));
  write(folder_ / "manifest.json", manifest + " }");
  EXPECT_EQ(update({"--again"}).status, 2);
  EXPECT_EQ(values(), "one.test two.test");
}

TEST_F(FeedUpdate, OverTlsWithAnAuthorityThatIsTrusted) {
  const std::string certificate = folder_ / "cert.pem", key = folder_ / "key.pem";
  const std::string make =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
      "/CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1,DNS:localhost -out '" +
      certificate + "' -keyout '" + key + "' 2>/dev/null";
  if (std::system(make.c_str()) != 0) GTEST_SKIP() << "no openssl";
  if (!publish({"file/list.txt", "down/list", "elsewhere/list"}, {certificate, key})) GTEST_SKIP() << "no python3";
  const Ran refused = update({"file/list.txt"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("certificate"), std::string::npos) << refused.err;
  EXPECT_EQ(asked(), "");
  const Ran updated = update({"--ca-file", certificate});
  EXPECT_EQ(updated.status, 3) << updated.err;
  EXPECT_NE(updated.err.find("down/list"), std::string::npos) << updated.err;  // to plain text: not followed
  EXPECT_EQ(updated.err.find("elsewhere"), std::string::npos) << updated.err;
  EXPECT_EQ(values(), "one.test two.test");
}

// A copy in a mirror is held to the same as what a publisher sends.
TEST_F(FeedUpdate, NothingEndsBecauseAPageLiesInTheMirror) {
  write(folder_ / "index", "own/a | https://feeds.test/a | text | CC0-1.0 | own | a list\n");
  std::filesystem::create_directories(folder_ / "mirror/own");
  write(folder_ / "mirror/own/a", "one.test\ntwo.test\n");
  ASSERT_EQ(update({"--mirror", folder_ / "mirror"}).status, 0);
  for (const char* text : {"", " \n\n", "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html>moved</html>",
                           "<!-- c -->\n<html></html>", "404: Not Found", "PK\x03\x04 and more"}) {
    write(folder_ / "mirror/own/a", text);
    const Ran ran = update({"--mirror", folder_ / "mirror", "--yes"});
    EXPECT_NE(ran.status, 0) << text;
    EXPECT_EQ(values(), "one.test two.test") << text;
  }
  write(folder_ / "mirror/own/a", std::string(1500000, '\n') + "three.test\n");
  EXPECT_NE(update({"--mirror", folder_ / "mirror", "--max-size", "1"}).status, 0);
  EXPECT_EQ(values(), "one.test two.test");
}

}  // namespace
}  // namespace testudo::test
