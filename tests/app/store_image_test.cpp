// A store's matcher image under `testudo check`, and what is kept beside it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/intel_program.h"

namespace testudo::test {
namespace {

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

using StoreImage = IntelProgram;

TEST_F(StoreImage, ACheckUsesTheStore) {
  const Phone phone = make_phone(folder_, {"--seed", "7", "--size", "small"});
  const Ran from_files =
      run("testudo", {"check", phone.backup, "--intel", phone.indicators, "--out", folder_ / "files"});
  ASSERT_EQ(intel({"import", phone.indicators}).status, 0);
  const Ran from_store =
      run("testudo", {"check", phone.backup, "--intel", folder_ / "store", "--out", folder_ / "stored"});
  EXPECT_EQ(from_store.status, from_files.status) << from_store.err;
  EXPECT_EQ(read_file(folder_ / "stored/findings.ndjson"), read_file(folder_ / "files/findings.ndjson"));
}

TEST_F(StoreImage, AnImageThatCannotBeUsedIsMadeAnew) {
  const Phone phone = make_phone(folder_, {"--seed", "7", "--size", "small"});
  ASSERT_EQ(intel({"import", phone.indicators}).status, 0);
  const std::string image = folder_ / ("store/matcher/" + files_below(folder_ / "store/matcher").at(0));
  const std::string good = read_file(image);
  std::string of_version_1 = good;
  of_version_1.replace(8, 4, std::string("\1\0\0\0", 4));
  const auto check = [&](const std::string& out) {
    return run("testudo", {"check", phone.backup, "--intel", folder_ / "store", "--out", folder_ / out}).status;
  };
  const int status = check("good");
  for (const std::string& other : {of_version_1, good.substr(0, 100), std::string()}) {
    const std::string out = std::to_string(other.size());
    write(image, other);
    EXPECT_EQ(check(out), status) << out;
    EXPECT_EQ(read_file(folder_ / out + "/findings.ndjson"), read_file(folder_ / "good/findings.ndjson"));
    EXPECT_EQ(read_file(image), good) << out;
  }
}

// The change stands before its image is made: what becomes of the image is no failure of the change.
TEST_F(StoreImage, AnImageThatCannotBeSavedCostsNeitherAChangeNorACheck) {
  const Phone phone = make_phone(folder_, {"--seed", "7", "--size", "small"});
  ASSERT_EQ(intel({"import", phone.indicators}).status, 0);
  const auto check = [&](const std::string& out) {
    return run("testudo", {"check", phone.backup, "--intel", folder_ / "store", "--out", folder_ / out}).status;
  };
  const int status = check("good");
  std::filesystem::remove_all(folder_ / "store/matcher");
  write(folder_ / "store/matcher", "no folder");
  EXPECT_EQ(check("held"), status);
  EXPECT_EQ(read_file(folder_ / "held/findings.ndjson"), read_file(folder_ / "good/findings.ndjson"));
  const Ran added = intel({"add", "one.test"});
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_EQ(intel({"list", "--value", "one.test"}).status, 0);
  EXPECT_EQ(read_file(folder_ / "store/matcher"), "no folder");
}

// Another process that changed the store since has an image and a draft of its own there.
TEST_F(StoreImage, ImagesOfLaterGenerationsStay) {
  write(folder_ / "one.txt", "one.test\n");
  ASSERT_EQ(intel({"import", folder_ / "one.txt"}).status, 0);
  write(folder_ / "store/matcher/9.image", "later");
  write(folder_ / "store/matcher/9.image.1.new", "later");
  write(folder_ / "store/matcher/0.image", "earlier");
  ASSERT_EQ(intel({"add", "two.test"}).status, 0);
  EXPECT_EQ(files_below(folder_ / "store/matcher"), (std::vector<std::string>{"2.image", "9.image", "9.image.1.new"}));
}

// What the feeds of a store gave is counted once and kept beside the image.
TEST_F(StoreImage, FeedsThatAreKeptWithTheImageAreTheOnesCounted) {
  const Phone phone = make_phone(folder_, {"--seed", "7", "--size", "small"});
  write(folder_ / "other.txt", "one.test\ntwo.test\n");
  ASSERT_EQ(intel({"import", phone.indicators, folder_ / "other.txt"}).status, 0);
  const auto feeds = [&](const std::string& out) {
    run("testudo", {"check", phone.backup, "--intel", folder_ / "store", "--out", folder_ / out});
    const std::string facts = read_file(folder_ / out + "/summary.json");
    const std::size_t begin = facts.find("\"feeds\""), end = facts.find(']', begin);
    return begin == std::string::npos ? facts : facts.substr(begin, end - begin);
  };
  const std::string counted = feeds("counted");
  EXPECT_NE(counted.find("other.txt"), std::string::npos) << counted;
  const std::string kept = folder_ / "store/matcher/1.feeds", good = read_file(kept);
  EXPECT_EQ(feeds("kept"), counted);
  for (const std::size_t size : {std::size_t{0}, std::size_t{3}, good.size() / 2, good.size() - 1}) {
    write(kept, good.substr(0, size));
    EXPECT_EQ(feeds("cut" + std::to_string(size)), counted);
    EXPECT_EQ(read_file(kept), good);
  }
  ASSERT_EQ(intel({"retract", "one.test", "--reason", "an error"}).status, 0);
  EXPECT_NE(feeds("after"), counted);
  EXPECT_FALSE(std::filesystem::exists(kept));
}

}  // namespace
}  // namespace testudo::test
