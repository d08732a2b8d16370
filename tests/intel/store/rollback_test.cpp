// The way back: what it counts, and which sources are left. Other objects of feeds.
#include <gtest/gtest.h>

#include "intel/store/edit.h"
#include "intel/store/feed_import.h"
#include "intel/store/indicator_query.h"
#include "intel/store/store_folder.h"

namespace testudo {
namespace {

void go_back(IntelStore& store, std::int64_t generation, std::int64_t at) {
  StoreChange change = must(StoreChange::begin(store, "rollback", "", Time{at}));
  ASSERT_TRUE(roll_back(change, generation));
  ASSERT_TRUE(change.commit());
}

std::string last_counts(IntelStore& store) {
  const Generation last = must(store.history()).back();
  return last.what + ": " + std::to_string(last.added) + " " + std::to_string(last.changed) + " " +
         std::to_string(last.withdrawn);
}

TEST(IntelStore, AWayBackCountsWhatItChanges) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test", "x"}, {"two.test"}});
  import_feed(store, "a", 2, {{"one.test", "x", "", 50}, {"three.test"}});
  go_back(store, 1, 3);
  EXPECT_EQ(last_counts(store), "to generation 1: 1 1 1");  // two.test is back, one.test as it was, three.test gone
  {
    StoreChange change = must(StoreChange::begin(store, "retract", "one.test", Time{4}));
    ASSERT_TRUE(retract(change, Kind::host, "one.test", "mine"));
    ASSERT_TRUE(change.commit());
  }
  go_back(store, 3, 5);
  EXPECT_EQ(last_counts(store), "to generation 3: 1 0 0");
  go_back(store, 4, 6);
  EXPECT_EQ(last_counts(store), "to generation 4: 0 0 1");
  {
    StoreChange change = must(StoreChange::begin(store, "sight", "two.test", Time{7}));
    ASSERT_TRUE(sight(change, Kind::host, "two.test", {.at = Time{7}, .who = {}, .note = {}}));
    ASSERT_TRUE(change.commit());
  }
  go_back(store, 6, 8);
  EXPECT_EQ(last_counts(store), "to generation 6: 0 1 0");
}

TEST(IntelStore, SourcesWhoseImportsWereTakenBackAreNone) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test"}});
  import_feed(store, "b", 2, {{"two.test"}});
  import_feed(store, "a", 3, {});
  const auto named = [&](std::int64_t generation = IntelStore::now) {
    std::string names;
    for (const StoredSource& source : must(store.sources(generation)))
      names += source.name + std::to_string(source.updated->micros) + ":" + std::to_string(source.indicators) + " ";
    return names;
  };
  EXPECT_EQ(named(), "a3:0 b2:1 ");  // a feed that lists nothing any more is still one
  go_back(store, 0, 4);
  EXPECT_EQ(named(), "");
  EXPECT_EQ(named(3), "a3:0 b2:1 ");
  go_back(store, 1, 5);
  EXPECT_EQ(named(), "a1:1 ");
  go_back(store, 3, 6);  // the way back can be taken back
  EXPECT_EQ(named(), "a3:0 b2:1 ");
  import_feed(store, "c", 7, {{"three.test"}});
  EXPECT_EQ(named(), "a3:0 b2:1 c7:1 ");
}

TEST(IntelStore, OtherObjectsOfFeedsAreListedWhole) {
  StoreFolder folder;
  IntelStore store = folder.open();
  for (const std::string& name : {std::string("b"), std::string("a")}) {
    StoreChange change = must(StoreChange::begin(store, "import", name, Time{1}));
    FeedImport feed = must(FeedImport::begin(change, {.name = name}));
    ASSERT_TRUE(feed.object({"malware", "malware--" + name, "{\"x\":1}"}));
    ASSERT_TRUE(feed.object({"indicator", "indicator--" + name, "{}"}));
    ASSERT_TRUE(feed.object({"threat-marking", "Secret", "red"}));
    ASSERT_TRUE(feed.finish());
    ASSERT_TRUE(change.commit());
  }
  const auto listed = [&](const IndicatorFilter& filter) {
    std::string text;
    EXPECT_TRUE(each_stored_object(store, filter, [&](const StoredObject& object) -> Result<void> {
      text += object.source + " " + object.type + " " + object.object + " " + object.json + "\n";
      return {};
    }));
    return text;
  };
  const std::string of_a = "a malware malware--a {\"x\":1}\na indicator indicator--a {}\n";
  EXPECT_EQ(listed({.source = "a"}), of_a);
  EXPECT_EQ(listed({}), of_a + "b malware malware--b {\"x\":1}\nb indicator indicator--b {}\n");
  EXPECT_EQ(listed({.generation = 0}), "");
  EXPECT_EQ(listed({.threat = "x"}), "");
  EXPECT_EQ(must(count_objects(store, {})), 2U);
  EXPECT_EQ(must(count_objects(store, {.generation = 1})), 1U);
}

}  // namespace
}  // namespace testudo
