// Look-ups, each kind by example and against plain sets and bits.
#include "intel/matcher.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/hash.h"
#include "intel/bundle.h"
#include "intel/network.h"

namespace testudo {
namespace {

using test::Compiled;
using Strings = std::vector<std::string>;

IndicatorSet set_with(Kind kind, const Strings& values) {
  IndicatorSet set;
  for (const std::string& value : values) EXPECT_TRUE(set.add(kind, value, {"feed", "threat", "id"})) << value;
  return set;
}

TEST(Matcher, nothing_matches_nothing) {
  const Matcher none;
  std::vector<Match> out;
  none.find(Kind::host, "a.test", out);
  EXPECT_TRUE(out.empty());
  EXPECT_EQ(none.size(), 0U);
  EXPECT_EQ(none.size(Kind::host), 0U);
  EXPECT_EQ(none.describe(0).value, "");
  EXPECT_EQ(none.type(7), Kind::text);
  EXPECT_FALSE(none.is_generic(0));
  const Compiled empty{IndicatorSet()};
  EXPECT_EQ(empty.matcher.size(), 0U);
  EXPECT_EQ(empty.find(Kind::host, "a.test"), Strings{});
}

TEST(Matcher, hosts_match_at_label_boundaries) {
  const Compiled c(set_with(Kind::host, {"a.test", "x.b.test"}));
  EXPECT_EQ(c.find(Kind::host, "a.test"), Strings{"a.test exact"});
  EXPECT_EQ(c.find(Kind::host, "1.2.3.a.test"), Strings{"a.test below"});
  EXPECT_EQ(c.find(Kind::host, "aa.test"), Strings{});
  EXPECT_EQ(c.find(Kind::host, "a.test.example"), Strings{});
  EXPECT_EQ(c.find(Kind::host, "b.test"), Strings{});
  EXPECT_EQ(c.find(Kind::host, "test"), Strings{});
  EXPECT_EQ(c.find(Kind::host, ""), Strings{});
  EXPECT_EQ(c.find(Kind::host, "."), Strings{});
  EXPECT_EQ(c.find(Kind::host, "..a.test"), Strings{"a.test below"});
}

TEST(Matcher, match_length_is_that_of_the_indicator) {
  const Compiled c(set_with(Kind::host, {"a.test"}));
  std::vector<Match> out;
  c.matcher.find(Kind::host, "www.a.test", out);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].length, 6U);
}

TEST(Matcher, processes_cut_at_sixteen_octets) {
  const Compiled c(set_with(Kind::process, {"com.example.spyware", "com.example.spying", "com.example.spyw", "short"}));
  EXPECT_EQ(c.find(Kind::process, "com.example.spyw"),
            (Strings{"com.example.spyw exact", "com.example.spyware truncated"}));
  EXPECT_EQ(c.find(Kind::process, "com.example.spyi"), Strings{"com.example.spying truncated"});
  EXPECT_EQ(c.find(Kind::process, "com.example.spyware"), Strings{"com.example.spyware exact"});
  EXPECT_EQ(c.find(Kind::process, "com.example.spywa"), Strings{});
  EXPECT_EQ(c.find(Kind::process, "com.example.spy"), Strings{});
  EXPECT_EQ(c.find(Kind::process, "short"), Strings{"short exact"});
}

TEST(Matcher, many_processes_with_one_beginning) {
  Strings names;
  for (int i = 0; i < 500; ++i) names.push_back("com.example.same.start" + std::to_string(i));
  EXPECT_EQ(Compiled(set_with(Kind::process, names)).find(Kind::process, "com.example.same").size(), 500U);
}

TEST(Matcher, addresses_meet_networks) {
  const Compiled c(set_with(Kind::cidr, {"198.51.100.0/24", "198.51.100.128/25", "2001:db8::/32", "203.0.113.9/32"}));
  EXPECT_EQ(c.find(Kind::ipv4, "198.51.100.200"), (Strings{"198.51.100.0/24 below", "198.51.100.128/25 below"}));
  EXPECT_EQ(c.find(Kind::ipv4, "198.51.100.1"), Strings{"198.51.100.0/24 below"});
  EXPECT_EQ(c.find(Kind::ipv4, "198.51.101.1"), Strings{});
  EXPECT_EQ(c.find(Kind::ipv6, "2001:db8:1::1"), Strings{"2001:db8::/32 below"});
  EXPECT_EQ(c.find(Kind::ipv4, "203.0.113.9"), Strings{"203.0.113.9 exact"});
  EXPECT_EQ(c.find(Kind::cidr, "198.51.100.0/24"), Strings{"198.51.100.0/24 exact"});
  EXPECT_EQ(c.find(Kind::ipv4, "not an address"), Strings{});
}

TEST(Matcher, kinds_do_not_mix) {
  IndicatorSet set;
  set.add(Kind::process, "name", {"f", "", ""});
  set.add(Kind::file_name, "name", {"f", "", ""});
  set.add(Kind::account, "other", {"f", "", ""});
  const Compiled c(set);
  EXPECT_EQ(c.matcher.size(), 3U);
  EXPECT_EQ(c.find(Kind::process, "name").size(), 1U);
  EXPECT_EQ(c.find(Kind::app_id, "name").size(), 0U);
  EXPECT_EQ(c.find(Kind::process, "other").size(), 0U);
  EXPECT_EQ(c.matcher.type(2), Kind::account);
  EXPECT_FALSE(set.add(Kind::time, "2024-01-01", {"f", "", ""}));
  EXPECT_FALSE(set.add(Kind::sha256, "xyz", {"f", "", ""}));
  EXPECT_FALSE(set.add(Kind::app_id, "  ", {"f", "", ""}));
  EXPECT_FALSE(set.add(Kind::app_id, std::string("a\0b", 3), {"f", "", ""}));
  EXPECT_EQ(set.notes().size(), 5U);  // surrounding_space comes with empty_value
}

TEST(Matcher, other_kinds_are_normalised) {
  IndicatorSet set;
  set.add(Kind::sha256, std::string(40, 'A'), {"f", "", ""});
  set.add(Kind::cert_md5, "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF", {"f", "", ""});
  set.add(Kind::phone, "+1 (555) 010-0199", {"f", "", ""});
  set.add(Kind::cve, "cve-2024-12345", {"f", "", ""});
  set.add(Kind::asn, "AS64500", {"f", "", ""});
  set.add(Kind::email, "mailto:Some.One@A.test", {"f", "", ""});
  const Compiled c(set);
  EXPECT_EQ(c.find(Kind::sha1, std::string(40, 'a')).size(), 1U);
  EXPECT_EQ(c.find(Kind::cert_md5, "00112233445566778899aabbccddeeff").size(), 1U);
  EXPECT_EQ(c.find(Kind::phone, "+15550100199").size(), 1U);
  EXPECT_EQ(c.find(Kind::cve, "CVE-2024-12345").size(), 1U);
  EXPECT_EQ(c.find(Kind::asn, "64500").size(), 1U);
  EXPECT_EQ(c.find(Kind::email, "some.one@a.test").size(), 1U);
}

// Labels from a tiny alphabet, so that boundaries, prefixes and repetitions meet all the time.
std::string random_name(std::mt19937& random, char separator, int most) {
  std::string name;
  const int labels = std::uniform_int_distribution(1, most)(random);
  for (int i = 0; i < labels; ++i) {
    if (i != 0 || separator == '/') name.push_back(separator);
    const int size = std::uniform_int_distribution(1, 2)(random);
    for (int k = 0; k < size; ++k) name.push_back("ab"[random() & 1]);
  }
  return name;
}

TEST(MatcherProperty, hosts_against_a_set_of_strings) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    std::set<std::string> listed;
    IndicatorSet set;
    for (int i = 0; i < 60; ++i) {
      const std::string host = random_name(random, '.', 4) + ".test";
      if (set.add(Kind::host, host, {"f", "", ""})) listed.insert(host);
    }
    const Compiled c(set);
    ASSERT_EQ(c.matcher.size(), listed.size());
    for (int i = 0; i < 500; ++i) {
      const std::string seen = random_name(random, '.', 6) + ".test";
      Strings expected;
      for (const std::string& host : listed)
        if (seen == host)
          expected.push_back(host + " exact");
        else if (seen.ends_with("." + host))
          expected.push_back(host + " below");
      std::ranges::sort(expected);
      ASSERT_EQ(c.find(Kind::host, seen), expected) << seen;
    }
  }
}

TEST(MatcherProperty, paths_against_a_set_of_strings) {
  std::mt19937 random(8);
  for (int round = 0; round < 20; ++round) {
    std::set<std::string> listed;
    IndicatorSet set;
    for (int i = 0; i < 60; ++i) {
      const std::string path = "/x" + random_name(random, '/', 4);
      if (set.add(Kind::path, path + (i % 2 != 0 ? "/" : ""), {"f", "", ""})) listed.insert(path);
    }
    const Compiled c(set);
    for (int i = 0; i < 500; ++i) {
      const std::string seen = "/x" + random_name(random, '/', 6);
      Strings expected;
      for (const std::string& path : listed)
        if (seen == path)
          expected.push_back(path + " exact");
        else if (seen.starts_with(path + "/"))
          expected.push_back(path + " below");
      std::ranges::sort(expected);
      ASSERT_EQ(c.find(Kind::path, seen), expected) << seen;
    }
  }
}

TEST(MatcherProperty, networks_against_bits) {
  std::mt19937 random(9);
  IndicatorSet set;
  std::map<std::string, Network> listed;
  for (int i = 0; i < 300; ++i) {
    const std::string text = "10." + std::to_string(random() % 3) + "." + std::to_string(random() % 4) + "." +
                             std::to_string(random() % 256) + "/" + std::to_string(12 + random() % 20);
    ASSERT_TRUE(set.add(Kind::cidr, text, {"f", "", ""}));
    const Network network = parse_network(text)->masked(parse_network(text)->prefix);
    listed[network.text()] = network;
  }
  const Compiled c(set);
  for (int i = 0; i < 2000; ++i) {
    const std::string seen = "10." + std::to_string(random() % 4) + "." + std::to_string(random() % 5) + "." +
                             std::to_string(random() % 256);
    Strings expected;
    for (const auto& [text, network] : listed)
      if (parse_network(seen)->masked(network.prefix) == network) expected.push_back(text + " below");
    std::ranges::sort(expected);
    ASSERT_EQ(c.find(Kind::ipv4, seen), expected) << seen;
  }
}

TEST(MatcherProperty, a_hundred_thousand_values_are_all_found_with_their_sources) {
  IndicatorSet set;
  const auto name = [](int i) { return "n" + std::to_string(i * 7919) + ".example"; };
  for (int i = 0; i < 100000; ++i)
    ASSERT_TRUE(set.add(Kind::host, name(i), {"f", "t" + std::to_string(i % 10), std::to_string(i)}));
  const Compiled c(set);
  std::vector<Match> out;
  for (int i = 0; i < 100000; ++i) {
    out.clear();
    c.matcher.find(Kind::host, name(i), out);
    ASSERT_EQ(out.size(), 1U) << i;
    ASSERT_EQ(out[0].indicator, static_cast<std::uint32_t>(i));
    out.clear();
    c.matcher.find(Kind::host, name(i) + "x", out);
    ASSERT_EQ(out.size(), 0U);
  }
  const IndicatorRef ref = c.matcher.describe(99999);
  EXPECT_EQ(ref.value, name(99999));
  EXPECT_EQ(ref.threat, "t9");
  EXPECT_EQ(ref.sources[0].id, "99999");
}

}  // namespace
}  // namespace testudo
