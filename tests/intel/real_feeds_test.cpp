// The public STIX feeds about mercenary spyware, where they are present: their counts are known.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/text.h"
#include "base/url.h"
#include "intel/bundle.h"

namespace testudo {
namespace {

using test::Compiled;
namespace fs = std::filesystem;

fs::path shared_data() {
  if (const char* set = std::getenv("TESTUDO_SHARED_DATA")) return set;
  return fs::path(TESTUDO_SOURCE_DIR) / "../shared/data";
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> files_below(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> found;
  if (!fs::exists(folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && (extension.empty() || entry.path().extension() == extension))
      found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

class RealFeeds : public testing::Test {
 protected:
  void SetUp() override {
    const auto files = files_below(shared_data() / "indicators", ".stix2");
    if (files.empty()) GTEST_SKIP() << "no indicators/*.stix2 in the shared data";
    for (const fs::path& file : files) {
      const Result<void> read = set_.add_stix(file.filename().string(), read_file(file));
      ASSERT_TRUE(read.ok()) << file << ": " << read.error().what;
    }
  }
  std::map<std::string, std::size_t> notes_by_defect() const {
    std::map<std::string, std::size_t> counts;
    for (const FeedNote& note : set_.notes()) ++counts[note.defect];
    return counts;
  }
  IndicatorSet set_;
};

TEST_F(RealFeeds, counts_by_kind) {
  std::uint64_t raw = 0, left = 0;
  for (const FeedSummary& feed : set_.feeds()) {
    raw += feed.indicators;
    left += feed.not_evaluated;
    EXPECT_TRUE(feed.newest.has_value()) << feed.name;
  }
  EXPECT_EQ(set_.feeds().size(), 16U);
  EXPECT_EQ(raw, 5713U);
  EXPECT_EQ(left, 0U);
  EXPECT_EQ(set_.size(), 5369U);
  const Compiled compiled(set_);
  // 4,968 values of domain patterns are 4,960 names, 7 addresses and 1 URL.
  const std::map<Kind, std::size_t> expected = {{Kind::host, 4960},      {Kind::ipv4, 45 + 7}, {Kind::url, 1},
                                                {Kind::process, 83},     {Kind::sha256, 101},  {Kind::email, 65},
                                                {Kind::path, 52},        {Kind::app_id, 25},   {Kind::file_name, 15},
                                                {Kind::cert_sha256, 11}, {Kind::property, 3},  {Kind::profile_id, 1}};
  for (std::size_t i = 0; i < kind_count; ++i) {
    const auto kind = static_cast<Kind>(i);
    const auto found = expected.find(kind);
    EXPECT_EQ(compiled.matcher.size(kind), found == expected.end() ? 0 : found->second) << kind_name(kind);
  }
}

TEST_F(RealFeeds, oddities_are_noted) {
  const std::map<std::string, std::size_t> expected = {
      {"address_in_domain", 7}, {"also_in_another_feed", 2}, {"custom_object_type", 10}, {"dangling_relationship", 1},
      {"generic_name", 7},      {"hash_key_spelling", 6},    {"no_confidence", 16},      {"punycode", 3},
      {"single_label", 1},      {"url_in_domain", 1},        {"www_prefix", 2}};
  EXPECT_EQ(notes_by_defect(), expected);
  EXPECT_EQ(test::notes(set_, "also_in_another_feed").back(), ": 343 of 585");
}

TEST_F(RealFeeds, every_indicator_has_a_threat_and_is_found) {
  const Compiled compiled(set_);
  std::vector<Match> out;
  for (std::uint32_t i = 0; i < compiled.matcher.size(); ++i) {
    const IndicatorRef ref = compiled.matcher.describe(i);
    EXPECT_FALSE(ref.threat.empty()) << ref.value;
    out.clear();
    compiled.matcher.find(ref.type, ref.value, out);
    // Links and names without case are described as their feed spells them.
    if (ref.type == Kind::url) compiled.matcher.find(ref.type, normalise_url(ref.value).value_or(std::string()), out);
    compiled.matcher.find(ref.type, lower_ascii(ref.value), out);
    EXPECT_TRUE(std::ranges::any_of(out, [&](const Match& m) { return m.indicator == i && m.how == MatchHow::exact; }))
        << ref.value;
  }
}

TEST(RealFiles, what_is_not_stix_is_told_apart) {
  const auto files = files_below(shared_data() / "indicators", "");
  if (files.empty()) GTEST_SKIP() << "no indicators in the shared data";
  IndicatorSet set;
  std::size_t read = 0;
  for (const fs::path& file : files) {
    const bool ok = set.add_stix(file.filename().string(), read_file(file)).ok();
    EXPECT_EQ(ok, file.extension() == ".stix2") << file;
    read += ok ? 1 : 0;
  }
  EXPECT_EQ(read, 16U);
}

TEST(RealFiles, hostile_json_does_no_harm) {
  const auto files = files_below(shared_data() / "hostile/jsontestsuite", "");
  if (files.empty()) GTEST_SKIP() << "no hostile/jsontestsuite in the shared data";
  for (const fs::path& file : files) {
    IndicatorSet set;
    const std::string text = read_file(file);
    EXPECT_FALSE(set.add_stix(file.filename().string(), text).ok()) << file;
    // The same inside a bundle: as a member of an object, and as an object.
    const std::string inside = "{\"type\":\"bundle\",\"objects\":[" + text +
                               ",{\"type\":\"indicator\",\"id\":\"indicator--1\",\"pattern\":" + text + "}]}";
    const bool ok = set.add_stix(file.filename().string(), inside).ok();
    EXPECT_TRUE(ok || !file.filename().string().starts_with("y_")) << file;
    EXPECT_TRUE(ok || set.size() + set.notes().size() == 0) << file;
  }
}

}  // namespace
}  // namespace testudo
