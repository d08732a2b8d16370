// Sightings of what an earlier page of a collection told of.
#include "intel/store/late_sightings.h"

#include <gtest/gtest.h>

#include "intel/store/store_folder.h"

namespace testudo {
namespace {

struct Page {
  std::vector<FeedClaim> claims;
  std::vector<FeedSeen> seen;
};

std::string import_page(IntelStore& store, std::int64_t at, const Page& page,
                        FeedImport::Unrepeated unrepeated = FeedImport::Unrepeated::keep) {
  StoreChange change = must(StoreChange::begin(store, "pull", "c", Time{at}));
  FeedImport feed = must(FeedImport::begin(change, {.name = "c"}, unrepeated));
  for (const FeedClaim& claim : page.claims) EXPECT_TRUE(feed.claim(claim));
  for (const FeedSeen& seen : page.seen) feed.seen(seen);
  const ImportDifference difference = must(feed.finish());
  EXPECT_TRUE(change.commit());
  return std::to_string(difference.added) + " " + std::to_string(difference.changed) + " " +
         std::to_string(difference.withdrawn);
}

std::string dates(IntelStore& store, std::int64_t generation = IntelStore::now) {
  std::string text;
  for (const StoredIndicator& one : indicators_of(store, {.generation = generation})) {
    const StoredClaim& claim = one.claims.at(0);
    text += one.value + ":";
    for (const auto& time : {claim.first_seen, claim.last_seen})
      text += time ? std::to_string(time->micros) + "," : "-,";
    for (const std::string& threat : claim.threats) text += threat;
    text += " ";
  }
  return text;
}

TEST(LateSightings, MoveTheDatesOfWhatWasSaidBefore) {
  StoreFolder folder;
  IntelStore store = folder.open();
  FeedClaim a{.kind = Kind::host, .value = "a.test", .object = "indicator--a", .threat = "Sample"};
  FeedClaim b{.kind = Kind::host, .value = "b.test", .object = "indicator--b"};
  b.tlp = Tlp::green;
  EXPECT_EQ(import_page(store, 1, {{a, b}, {}}), "2 0 0");
  const FeedSeen seen{.object = "indicator--a", .tlp = {}, .first = Time{50}, .last = Time{70}};
  EXPECT_EQ(import_page(store, 2, {{}, {seen, {.object = "indicator--x", .tlp = {}, .first = {}, .last = Time{9}}}}),
            "0 1 0");
  EXPECT_EQ(dates(store), "a.test:50,70,Sample b.test:-,-, ");
  EXPECT_EQ(dates(store, 1), "a.test:-,-,Sample b.test:-,-, ");
  // The same again, or an older one, changes nothing; what is more secret than the claim stays out of it.
  EXPECT_EQ(import_page(store, 3, {{}, {seen, {.object = "indicator--a", .tlp = {}, .first = {}, .last = Time{60}}}}),
            "0 0 0");
  EXPECT_EQ(import_page(store, 4, {{}, {{.object = "indicator--b", .tlp = Tlp::red, .first = {}, .last = Time{9}}}}),
            "0 0 0");
  EXPECT_EQ(import_page(store, 5, {{}, {{.object = "indicator--b", .tlp = Tlp::green, .first = {}, .last = Time{9}}}}),
            "0 1 0");
  // A page that repeats the object without its sightings takes no date away.
  EXPECT_EQ(import_page(store, 6, {{a}, {}}), "0 0 0");
  a.modified = Time{80};
  EXPECT_EQ(import_page(store, 7, {{a}, {}}), "0 1 0");
  EXPECT_EQ(dates(store), "a.test:50,70,Sample b.test:-,9, ");
  // A whole feed says it all.
  EXPECT_EQ(import_page(store, 8, {{a}, {}}, FeedImport::Unrepeated::end), "0 1 1");
  EXPECT_EQ(dates(store), "a.test:-,-,Sample ");
}

}  // namespace
}  // namespace testudo
