// What a finding says of an indicator that nobody accuses, and of one that a list of likely false alarms names.
#include "detect/finding_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "intel/feed.h"

namespace testudo {

struct Note {
  std::optional<std::string_view> guid;
  std::string_view text;
  bool is_read = false;
  std::optional<std::string_view> link;
};
template <>
struct Schema<Note> {
  static constexpr std::string_view name = "test.note";
  static constexpr std::string_view prose = "A note.";
  static constexpr std::string_view line = "{text}";
  static constexpr std::array identity{"guid"};
  static constexpr std::tuple fields{Field<&Note::guid>{"guid", Kind::text, "identifier"},
                                     Field<&Note::text>{"text", Kind::text, "text", Show::content},
                                     Field<&Note::is_read>{"is_read", Kind::boolean, "a mark"},
                                     Field<&Note::link>{"link", Kind::url, "an address"}};
};

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
  finish_findings(findings, "device");
  EXPECT_EQ(findings[0].corroboration, Corroboration::uncorroborated);
  EXPECT_EQ(findings[1].corroboration, Corroboration::uncorroborated);
}

// Findings about notes that name one host, and about all notes by a rule.
class FindingIds : public testing::Test {
 protected:
  FindingIds() {
    IndicatorSet set;
    set.add(Kind::host, "evil.test", {"feed", "Threat", "id"}, Role::attacker);
    image_ = set.compile();
    matcher_.emplace(std::move(*Matcher::open(as_bytes(image_))));
    words_.emplace(std::move(*Catalogue::load("en")));
    rule_.id = "test.rule";
    rule_.record = "test.note";
    rule_.value_field = "link";
  }
  Finding by_indicator(const Note& note, std::int64_t rowid, std::string_view file = "Domain/notes.db",
                       RowState state = RowState::current) {
    const auto values = views(note);
    Row row{&record_type<Note>(), values, Locator::row(rowid)};
    row.where.state = state;
    FieldMatcher fields(*matcher_);
    return FindingBuilder(*matcher_, *words_).from_hits({row, "test", file}, fields.hits(row)).at(0);
  }
  Finding by_rule(const Note& note, std::string_view detail) {
    const auto values = views(note);
    const Row row{&record_type<Note>(), values, Locator::row(1)};
    return FindingBuilder(*matcher_, *words_).from_rule({row, "test", "Domain/notes.db"}, rule_, detail);
  }
  static std::vector<std::string> finished(std::vector<Finding> findings) {
    finish_findings(findings, "device");
    std::vector<std::string> ids;
    for (const Finding& finding : findings) ids.push_back(finding.id);
    return ids;
  }
  std::string image_;
  std::optional<Matcher> matcher_;
  std::optional<Catalogue> words_;
  Rule rule_;
};

TEST_F(FindingIds, StayWhereOnlyMarksAndPlacesMovedOn) {
  const Finding before = by_indicator({"g1", "see evil.test", false, {}}, 7);
  EXPECT_EQ(by_indicator({"g1", "see evil.test", true, {}}, 9).id, before.id);
  EXPECT_NE(by_indicator({"g2", "see evil.test", false, {}}, 7).id, before.id);
  EXPECT_NE(by_indicator({"g1", "see evil.test", false, {}}, 7, "Domain/other.db").id, before.id);
  EXPECT_EQ(by_rule({"g1", "x", false, {}}, "3 octets").id, by_rule({"g1", "x", true, {}}, "4 octets").id);
  rule_.key_field = "link";
  EXPECT_NE(by_rule({"g1", "x", false, "https://a.test"}, "").id, by_rule({"g1", "x", false, "https://b.test"}, "").id);
}

// What nothing tells apart is numbered in the order of the evidence, in whatever order it was read.
TEST_F(FindingIds, TwoTracesAreNeverOne) {
  const Finding first = by_indicator({"g", "evil.test", false, {}}, 1);
  const Finding second = by_indicator({"g", "evil.test b", false, {}}, 2);
  EXPECT_EQ(first.id, second.id);
  const auto ids = finished({first, second});
  EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), 2U);
  const auto turned = finished({second, first});
  EXPECT_EQ(std::set(turned.begin(), turned.end()), std::set(ids.begin(), ids.end()));
  // The row that will be there in the next backup keeps its id, though it lies behind the one that was changed.
  const Finding old = by_indicator({"g", "evil.test old", false, {}}, 1, "Domain/notes.db", RowState::before_wal);
  std::vector<Finding> both{old, second};
  finish_findings(both, "device");
  for (const Finding& finding : both)
    EXPECT_EQ(finding.id == finished({second})[0], finding.state == "current") << finding.state;
  // The same in every field is the same, but not in another file: another application met it too.
  EXPECT_EQ(finished({first, by_indicator({"g", "evil.test", false, {}}, 5)}).size(), 1U);
  EXPECT_EQ(finished({first, by_indicator({"g", "evil.test", false, {}}, 5, "Other/notes.db")}).size(), 2U);
}

TEST_F(FindingIds, AreThoseOfOneDevice) {
  const auto id_on = [&](std::string_view device) {
    std::vector<Finding> findings{by_indicator({"g", "evil.test", false, {}}, 1)};
    finish_findings(findings, device);
    return findings[0].id;
  };
  EXPECT_EQ(id_on("00008110-000A"), id_on("00008110-000a"));
  EXPECT_NE(id_on("00008110-000a"), id_on("00008110-000b"));
}

TEST_F(FindingIds, WithoutAnIdentityEveryFieldCounts) {
  EXPECT_NE(by_indicator({{}, "evil.test", false, {}}, 1).id, by_indicator({{}, "evil.test too", false, {}}, 1).id);
}

TEST_F(FindingIds, SharedFieldsKeepTheHostAndLeaveOutWhatWasTyped) {
  const Finding finding =
      by_indicator({"g1", "evil.test", false, "https://u:p@search.test:8443/find?q=my+illness#top"}, 1);
  EXPECT_EQ(finding.fields_json_redacted, R"({"guid":"g1","is_read":false,"link":"https://search.test:8443/***"})");
}

}  // namespace
}  // namespace testudo
