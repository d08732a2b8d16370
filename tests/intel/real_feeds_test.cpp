// The public STIX feeds about mercenary spyware, where they are present: their counts are known.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

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
      const Result<void> read = set_.add_stix(file.string(), read_file(file));
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

TEST_F(RealFeeds, counts) {
  std::uint64_t raw = 0, left = 0;
  for (const FeedSummary& feed : set_.feeds()) {
    raw += feed.indicators;
    left += feed.not_evaluated;
    std::printf("%s %lu %lu %s\n", feed.name.c_str(), feed.indicators, feed.not_evaluated, feed.newest ? to_rfc3339(*feed.newest).c_str() : "-");
  }
  std::printf("%lu %lu %zu\n", raw, left, set_.size());
  for (const auto& [d, n] : notes_by_defect()) std::printf("%s %zu\n", d.c_str(), n);
  const Compiled compiled(set_);
  for (std::size_t k = 0; k < kind_count; ++k) if (auto n = compiled.matcher.size(static_cast<Kind>(k))) std::printf("%s %zu\n", std::string(kind_name(static_cast<Kind>(k))).c_str(), n);
  for (const auto& n : set_.notes()) if (n.defect != "www_prefix" && n.defect != "punycode" && n.defect != "duplicate_value") std::printf("%s | %s | %s | %s\n", n.file.c_str(), n.object.c_str(), n.defect.c_str(), n.value.c_str());
}

}  // namespace
}  // namespace testudo
