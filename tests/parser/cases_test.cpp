// Every parser against its cases: exact records and anomalies for the evidence as given, and a safe return for each of
// its broken variants.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "case_runner.h"
#include "variants.h"

namespace testudo {
namespace {

std::string test_name(const std::filesystem::path& folder) {
  std::string name = folder.parent_path().filename().string() + "__" + folder.filename().string();
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out.append(line).push_back('\n');
  return out;
}

class Cases : public testing::TestWithParam<std::filesystem::path> {
 protected:
  void SetUp() override {
    case_ = load_case(GetParam());
    parser_ = find_parser(case_.parser);
    ASSERT_NE(parser_, nullptr) << "no parser is named " << case_.parser;
  }

  void expect_safe(const std::string& what, const std::vector<CaseFile>& files) const {
    SCOPED_TRACE(what);
    const CaseOutput out = run_case(*parser_, files, false);
    EXPECT_TRUE(out.defects.empty()) << joined(out.defects);
  }

  Case case_;
  const Parser* parser_ = nullptr;
};

TEST_P(Cases, GiveTheirRecords) {
  const CaseOutput out = run_case(*parser_, case_.files, true);
  EXPECT_TRUE(out.defects.empty()) << joined(out.defects);
  const auto path = case_.folder / "expected.ndjson";
  const std::string actual = joined(out.lines);
  if (std::getenv("TESTUDO_BLESS") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  ASSERT_TRUE(in) << "no " << path << "; make it with TESTUDO_BLESS=1";
  const std::string expected{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(expected, actual);
}

TEST_P(Cases, SurviveDamagedFiles) {
  damaged_files(case_, [this](const auto& what, const auto& files) { expect_safe(what, files); });
}

TEST_P(Cases, SurviveChangedTables) {
  changed_tables(case_, [this](const auto& what, const auto& files) { expect_safe(what, files); });
}

INSTANTIATE_TEST_SUITE_P(All, Cases, testing::ValuesIn(case_folders()),
                         [](const auto& info) { return test_name(info.param); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Cases);

}  // namespace
}  // namespace testudo
