// What the store holds of a threat: counted once, by source, at a generation.
#include "intel/actor/threat_indicators.h"

#include <gtest/gtest.h>

#include "intel/store/edit.h"
#include "intel/store/store_folder.h"

namespace testudo {
namespace {

ThreatIndicators held(IntelStore& store, std::string_view name, std::int64_t generation = IntelStore::now) {
  return must(threat_indicators(store, std::span(&name, 1), generation));
}

TEST(ThreatIndicators, CountsValuesOnceAndTellsWhoListsThem) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.example.com", "", "Sample Ware"}, {"two.example.com", "", "Sample Ware"}});
  import_feed(store, "b", 2,
              {{"one.example.com", "", "SAMPLE-WARE"}, {"x.adf.ly", "", "Sample Ware"}, {"other.com", "", "Else"}});
  const ThreatIndicators all = held(store, "sampleware");
  EXPECT_EQ(all.all, 3U);
  EXPECT_EQ(all.by_kind.at(Kind::host), 3U);
  EXPECT_EQ(all.by_source.at("a"), 2U);
  EXPECT_EQ(all.by_source.at("b"), 2U);
  EXPECT_EQ(all.groups.size(), 3U);
  EXPECT_EQ(all.groups.front().source, "a");
  EXPECT_FALSE(all.newest.has_value());
  EXPECT_EQ(all.hosts, 3U);
  EXPECT_EQ(all.registrable, 1U);
  EXPECT_EQ(all.shared, 1U);
  EXPECT_EQ(held(store, "sampleware", 1).all, 2U);
  EXPECT_EQ(held(store, "sample").all, 0U);
  EXPECT_EQ(held(store, "").all, 0U);
}

TEST(ThreatIndicators, LeavesOutWhatTheDeskRetracted) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.example.com", "", "Sample"}, {"two.example.com", "", "Sample"}});
  StoreChange change = must(StoreChange::begin(store, "retract", "one", Time{2}));
  ASSERT_TRUE(retract(change, Kind::host, "one.example.com", "mistake"));
  ASSERT_TRUE(change.commit());
  EXPECT_EQ(held(store, "Sample").all, 1U);
  EXPECT_EQ(held(store, "Sample", 1).all, 2U);
}

}  // namespace
}  // namespace testudo
