// What a finding says of an indicator that nobody accuses, and of one that a list of likely false alarms names.
#include "detect/finding_builder.h"

#include <gtest/gtest.h>

#include "intel/feed.h"

namespace testudo {
namespace {

struct Accusation {
  std::string value;
  Role role = Role::unstated;
};

class FindingBuilderTest : public testing::Test {
 protected:
  // The findings about a record with this one host.
  std::vector<Finding> about(const std::vector<Accusation>& indicators, std::string_view host,
                             const WarningLists* warnings = nullptr) {
    IndicatorSet set;
    for (const auto& [value, role] : indicators) set.add(Kind::host, value, {"feed", "Threat", "id"}, role);
    image_ = set.compile();
    auto matcher = Matcher::open(as_bytes(image_));
    auto words = Catalogue::load("en");
    EXPECT_TRUE(matcher.ok() && words.ok());
    const FieldInfo info{"host", Kind::host, "a host", Show::plain};
    const RecordType type{"test.record", "A record.", "", {&info, 1}};
    const Value value = Value::of_text(host);
    const Row row{&type, {&value, 1}, {}};
    const FindingBuilder builder(*matcher, *words, {}, warnings);
    FieldMatcher fields(*matcher);
    return builder.from_hits({row, "test", "file"}, fields.hits(row));
  }
  std::string image_;
};

TEST_F(FindingBuilderTest, WhatNobodyAccusesIsSaidAndGradedLow) {
  const std::vector<Finding> context = about({{"beside.test", Role::context}}, "www.beside.test");
  ASSERT_EQ(context.size(), 1U);
  EXPECT_EQ(context[0].severity, Severity::info);
  EXPECT_EQ(context[0].confidence, 20);
  EXPECT_EQ(context[0].indicator->role, "context");
  EXPECT_EQ(context[0].title, "Something that reports about Threat mention");
  const std::vector<Finding> victim =
      about({{"paper.test", Role::victim}, {"paper.test", Role::context}}, "paper.test");
  ASSERT_EQ(victim.size(), 1U);
  EXPECT_EQ(victim[0].severity, Severity::low);
  EXPECT_EQ(victim[0].indicator->role, "victim");
  EXPECT_EQ(about({{"good.test", Role::benign}}, "good.test").size(), 0U);
}

TEST_F(FindingBuilderTest, OneSourceThatAccusesIsEnough) {
  for (const auto& sources : {std::vector<Accusation>{{"a.test", Role::context}, {"a.test", Role::attacker}},
                              {{"a.test", Role::unstated}, {"a.test", Role::victim}}}) {
    const std::vector<Finding> found = about(sources, "a.test");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].severity, Severity::critical);
    EXPECT_EQ(found[0].indicator->role, "");
  }
  // The attacker's domain counts, though a longer name below it is only mentioned.
  const std::vector<Finding> below = about({{"evil.test"}, {"cdn.evil.test", Role::context}}, "cdn.evil.test");
  ASSERT_EQ(below.size(), 1U);
  EXPECT_EQ(below[0].severity, Severity::critical);
  EXPECT_EQ(below[0].indicator->value, "evil.test");
  ASSERT_EQ(below[0].also.size(), 1U);
  EXPECT_EQ(below[0].also[0].value, "cdn.evil.test");
}

TEST_F(FindingBuilderTest, WhatEverybodyMeetsIsNoContext) {
  EXPECT_EQ(about({{"google.com", Role::context}}, "www.google.com").size(), 0U);
  EXPECT_EQ(about({{"bit.ly", Role::victim}}, "bit.ly").size(), 0U);
  EXPECT_EQ(about({{"bit.ly", Role::attacker}}, "bit.ly").size(), 1U);
}

TEST_F(FindingBuilderTest, AWarningListIsSaidAndHidesNothing) {
  WarningListBuilder builder;
  builder.add("Test list", "hostname", WarningVerdict::suppress, {}, {"a.test"});
  const std::string image = builder.compile();
  const auto lists = WarningLists::open(as_bytes(image));
  ASSERT_TRUE(lists);
  const std::vector<Finding> plain = about({{"x.a.test"}}, "x.a.test");
  const std::vector<Finding> warned = about({{"x.a.test"}}, "x.a.test", &*lists);
  ASSERT_EQ(plain.size(), 1U);
  ASSERT_EQ(warned.size(), 1U);
  EXPECT_EQ(plain[0].warning_lists, std::vector<std::string>{});
  EXPECT_EQ(warned[0].warning_lists, std::vector<std::string>{"Test list: a.test"});
  EXPECT_EQ(warned[0].severity, plain[0].severity);
  EXPECT_EQ(warned[0].id, plain[0].id);
  EXPECT_EQ(plain[0].confidence, 85);
  EXPECT_EQ(warned[0].confidence, 30);
  EXPECT_EQ(about({{"google.com"}}, "www.google.com")[0].severity, Severity::critical);
  EXPECT_EQ(about({{"google.com"}}, "www.google.com")[0].confidence, 30);
  EXPECT_NE(warned[0].does_not_prove.find("Test list: a.test"), std::string::npos) << warned[0].does_not_prove;
}

TEST_F(FindingBuilderTest, ContextCorroboratesNothing) {
  std::vector<Finding> findings = about({{"beside.test", Role::context}}, "beside.test");
  findings.push_back(about({{"evil.test"}}, "evil.test")[0]);
  findings[1].evidence_path = "another file";
  finish_findings(findings);
  EXPECT_EQ(findings[0].corroboration, Corroboration::uncorroborated);
  EXPECT_EQ(findings[1].corroboration, Corroboration::uncorroborated);
}

}  // namespace
}  // namespace testudo
