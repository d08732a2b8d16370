// The intelligence store: what an import changes, what the store was, the way back, and what happens when things go
// wrong in the middle.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "intel/store/edit.h"
#include "intel/store/feed_import.h"
#include "intel/store/indicator_query.h"
#include "intel/store/store_folder.h"

namespace testudo {
namespace {

TEST(IntelStore, AnImportIsANewFeedThenADifference) {
  StoreFolder folder;
  IntelStore store = folder.open();
  const ImportDifference first = import_feed(store, "a.txt", 1, {{"one.test"}, {"two.test"}});
  EXPECT_EQ(first.added, 2U);
  EXPECT_EQ(first.first_added, (std::vector<std::string>{"host one.test", "host two.test"}));
  const ImportDifference second = import_feed(store, "a.txt", 2, {{"two.test"}, {"three.test", "", "Sample"}});
  EXPECT_EQ(second.added, 1U);
  EXPECT_EQ(second.unchanged, 1U);
  EXPECT_EQ(second.withdrawn, 1U);
  EXPECT_EQ(second.first_withdrawn, std::vector<std::string>{"host one.test"});
  EXPECT_EQ(values_of(store), (std::vector<std::string>{"three.test", "two.test"}));
}

// What an import of one feed with this claim, pattern and object changes; an empty one is not said.
ImportDifference import_beside(IntelStore& store, std::int64_t at, std::string_view pattern, std::string_view object) {
  StoreChange change = must(StoreChange::begin(store, "import", "a", Time{at}));
  FeedImport import = must(FeedImport::begin(change, {.name = "a"}));
  EXPECT_TRUE(import.claim({.kind = Kind::host, .value = "one.test", .object = "x--1"}));
  if (!pattern.empty()) {
    EXPECT_TRUE(import.kept({.language = "stix", .text = pattern, .object = "x--1"}));
  }
  if (!object.empty()) {
    EXPECT_TRUE(import.object({.type = "x", .object = "x--1", .json = object}));
  }
  ImportDifference difference = must(import.finish());
  EXPECT_TRUE(change.commit());
  return difference;
}

TEST(IntelStore, PatternsAndObjectsAreCountedBesideTheIndicators) {
  StoreFolder folder;
  IntelStore store = folder.open();
  const ImportDifference first = import_beside(store, 1, "[a:b='c']", "{}");
  EXPECT_EQ(first.added, 1U);
  EXPECT_EQ(first.patterns_added, 1U);
  EXPECT_EQ(first.objects_added, 1U);
  EXPECT_TRUE(import_beside(store, 2, "[a:b='c']", "{}").nothing());
  const ImportDifference other = import_beside(store, 3, "[a:b='d']", "");
  EXPECT_EQ(other.added + other.changed + other.withdrawn, 0U);
  EXPECT_EQ(other.patterns_added, 1U);
  EXPECT_EQ(other.patterns_withdrawn, 1U);
  EXPECT_EQ(other.objects_added, 0U);
  EXPECT_EQ(other.objects_withdrawn, 1U);
  EXPECT_FALSE(other.nothing());
  EXPECT_EQ(must(store.history()).back().added, 0U);
}

TEST(IntelStore, OneValueOfTwoFeedsIsOneIndicatorWithTwoClaims) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test", "x--1", "Sample"}});
  import_feed(store, "b", 2, {{"one.test", "x--2", "Other"}});
  const std::vector<StoredIndicator> all = indicators_of(store);
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].claims.size(), 2U);
  EXPECT_EQ(all[0].claims[0].source, "a");
  EXPECT_EQ(all[0].claims[1].threats, std::vector<std::string>{"Other"});
  import_feed(store, "a", 3, {});
  EXPECT_EQ(indicators_of(store)[0].claims.size(), 1U);
}

TEST(IntelStore, AShortValueIsFoundAlone) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"a.test"}, {"b.test"}});
  EXPECT_EQ(values_of(store, {.value = "a.test"}), std::vector<std::string>{"a.test"});
}

TEST(IntelStore, AClaimThatSaysSomethingElseIsChanged) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test", "x--1", "Sample"}});
  Said other{"one.test", "x--1", "Sample"};
  other.confidence = 80;
  const ImportDifference changed = import_feed(store, "a", 2, {other});
  EXPECT_EQ(changed.changed, 1U);
  EXPECT_EQ(changed.added + changed.withdrawn + changed.unchanged, 0U);
  const ImportDifference renamed = import_feed(store, "a", 3, {{"one.test", "x--1", "Another", 80}});
  EXPECT_EQ(renamed.changed, 1U);
  EXPECT_EQ(renamed.unchanged, 0U);
  ASSERT_EQ(indicators_of(store)[0].claims.size(), 1U);
  EXPECT_EQ(indicators_of(store)[0].claims[0].threats, std::vector<std::string>{"Another"});
}

TEST(IntelStore, AnOlderVersionOfAnObjectDoesNotReplaceANewerOne) {
  StoreFolder folder;
  IntelStore store = folder.open();
  Said newer{"one.test", "x--1"}, older{"one.test", "x--1"};
  newer.modified = Time{2'000'000};
  newer.confidence = 50;
  older.modified = Time{1'000'000};
  import_feed(store, "a", 1, {newer});
  const ImportDifference none = import_feed(store, "a", 2, {older});
  EXPECT_TRUE(none.nothing());
  EXPECT_EQ(indicators_of(store)[0].claims[0].confidence, 50);
}

TEST(IntelStore, ASupersededClaimIsAsIfItHadNeverCome) {
  StoreFolder folder;
  IntelStore store = folder.open();
  StoreChange change = must(StoreChange::begin(store, "import", "", Time{1}));
  FeedImport import = must(FeedImport::begin(change, {.name = "a"}));
  ASSERT_TRUE(import.claim({.kind = Kind::host, .value = "old.test", .object = "x--1"}));
  ASSERT_TRUE(import.claim({.kind = Kind::host, .value = "new.test", .object = "x--1"}));
  ASSERT_TRUE(import.supersede(0));
  ASSERT_TRUE(import.threat(0, "Nobody"));
  EXPECT_EQ(must(import.finish()).added, 1U);
  ASSERT_TRUE(change.commit());
  EXPECT_EQ(values_of(store), std::vector<std::string>{"new.test"});
}

TEST(IntelStore, ShowsWhatItWasAtAnyDate) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 10, {{"one.test"}});
  import_feed(store, "a", 20, {{"two.test"}});
  EXPECT_EQ(must(store.generation_at(Time{5})), 0);
  EXPECT_EQ(must(store.generation_at(Time{10})), 1);
  EXPECT_EQ(must(store.generation_at(Time{19})), 1);
  EXPECT_EQ(values_of(store, {.generation = 1}), std::vector<std::string>{"one.test"});
  EXPECT_EQ(values_of(store, {.generation = 0}), std::vector<std::string>{});
  EXPECT_EQ(must(count_indicators(store, 1)).all, 1U);
  EXPECT_EQ(must(store.sources(0)).size(), 0U);
}

TEST(IntelStore, WhatChangedIsNotShownAsNew) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 10, {{.value = "one.test", .object = "x--1", .confidence = 10}});
  const ImportDifference changed =
      import_feed(store, "a", 20, {{.value = "one.test", .object = "x--1", .confidence = 20}, {.value = "two.test"}});
  EXPECT_EQ(changed.added, 1U);
  EXPECT_EQ(changed.changed, 1U);
  EXPECT_EQ(changed.first_added, std::vector<std::string>{"host two.test"});
  EXPECT_EQ(changed.first_changed, std::vector<std::string>{"host one.test"});
}

TEST(IntelStore, TheNewestEntryIsOfWhatTheSourceSaysThen) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 10, {{.value = "one.test", .modified = Time{5}}});
  import_feed(store, "a", 20,
              {{.value = "one.test", .modified = Time{5}}, {.value = "two.test", .modified = Time{15}}});
  EXPECT_EQ(must(store.sources())[0].newest, Time{15});
  EXPECT_EQ(must(store.sources(1))[0].newest, Time{5});
  StoreChange change = must(StoreChange::begin(store, "rollback", "", Time{30}));
  ASSERT_TRUE(roll_back(change, 1));
  ASSERT_TRUE(change.commit());
  EXPECT_EQ(must(store.sources())[0].newest, Time{5});
}

TEST(IntelStore, TheClockOfTheHistoryNeverRunsBack) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 100, {{"one.test"}});
  import_feed(store, "b", 50, {{"two.test"}});
  const std::vector<Generation> history = must(store.history());
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[1].at, Time{100});
}

TEST(IntelStore, GoesBackToAnyEarlierStateAndForthAgain) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test", "", "Sample"}, {"two.test"}});
  import_feed(store, "a", 2, {{"two.test"}, {"three.test"}});
  const std::string first = dump(store, 1), second = dump(store, 2);
  for (const std::int64_t target : {1, 2, 1}) {
    StoreChange change = must(StoreChange::begin(store, "rollback", "", Time{3}));
    ASSERT_TRUE(roll_back(change, target));
    ASSERT_TRUE(change.commit());
    EXPECT_EQ(dump(store, IntelStore::now), target == 1 ? first : second);
  }
  EXPECT_EQ(dump(store, 1), first);
  StoreChange change = must(StoreChange::begin(store, "rollback", "", Time{3}));
  EXPECT_FALSE(roll_back(change, 99));
}

TEST(IntelStore, WhatWasReadLastIsForgottenWhereTheStoreGoesBackBehindIt) {
  StoreFolder folder;
  IntelStore store = folder.open();
  const auto import = [&](const std::string& name, const std::string& digest, std::int64_t at) {
    StoreChange change = must(StoreChange::begin(store, "import", name, Time{at}));
    FeedImport feed = must(FeedImport::begin(
        change, {.name = name, .etag = "\"" + digest + "\"", .last_modified = "then", .sha256 = digest}));
    ASSERT_TRUE(feed.claim({.kind = Kind::host, .value = digest + ".test"}));
    ASSERT_TRUE(feed.finish());
    ASSERT_TRUE(change.commit());
  };
  import("a", "a1", 1);
  import("b", "b1", 2);
  import("a", "a2", 3);
  StoreChange change = must(StoreChange::begin(store, "rollback", "", Time{4}));
  ASSERT_TRUE(roll_back(change, 2));
  ASSERT_TRUE(change.commit());
  const std::vector<StoredSource> sources = must(store.sources());
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources[0].sha256 + sources[0].etag + sources[0].last_modified, "");
  EXPECT_EQ(sources[1].sha256 + sources[1].etag + sources[1].last_modified, "b1\"b1\"then");
}

TEST(IntelStore, APatternWhoseMarkingChangedIsAnotherOne) {
  StoreFolder folder;
  IntelStore store = folder.open();
  const auto import = [&](Tlp tlp, std::int64_t at) {
    StoreChange change = must(StoreChange::begin(store, "import", "a", Time{at}));
    FeedImport feed = must(FeedImport::begin(change, {.name = "a"}));
    EXPECT_TRUE(feed.kept({.language = "stix", .text = "[a:b='c']", .object = "x--1", .why = "and", .tlp = tlp}));
    ImportDifference difference = must(feed.finish());
    EXPECT_TRUE(change.commit());
    return difference;
  };
  import(Tlp::clear, 1);
  EXPECT_TRUE(import(Tlp::clear, 2).nothing());
  const ImportDifference red = import(Tlp::red, 3);
  EXPECT_EQ(red.patterns_added, 1U);
  EXPECT_EQ(red.patterns_withdrawn, 1U);
  const std::vector<StoredPattern> patterns = must(stored_patterns(store, ""));
  ASSERT_EQ(patterns.size(), 1U);
  EXPECT_EQ(patterns[0].tlp, Tlp::red);
}

TEST(IntelStore, WhatSourcesSayOfOnePatternCountsForAll) {
  std::vector<StoredPattern> patterns = {
      {.source = "a", .language = "yara", .text = "rule x {}", .tlp = Tlp::clear, .revoked = true},
      {.source = "b", .language = "yara", .text = "rule x {}", .tlp = Tlp::red},
      {.source = "c", .language = "yara", .text = "rule y {}", .revoked = true},
      {.source = "d", .language = "snort", .text = "rule y {}"}};
  unite(patterns);
  for (const std::size_t i : {0U, 1U}) {
    EXPECT_EQ(patterns[i].tlp, Tlp::red);
    EXPECT_FALSE(patterns[i].revoked);
  }
  EXPECT_TRUE(patterns[2].revoked);
  EXPECT_FALSE(patterns[3].revoked);
  EXPECT_EQ(patterns[3].tlp, std::nullopt);
}

TEST(IntelStore, RetractionHoldsWhateverAFeedSays) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test"}});
  {
    StoreChange change = must(StoreChange::begin(store, "retract", "", Time{2}));
    ASSERT_TRUE(retract(change, Kind::host, "one.test", "a mistake"));
    EXPECT_FALSE(retract(change, Kind::host, "one.test", "again"));
    EXPECT_FALSE(retract(change, Kind::host, "unknown.test", "a mistake"));
    ASSERT_TRUE(change.commit());
  }
  import_feed(store, "a", 3, {{"one.test"}, {"two.test"}});
  EXPECT_EQ(values_of(store), std::vector<std::string>{"two.test"});
  EXPECT_EQ(must(count_indicators(store)).all, 1U);
  EXPECT_EQ(values_of(store, {.withdrawn = true}).size(), 2U);
  StoreChange change = must(StoreChange::begin(store, "add", "", Time{4}));
  ASSERT_TRUE(reinstate(change, Kind::host, "one.test"));
  ASSERT_TRUE(change.commit());
  EXPECT_EQ(values_of(store).size(), 2U);
}

TEST(IntelStore, SightingsStandWithTheIndicator) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test"}});
  StoreChange change = must(StoreChange::begin(store, "sight", "", Time{2}));
  ASSERT_TRUE(sight(change, Kind::host, "one.test", {.at = Time{9}, .count = 3, .who = "me", .note = "in a log"}));
  ASSERT_TRUE(sight(change, Kind::host, "one.test", {.at = Time{7}}));
  ASSERT_TRUE(change.commit());
  const StoredIndicator seen = indicators_of(store)[0];
  EXPECT_EQ(seen.sightings, (std::vector<StoredSighting>{{Time{7}, 1, "", ""}, {Time{9}, 3, "me", "in a log"}}));
  EXPECT_EQ(seen.times_seen(), 4U);
}

TEST(IntelStore, ASecondWriterIsToldSo) {
  StoreFolder folder;
  IntelStore one = folder.open(), two = folder.open();
  sqlite3_busy_timeout(two.connection().handle(), 10);
  StoreChange change = must(StoreChange::begin(one, "import", "", Time{1}));
  const auto second = StoreChange::begin(two, "import", "", Time{1});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().what, "intel_store_busy");
}

TEST(IntelStore, AKillInTheMiddleLeavesTheOldState) {
  StoreFolder folder;
  {
    IntelStore store = folder.open();
    import_feed(store, "a", 1, {{"one.test"}});
  }
  const int child = ::fork();
  if (child == 0) {
    IntelStore store = folder.open();
    (void)store.connection().execute("PRAGMA cache_size=4");  // so that much of the change is on the disk already
    auto change = StoreChange::begin(store, "import", "", Time{2});
    auto import = FeedImport::begin(*change, {.name = "a"});
    for (int i = 0; i < 5000; ++i) {
      const std::string name = std::to_string(i) + ".test";
      (void)import->claim({.kind = Kind::host, .value = name});
    }
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  {  // who only reads comes first
    IntelStore reader = must(IntelStore::open(folder.path(), IntelStore::Mode::read));
    EXPECT_EQ(values_of(reader), std::vector<std::string>{"one.test"});
  }
  IntelStore store = folder.open();
  EXPECT_EQ(values_of(store), std::vector<std::string>{"one.test"});
  import_feed(store, "a", 3, {{"two.test"}});
  EXPECT_EQ(values_of(store), std::vector<std::string>{"two.test"});
}

TEST(IntelStore, AFullDiskLeavesTheOldState) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test"}});
  ASSERT_TRUE(store.connection().execute("PRAGMA max_page_count=40"));  // SQLite answers as for a full disk
  {
    StoreChange change = must(StoreChange::begin(store, "import", "", Time{2}));
    FeedImport import = must(FeedImport::begin(change, {.name = "b"}));
    bool full = false;
    for (int i = 0; i < 20000 && !full; ++i) {
      const std::string name = std::to_string(i) + ".test";
      full = !import.claim({.kind = Kind::host, .value = name});
    }
    EXPECT_TRUE(full);
  }
  EXPECT_EQ(values_of(store), std::vector<std::string>{"one.test"});
}

TEST(IntelStore, AFolderOfOtherFilesIsNotTaken) {
  StoreFolder folder;
  std::filesystem::create_directories(folder.path());
  const std::string file = folder.path() + "/letter.txt";
  std::fclose(std::fopen(file.c_str(), "w"));
  const auto opened = IntelStore::open(folder.path(), IntelStore::Mode::write);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().what, "intel_foreign_folder");
  EXPECT_EQ(IntelStore::open(folder.path(), IntelStore::Mode::read).error().what, "intel_no_store");
}

TEST(IntelStore, ANewerStoreIsRefused) {
  StoreFolder folder;
  {
    IntelStore store = folder.open();
    ASSERT_TRUE(store.connection().execute("PRAGMA user_version=99"));
  }
  EXPECT_EQ(IntelStore::open(folder.path(), IntelStore::Mode::read).error().what, "intel_store_newer");
}

}  // namespace
}  // namespace testudo
