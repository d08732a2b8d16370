// Look-alikes, naming models, the graph of ties, and all of them together.
#include <gtest/gtest.h>

#include <simdjson.h>

#include "base/hash.h"
#include "intel/hunt/evaluation.h"
#include "intel/hunt/hunt.h"
#include "intel/hunt/skeleton.h"
#include "intel/hunt/tie_filter.h"

namespace testudo {
namespace {

TEST(HuntSkeleton, LettersDrawnAlike) {
  EXPECT_EQ(label_skeleton("paypal"), label_skeleton("paypa1"));
  EXPECT_EQ(label_skeleton("modern"), label_skeleton("rnodern"));
  EXPECT_EQ(label_skeleton("google"), label_skeleton("g00gle"));
  EXPECT_EQ(shown_label("xn--mnchen-3ya"), "m\xC3\xBCnchen");
  EXPECT_EQ(without_accents("xn--mnchen-3ya"), "munchen");
  EXPECT_EQ(label_skeleton("xn--pypal-4ve"), label_skeleton("paypal"));  // with a Cyrillic letter
}

TEST(HuntLookAlike, HowNamesImitate) {
  Brands brands;
  brands.add("examplebank.test");
  brands.add("newsroom");
  const WordSplitter words;
  const auto how = [&](std::string_view host) { return brands.find(host, words).how; };
  EXPECT_EQ(how("examplebank.test"), "own");
  EXPECT_EQ(how("login.examplebank.test"), "own");
  EXPECT_EQ(how("examplebank.example"), "other_suffix");
  EXPECT_EQ(how("examp1ebank.test"), "confusable");
  EXPECT_EQ(how("examplebnak.test"), "edit");
  EXPECT_EQ(how("example-bank.test"), "hyphen");
  EXPECT_EQ(how("examplebank.test.other.example"), "host_inside");
  EXPECT_EQ(how("newsroom-login.test"), "token");
  EXPECT_EQ(how("securenewsroom.test"), "token");
  EXPECT_EQ(how("xqznewsroom.test"), "inside");
  EXPECT_EQ(how("unrelated.test"), "");
  EXPECT_EQ(brands.find("examp1ebank.test", words).brand, "examplebank.test");
}

TEST(HuntWords, Splits) {
  const WordSplitter words;
  EXPECT_GT(words.size(), 1500U);
  EXPECT_TRUE(words.split("blogfashion").two());
  EXPECT_TRUE(words.split("travel-posts").two());
  EXPECT_FALSE(words.split("xqztravel").two());
  EXPECT_EQ(chosen_name("a.b.mail-box.co.uk").label, "mail-box");
  EXPECT_EQ(chosen_name("co.uk").label, "");
}

// Names of two words under one suffix against names without vowels under another.
std::vector<KnownName> known_names() {
  std::vector<KnownName> names;
  for (const char* a : {"news", "sport", "travel", "music", "mobile", "health", "garden"})
    for (const char* b : {"-update", "-portal", "-online", "-report", "-stream", "-today"})
      names.push_back({std::string(a) + b + ".test", "shadow"});
  return names;
}
std::vector<std::string> ordinary_names() {
  std::vector<std::string> names;
  for (char a = 'b'; a < 'z'; ++a)
    for (char b = 'b'; b < 'h'; ++b) names.push_back(std::string("q") + a + "x" + b + "k.example");
  return names;
}

TEST(HuntNaming, TellsApartAndDoesNotDependOnOrder) {
  std::vector<KnownName> known = known_names();
  std::vector<std::string> ordinary = ordinary_names();
  const auto model = NamingModel::train(known, ordinary);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->known(), 42U);
  EXPECT_EQ(model->ordinary(), 144U);
  EXPECT_GT(model->score("weather-portal.test").score, 0.9);
  EXPECT_LT(model->score("qzxwk.example").score, 0.2);
  EXPECT_LT(model->score("weather-portal.test").ordinary, 0.02);
  EXPECT_FALSE(model->reasons("weather-portal.test", 3).empty());
  std::ranges::reverse(known);
  std::ranges::reverse(ordinary);
  const auto again = NamingModel::train(known, ordinary);
  ASSERT_TRUE(again);
  EXPECT_EQ(model->score("weather-portal.test").score, again->score("weather-portal.test").score);
  EXPECT_EQ(model->score("test").score, 0);
  EXPECT_FALSE(NamingModel::train({}, ordinary));
}

TEST(HuntEvaluation, Figures) {
  const RankFigures perfect = rank_figures({3, 4}, {1, 2});
  EXPECT_EQ(perfect.auc, 1);
  EXPECT_EQ(perfect.recall_1, 1);
  EXPECT_EQ(rank_figures({1, 1}, {1, 1}).auc, 0.5);
  EXPECT_EQ(rank_figures({1, 1}, {1, 1}).recall_5, 0);
  EXPECT_EQ(rank_figures({1, 3}, {2, 2}).auc, 0.5);
}

std::vector<HuntCandidate> hunt_in(std::string_view text, const std::vector<HuntSeed>& seeds, double least = 0.5) {
  Hunt hunt({.least = least});
  for (const HuntSeed& seed : seeds) hunt.seed(seed);
  HuntNotes notes;
  const HuntSource source(text);
  hunt.count(source, source.format(), notes);
  hunt.settle();
  hunt.gather(source, source.format(), notes);
  return hunt.rank();
}

TEST(HuntTies, ASharedAddressIsAPath) {
  const auto found = hunt_in(
      "seed.test. IN A 203.0.113.5\nsecond.test. IN A 203.0.113.5\nthird.test. IN A 203.0.113.5\n"
      "third.test. IN NS ns1.rare.test.\nfourth.test. IN NS ns1.rare.test.\nother.test. IN A 203.0.113.9\n",
      {{Kind::host, "seed.test", "shadow"}});
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0].host, "seed.test");
  EXPECT_EQ(found[0].known, "shadow");
  EXPECT_EQ(found[1].host, "second.test");
  EXPECT_EQ(found[3].host, "fourth.test");
  EXPECT_EQ(found[3].cluster_threat, "shadow");
  EXPECT_EQ(found[3].cluster_size, 4U);
  ASSERT_EQ(found[3].path.size(), 2U);
  EXPECT_EQ(found[3].path[0].from, "seed.test");
  EXPECT_EQ(found[3].path[0].to, "third.test");
  EXPECT_EQ(found[3].path[0].shared[0].tie, Tie::address);
  EXPECT_EQ(found[3].path[0].shared[0].value, "203.0.113.5");
  EXPECT_EQ(found[3].path[0].shared[0].hosts, 3U);
  EXPECT_EQ(found[3].path[1].shared[0].value, "ns1.rare.test");
  EXPECT_LT(found[3].score, found[1].score);
}

TEST(HuntTies, WhatEverybodySharesTiesNobody) {
  std::string zone =
      "seed.test. IN A 203.0.113.5\nseed.test. IN NS ns1.domaincontrol.com.\nnear.test. IN NS ns1.domaincontrol.com.\n";
  for (int i = 0; i < 60; ++i) zone += "n" + std::to_string(i) + ".test. IN A 203.0.113.5\n";
  EXPECT_EQ(hunt_in(zone, {{Kind::host, "seed.test", "shadow"}}).size(), 1U);
}

TEST(HuntTies, ABatchNeedsASecondTie) {
  const auto certificate = [](const char* name, int minute, const char* server) {
    return std::string(R"({"rrname":")") + name + R"(","rrtype":"A","rdata":[")" + server + R"("]})" + "\n" +
           R"({"leaf_cert":{"all_domains":[")" + name + R"("],"not_before":")" + "2024-05-01T10:0" +
           std::to_string(minute) + R"(:00Z","issuer":{"aggregated":"CN=Example"}}})" + "\n";
  };
  std::string text = certificate("seed.test", 1, "203.0.113.5") + certificate("alone.test", 2, "203.0.113.77");
  EXPECT_EQ(hunt_in(text, {{Kind::host, "seed.test", "shadow"}}).size(), 1U);
  // Thirteen hosts at one address are too many for the address alone.
  text += certificate("twin.test", 2, "203.0.113.5");
  for (int i = 0; i < 12; ++i)
    text += R"({"rrname":"n)" + std::to_string(i) + R"(.test","rrtype":"A","rdata":"203.0.113.5"})" + "\n";
  const auto found = hunt_in(text, {{Kind::host, "seed.test", "shadow"}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].host, "twin.test");
  ASSERT_EQ(found[1].path.size(), 1U);
  EXPECT_EQ(found[1].path[0].shared.size(), 2U);
}

TEST(HuntTies, KnownAddressesAndNamesBelowKnownOnes) {
  const auto found = hunt_in("a.test. IN A 203.0.113.5\nlogin.seed.test. IN A 203.0.113.6\nc.test. IN A 203.0.113.7\n",
                             {{Kind::ipv4, "203.0.113.5", "shadow"}, {Kind::host, "seed.test", "shadow"}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].host, "login.seed.test");
  EXPECT_EQ(found[0].path[0].shared[0].tie, Tie::domain);
  EXPECT_EQ(found[1].host, "a.test");
  EXPECT_EQ(found[1].path[0].from, "");
}

// Whoever makes a name an alias of a known host, or gives it its mail or name server, meant that host.
TEST(HuntTies, NamesThatPointAtKnownHosts) {
  constexpr std::string_view zone =
      "to.test. IN CNAME known-bad.test.\nbelow.test. IN CNAME www.known-bad.test.\nmail.one.test. IN MX 10 "
      "known-bad.test.\n"
      "two.test. IN MX 10 mx.known-bad.test.\nthree.test. IN NS NS1.KNOWN-BAD.TEST.\nbeside.test. IN CNAME "
      "not-known-bad.test.\n"
      "hub.test. IN NS ns9.domaincontrol.com.\n";
  const auto found =
      hunt_in(zone, {{Kind::host, "known-bad.test", "shadow"}, {Kind::host, "domaincontrol.com", "a mistake"}}, 0.8);
  std::vector<std::string> hosts;
  for (const HuntCandidate& one : found) {
    hosts.push_back(one.host);
    EXPECT_EQ(one.cluster_threat, "shadow") << one.host;
    ASSERT_EQ(one.path.size(), 1U) << one.host;
    EXPECT_EQ(one.path[0].from, "") << one.host;
  }
  EXPECT_EQ(hosts, (std::vector<std::string>{"below.test", "to.test", "three.test", "mail.one.test", "two.test"}));
  EXPECT_EQ(found[0].path[0].shared[0].tie, Tie::alias);
  EXPECT_EQ(found[0].path[0].shared[0].value, "www.known-bad.test");
  EXPECT_GT(found[4].score, 0.9);
}

TEST(HuntTies, AKnownServerOfManyIsAsSureAsABusyAddress) {
  const auto best = [](int names) {
    std::string zone;
    for (int i = 0; i < names; ++i) zone += "n" + std::to_string(i) + ".test. IN NS ns1.known-bad.test.\n";
    const auto found = hunt_in(zone, {{Kind::host, "known-bad.test", "shadow"}}, 0.4);
    return found.size() == static_cast<std::size_t>(names) ? found[0].score : 0;
  };
  EXPECT_GT(best(39), 0.89);
  EXPECT_EQ(best(40), 0.5);
}

TEST(HuntTies, OnWarningListsNobodyPoints) {
  Hunt hunt({.least = 0.1}, [](Kind, std::string_view value) {
    return value.ends_with("shared-service.test") ? std::vector<std::string>{"a list"} : std::vector<std::string>{};
  });
  hunt.seed({Kind::host, "shared-service.test", "a mistake"});
  HuntNotes notes;
  const HuntSource source("a.test. IN CNAME shared-service.test.\nb.test. IN MX 1 mx.shared-service.test.\n");
  hunt.count(source, zone_format, notes);
  hunt.settle();
  hunt.gather(source, zone_format, notes);
  EXPECT_TRUE(hunt.rank().empty());
}

TEST(HuntTies, KnownPagesBlocksMailAddressesAndOperators) {
  const auto one = [](std::string_view text, Kind kind, const char* value) {
    const auto found = hunt_in(text, {{kind, value, "shadow"}}, 0.3);
    return found.size() == 1 && found[0].path.size() == 1 ? found[0] : HuntCandidate{};
  };
  constexpr std::string_view zone =
      "a.test. IN A 203.0.113.5\nb.test. IN A 198.51.100.9\nc.test. IN AAAA 2001:db8:1:2::7\n";
  const HuntCandidate block = one(zone, Kind::cidr, "203.0.113.0/28");
  EXPECT_EQ(block.host, "a.test");
  EXPECT_EQ(block.path[0].from, "");
  EXPECT_EQ(block.path[0].shared[0].tie, Tie::network);
  EXPECT_EQ(block.path[0].shared[0].value, "203.0.113.0/28");
  EXPECT_NEAR(block.score, 0.68, 0.001);
  EXPECT_EQ(one(zone, Kind::cidr, "2001:db8:1:2::/64").host, "c.test");
  EXPECT_EQ(one(zone, Kind::cidr, "203.0.0.0/16").host, "");  // of a large block nothing follows
  constexpr std::string_view rdap =
      R"({"objectClassName":"domain","ldhName":"r.test","entities":[{"roles":["registrant"],"vcardArray":["vcard",)"
      R"([["version",{},"text","4.0"],["email",{},"text","Some.One@mail.test"]]]}]})";
  EXPECT_EQ(one(rdap, Kind::email, "some.one@mail.test").path[0].shared[0].tie, Tie::handle);
  constexpr std::string_view scan = R"({"ip_str":"203.0.113.7","hostnames":["h.test"],"asn":"AS64500"})";
  EXPECT_EQ(one(scan, Kind::asn, "as64500").host, "h.test");
}

// A cluster that no seed leads to says all the same why its hosts are in it.
TEST(HuntTies, EveryMemberOfAClusterIsExplained) {
  Hunt hunt({.least = 0.5});
  hunt.brand("examplebank");
  HuntNotes notes;
  const HuntSource source("examp1ebank.test. IN A 203.0.113.5\nexamplebnak.test. IN A 203.0.113.5\n");
  hunt.count(source, zone_format, notes);
  hunt.settle();
  hunt.gather(source, zone_format, notes);
  const auto found = hunt.rank();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].cluster, "examp1ebank.test");
  EXPECT_TRUE(found[0].path.empty());
  ASSERT_EQ(found[1].path.size(), 1U);
  EXPECT_EQ(found[1].path[0].from, "examp1ebank.test");
  EXPECT_EQ(found[1].path[0].shared[0].value, "203.0.113.5");
  EXPECT_EQ(found[1].cluster_strength, 0);
  EXPECT_EQ(found[1].cluster_threat, "");
}

TEST(Hunt, NamesOnWarningListsAreMarked) {
  const auto run = [](const WarningLookUp& warnings) {
    Hunt hunt({.least = 0}, warnings);
    hunt.brand("examplebank");
    HuntNotes notes;
    const HuntSource source("examp1ebank.test\n");
    hunt.count(source, name_list_format, notes);
    hunt.settle();
    hunt.gather(source, name_list_format, notes);
    return hunt.rank().at(0);
  };
  EXPECT_GT(run({}).score, 0.9);
  const HuntCandidate listed = run([](Kind, std::string_view) { return std::vector<std::string>{"a top list"}; });
  EXPECT_EQ(listed.score, 0);
  EXPECT_EQ(listed.listed, std::vector<std::string>{"a top list"});
}

TEST(Hunt, JsonOfACandidate) {
  const auto found =
      hunt_in("seed.test. IN A 203.0.113.5\nsecond.test. IN A 203.0.113.5\n", {{Kind::host, "seed.test", "shadow"}});
  std::string line;
  append_candidate_json(line, found.at(1));
  EXPECT_EQ(
      line,
      R"({"host":"second.test","score":0.96,"lookalike":null,"naming":null,"cluster":{"id":"seed.test","hosts":2,)"
      R"("score":0.96,"threat":"shadow","path":[{"from":"seed.test","shared":[{"tie":"address","value":"203.0.113.5",)"
      R"("hosts":2}],"to":"second.test","strength":0.96}]},"listed":[]})");
}

TEST(Hunt, JsonOfAHostThatIsTiedToAKnownThingAlone) {
  const auto found = hunt_in("lone.test. IN A 203.0.113.5\n", {{Kind::ipv4, "203.0.113.5", "shadow"}});
  std::string line;
  append_candidate_json(line, found.at(0));
  EXPECT_EQ(line,
            R"({"host":"lone.test","score":0.99,"lookalike":null,"naming":null,"cluster":{"id":"lone.test","hosts":1,)"
            R"("score":0.99,"threat":"shadow","path":[{"from":null,"shared":[{"tie":"address","value":"203.0.113.5",)"
            R"("hosts":1}],"to":"lone.test","strength":0.99}]},"listed":[]})");
}

// Until when a certificate is valid says nothing of when its name was seen.
TEST(Hunt, ACertificateDatesItsNamesByItsIssue) {
  const auto found =
      hunt_in(R"({"issuer_name":"CN=Example","name_value":"seed.test","not_before":"2026-01-01T00:00:00",)"
              R"("not_after":"2027-06-01T00:00:00","serial_number":"03"})"
              "\n",
              {{Kind::host, "seed.test", "shadow"}});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].first, parse_rfc3339("2026-01-01T00:00:00Z"));
  EXPECT_EQ(found[0].last, found[0].first);
}

// Memory follows from this: what one host alone has must seldom look shared.
TEST(HuntTieFilter, WhatOneHostHasIsNotShared) {
  constexpr std::uint64_t records = 200'000, octets = 40 * records;
  TieFilter filter(octets);
  const auto thing = [](std::uint64_t i) { return hash64(std::to_string(i), 5); };
  for (std::uint64_t i = 0; i < records; ++i)
    for (const std::uint64_t of : {2 * i, 2 * i + 1}) filter.count(hash64(std::to_string(i)), thing(of));
  for (const std::uint64_t host : {1U, 2U, 2U}) filter.count(host, thing(4 * records));
  filter.flush();
  std::uint64_t shared = 0;
  for (std::uint64_t i = 0; i < 2 * records; ++i) shared += filter.hosts(thing(i)) > 1 ? 1 : 0;
  EXPECT_LT(shared, 2 * records / 10);
  EXPECT_GE(filter.hosts(thing(4 * records)), 2);
}

}  // namespace
}  // namespace testudo
