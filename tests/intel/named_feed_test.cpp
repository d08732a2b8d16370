// Feeds of other formats than STIX in a set: what a user names with --intel.
#include <gtest/gtest.h>

#include "intel/bundle.h"

namespace testudo {
namespace {

using test::Bundle;
using test::Compiled;
using test::notes;

TEST(NamedFeed, a_list_of_values) {
  IndicatorSet set;
  ASSERT_TRUE(set.add_feed("domains.txt", "# seen in May\nevil[.]test\n203.0.113.7\nEVIL.test\n").ok());
  EXPECT_EQ(set.size(), 2U);
  EXPECT_EQ(set.feeds().at(0).indicators, 3U);
  EXPECT_EQ(set.feeds().at(0).newest, std::nullopt);
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::host, "cdn.evil.test").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::ipv4, "203.0.113.7").size(), 1U);
  EXPECT_EQ(compiled.ref(Kind::host, "evil.test").sources.at(0).feed, "domains.txt");
  EXPECT_EQ(notes(set, "duplicate_value").size(), 1U);
}

TEST(NamedFeed, misp_keeps_names_dates_and_roles) {
  IndicatorSet set;
  ASSERT_TRUE(set.add_feed("event.json", R"({"Event":{"info":"An operation","date":"2026-05-06","Attribute":[
      {"type":"domain","category":"Network activity","value":"c2.test","to_ids":true,"timestamp":"1778025600"},
      {"type":"domain","category":"Network activity","value":"www.apple.com","to_ids":false,"timestamp":"1"},
      {"type":"yara","category":"Payload delivery","value":"rule a { condition: true }","to_ids":true}]}})")
                  .ok());
  EXPECT_EQ(set.size(), 1U) << "what everybody meets is not compared as context";
  EXPECT_EQ(set.feeds().at(0).not_evaluated, 2U);
  EXPECT_EQ(to_rfc3339(set.feeds().at(0).newest.value()), "2026-05-06T00:00:00Z");
  EXPECT_EQ(Compiled(set).ref(Kind::host, "c2.test").threat, "An operation");
  EXPECT_EQ(notes(set, "context_everywhere").size(), 1U);
}

TEST(NamedFeed, stix_is_read_as_ever_and_twins_are_one) {
  const std::string text = Bundle().indicator("indicator--1", "[domain-name:value='a.test']").text();
  IndicatorSet set;
  ASSERT_TRUE(set.add_feed("one.json", text).ok());
  ASSERT_TRUE(set.add_stix("two.json", text).ok());
  ASSERT_TRUE(set.add_feed("a/hosts.txt", "a.test\n").ok());
  ASSERT_TRUE(set.add_feed("b/hosts.txt", "a.test\n").ok());
  EXPECT_EQ(set.feeds().size(), 2U);
  EXPECT_EQ(notes(set, "duplicate_feed").size(), 2U);
  EXPECT_EQ(Compiled(set).ref(Kind::host, "a.test").sources.size(), 2U);
}

TEST(NamedFeed, what_holds_no_indicator_is_no_feed) {
  for (const char* text : {"", "Dear all, nothing to see here.\n", "rule a { condition: true }\n", "{}",
                           "\x7F"
                           "ELF\x02"}) {
    IndicatorSet set;
    EXPECT_FALSE(set.add_feed("notes.txt", text).ok()) << text;
    EXPECT_EQ(set.size() + set.feeds().size() + set.notes().size(), 0U) << text;
  }
}

}  // namespace
}  // namespace testudo
