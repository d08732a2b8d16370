// What real feeds do to the format, each as a case of its own with invented values: docs/formats/stix.md.
#include <gtest/gtest.h>

#include "intel/bundle.h"

namespace testudo {
namespace {

using test::Bundle;
using test::Compiled;
using test::notes;
using test::set_of;
using Strings = std::vector<std::string>;

const std::string hash_a(64, 'a'), hash_b(64, 'B');

TEST(StixOddities, o1_both_spellings_of_hash_names) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[file:hashes.sha256='" + hash_a + "']")
                                      .indicator("indicator--2", "[file:hashes.'SHA-256'='" + hash_b + "']"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.matcher.size(Kind::sha256), 2U);
  EXPECT_EQ(compiled.find(Kind::sha256, std::string(64, 'b')).size(), 1U);
  EXPECT_EQ(notes(set, "hash_key_spelling"), Strings{": file:hashes.sha256"});
}

TEST(StixOddities, o2_custom_object_types) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[app:id='com.a.test']")
                                      .indicator("indicator--2", "[app:id='com.b.test']")
                                      .indicator("indicator--3", "[app:cert.sha256='" + hash_a + "']")
                                      .indicator("indicator--4", "[configuration-profile:id='11-22']")
                                      .indicator("indicator--5", "[android-property:name='sys.x']"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::app_id, "com.b.test"), Strings{"com.b.test exact"});
  EXPECT_EQ(compiled.matcher.size(Kind::cert_sha256), 1U);
  EXPECT_EQ(compiled.matcher.size(Kind::profile_id), 1U);
  EXPECT_EQ(compiled.matcher.size(Kind::property), 1U);
  EXPECT_EQ(notes(set, "custom_object_type"),
            (Strings{": app:id", ": app:cert.sha256", ": configuration-profile:id", ": android-property:name"}));
}

TEST(StixOddities, o3_url_in_a_domain_pattern) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[domain-name:value='a.test/x']")
                                      .indicator("indicator--2", "[domain-name:value='https://b.test/']")
                                      .indicator("indicator--3", "[domain-name:value='c.test:8443']"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::url, "a.test/x"), Strings{"a.test/x exact"});
  EXPECT_EQ(compiled.find(Kind::host, "a.test"), Strings{});
  EXPECT_EQ(compiled.find(Kind::host, "b.test"), Strings{"b.test exact"});
  EXPECT_EQ(compiled.find(Kind::host, "c.test"), Strings{"c.test exact"});
  EXPECT_EQ(notes(set, "url_in_domain"), (Strings{"indicator--1: a.test/x", "indicator--2: https://b.test/"}));
  EXPECT_EQ(notes(set, "port_in_host"), Strings{"indicator--3: c.test:8443"});
}

TEST(StixOddities, o4_address_in_a_domain_pattern) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[domain-name:value='198.51.100.7']")
                                      .indicator("indicator--2", "[domain-name:value='2001:db8::7']")
                                      .indicator("indicator--3", "[domain-name:value='198.51.100.0/24']"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::ipv4, "198.51.100.7"), (Strings{"198.51.100.0/24 below", "198.51.100.7 exact"}));
  EXPECT_EQ(compiled.find(Kind::ipv6, "2001:db8::7"), Strings{"2001:db8::7 exact"});
  EXPECT_EQ(compiled.matcher.size(Kind::host), 0U);
  EXPECT_EQ(notes(set, "address_in_domain").size(), 3U);
}

TEST(StixOddities, o5_a_single_label_matches_itself_alone) {
  const IndicatorSet set = set_of(Bundle().indicator("indicator--1", "[domain-name:value='despacho']"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::host, "despacho"), Strings{"despacho exact"});
  EXPECT_EQ(compiled.find(Kind::host, "a.despacho"), Strings{});
  EXPECT_EQ(notes(set, "single_label"), Strings{"indicator--1: despacho"});
}

TEST(StixOddities, o6_dangling_relationship) {
  const IndicatorSet set = set_of(Bundle()
                                      .relationship("indicator--1", "malware--absent")
                                      .relationship("indicator--absent", "malware--1")
                                      .relationship("indicator--1", "malware--1")
                                      .indicator("indicator--1", "[domain-name:value='a.test']")
                                      .named("malware", "malware--1", "Bad"));
  EXPECT_EQ(Compiled(set).ref(Kind::host, "a.test").threat, "Bad");
  EXPECT_EQ(notes(set, "dangling_relationship"),
            (Strings{"relationship--1: malware--absent", "relationship--2: indicator--absent"}));
}

TEST(StixOddities, o7_duplicate_ids) {
  const IndicatorSet set =
      set_of(Bundle()
                 .indicator("indicator--1", "[domain-name:value='a.test']")
                 .indicator("indicator--1", "[domain-name:value='b.test']")
                 .indicator("indicator--2", "[domain-name:value='old.test']", R"(,"modified":"2024-01-01T00:00:00Z")")
                 .indicator("indicator--2", "[domain-name:value='new.test']", R"(,"modified":"2024-02-01T00:00:00Z")"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::host, "a.test").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::host, "b.test").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::host, "old.test").size(), 0U);
  EXPECT_EQ(compiled.find(Kind::host, "new.test").size(), 1U);
  // A later `modified` is the mend that the note asks for.
  EXPECT_EQ(notes(set, "duplicate_id"), Strings{"indicator--1: indicator"});
  EXPECT_EQ(notes(set, "superseded_version"), Strings{"indicator--2: [domain-name:value='old.test']"});
}

TEST(StixOddities, numbers_that_browsers_take_for_addresses_are_none) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[ipv4-addr:value='010.11.12.13']")
                                      .indicator("indicator--2", "[ipv4-addr:value='1.2.3']")
                                      .indicator("indicator--3", "[domain-name:value IN ('a.test',5)]")
                                      .indicator("indicator--4", "[ipv4-addr:value='3221225985']")
                                      .indicator("indicator--5", "[url:value='http://0300.0.2.1/x']")
                                      .indicator("indicator--6", "[ipv4-addr:value='192.0.2.7.']")
                                      .indicator("indicator--7", "[ipv4-addr:value='010.11.12.0/24']")
                                      .indicator("indicator--8", "[domain-name:value='http://0300.0.2.2/x']"));
  const Compiled compiled(set);
  EXPECT_EQ(notes(set, "not_an_address"),
            (Strings{"indicator--1: 010.11.12.13", "indicator--2: 1.2.3", "indicator--4: 3221225985"}));
  EXPECT_EQ(notes(set, "not_a_host"), (Strings{"indicator--3: 5", "indicator--7: 010.11.12.0/24"}));
  EXPECT_EQ(compiled.find(Kind::url, "192.0.2.2/x").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::host, "a.test").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::ipv4, "8.11.12.13").size(), 0U);
  EXPECT_EQ(compiled.find(Kind::ipv4, "192.0.2.7").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::url, "192.0.2.1/x").size(), 1U);
}

TEST(StixOddities, o8_the_same_value_keeps_all_its_sources) {
  IndicatorSet set = set_of(Bundle()
                                .indicator("indicator--1", "[domain-name:value='A.test.']")
                                .indicator("indicator--2", "[domain-name:value='a.test']")
                                .relationship("indicator--1", "malware--1")
                                .named("malware", "malware--1", "One"));
  ASSERT_TRUE(set.add_stix("other.json", Bundle()
                                             .indicator("indicator--9", "[domain-name:value='a.test']")
                                             .named("malware", "malware--2", "Two")
                                             .relationship("indicator--9", "malware--2")
                                             .text())
                  .ok());
  EXPECT_EQ(set.size(), 1U);
  const IndicatorRef ref = Compiled(set).ref(Kind::host, "a.test");
  ASSERT_EQ(ref.sources.size(), 3U);
  EXPECT_EQ(ref.threat, "One");
  EXPECT_EQ(ref.sources[0].feed + ref.sources[0].threat + ref.sources[0].id, "test.stix2Oneindicator--1");
  EXPECT_EQ(ref.sources[1].threat, "");
  EXPECT_EQ(ref.sources[2].feed + ref.sources[2].threat + ref.sources[2].id, "other.jsonTwoindicator--9");
  EXPECT_EQ(notes(set, "duplicate_value"), Strings{"indicator--2: a.test"});
  EXPECT_EQ(notes(set, "also_in_another_feed"), Strings{": 1 of 1"});
}

TEST(StixOddities, o9_o10_surrounding_blanks) {
  const IndicatorSet set = set_of(Bundle().indicator("indicator--1", "[domain-name:value=' a.test\r']"));
  EXPECT_EQ(Compiled(set).find(Kind::host, "a.test").size(), 1U);
  EXPECT_EQ(notes(set, "surrounding_space"), Strings{"indicator--1:  a.test\r"});
}

TEST(StixOddities, o11_punycode_www_and_wildcards) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[domain-name:value='xn--bcher-kva.test']")
                                      .indicator("indicator--2", "[domain-name:value='www.a.test']")
                                      .indicator("indicator--3", "[domain-name:value='*.b.test']"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::host, "x.www.a.test"), Strings{"www.a.test below"});
  EXPECT_EQ(compiled.find(Kind::host, "a.test"), Strings{});
  EXPECT_EQ(compiled.find(Kind::host, "x.b.test"), Strings{"b.test below"});
  EXPECT_EQ(notes(set, "punycode").size(), 1U);
  EXPECT_EQ(notes(set, "www_prefix").size(), 1U);
  EXPECT_EQ(notes(set, "wildcard").size(), 1U);
}

TEST(StixOddities, o12_defanged_values) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[domain-name:value='a[.]test']")
                                      .indicator("indicator--2", "[url:value='hxxps://b[.]test/p?q=1']"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::host, "a.test").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::url, "b.test/p?q=1").size(), 1U);
  EXPECT_EQ(notes(set, "defanged").size(), 2U);
}

TEST(StixOddities, o13_generic_names_and_folders) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[process:name='payload']")
                                      .indicator("indicator--2", "[process:name='unusuald']")
                                      .indicator("indicator--3", "[file:path='/private/var/tmp/x/']")
                                      .indicator("indicator--4", "[file:path='/']")
                                      .indicator("indicator--5", "[file:path='/private']")
                                      .indicator("indicator--6", "[file:name='/a/b']")
                                      .indicator("indicator--7", "[file:path='lonely.txt']"));
  const Compiled compiled(set);
  std::vector<Match> matches;
  compiled.matcher.find(Kind::process, "payload", matches);
  compiled.matcher.find(Kind::process, "unusuald", matches);
  ASSERT_EQ(matches.size(), 2U);
  EXPECT_TRUE(compiled.matcher.is_generic(matches[0].indicator));
  EXPECT_FALSE(compiled.matcher.is_generic(matches[1].indicator));
  EXPECT_EQ(notes(set, "generic_name"), Strings{"indicator--1: payload"});
  EXPECT_EQ(compiled.find(Kind::path, "/private/var/tmp/x/y/z"), Strings{"/private/var/tmp/x below"});
  EXPECT_EQ(compiled.find(Kind::path, "/private/var/tmp/xy"), Strings{});
  EXPECT_EQ(compiled.find(Kind::path, "/private"), Strings{"/private exact"});
  EXPECT_EQ(notes(set, "value_too_general"), (Strings{"indicator--4: /", "indicator--5: /private"}));
  EXPECT_EQ(compiled.find(Kind::path, "/a/b/c"), Strings{"/a/b below"});
  EXPECT_EQ(compiled.find(Kind::file_name, "lonely.txt"), Strings{"lonely.txt exact"});
}

TEST(StixOddities, o14_odd_addresses_and_victims) {
  const IndicatorSet set = set_of(
      Bundle()
          .indicator("indicator--1", "[email-addr:value='Google.com@localhost']")
          .indicator("indicator--2", "[email-addr:value='nobody']")
          .indicator("indicator--3", "[domain-name:value='victim.test']", R"(,"indicator_types":["compromised"])")
          .indicator("indicator--4", "[domain-name:value='good.test']", R"(,"indicator_types":["benign"])"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::email, "google.com@localhost").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::host, "victim.test").size(), 1U);
  EXPECT_EQ(compiled.find(Kind::host, "good.test").size(), 0U);
  EXPECT_EQ(notes(set, "single_label_email"), Strings{"indicator--1: Google.com@localhost"});
  EXPECT_EQ(notes(set, "not_an_email"), Strings{"indicator--2: nobody"});
  EXPECT_EQ(notes(set, "compromised_site").size(), 1U);
  EXPECT_EQ(notes(set, "benign").size(), 1U);
  EXPECT_EQ(set.feeds()[0].indicators, 2U);
  EXPECT_EQ(set.feeds()[0].not_evaluated, 2U);
}

TEST(StixOddities, o15_stix_2_0_without_spec_version) {
  const IndicatorSet set =
      set_of(Bundle().object(R"({"type":"indicator","id":"indicator--1","labels":["malicious-activity"],)"
                             R"("pattern":"[domain-name:value = 'a.test']"})"));
  EXPECT_EQ(Compiled(set).find(Kind::host, "a.test").size(), 1U);
  EXPECT_EQ(notes(set, "no_spec_version"), Strings{": read as STIX 2.0"});
}

TEST(StixOddities, o16_no_confidence) {
  EXPECT_EQ(notes(set_of(Bundle().indicator("indicator--1", "[domain-name:value='a.test']")), "no_confidence").size(),
            1U);
  EXPECT_EQ(notes(set_of(Bundle().indicator("indicator--1", "[domain-name:value='a.test']", ",\"confidence\":50")),
                  "no_confidence")
                .size(),
            0U);
}

TEST(StixOddities, o17_other_files_are_told_apart) {
  for (const std::string_view text : {"", "a.test\nb.test\n", "{\"a\":1}", "[1,2]", "{\"Event\":{\"Attribute\":[]}}",
                                      "rule x { condition: true }", "{\"objects\":[{\"x\":1}]}", "nul"}) {
    IndicatorSet set;
    EXPECT_FALSE(set.add_stix("x", text).ok()) << text;
    EXPECT_EQ(set.feeds().size(), 0U);
    EXPECT_EQ(set.notes().size(), 0U);
  }
}

TEST(StixOddities, o18_a_child_of_another_indicator_meets_both) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[domain-name:value='a.test']")
                                      .indicator("indicator--2", "[domain-name:value='b.a.test']"));
  EXPECT_EQ(Compiled(set).find(Kind::host, "c.b.a.test"), (Strings{"a.test below", "b.a.test below"}));
}

TEST(StixOddities, shared_platforms_and_public_suffixes_match_exactly_only) {
  const IndicatorSet set = set_of(Bundle()
                                      .indicator("indicator--1", "[domain-name:value='bit.ly']")
                                      .indicator("indicator--2", "[domain-name:value='github.io']")
                                      .indicator("indicator--3", "[domain-name:value='evil.github.io']"));
  const Compiled compiled(set);
  EXPECT_EQ(compiled.find(Kind::host, "bit.ly"), Strings{"bit.ly exact"});
  EXPECT_EQ(compiled.find(Kind::host, "x.bit.ly"), Strings{});
  EXPECT_EQ(compiled.find(Kind::host, "other.github.io"), Strings{});
  EXPECT_EQ(compiled.find(Kind::host, "www.evil.github.io"), Strings{"evil.github.io below"});
  EXPECT_EQ(notes(set, "shared_platform"), Strings{"indicator--1: bit.ly"});
  EXPECT_EQ(notes(set, "public_suffix"), Strings{"indicator--2: github.io"});
}

}  // namespace
}  // namespace testudo
