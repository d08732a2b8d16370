// The public corpus, folder by folder, beside the figures that were counted without this program. Skipped where the
// data is not there. Why some figures differ: docs/formats/feeds.md.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "intel/feed/feed_log.h"
#include "intel/normalise.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;
using Counts = std::map<std::string, std::size_t>;

fs::path corpus() {
  const char* shared = std::getenv("TESTUDO_SHARED_DATA");
  const fs::path data =
      shared != nullptr ? fs::path(shared) : fs::path(TESTUDO_SOURCE_DIR).parent_path() / "shared/data";
  return data / "indicators";
}

// Unique normalised values by kind; what no kind stands for as "kept".
class Unique : public FeedSink {
 public:
  void claim(const FeedClaim& claim) override {
    Defects defects;
    const auto found = normalise_indicator(claim.kind, claim.value, defects);
    if (!found) return refused_.emplace_back(claim.value), void();
    values_[std::string(kind_name(found->type))].insert(found->value);
    roles_[found->value].insert(claim.role);
  }
  void threat(std::uint64_t, std::string_view) override {}
  void supersede(std::uint64_t) override {}
  void kept(const KeptPattern& pattern) override {
    kept_.insert(std::string(pattern.language) + std::string(pattern.text));
    ++patterns_[std::string(pattern.language)];
  }
  void object(const KeptObject&) override {}
  void note(std::string_view, std::string_view defect, std::string_view) override { ++notes_[std::string(defect)]; }

  void read(const fs::path& top) {
    std::vector<fs::path> files;
    if (fs::is_regular_file(top)) files.push_back(top);
    if (fs::is_directory(top))
      for (const fs::directory_entry& entry : fs::recursive_directory_iterator(top))
        if (entry.is_regular_file()) files.push_back(entry.path());
    for (const fs::path& path : files) {
      std::ifstream in(path, std::ios::binary);
      std::stringstream stream;
      stream << in.rdbuf();
      const std::string text = stream.str(), name = path.filename().string();
      const FeedFormat* format = recognise_feed(name, text);
      if (format == nullptr) continue;
      EXPECT_TRUE(format->read({name, text}, *this).ok()) << path;
      ++formats_[std::string(format->name)];
    }
  }
  Counts counts() const {
    Counts counts;
    for (const auto& [kind, values] : values_) counts[kind] = values.size();
    return counts;
  }
  std::size_t total() const {
    std::size_t total = 0;
    for (const auto& [kind, values] : values_) total += values.size();
    return total;
  }

  std::map<std::string, std::set<std::string>> values_;
  std::map<std::string, std::set<Role>> roles_;
  std::vector<std::string> refused_;
  std::set<std::string> kept_;
  std::map<std::string, int> patterns_, notes_, formats_;
};

class FeedCorpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::is_directory(corpus())) GTEST_SKIP() << "public indicators are not here: " << corpus();
  }
};

TEST_F(FeedCorpus, mercenary_spyware) {
  Unique all;
  const fs::path top = corpus();
  for (const char* folder :
       {"mvt-indicators", "investigations/2018-08-01_nso", "investigations/2019-10-10_nso_morocco",
        "investigations/2020-09-25_finfisher", "investigations/2021-07-18_nso", "investigations/2021-12-16_cytrox",
        "investigations/2023-03-29_android_campaign", "investigations/2024-05-02_wintego_helios",
        "investigations/2024-12-16_serbia_novispy", "sekoia-community", "malware-ioc", "spyware-scan"})
    all.read(top / folder);
  EXPECT_EQ(all.refused_, test::Strings{});
  EXPECT_EQ(all.counts(), (Counts{{"app_id", 25},
                                  {"cert_sha1", 1},
                                  {"cert_sha256", 12},
                                  {"email", 65},
                                  {"file_name", 18},
                                  {"host", 5072},
                                  {"ipv4", 738},
                                  {"md5", 12},
                                  {"path", 52},
                                  {"process", 83},
                                  {"profile_id", 1},
                                  {"property", 3},
                                  {"sha1", 12},
                                  {"sha256", 126},
                                  {"url", 4}}));
  EXPECT_EQ(all.patterns_["pcre"], 4);
  EXPECT_EQ(all.patterns_["yara"], 11);
}

TEST_F(FeedCorpus, other_targeted_attacks) {
  Unique all;
  const fs::path top = corpus() / "investigations";
  for (const char* folder :
       {"2018-12-19_best_practice", "2019-03-06_egypt_oauth", "2019-08-16_evolving_phishing", "2020-03-12_uzbekistan",
        "2020-06-15_india", "2021-02-24_vietnam", "2021-05-28_qatar", "2021-10-07_donot"})
    all.read(top / folder);
  EXPECT_EQ(all.refused_, test::Strings{});
  EXPECT_EQ(all.counts(), (Counts{{"email", 25}, {"host", 369}, {"ipv4", 36}, {"sha256", 257}}));
}

TEST_F(FeedCorpus, stalkerware_by_its_own_files) {
  Unique all;
  const fs::path top = corpus() / "stalkerware-indicators";
  for (const char* file : {"ioc.yaml", "watchware.yaml", "samples.csv"}) all.read(top / file);
  EXPECT_EQ(all.refused_, test::Strings{});
  EXPECT_EQ(all.counts(),
            (Counts{{"app_id", 701}, {"cert_sha1", 994}, {"host", 1557}, {"ipv4", 70}, {"sha256", 3228}, {"url", 2}}));
  EXPECT_EQ(all.patterns_["stalkerware"], 7);
  EXPECT_EQ(all.notes_, (std::map<std::string, int>{{"unknown_key", 1}}));  // the column "Version"
}

TEST_F(FeedCorpus, generated_stalkerware_files_say_nothing_new) {
  Unique own, generated;
  const fs::path top = corpus() / "stalkerware-indicators";
  for (const char* file : {"ioc.yaml", "watchware.yaml", "samples.csv"}) own.read(top / file);
  generated.read(top / "generated");
  for (const auto& [kind, values] : generated.values_)
    for (const std::string& value : values)
      if (own.values_[kind].count(value) == 0) own.refused_.push_back(kind + " " + value);
  EXPECT_LE(own.refused_.size(), 2U) << own.refused_[0];
  EXPECT_EQ(generated.formats_,
            (std::map<std::string, int>{
                {"csv", 1}, {"hosts", 2}, {"misp", 1}, {"suricata", 1}, {"text", 1}, {"tinycheck", 1}}));
}

TEST_F(FeedCorpus, victims_keep_their_role) {
  Unique all;
  all.read(corpus() / "malware-ioc/swc-candiru/README.adoc");
  std::size_t victims = 0;
  for (const auto& [value, roles] : all.roles_) {
    if (roles.count(Role::victim) == 0) continue;
    ++victims;
    EXPECT_EQ(roles.size(), 1U) << value;
  }
  EXPECT_EQ(victims, 23U);
  EXPECT_EQ(all.roles_["piwiks.com"], std::set<Role>{Role::attacker});
}

TEST_F(FeedCorpus, pages_about_feeds_are_no_feeds) {
  for (const char* file : {"mvt-indicators/README.md", "mvt-indicators/LICENSE", "mvt-indicators/indicators.yaml",
                           "mvt-indicators/intellexa_predator/README.md", "stalkerware-indicators/README.md",
                           "investigations/2020-09-25_finfisher/android_tlv_list.csv"}) {
    Unique all;
    all.read(corpus() / file);
    EXPECT_TRUE(all.formats_.empty()) << file;
  }
}

}  // namespace
}  // namespace testudo
