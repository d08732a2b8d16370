// Bundles: summaries, names, time, damage.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/hash.h"
#include "base/text.h"
#include "intel/bundle.h"

namespace testudo {
namespace {

using test::Bundle;
using test::Compiled;
using test::notes;
using test::set_of;
using Strings = std::vector<std::string>;

TEST(Stix, summary_of_a_feed) {
  const Bundle bundle =
      Bundle()
          .indicator("indicator--1", "[domain-name:value='a.test' OR domain-name:value='b.test']")
          .indicator("indicator--2", "[file:name='x' AND file:size=5]", R"(,"modified":"2024-05-06T07:08:09Z")")
          .indicator("indicator--3", "[mutex:name='m']")
          .indicator("indicator--4", "[broken")
          .indicator("indicator--5", "[domain-name:value='c.test'] OR [mutex:name='m']");
  IndicatorSet set;
  ASSERT_TRUE(set.add_stix("feed.stix2", bundle.text()).ok());
  ASSERT_EQ(set.feeds().size(), 1U);
  const FeedSummary& feed = set.feeds()[0];
  EXPECT_EQ(feed.name, "feed.stix2");
  EXPECT_EQ(feed.indicators, 3U);
  EXPECT_EQ(feed.not_evaluated, 4U);
  EXPECT_EQ(to_rfc3339(*feed.newest), "2024-05-06T07:08:09Z");
  EXPECT_EQ(feed.sha256, to_hex(sha256(as_bytes(bundle.text()))));
  EXPECT_EQ(notes(set, "unsupported_pattern"), Strings{"indicator--2: and: [file:name='x' AND file:size=5]"});
  EXPECT_EQ(notes(set, "unsupported_object_path"),
            (Strings{"indicator--3: mutex:name = m", "indicator--5: mutex:name = m"}));
  EXPECT_EQ(notes(set, "malformed_pattern"),
            Strings{"indicator--4: column 8: an object type is followed by ':': [broken"});
}

TEST(Stix, threats_come_from_relationships_and_reports) {
  const IndicatorSet set =
      set_of(Bundle()
                 .object(R"({"type":"report","spec_version":"2.1","id":"report--1","name":"The report",
                      "object_refs":["indicator--1","indicator--2","malware--gone",7]})")
                 .relationship("indicator--1", "threat-actor--1")
                 .relationship("indicator--1", "malware--1")
                 .relationship("indicator--1", "malware--1")
                 .relationship("malware--1", "indicator--3")
                 .relationship("indicator--4", "malware--1", R"(,"revoked":true)")
                 .named("threat-actor", "threat-actor--1", "The actor")
                 .named("malware", "malware--1", "The malware")
                 .indicator("indicator--1", "[domain-name:value='a.test']")
                 .indicator("indicator--2", "[domain-name:value='b.test']")
                 .indicator("indicator--3", "[domain-name:value='c.test']")
                 .indicator("indicator--4", "[domain-name:value='d.test']"));
  const Compiled compiled(set);
  const IndicatorRef all = compiled.ref(Kind::host, "a.test");
  EXPECT_EQ(all.threat, "The malware");
  ASSERT_EQ(all.sources.size(), 3U);
  EXPECT_EQ(all.sources[1].threat, "The actor");
  EXPECT_EQ(all.sources[2].threat, "The report");
  EXPECT_EQ(all.sources[2].id, "indicator--1");
  EXPECT_EQ(compiled.ref(Kind::host, "b.test").threat, "The report");
  EXPECT_EQ(compiled.ref(Kind::host, "c.test").threat, "The malware");
  EXPECT_EQ(compiled.ref(Kind::host, "d.test").threat, "");
  EXPECT_EQ(notes(set, "dangling_reference"), Strings{"report--1: malware--gone"});
  EXPECT_EQ(notes(set, "broken_reference"), Strings{"report--1: 7"});
  EXPECT_EQ(notes(set, "revoked_relationship").size(), 1U);
}

TEST(Stix, time_does_not_expire_indicators_unless_asked) {
  const Bundle bundle =
      Bundle()
          .indicator("indicator--1", "[domain-name:value='a.test']", R"(,"valid_until":"2024-03-01T00:00:00Z")")
          .indicator("indicator--2", "[domain-name:value='b.test']", R"(,"modified":"2024-06-01T00:00:00Z")")
          .indicator("indicator--3", "[domain-name:value='c.test']", R"(,"revoked":true)")
          .indicator("indicator--4", "[domain-name:value='d.test']", R"(,"valid_until":"soon")");
  const IndicatorSet always = set_of(bundle);
  EXPECT_EQ(always.size(), 3U);
  EXPECT_EQ(notes(always, "expired"), Strings{"indicator--1: 2024-03-01T00:00:00Z"});
  EXPECT_EQ(notes(always, "revoked"), Strings{"indicator--3: [domain-name:value='c.test']"});
  EXPECT_EQ(notes(always, "valid_until_unreadable"), Strings{"indicator--4: soon"});
  IndicatorSet now;
  ASSERT_TRUE(now.add_stix("x", bundle.text(), parse_rfc3339("2024-07-01")).ok());
  EXPECT_EQ(now.size(), 2U);
  EXPECT_EQ(notes(now, "expired"), Strings{"indicator--1: [domain-name:value='a.test']"});
}

TEST(Stix, a_broken_object_costs_itself_alone) {
  const IndicatorSet set =
      set_of(Bundle()
                 .object("7")
                 .object("[]")
                 .object("{}")
                 .object(R"({"type":5,"id":"x"})")
                 .object(R"({"type":"indicator"})")
                 .object(R"({"type":"indicator","id":"indicator--1","pattern":{}})")
                 .object(R"({"type":"relationship","id":"relationship--9","source_ref":1})")
                 .object(R"({"type":"report","id":"report--1","object_refs":"x"})")
                 .object(R"({"type":"malware","id":"malware--1"})")
                 .object(R"({"type":"indicator","id":"indicator--y","pattern_type":"yara","pattern":"rule x {}"})")
                 .indicator("indicator--2", "[domain-name:value='a.test']"));
  EXPECT_EQ(Compiled(set).find(Kind::host, "a.test").size(), 1U);
  EXPECT_EQ(set.size(), 1U);
  EXPECT_EQ(notes(set, "not_an_object"), (Strings{": 7", ": []"}));
  EXPECT_EQ(notes(set, "object_without_type"), (Strings{": ", "x: "}));
  EXPECT_EQ(notes(set, "object_without_id"), Strings{": indicator"});
  EXPECT_EQ(notes(set, "indicator_without_pattern"), (Strings{": ", "indicator--1: "}));
  EXPECT_EQ(notes(set, "broken_relationship"), Strings{"relationship--9: "});
  EXPECT_EQ(notes(set, "report_without_objects"), Strings{"report--1: "});
  EXPECT_EQ(notes(set, "object_without_name"), (Strings{"report--1: report", "malware--1: malware"}));
  EXPECT_EQ(notes(set, "unsupported_pattern_type"), Strings{"indicator--y: rule x {}"});
}

TEST(Stix, envelopes_and_bare_arrays_are_read) {
  const std::string object =
      R"({"type":"indicator","spec_version":"2.1","id":"indicator--1","pattern":"[app:id='x']"})";
  for (const std::string& text :
       {"{\"more\":false,\"objects\":[" + object + "]}", "[" + object + "]", "\xEF\xBB\xBF [" + object + "]"}) {
    IndicatorSet set;
    ASSERT_TRUE(set.add_stix("x", text).ok()) << text;
    EXPECT_EQ(set.size(), 1U);
    EXPECT_EQ(notes(set, "not_a_bundle").size(), 1U);
  }
  IndicatorSet empty;
  EXPECT_TRUE(empty.add_stix("x", R"({"type":"bundle","id":"bundle--1","objects":[]})").ok());
}

TEST(Stix, a_cut_file_keeps_what_came_before_the_cut) {
  const std::string whole = Bundle()
                                .indicator("indicator--1", "[domain-name:value='a.test']")
                                .relationship("indicator--1", "malware--1")
                                .named("malware", "malware--1",
                                       "B\xC3\xA4"
                                       "d")
                                .text();
  const std::size_t first = whole.find("},\n") + 1;  // behind the only indicator
  for (std::size_t size = 0; size < whole.size(); ++size) {
    IndicatorSet set;
    EXPECT_EQ(set.add_stix("x", std::string_view(whole).substr(0, size)).ok(), size >= first) << size;
    EXPECT_EQ(set.size(), size >= first ? 1U : 0U) << size;
    EXPECT_EQ(notes(set, "truncated").size(), set.size()) << size;
    if (size >= first) continue;
    EXPECT_EQ(set.notes().size() + set.feeds().size(), 0U) << size;
  }
}

TEST(Stix, bombs_and_broken_encoding_cost_their_file_alone) {
  IndicatorSet set;
  const Result<void> deep = set.add_stix(
      "bomb", "{\"type\":\"bundle\",\"objects\":" + std::string(1 << 20, '[') + std::string(1 << 20, ']') + "}");
  ASSERT_FALSE(deep.ok());
  EXPECT_EQ(deep.error().fault, Fault::limit);
  const Result<void> encoding = set.add_stix("x", Bundle().named("malware", "malware--1", "").text() + "\xFF");
  EXPECT_TRUE(encoding.ok());
  EXPECT_EQ(notes(set, "not_json").size(), 1U);
  std::string text = Bundle().indicator("indicator--1", "[file:name='XX']").text();
  text.replace(text.find("XX"), 2, "\xC3\x28");
  EXPECT_FALSE(set.add_stix("x", text).ok());
  EXPECT_TRUE(set.add_stix("x", Bundle().indicator("indicator--1", "[file:name='y']").text()).ok());
  EXPECT_EQ(set.size(), 1U);
}

TEST(Stix, notes_are_bounded_and_counted) {
  Bundle bundle;
  for (int i = 0; i < 1500; ++i) bundle.object("7");
  bundle.indicator("indicator--1", "[app:id='x']");
  EXPECT_EQ(notes(set_of(bundle), "not_an_object").size(), 1001U);
  EXPECT_EQ(notes(set_of(bundle), "not_an_object").back(), ": and 500 more");
}

TEST(Stix, the_same_file_twice_is_one_source) {
  const std::string text = Bundle().indicator("indicator--1", "[domain-name:value='a.test']").text();
  IndicatorSet set;
  ASSERT_TRUE(set.add_stix("feed.json", text).ok());
  const std::string before = set.compile();
  ASSERT_TRUE(set.add_stix("copy.json", text).ok());
  EXPECT_EQ(set.compile(), before);
  EXPECT_EQ(set.feeds().size(), 1U);
  EXPECT_EQ(notes(set, "duplicate_feed"), Strings{": feed.json"});
}

TEST(Stix, linear_in_relationships) {
  Bundle bundle;
  bundle.named("malware", "malware--1", "Bad");
  for (int i = 0; i < 20000; ++i) {
    const std::string id = "indicator--" + std::to_string(i);
    bundle.indicator(id, "[domain-name:value='h" + std::to_string(i) + ".test']").relationship(id, "malware--1");
  }
  const IndicatorSet set = set_of(bundle);
  EXPECT_EQ(set.size(), 20000U);
  EXPECT_EQ(Compiled(set).ref(Kind::host, "h19999.test").threat, "Bad");
}

}  // namespace
}  // namespace testudo
