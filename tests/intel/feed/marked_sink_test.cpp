// What a marking from outside does to what a feed says.
#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"
#include "intel/feed/file_marking.h"

namespace testudo {
namespace {

struct Sightings : test::FeedLog {
  std::vector<std::optional<Tlp>> tlps;
  void seen(const FeedSeen& seen) override { tlps.push_back(seen.tlp); }
};

TEST(MarkedSink, sightings_pass_and_are_marked) {
  Sightings log;
  MarkedSink marked(log, Tlp::amber);
  marked.seen({.object = "a", .tlp = std::nullopt, .first = {}, .last = {}});
  marked.seen({.object = "a", .tlp = Tlp::red, .first = {}, .last = {}});
  EXPECT_EQ(log.tlps, (std::vector<std::optional<Tlp>>{Tlp::amber, Tlp::red}));
}

TEST(MarkedSink, of_two_roles_the_one_counts_that_blocks_least) {
  test::FeedLog log;
  MarkedSink marked(log);
  marked.hold(Tlp::green, Role::benign);
  marked.claim({.kind = Kind::host, .value = "a.test", .role = Role::attacker});
  marked.claim({.kind = Kind::host, .value = "b.test", .role = Role::victim});
  marked.hold({}, Role::unstated);
  marked.claim({.kind = Kind::host, .value = "c.test", .role = Role::attacker});
  EXPECT_EQ(log.texts(),
            (std::vector<std::string>{"host a.test (benign)", "host b.test (victim)", "host c.test (attacker)"}));
  EXPECT_EQ(log.claims[0].tlp, Tlp::green);
  EXPECT_EQ(log.claims[2].tlp, std::nullopt);
}

}  // namespace
}  // namespace testudo
