// YARA, Suricata and Snort rules, response policy zones.
#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"
#include "intel/feed/rpz.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::recognised;
using test::Strings;

TEST(Yara, rules_are_kept_and_digests_of_meta_claimed) {
  const std::string digest(64, 'a');
  const std::string first =
      "private rule one : tag {\n  meta:\n    description = \"a } \\\" brace\"\n    hash = \"" + digest +
      "\"\n    n = 5\n  strings:\n    $a = \"evil.test {\" // }\n    $b = /x}\\/[/}]/i\n"
      "    $c = { 4D 5A /* } */ }\n  condition:\n    any of them and x matches /}/ and 4 / 2 == 2\n}";
  const FeedLog log =
      read_feed("r.yar", "import \"pe\"\n/* rule none { } */\n" + first + "\n\nrule two { condition: true }\n");
  ASSERT_EQ(log.patterns.size(), 2U);
  EXPECT_EQ(log.patterns[0], "yara rule: " + first);
  EXPECT_EQ(log.patterns[1], "yara rule: rule two { condition: true }");
  EXPECT_EQ(log.names, (Strings{"one: a } \" brace", "two"}));
  EXPECT_EQ(log.texts(), Strings{"sha256 " + digest});
  EXPECT_TRUE(log.notes.empty());
}

TEST(Yara, broken_rules_are_named) {
  const FeedLog log =
      read_feed("r.yar",
                "rule a { condition: true }\nsome words\nrule b {\n strings: $x = \"y\"\nrule c { condition: true }\n"
                "rule d { meta: x = 1 }\nrule {\nrule e { condition:\n");
  EXPECT_EQ(log.notes, (Strings{"line 2: text_outside_rules line 2", "b: unterminated_rule line 3",
                                "d: rule_without_condition line 6", "line 7: text_outside_rules line 7",
                                "e: unterminated_rule line 8"}));
  EXPECT_EQ(log.patterns.size(), 5U);
}

TEST(IdsRules, each_is_kept_and_plain_hosts_claimed) {
  const std::string host =
      R"r(alert dns $HOME_NET any -> any any (msg:"X (a\;b)"; dns.query; content:"evil.test"; depth:9; nocase; endswith; sid:7; rev:1;))r";
  const std::string two =
      R"(alert tls any any -> any any (msg:"y"; tls.sni; content:"a"; content:"b.test"; endswith; sid:8;))";
  const std::string address = R"(alert ip $HOME_NET any -> [192.0.2.7] any (msg:"z"; sid:9;))";
  const FeedLog log = read_feed(
      "x.rules", "# comment\n" + host + "\n" + two + "\n#" + address + "\nalert broken (msg:\"\n" +
                     "alert dns any any -> any any (dns.query; \\\n content:\"b|2e|test\"; bsize:6; sid:10;)\n");
  EXPECT_EQ(log.patterns[0], "suricata rule: " + host);
  EXPECT_EQ(log.patterns.size(), 4U);
  EXPECT_EQ(log.texts(), (Strings{"host evil.test", "ipv4 192.0.2.7", "host b.test"}));
  EXPECT_EQ(log.claims[0].object, "7");
  EXPECT_EQ(log.claims[0].comment, "X (a;b)");
  EXPECT_TRUE(log.claims[1].revoked);
  EXPECT_EQ(log.defects.at("malformed_rule"), 1);
}

TEST(IdsRules, escapes_in_options) {
  const FeedLog log = read_feed(
      "x.rules",
      R"(alert dns any any -> any any (msg:"a\;b \"c\" \\"; dns.query; content:"evil\.test"; endswith; sid:1;))");
  ASSERT_EQ(log.texts(), Strings{"host evil.test"});
  EXPECT_EQ(log.claims[0].comment, "a;b \"c\" \\");
}

TEST(Yara, an_include_is_named) {
  const FeedLog log = read_feed("x.yar", "import \"pe\"\ninclude \"other.yar\"\nrule a { condition: true }\n");
  EXPECT_EQ(log.patterns, Strings{"yara rule: rule a { condition: true }"});
  EXPECT_EQ(log.notes, Strings{"line 2: include_refused other.yar"});
}

TEST(Rpz, triggers_actions_and_names) {
  const FeedLog log =
      read_feed("rpz.zone",
                "$TTL 1h\n$ORIGIN rpz.test.\n@ IN SOA localhost. root.localhost. (\n 1 ; serial\n 2 3 4 5 )\n"
                "  IN NS localhost.\nevil.test CNAME .\n*.evil.test CNAME .\n"
                "b.test.rpz.test. 300 IN CNAME *.\nIN 600 c.test CNAME rpz-drop.\n"
                "good.test IN 5 CNAME rpz-passthru.\nold.test CNAME old.test.\nd.test CNAME walled.test.\n"
                "32.7.2.0.192.rpz-ip CNAME .\n24.0.2.0.192.rpz-ip CNAME .\n"
                "128.1.zz.db8.2001.rpz-ip CNAME .\nns.test.rpz-nsdname CNAME .\n"
                "32.1.0.0.10.rpz-client-ip CNAME .\n999.1.rpz-ip CNAME .\n$INCLUDE /etc/passwd\n"
                "e.test MX 10 m.test.\n");
  EXPECT_EQ(log.texts(),
            (Strings{"host evil.test", "host b.test", "host good.test (benign)", "host old.test (benign)",
                     "host d.test", "ipv4 192.0.2.7", "cidr 192.0.2.0/24", "ipv6 2001:db8::1", "host ns.test"}));
  EXPECT_EQ(log.claims.back().comment, "name server");
  EXPECT_EQ(log.defects.at("include_refused"), 1);
  EXPECT_EQ(log.defects.at("trigger_on_client"), 1);
  EXPECT_EQ(log.defects.at("malformed_trigger"), 1);
  EXPECT_EQ(log.defects.at("record_without_policy"), 2);
}

TEST(Rpz, escapes) {
  EXPECT_EQ(read_feed("rpz",
                      "@ SOA a. b. 1 2 3 4 5\n\\101vil.test CNAME .\na\\045b.test CNAME .\na\\b.test CNAME .\n"
                      "a\\999.test CNAME .\n")
                .texts(),
            (Strings{"host evil.test", "host a-b.test", "host ab.test", "host a\\999.test"}));
}

TEST(Rpz, parenthesis_that_never_closes_costs_some_lines) {
  std::string text = "@ SOA a. b. ( 1 2 3 4 5\n";
  for (int i = 0; i < 100; ++i) text += "x" + std::to_string(i) + ".test CNAME .\n";
  const FeedLog log = read_feed("rpz", text);
  EXPECT_EQ(log.claims.size(), 36U);
  EXPECT_EQ(log.defects.at("unclosed_parenthesis"), 1);
}

TEST(Rpz, addresses) {
  EXPECT_EQ(rpz_address("128.57.zz.102.db8.2001"), "2001:db8:102::57");
  EXPECT_EQ(rpz_address("64.zz.db8.2001"), "2001:db8::/64");
  EXPECT_EQ(rpz_address("128.1.zz"), "::1");
  EXPECT_EQ(rpz_address("33.1.2.0.192"), std::nullopt);
  EXPECT_EQ(rpz_address(""), std::nullopt);
}

TEST(Yara, digests_of_other_things_are_no_files) {
  const std::string file(64, 'a'), other(32, 'b'), own(64, 'c');
  const FeedLog log = read_feed("r.yar", "rule x {\n meta:\n  hash1 = \"" + file + "\"\n  imphash = \"" + other +
                                             "\"\n  logic_hash = \"" + own + "\"\n  fingerprint = \"" + own +
                                             "\"\n  rich_header_md5 = \"" + other + "\"\n condition: true\n}\n");
  EXPECT_EQ(log.texts(), Strings{"sha256 " + file});
}

TEST(Zeek, remarks_of_a_word_or_two_keep_victims) {
  EXPECT_EQ(read_feed("intel.dat",
                      "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n"
                      "a.test\tIntel::DOMAIN\tx\tcompromised site\nb.test\tIntel::DOMAIN\tx\tC2 of victims\n")
                .texts(),
            (Strings{"host a.test (victim)", "host b.test"}));
}

TEST(Sigma, rules_are_kept_whole) {
  const std::string rule =
      "title: 'Spy: DNS'\nid: 5a1b\nstatus: test\ntags:\n  - attack.t1071\n  - tlp.amber\nlogsource:\n  category: "
      "dns_query\n"
      "detection:\n  selection:\n    QueryName|endswith: '.spy.test'\n  condition: selection\n";
  const FeedLog log =
      read_feed("x.yml", rule + "---\ntitle: Old\nstatus: deprecated\ndetection:\n  condition: x\n---\n" +
                             "title: Nothing\nlevel: high\n");
  ASSERT_EQ(log.patterns.size(), 2U);
  EXPECT_EQ(log.patterns[0], "sigma rule: " + rule.substr(0, rule.size() - 1));
  EXPECT_EQ(log.names, (Strings{"Spy: DNS", "Old"}));
  EXPECT_EQ(log.pattern_tlps[0], Tlp::amber);
  EXPECT_EQ(log.notes, Strings{"line 19: malformed_rule Nothing"});
  EXPECT_EQ(log.claims.size(), 0U);
}

TEST(Sigma, a_marking_in_any_spelling_of_a_tag) {
  const auto tlp = [](const std::string& tags) {
    return read_feed("x.yml", "title: T\n" + tags + "logsource:\n  category: dns\ndetection:\n  condition: x\n")
        .pattern_tlps.at(0);
  };
  EXPECT_EQ(tlp("tags:\n  - 'tlp.red'\n"), Tlp::red);
  EXPECT_EQ(tlp("tags:\n- \"tlp.amber-strict\"\n"), Tlp::amber_strict);
  EXPECT_EQ(tlp("tags: [attack.t1071, tlp.red]\n"), Tlp::red);
  EXPECT_EQ(tlp("tags: tlp.green\n"), Tlp::green);
  EXPECT_EQ(tlp("tags: []\n"), std::nullopt);
}

}  // namespace
}  // namespace testudo
