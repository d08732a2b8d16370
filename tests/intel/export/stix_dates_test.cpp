// Dates of indicators through a STIX bundle and back: when they were seen, from when to when they hold, how old they
// are.
#include "intel/control/decay.h"
#include "intel/export/export_fixture.h"
#include "intel/feed/stix.h"

namespace testudo {
namespace {

using test::day;

// What is read back of each value, as the store would hold it.
struct ReadBack : FeedSink {
  std::map<std::string, StoredIndicator> values;
  std::size_t sightings = 0;
  std::string late;
  void claim(const FeedClaim& claim) override {
    StoredIndicator& one = values[std::string(claim.value)];
    one.kind = claim.kind;
    one.value = claim.value;
    StoredClaim& made = one.claims.emplace_back();
    made.source = "again";
    made.role = claim.role;
    made.created = claim.created, made.modified = claim.modified;
    made.valid_from = claim.valid_from, made.valid_until = claim.valid_until;
    made.first_seen = claim.first_seen, made.last_seen = claim.last_seen;
  }
  void threat(std::uint64_t, std::string_view) override {}
  void supersede(std::uint64_t) override { ADD_FAILURE(); }
  void kept(const KeptPattern&) override {}
  void seen(const FeedSeen& seen) override {
    late += std::string(seen.object) + " " + to_rfc3339(seen.last.value_or(Time{0})).substr(0, 10) + "\n";
  }
  void object(const KeptObject& object) override { sightings += object.type == "sighting" ? 1 : 0; }
  void note(std::string_view, std::string_view, std::string_view) override {}
};

StoredClaim& add(test::VectorSource& source, Kind kind, const char* value) {
  source.indicators.push_back(
      test::with_role(test::listed(kind, value, test::claim("feed-a", "", {})), Role::attacker));
  StoredClaim& claim = source.indicators.back().claims.front();
  claim.created.reset();
  return claim;
}

ReadBack read_back(const test::VectorSource& source) {
  const std::string text = test::exported("stix", source).text;
  ReadBack sink;
  EXPECT_TRUE(read_stix(FeedText{.name = "feed", .text = text}, sink));
  return sink;
}

TEST(StixDates, what_has_decayed_stays_decayed) {
  test::VectorSource source;
  StoredClaim& seen = add(source, Kind::host, "seen.test");
  seen.created = day("2026-11-20"), seen.first_seen = day("2014-01-01"), seen.last_seen = day("2015-02-01");
  add(source, Kind::host, "first.test").first_seen = day("2014-01-01");
  add(source, Kind::host, "last.test").last_seen = day("2015-02-01");
  add(source, Kind::host, "created.test").created = day("2016-01-01");
  add(source, Kind::host, "untold.test");
  add(source, Kind::ipv4, "198.51.100.7").first_seen = day("2026-01-01");
  source.indicators.back().sightings = {{.at = day("2026-11-01"), .count = 4}};
  StoredClaim& later = add(source, Kind::ipv4, "198.51.100.8");
  later.first_seen = day("2026-11-03"), later.last_seen = day("2026-11-10");
  source.indicators.back().sightings = {{.at = day("2026-01-01"), .count = 4}};
  const ReadBack read = read_back(source);
  ASSERT_EQ(read.values.size(), source.indicators.size());
  const Time now = test::standard_request().as_of;
  for (const StoredIndicator& before : source.indicators) {
    const BlockClock was = block_clock(before, now), is = block_clock(read.values.at(before.value), now);
    EXPECT_EQ(is.since, was.since) << before.value;
    EXPECT_EQ(is.decayed, was.decayed) << before.value;
  }
  EXPECT_TRUE(block_clock(read.values.at("seen.test"), now).decayed);
  EXPECT_FALSE(block_clock(read.values.at("198.51.100.7"), now).decayed);
  const StoredClaim& again = read.values.at("seen.test").claims.at(0);
  EXPECT_EQ(again.first_seen, day("2014-01-01"));
  EXPECT_EQ(again.last_seen, day("2015-02-01"));
  EXPECT_EQ(again.valid_from, day("2014-01-01"));
  EXPECT_EQ(read.values.at("198.51.100.7").claims.at(0).last_seen, day("2026-11-01"));
  EXPECT_EQ(read.values.at("198.51.100.8").claims.at(0).last_seen, day("2026-11-10"));
  EXPECT_EQ(read.sightings, 7U);
}

TEST(StixDates, an_end_before_the_beginning_stays_where_it_was) {
  test::VectorSource source;
  StoredClaim& ended = add(source, Kind::host, "ended.test");
  ended.created = day("2026-11-20"), ended.valid_until = day("2024-01-01");
  StoredClaim& odd = add(source, Kind::host, "odd.test");
  odd.first_seen = day("2020-01-01"), odd.last_seen = day("2019-01-01");
  const ReadBack read = read_back(source);
  const StoredClaim& again = read.values.at("ended.test").claims.at(0);
  EXPECT_EQ(again.valid_until, day("2024-01-01"));
  EXPECT_EQ(again.valid_from, std::nullopt);
  EXPECT_EQ(again.created, day("2026-11-20"));
  EXPECT_EQ(read.values.at("odd.test").claims.at(0).last_seen, day("2019-01-01"));
}

constexpr std::string_view head = R"({"type":"bundle","id":"bundle--1","objects":[)";

std::string indicator(std::string_view id, std::string_view more = "") {
  return R"({"type":"indicator","spec_version":"2.1","id":"indicator--)" + std::string(id) +
         R"(","pattern_type":"stix","pattern":"[domain-name:value=')" + std::string(id) +
         R"(.test']","created":"2024-01-01T00:00:00Z","modified":"2024-01-01T00:00:00Z")" + std::string(more) + "}";
}

std::string sighting(std::string_view of, std::string_view members) {
  return R"({"type":"sighting","spec_version":"2.1","id":"sighting--)" + std::string(of) +
         R"(","sighting_of_ref":"indicator--)" + std::string(of) + "\"," + std::string(members) + "}";
}

std::optional<Time> last_seen(const std::string& objects, const char* value) {
  ReadBack sink;
  EXPECT_TRUE(read_stix(FeedText{.name = "feed", .text = std::string(head) + objects + "]}"}, sink));
  return sink.values.at(value).claims.at(0).last_seen;
}

TEST(StixDates, sightings_of_others_move_what_was_seen_last) {
  const std::string seen = sighting("a", R"("first_seen":"2025-01-01T00:00:00Z","last_seen":"2025-05-01T00:00:00Z")");
  const std::string more = sighting("a", R"("count":3,"last_seen":"2026-02-01T00:00:00Z")");
  EXPECT_EQ(last_seen(indicator("a") + "," + seen, "a.test"), day("2025-05-01"));
  EXPECT_EQ(last_seen(seen + "," + indicator("a") + "," + more, "a.test"), day("2026-02-01"));
  EXPECT_EQ(last_seen(indicator("b") + "," + indicator("a") + "," + seen, "b.test"), std::nullopt);
  for (const char* none : {R"("count":0,"last_seen":"2026-02-01T00:00:00Z")",
                           R"("revoked":true,"last_seen":"2026-02-01T00:00:00Z")", R"("last_seen":"soon")"})
    EXPECT_EQ(last_seen(indicator("a") + "," + sighting("a", none), "a.test"), std::nullopt) << none;
}

// A page of a collection may hold the sighting alone.
TEST(StixDates, a_sighting_without_its_indicator_is_told_of) {
  const std::string seen = R"("count":3,"last_seen":"2026-02-01T00:00:00Z")";
  ReadBack sink;
  const std::string page =
      std::string(head) + sighting("a", seen) + "," + indicator("b") + "," + sighting("b", seen) + "]}";
  ASSERT_TRUE(read_stix(FeedText{.name = "feed", .text = page}, sink));
  EXPECT_EQ(sink.late, "indicator--a 2026-02-01\n");
}

// Its dates would leave with the indicator.
TEST(StixDates, a_sighting_that_is_more_secret_than_its_indicator_tells_nothing) {
  const std::string red = R"("object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"])";
  const std::string seen = sighting("a", R"("last_seen":"2026-02-01T00:00:00Z",)" + red);
  EXPECT_EQ(last_seen(indicator("a") + "," + seen, "a.test"), std::nullopt);
  EXPECT_EQ(last_seen(indicator("a", "," + red) + "," + seen, "a.test"), day("2026-02-01"));
}

}  // namespace
}  // namespace testudo
