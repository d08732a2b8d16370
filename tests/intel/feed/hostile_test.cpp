// Every reader over damaged, huge and foreign input: it returns, and says something of what it was given.
#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/feed_log.h"

namespace testudo {
namespace {

using test::FeedLog;

struct Small {
  std::string_view format, name;
  std::string text;
};

std::vector<Small> small_feeds() {
  const std::string digest(64, 'a');
  return {
      {"misp", "e.json",
       R"({"Event":{"uuid":"11111111-1111-4111-8111-111111111111","info":"i","Tag":[{"name":"tlp:red"}],"Attribute":[{"uuid":"u","type":"domain|ip","value":"a.test|192.0.2.1","to_ids":true}],"Object":[{"name":"file","uuid":"o","Attribute":[{"type":"sha256","value":")" +
           digest + R"("}]}]}})"},
      {"misp-csv", "m.csv",
       "uuid,event_id,category,type,value,comment,to_ids,date\nu,1,\"N\",domain,a.test,\"c \"\"q\"\"\",1,20140924\n"},
      {"openioc", "x.ioc",
       R"(<ioc xmlns="http://schemas.mandiant.com/2010/ioc"><definition><Indicator operator="OR"><IndicatorItem condition="is"><Context search="DnsEntryItem/Host"/><Content>a.test</Content></IndicatorItem></Indicator></definition></ioc>)"},
      {"zeek", "intel.dat", "#fields\tindicator\tindicator_type\nevil.test\tIntel::DOMAIN\n"},
      {"yara", "r.yar", "rule a { meta: hash = \"" + digest + "\" strings: $a = /x\\/}/ condition: $a }\n"},
      {"rpz", "rpz", "$ORIGIN r.test.\n@ SOA a. b. ( 1 2\n 3 4 5 )\na.test CNAME .\n32.1.2.0.192.rpz-ip CNAME .\n"},
      {"suricata", "x.rules",
       "alert dns any any -> any any (msg:\"m\"; dns.query; content:\"a.test\"; bsize:6; sid:1;)\n"},
      {"stalkerware", "ioc.yaml", "- name: A\n  packages:\n  - com.a\n  c2:\n    ips:\n    - 192.0.2.1\n"},
      {"tinycheck", "t.json", R"({"iocs":[{"type":"domain","tag":"x","tlp":"white","value":"a.test"}]})"},
      {"adblock", "l.txt", "! x\n||a.test^\n"},
      {"hosts", "hosts", "0.0.0.0 a.test\n"},
      {"dnsmasq", "d.conf", "address=/a.test/0.0.0.0\n"},
      {"unbound", "u.conf", "local-zone: \"a.test.\" always_nxdomain\n"},
      {"csv", "x.csv", "domain,comment\na.test,\"x\ny\"\n"},
      {"prose", "x.md", "# T\n\n## Domains\n\n| Domain |\n|---|\n| a[.]test |\n\n```\nb.test\n```\n`c[.]test`\n"},
      {"text", "domains.txt", "hxxps[:]//a[.]test/ # c\n192.0.2.1-192.0.2.9\n"},
  };
}

TEST(HostileFeeds, small_feeds_are_read_as_what_they_are) {
  for (const Small& feed : small_feeds()) {
    EXPECT_EQ(test::recognised(feed.name, feed.text), feed.format);
    const FeedLog log = test::read_feed(feed.name, feed.text);
    EXPECT_GE(log.claims.size(), 1U) << feed.format;
    EXPECT_TRUE(log.defects.empty()) << feed.format << " " << log.notes[0];
  }
}

TEST(HostileFeeds, cut_at_every_octet) {
  for (const Small& feed : small_feeds()) {
    const FeedLog whole = test::read_feed(feed.name, feed.text, feed.format);
    for (std::size_t size = 0; size <= feed.text.size(); ++size) {
      const std::string cut = feed.text.substr(0, size);
      const FeedLog log = test::read_feed(feed.name, cut, feed.format);
      EXPECT_LE(log.claims.size(), whole.claims.size() + 6) << feed.format << " " << size;
      EXPECT_TRUE(trim(cut).empty() || log.said() > 0 || size < 40) << feed.format << " " << size;
    }
  }
}

TEST(HostileFeeds, every_octet_replaced) {
  for (const Small& feed : small_feeds()) {
    for (std::size_t at = 0; at < feed.text.size(); ++at) {
      for (const char c : {'\0', '\xFF', '"', '\n', '{', ')'}) {
        std::string text = feed.text;
        text[at] = c;
        const FeedLog log = test::read_feed(feed.name, text, feed.format);
        for (const FeedLog::Claim& claim : log.claims) EXPECT_TRUE(is_utf8(claim.text)) << feed.format << " " << at;
      }
    }
  }
}

// What one format's reader makes of another's file.
TEST(HostileFeeds, every_reader_over_every_feed) {
  for (const FeedFormat& format : feed_formats()) {
    for (const Small& feed : small_feeds()) {
      FeedLog log;
      const Result<void> read = format.read({feed.name, feed.text}, log);
      EXPECT_TRUE(!read || log.said() > 0) << format.name << " " << feed.format;
    }
  }
}

TEST(HostileFeeds, utf16_and_marks) {
  for (const Small& feed : small_feeds()) {
    const FeedLog plain = test::read_feed(feed.name, feed.text, feed.format);
    std::string wide = "\xFF\xFE";
    for (const char c : feed.text) wide += {c, '\0'};
    const FeedLog log = test::read_feed(feed.name, wide, feed.format);
    EXPECT_EQ(log.texts(), plain.texts()) << feed.format;
    EXPECT_EQ(log.defects.count("utf16"), 1U) << feed.format;
    EXPECT_EQ(test::read_feed(feed.name, "\xEF\xBB\xBF" + feed.text, feed.format).texts(), plain.texts())
        << feed.format;
  }
}

TEST(HostileFeeds, long_lines_and_deep_nesting) {
  const std::string million(1'000'000, 'a');
  std::vector<std::string> texts{million,
                                 million + ".test",
                                 "\"" + million,
                                 std::string(1'000'000, '['),
                                 std::string(1'000'000, '{'),
                                 std::string(1'000'000, '('),
                                 std::string(300'000, '`'),
                                 std::string(1'000'000, ','),
                                 std::string(1'000'000, '|'),
                                 std::string(1'000'000, '\r'),
                                 std::string(1'000'000, '\n'),
                                 std::string(1'000'000, '\0'),
                                 std::string(1'000'000, '='),
                                 "rule a { condition: " + std::string(1'000'000, '{')};
  std::string nested, brackets, rules, pairs;
  for (int i = 0; i < 100'000; ++i) {
    nested += "<Indicator operator=\"OR\">";
    brackets += "[.]";
    rules += "rule ";
    pairs += "\"\",";
  }
  texts.push_back("<ioc><definition>" + nested);
  texts.push_back(brackets);
  texts.push_back(rules);
  texts.push_back(pairs);
  for (const FeedFormat& format : feed_formats()) {
    for (const std::string& text : texts) {
      FeedLog log;
      (void)format.read({"x", text}, log).ok();
      (void)format.likeness(FeedHead("x", text));
      EXPECT_LE(log.notes.size(), 1000U) << format.name;
    }
  }
}

TEST(HostileFeeds, octets_of_no_format) {
  std::uint64_t state = 88172645463325252;
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int i = 0; i < 300; ++i) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      text.push_back(static_cast<char>(state));
    }
    for (const FeedFormat& format : feed_formats()) {
      FeedLog log;
      (void)format.read({"x.txt", text}, log).ok();
    }
  }
}

TEST(HostileFeeds, large_misp_event) {
  std::string text = R"({"Event":{"info":"big","Attribute":[)";
  for (int i = 0; i < 43'000; ++i)
    text +=
        (i == 0 ? "" : ",") + std::string(R"({"uuid":"u)") + std::to_string(i) +
        R"(","type":"domain","category":"Network activity","to_ids":true,"timestamp":"1700000000","comment":"","value":"h)" +
        std::to_string(i) + R"(.test"})";
  text += "]}}";
  const FeedLog log = test::read_feed("e.json", text);
  EXPECT_EQ(log.claims.size(), 43'000U);
  EXPECT_TRUE(log.notes.empty());
}

TEST(FeedFormats, none_is_likelier_than_it_can_be) {
  std::vector<Small> feeds = small_feeds();
  for (const std::string_view name : {"iocs.md", "domains.txt", "domains.csv", "x"})
    feeds.push_back({"", name, "# Indicators\n\n- evil[.]test\n- other[.]test\n"}),
        feeds.push_back({"", name, "evil.test\nother.test\n"});
  for (const Small& feed : feeds)
    for (const FeedFormat& format : feed_formats())
      EXPECT_LE(format.likeness(FeedHead(feed.name, feed.text)), format.most) << format.name << " " << feed.name;
}

TEST(FeedFormats, names_are_unique_and_found) {
  std::set<std::string_view> names;
  for (const FeedFormat& format : feed_formats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_EQ(feed_format(format.name), &format);
    const FeedHead program("x.bin", std::string_view("\x7F"
                                                     "ELF\x02\x01\0\0",
                                                     8));
    EXPECT_LT(format.likeness(program), 50) << format.name;
  }
  EXPECT_EQ(feed_format("no such"), nullptr);
  EXPECT_EQ(recognise_feed("x", ""), nullptr);
}

}  // namespace
}  // namespace testudo
