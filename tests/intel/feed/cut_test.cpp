// Files that end in the middle say so, whatever their format, where the format shows it.
#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::Strings;

bool lost(const FeedLog& log) {
  return std::ranges::any_of(log.defects, [](const auto& one) { return loses_the_rest(one.first); });
}

TEST(CutFile, ARowThatLacksCellsAndALineBreak) {
  const std::string head = "domain,type,comment\na.test,domain,x\n";
  EXPECT_TRUE(lost(read_feed("a.csv", head + "b.te")));
  EXPECT_TRUE(lost(read_feed("a.csv", head + "b.test,domain,\"a comment")));
  EXPECT_TRUE(lost(read_feed("a.csv", head + "b.test,domain,\"a comment\nof two")));
  EXPECT_FALSE(lost(read_feed("a.csv", head + "b.test,domain,y")));
  EXPECT_FALSE(lost(read_feed("a.csv", head + "b.test,domain\n")));
  EXPECT_FALSE(lost(read_feed("a.csv", head + "# end of list")));
  const std::string misp = "uuid,event_id,category,type,value,comment,to_ids,date\nu,1,Network activity,domain,a.test,";
  EXPECT_FALSE(lost(read_feed("a.csv", misp + ",1,20260101\n")));
  EXPECT_TRUE(lost(read_feed("a.csv", misp)));
}

TEST(CutFile, ABundleWhoseSecondHalfIsZeros) {
  const std::string one =
      R"({"type":"indicator","spec_version":"2.1","id":"indicator--1","pattern_type":"stix","pattern":"[app:id='a']"})";
  const std::string head = R"({"type":"bundle","id":"bundle--1","objects":[)" + one + ",\n";
  const FeedLog zeros = read_feed("a.stix2", head + one.substr(0, 40) + std::string(500, '\0'), "stix");
  EXPECT_EQ(zeros.texts(), Strings{"app_id a"});
  EXPECT_EQ(zeros.defects.count("truncated"), 1U);
  // A broken object at the end of a list that is closed costs itself alone.
  EXPECT_FALSE(lost(read_feed("a.stix2", head + R"({"type":"indicator" "id"}]})", "stix")));
  EXPECT_FALSE(lost(read_feed("a.stix2", head + one + "]}", "stix")));
}

TEST(CutFile, EventsRulesAndZones) {
  EXPECT_TRUE(lost(read_feed(
      "a.json", R"({"Event":{"info":"x","Attribute":[{"type":"domain","value":"a.test","to_ids":true},{"ty)")));
  EXPECT_TRUE(lost(read_feed("a.yar", "rule a { condition: true }\nrule b { strings: $a = \"x\"", "yara")));
  EXPECT_TRUE(lost(
      read_feed("a.ioc",
                "<ioc xmlns=\"http://schemas.mandiant.com/2010/ioc\" id=\"q\"><definition><Indicator operator=\"OR\">"
                "<IndicatorItem id=\"i\" condition=\"is\"><Context search=\"Network/DNS\"/><Content>a.test</Content>"
                "</IndicatorItem><IndicatorItem id=\"j\" cond")));
  EXPECT_TRUE(
      lost(read_feed("a.rpz", "$ORIGIN rpz.test.\n@ SOA a. b. ( 1 2 3 4 5 )\na.test CNAME .\nb.test ( CNAME", "rpz")));
}

}  // namespace
}  // namespace testudo
