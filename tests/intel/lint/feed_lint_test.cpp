// Defects of values, lists, rules and of files beside each other.
#include <gtest/gtest.h>

#include "intel/lint/lint_fixture.h"
#include "intel/lint/suricata_lint.h"

namespace testudo {
namespace {

using test::lint;
using test::Linted;
using Strings = std::vector<std::string>;

TEST(FeedLint, lines_of_a_list) {
  const Linted found = lint({{"domains.txt", "a-spy.net \nb-spy.net\n\nwww.c-spy.net\na-spy.net\nx.b-spy.net\r\n"}});
  EXPECT_EQ(found.of("trailing_blank"),
            (Strings{"line 1: a-spy.net  -> a-spy.net", "line 6: x.b-spy.net\r -> x.b-spy.net"}));
  EXPECT_EQ(found.of("blank_line"), Strings{"line 3: 1 blank lines -> "});
  EXPECT_EQ(found.of("www_prefix"), Strings{"line 4: www.c-spy.net -> c-spy.net"});
  EXPECT_EQ(found.of("duplicate_value"), Strings{"line 5: a-spy.net -> keep line 1 alone"});
  EXPECT_EQ(found.of("child_of_listed"), Strings{"line 6: x.b-spy.net -> covered by b-spy.net, line 2"});
}

TEST(FeedLint, values_that_hit_everybody) {
  const Linted found = lint({{"domains.txt", "google.com\ncom\ngithub.io\nlocalhost\nspy-net.net\n"},
                             {"ips.txt", "10.0.0.1\n8.8.8.8\n185.0.0.7\n"},
                             {"sha256.txt", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"},
                             {"processes.txt", "launchd\nspyd\n"}});
  EXPECT_EQ(found.of("well_known_host"), Strings{"line 1: google.com -> "});
  EXPECT_EQ(found.of("public_suffix"), Strings{"line 3: github.io -> "});
  EXPECT_EQ(found.of("special_address"), Strings{"line 1: 10.0.0.1 -> "});
  EXPECT_EQ(found.of("empty_file_hash").size(), 1U);
  EXPECT_EQ(found.of("generic_name"), Strings{"line 1: launchd -> "});
  EXPECT_NE(found.find("ips.txt", "warning_list", "8.8.8.8 (public resolvers: 8.8.8.8/32)"), nullptr);
  EXPECT_EQ(found.find("ips.txt", "warning_list", "185.0.0.7"), nullptr);
}

TEST(FeedLint, a_hosts_file_without_addresses) {
  EXPECT_EQ(lint({{"hosts", "a-spy.net\nb-spy.net\n"}}).of("hosts_file_without_addresses"),
            Strings{": 2 lines such as: a-spy.net -> 0.0.0.0 a-spy.net"});
  EXPECT_EQ(lint({{"hosts", "0.0.0.0 a-spy.net\n0.0.0.0 b-spy.net\n"}}).count("hosts_file_without_addresses"), 0U);
}

TEST(FeedLint, rules_that_miss_subdomains) {
  EXPECT_EQ(subdomain_mend(
                R"(alert dns any any -> any any (dns.query; content:"a.test"; depth:6; nocase; endswith; sid:1;))"),
            R"(alert dns any any -> any any (dns.query; dotprefix; content:".a.test"; nocase; endswith; sid:1;))");
  EXPECT_EQ(
      subdomain_mend(R"(alert dns any any -> any any (dns.query; content:"a.test"; startswith; endswith; sid:1;))"),
      R"(alert dns any any -> any any (dns.query; dotprefix; content:".a.test"; endswith; sid:1;))");
  EXPECT_EQ(subdomain_mend(R"(alert dns any any -> any any (dns.query; bsize:6; content:"a.test"; nocase; sid:1;))"),
            R"(alert dns any any -> any any (dns.query; dotprefix; content:".a.test"; endswith; nocase; sid:1;))");
  EXPECT_EQ(subdomain_mend(R"(alert dns any any -> any any (dns.query; content:"a.test"; bsize:6; nocase; sid:1;))"),
            R"(alert dns any any -> any any (dns.query; dotprefix; content:".a.test"; endswith; nocase; sid:1;))");
  for (const char* rule :
       {R"(alert dns any any -> any any (dns.query; dotprefix; content:".a.test"; endswith; sid:1;))",
        R"(alert dns any any -> any any (dns.query; content:"a.test"; nocase; endswith; sid:1;))",
        R"(alert dns any any -> any any (dns.query; content:"a.test"; startswith; sid:1;))",
        R"(alert tcp any any -> any any (content:"a.test"; depth:6; endswith; sid:1;))",
        // The mend of these would let more pass, or find less.
        R"(pass dns any any -> any any (dns.query; content:"a.test"; startswith; endswith; sid:1;))",
        R"(alert tls any any -> any any (tls.sni; content:!"a.test"; startswith; endswith; sid:1;))", "", "content:\""})
    EXPECT_EQ(subdomain_mend(rule), std::nullopt) << rule;
}

TEST(FeedLint, a_parent_that_is_nobodys_is_no_mend) {
  const Linted found =
      lint({{"domains.csv",
             "value,type\nwww.com,domain\nwww.co.uk,domain\nwww.github.io,domain\nwww.google.com,domain\n"
             "www.a-spy.net,domain\n*.co.uk,domain\n*.a-spy.org,domain\ngoogle.com:8443,domain\n"}});
  EXPECT_EQ(found.of("www_prefix"), Strings{"line 6: www.a-spy.net -> a-spy.net"});
  EXPECT_EQ(found.of("wildcard"), (Strings{"line 7: *.co.uk -> ", "line 8: *.a-spy.org -> a-spy.org"}));
  EXPECT_EQ(found.of("port_in_host"), Strings{"line 9: google.com:8443 -> "});
  EXPECT_EQ(found.of("well_known_host"), (Strings{"line 5: www.google.com -> ", "line 9: google.com:8443 -> "}));
}

TEST(FeedLint, what_a_table_takes_back) {
  const Linted found = lint({{"a.csv",
                              "value,type,revoked,role\na-spy.net,domain,true,\nb-spy.net,domain,,benign\n"
                              "c-spy.net,domain,false,attacker\n"}});
  EXPECT_EQ(found.of("revoked"), Strings{"line 2: a-spy.net -> "});
  EXPECT_EQ(found.of("benign"), Strings{"line 3: b-spy.net -> "});
}

TEST(FeedLint, operators_of_openioc) {
  const auto ioc = [](std::string_view attribute) {
    return R"(<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="a"><definition><Indicator id="q" )" +
           std::string(attribute) +
           R"(><IndicatorItem id="i" condition="is"><Context search="Network/DNS"/><Content>a-spy.net</Content></IndicatorItem></Indicator></definition></ioc>)";
  };
  EXPECT_EQ(lint({{"a.ioc", ioc("")}}).count("no_operator"), 1U);
  EXPECT_EQ(lint({{"a.ioc", ioc(R"(operator="XOR")")}}).count("unknown_operator"), 1U);
  const Linted good = lint({{"a.ioc", ioc(R"(operator="OR")")}});
  EXPECT_EQ(good.count("no_operator") + good.count("unknown_operator"), 0U);
}

TEST(FeedLint, what_no_evidence_can_be_compared_with) {
  EXPECT_EQ(lint({{"a.csv", "value,type\nlock,mutex\na-spy.net,domain\n"}}).of("kind_without_indicators"),
            Strings{": mutex: lock -> "});
  // An event is no mere list of indicators.
  EXPECT_EQ(
      lint({{"m.json", R"({"Event":{"info":"x","Attribute":[{"type":"comment","value":"seen","to_ids":false}]}})"}})
          .count("kind_without_indicators"),
      0U);
}

TEST(FeedLint, includes_of_yara) {
  const Linted found =
      lint({{"a.yar",
             "include \"other.yar\"\n// include \"b.yar\"\n/* x\ninclude \"c.yar\"\n*/ include \"d.yar\"\n"
             "import \"pe\"\nrule a { strings: $included = \"include\" condition: $included }\n"}});
  EXPECT_EQ(found.of("include_refused"), (Strings{"line 1: other.yar -> ", "line 5: d.yar -> "}));
}

TEST(FeedLint, keys_spelled_in_two_ways) {
  std::string yaml;
  for (int i = 0; i < 6; ++i)
    yaml += "- name: A" + std::to_string(i) + "\n  names:\n  - B\n  c2:\n    ips:\n    - 185.0.0.7\n";
  yaml += "- name: C\n  c2:\n    ip:\n    - 185.0.0.8\n";
  EXPECT_EQ(lint({{"ioc.yaml", yaml}}, "text").of("key_drift"), Strings{"line 39: ip -> ips:"});
}

TEST(FeedLint, files_beside_each_other) {
  std::string bundle = R"({"type":"bundle","id":"bundle--1","objects":[)";
  int n = 0;
  for (const char* host : {"a-spy.net", "b-spy.net", "d-spy.net"}) {
    if (n++ != 0) bundle += ",";
    bundle += R"({"type":"indicator","spec_version":"2.1","id":"indicator--)" + std::to_string(n) +
              R"(","pattern_type":"stix","pattern":"[domain-name:value=')" + host + "']\"}";
  }
  const Linted found = lint({{"one/domains.txt", "a-spy.net\nb-spy.net\nc-spy.net\n"},
                             {"one/x.stix2", bundle + "]}"},
                             {"two/domains.txt", "a-spy.net\nb-spy.net\n"}});
  EXPECT_EQ(found.of("missing_beside"),
            (Strings{"line 3: c-spy.net -> one/x.stix2 lacks it: [domain-name:value = 'c-spy.net']",
                     "indicator--3: d-spy.net -> one/domains.txt lacks it: d-spy.net"}));
  EXPECT_EQ(found.count("subset_feed", "two/domains.txt"), 2U);
}

TEST(FeedLint, files_that_share_values) {
  const Linted found = lint({{"one/a.txt", "a-spy.net\nb-spy.net\n"},
                             {"two/a.txt", "b-spy.net\na-spy.net\n"},
                             {"three/a.txt", "b-spy.net\nc-spy.net\n"},
                             {"four/a.txt", "d-spy.net\n"}});
  EXPECT_EQ(found.of("same_feed"), Strings{": 2 of 2 values are also in one/a.txt -> "});
  EXPECT_EQ(found.of("overlapping_feeds"),
            (Strings{": 1 of 2 values are also in three/a.txt -> ", ": 1 of 2 values are also in three/a.txt -> "}));
  EXPECT_EQ(found.count("subset_feed"), 0U);
}

TEST(FeedLint, a_folder_that_lacks_a_value_has_a_name) {
  const std::string head = R"({"type":"bundle","id":"bundle--1","objects":[{"type":"indicator","spec_version":"2.1",)"
                           R"("id":"indicator--1","pattern_type":"stix","pattern":"[domain-name:value=')";
  const auto mends = [&](const std::string& folder) {
    return lint({{folder + "domains.txt", "a-spy.net\nb-spy.net\n"},
                 {folder + "x.stix2", head + "a-spy.net']\"}]}"},
                 {folder + "y.stix2", head + "a-spy.net']\"}]}"}})
        .of("missing_beside");
  };
  EXPECT_EQ(mends(""), Strings{"line 2: b-spy.net -> this folder lacks it: [domain-name:value = 'b-spy.net']"});
  EXPECT_EQ(mends("one/"), Strings{"line 2: b-spy.net -> one/ lacks it: [domain-name:value = 'b-spy.net']"});
}

TEST(FeedLint, the_same_defect_is_not_listed_without_end) {
  std::string list;
  for (int i = 0; i < 10'100; ++i) list += "www.spy" + std::to_string(i) + ".net\n";
  const Linted found = lint({{"domains.txt", list}});
  EXPECT_EQ(found.count("www_prefix"), 10'000U);
  EXPECT_EQ(found.of("more"), Strings{": www_prefix: 100 more -> "});
}

}  // namespace
}  // namespace testudo
