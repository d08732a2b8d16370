// What report.html is made of besides its code: the colours of its style sheet, and a sentence for every name that
// coverage can show.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "base/catalogue.h"
#include "base/embedded.h"
#include "report/life.h"
#include "shared_data.h"

namespace testudo::test {
namespace {

double luminance(const std::string& colour) {
  double sum = 0;
  const std::array<double, 3> weight{0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string part = colour.size() == 4 ? std::string(2, colour[i + 1]) : colour.substr(1 + 2 * i, 2);
    const double v = std::stoi(part, nullptr, 16) / 255.0;
    sum += weight[i] * (v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double contrast(const std::string& a, const std::string& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

// WCAG 2.1, 1.4.3 and 1.4.11: 4.5 for text, 3 for what a picture needs.
TEST(HtmlReport, ColoursCanBeRead) {
  const std::string css(*embedded_file("knowledge/report/report.css"));
  const std::regex block(R"(:root \{([^}]*)\})"), colour(R"(--(\w+): (#[0-9a-f]+);)");
  int grounds = 0;
  for (std::sregex_iterator at(css.begin(), css.end(), block), end; at != end; ++at, ++grounds) {
    std::map<std::string, std::string> named;
    const std::string body = (*at)[1];
    for (std::sregex_iterator c(body.begin(), body.end(), colour); c != end; ++c) named[(*c)[1]] = (*c)[2];
    for (const char* ink : {"ink", "muted", "link", "critical", "high", "medium", "low", "info", "none"})
      for (const char* ground : {"ground", "paper", "code"})
        EXPECT_GE(contrast(named[ink], named[ground]), 4.5) << ink << " on " << ground;
    EXPECT_GE(contrast(named["covered"], named["paper"]), 3.0);
  }
  EXPECT_EQ(grounds, 3);
}

// Names that what reads evidence gives to what it found odd or absent: what `name` finds in the lines that `line`
// meets. What is odd in feeds has a table of its own (tests/intel/lint).
std::set<std::string> names_in_source(const std::regex& line, const std::regex& name) {
  std::set<std::string> names;
  const std::filesystem::path source_folder = std::filesystem::path(TESTUDO_SOURCE_DIR) / "src";
  for (const char* folder : {"parser", "evidence", "codec", "record", "app/check", "app/worker"})
    for (const auto& path : files_below(source_folder / folder)) {
      std::istringstream source(content_of(path));
      for (std::string text; std::getline(source, text);)
        if (std::regex_search(text, line))
          for (std::sregex_iterator at(text.begin(), text.end(), name), end; at != end; ++at) names.insert((*at)[1]);
    }
  return names;
}

TEST(Coverage, EveryNameHasItsSentence) {
  const Catalogue words = *Catalogue::load("en");
  const std::regex word(R"re("([a-z0-9]+(?:_[a-z0-9]+)*_?)")re");
  const auto anomalies = names_in_source(
      std::regex(R"re((?:\b|_)(?:anomaly|report|report_|report\(\)|anomalies_\.add)\(|[^.\w]say\(|\bPart\{)re"), word);
  EXPECT_GT(anomalies.size(), 30U);
  for (const char* name : {"text_not_utf8", "actions_missing", "view_not_read", "virtual_table_not_read", "list_cut"})
    EXPECT_TRUE(anomalies.contains(name)) << name;
  for (const std::string& name : anomalies) EXPECT_TRUE(name.ends_with('_') || words.has("anomaly." + name)) << name;
  for (const std::string name : {"needs_encrypted_backup", "backup_interrupted", "expected_but_absent", "not_used",
                                 "list_cut", "status_unreadable", "file_missing", "damaged", "unknown_schema"})
    EXPECT_TRUE(words.has("coverage.reason." + name)) << name;
  // On the terminal a reason is part of the sentence of its status.
  for (const std::string name : {"partial.backup_interrupted", "partial.list_cut", "partial.file_missing",
                                 "partial.damaged", "unsupported", "parsed", "absent.needs_encrypted_backup",
                                 "absent.backup_interrupted", "absent.expected_but_absent", "absent.not_used"})
    EXPECT_NE(words.say("check.coverage." + name).find("{sources}"), std::string::npos) << name;
  const std::regex source_name(R"re(\.name = "(ios\.[a-z_]+)")re");
  const auto sources = names_in_source(source_name, source_name);
  EXPECT_GT(sources.size(), 20U);
  for (const std::string& name : sources) {
    EXPECT_TRUE(words.has("source." + name)) << name;
    EXPECT_NE(lane_of(name), Lane::other) << name;
  }
}

}  // namespace
}  // namespace testudo::test
