// What is exported is read back by our own readers: the same values, and what the format can say of them.
#include <algorithm>
#include <set>

#include "intel/export/export_fixture.h"
#include "intel/feed/feed_format.h"
#include "intel/normalise.h"

namespace testudo {
namespace {

struct ReadBack : FeedSink {
  struct Claim {
    Role role;
    std::optional<Tlp> tlp;
    std::optional<std::uint8_t> confidence;
    bool revoked;
    std::set<std::string> threats;
    std::optional<Time> created, valid_from, valid_until;
    std::string comment;
    std::optional<Time> modified;
  };
  std::map<std::string, Claim> values;  // "host evil.test"
  std::vector<std::string> order, patterns;

  void claim(const FeedClaim& claim) override {
    Defects defects;
    const auto normal = normalise_indicator(claim.kind, claim.value, defects);
    const std::string key = normal ? std::string(kind_name(normal->type)) + " " + normal->value : "none";
    order.push_back(key);
    Claim& kept = values[key];
    kept = {claim.role,       claim.tlp,         claim.confidence,           claim.revoked, {}, claim.created,
            claim.valid_from, claim.valid_until, std::string(claim.comment), claim.modified};
    if (!claim.threat.empty()) kept.threats.insert(std::string(claim.threat));
  }
  void threat(std::uint64_t claim, std::string_view name) override {
    values[order.at(claim)].threats.insert(std::string(name));
  }
  void supersede(std::uint64_t) override { ADD_FAILURE() << "nothing is written twice"; }
  void kept(const KeptPattern& pattern) override { patterns.emplace_back(pattern.text); }
  void object(const KeptObject&) override {}
  void note(std::string_view, std::string_view, std::string_view) override {}
};

ReadBack read_back(const char* format, const char* reader, test::VectorSource source = test::standard_source()) {
  ExportRequest request = test::standard_request();
  request.audience = Tlp::red;
  const std::string text = test::exported(format, std::move(source), request).text;
  const FeedFormat* feed = feed_format(reader);
  ReadBack sink;
  if (feed == nullptr) return sink;
  const Result<void> read = feed->read({"feed", text}, sink);
  EXPECT_TRUE(read.ok()) << (read ? "" : read.error().what);
  return sink;
}

std::set<std::string> keys(const ReadBack& read) {
  std::set<std::string> all;
  for (const auto& [key, claim] : read.values) all.insert(key);
  return all;
}

// The values of the standard store, but for these kinds.
std::set<std::string> expected(std::set<Kind> without) {
  std::set<std::string> all;
  for (const StoredIndicator& indicator : test::standard_source().indicators)
    if (!without.contains(indicator.kind)) all.insert(std::string(kind_name(indicator.kind)) + " " + indicator.value);
  return all;
}

TEST(RoundTrip, stix) {
  if (feed_format("stix") == nullptr) GTEST_SKIP() << "no reader";
  const ReadBack read = read_back("stix", "stix");
  EXPECT_EQ(keys(read), expected({}));
  const ReadBack::Claim& evil = read.values.at("host evil.test");
  EXPECT_EQ(evil.role, Role::attacker);
  EXPECT_EQ(evil.confidence, 80);
  EXPECT_EQ(evil.threats, (std::set<std::string>{"Predator", "Cytrox"}));
  EXPECT_EQ(read.values.at("host newspaper.test").role, Role::victim);
  EXPECT_EQ(read.values.at("host library.test").role, Role::benign);
  EXPECT_EQ(read.values.at("host secret.test").tlp, Tlp::red);
  EXPECT_EQ(read.values.at("host partners.test").tlp, Tlp::amber_strict);
  EXPECT_TRUE(read.values.at("host withdrawn.test").revoked);
  EXPECT_NE(std::ranges::find(read.patterns, "[file:name = 'x' AND file:size = 5]"), read.patterns.end());
}

TEST(RoundTrip, stix_for_phones) {
  if (feed_format("stix") == nullptr) GTEST_SKIP() << "no reader";
  const ReadBack read = read_back("stix-mobile", "stix");
  std::set<std::string> wanted = expected({Kind::cve, Kind::ipv6, Kind::cidr, Kind::phone, Kind::asn, Kind::ja3});
  for (const char* gone : {"host newspaper.test", "host library.test", "host withdrawn.test", "host bit.ly",
                           "ipv4 192.168.1.1", "url pages.test/Drop/x1?id=7"})
    wanted.erase(gone);
  EXPECT_EQ(keys(read), wanted);
  EXPECT_EQ(read.values.at("app_id com.evil.app").threats, std::set<std::string>{"Predator"});
}

TEST(RoundTrip, misp) {
  if (feed_format("misp") == nullptr) GTEST_SKIP() << "no reader";
  const ReadBack read = read_back("misp", "misp");
  EXPECT_EQ(keys(read), expected({}));
  EXPECT_EQ(read.values.at("host evil.test").threats, (std::set<std::string>{"Predator", "Cytrox"}));
  EXPECT_EQ(read.values.at("host partners.test").tlp, Tlp::amber_strict);
  EXPECT_EQ(read.values.at("host library.test").role, Role::benign);
}

TEST(RoundTrip, csv) {
  if (feed_format("csv") == nullptr) GTEST_SKIP() << "no reader";
  const ReadBack read = read_back("csv", "csv");
  EXPECT_EQ(keys(read), expected({}));
  EXPECT_EQ(read.values.at("host newspaper.test").role, Role::victim);
  EXPECT_EQ(read.values.at("host partners.test").tlp, Tlp::amber_strict);
}

// One indicator a role, marking and set of dates; nothing told of the first.
test::VectorSource told_and_untold() {
  test::VectorSource source;
  const auto add = [&](const char* value, Role role, std::optional<Tlp> tlp) -> StoredClaim& {
    source.indicators.push_back(test::with_role(test::listed(Kind::host, value, test::claim("feed-a", "", {})), role));
    StoredClaim& claim = source.indicators.back().claims.front();
    claim.created.reset();
    claim.tlp = tlp;
    return claim;
  };
  add("untold.test", Role::unstated, {});
  StoredClaim& dated = add("dated.test", Role::attacker, Tlp::amber);
  dated.created = test::day("2024-01-02T03:04:05.678901Z"), dated.valid_from = test::day("2024-02-03T04:05:06Z");
  dated.valid_until = test::day("2031-01-01"), dated.confidence = 80, dated.comment = "seen twice";
  add("victim.test", Role::victim, Tlp::clear).valid_from = test::day("2023-01-01");
  add("benign.test", Role::benign, Tlp::green);
  add("context.test", Role::context, Tlp::red).confidence = 25;
  add("gone.test", Role::unstated, {}).revoked = true;
  return source;
}

TEST(RoundTrip, nothing_is_lost_and_nothing_invented) {
  for (const auto& [format, reader] : {std::pair("stix", "stix"), {"misp", "misp"}, {"csv", "csv"}}) {
    const test::VectorSource source = told_and_untold();
    const ReadBack read = read_back(format, reader, source);
    ASSERT_EQ(read.values.size(), source.indicators.size()) << format;
    for (const StoredIndicator& indicator : source.indicators) {
      const StoredClaim& before = indicator.claims.front();
      const ReadBack::Claim& after = read.values.at("host " + indicator.value);
      const std::string what = std::string(format) + " " + indicator.value;
      EXPECT_EQ(after.role, before.role) << what;
      EXPECT_EQ(after.tlp, before.tlp) << what;
      EXPECT_EQ(after.confidence, before.confidence) << what;
      EXPECT_EQ(after.revoked, before.revoked) << what;
      EXPECT_EQ(after.created, before.created) << what;
      EXPECT_EQ(after.valid_from, before.valid_from) << what;
      EXPECT_EQ(after.valid_until, before.valid_until) << what;
      EXPECT_EQ(after.comment, before.comment) << what;
      // The time of the export is none of the indicator: what is old would be fresh again.
      EXPECT_TRUE(before.created || !after.modified) << what;
      EXPECT_TRUE(after.threats.empty()) << what << ": the title of a collection is no threat";
    }
  }
}

TEST(RoundTrip, each_threat_of_several_stays_one) {
  const std::vector<std::string> threats = {"Predator", "Alien, the loader", "back\\slash", "Cytrox"};
  for (const auto& [format, reader] : {std::pair("stix", "stix"), {"misp", "misp"}, {"csv", "csv"}}) {
    test::VectorSource source;
    source.indicators.push_back(test::listed(Kind::host, "one.test", test::claim("feed-a", "", threats)));
    source.indicators.push_back(test::listed(Kind::host, "two.test", test::claim("feed-a", "", {"Pegasus"})));
    const ReadBack read = read_back(format, reader, source);
    EXPECT_EQ(read.values.at("host one.test").threats, std::set<std::string>(threats.begin(), threats.end())) << format;
    EXPECT_EQ(read.values.at("host two.test").threats, std::set<std::string>{"Pegasus"}) << format;
  }
}

TEST(RoundTrip, zeek) {
  if (feed_format("zeek") == nullptr) GTEST_SKIP() << "no reader";
  const ReadBack read = read_back("zeek", "zeek");
  std::set<std::string> wanted = expected({Kind::phone, Kind::process, Kind::path, Kind::app_id, Kind::property,
                                           Kind::profile_id, Kind::asn, Kind::ja3, Kind::cve});
  wanted.erase("host withdrawn.test");
  EXPECT_EQ(keys(read), wanted);
}

}  // namespace
}  // namespace testudo
