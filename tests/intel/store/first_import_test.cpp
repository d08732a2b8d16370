// Feeds into an empty store by pages, beside the same feeds by SQLite's INSERT.
#include "intel/store/first_import.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include <functional>
#include <random>

#include "intel/store/store_folder.h"

namespace testudo {
namespace {

struct Feed {
  std::string name;
  std::function<void(FeedSink&)> says;
  bool broken = false;
  FeedImport::Unrepeated unrepeated = FeedImport::Unrepeated::end;
};

using Differences = std::vector<ImportDifference>;

Differences read_all(FeedsImport& import, const std::vector<Feed>& feeds) {
  Differences all;
  for (const Feed& feed : feeds) {
    FeedSink* const sink = must(import.begin({.name = feed.name,
                                              .format = "text",
                                              .address = "https://" + feed.name + ".example/",
                                              .sha256 = "00" + feed.name,
                                              .octets = feed.name.size()},
                                             feed.unrepeated));
    feed.says(*sink);
    if (feed.broken)
      EXPECT_TRUE(import.drop());
    else
      all.push_back(must(import.end()));
  }
  return all;
}

// Compiled as the program compiles what a store holds.
std::string image_of(IntelStore& store) {
  IndicatorStore set;
  EXPECT_TRUE(each_matched_claim(store, MatchedOrder::first_seen, [&](const MatchedClaim& claim) {
    if (!is_compared(claim.kind, claim.value, claim.role)) return;
    const Standing standing = standing_of(claim.kind, claim.value);
    set.add({claim.kind, std::string(claim.value), standing.exact_only, standing.generic, std::string(claim.shown)},
            {std::string(claim.source), std::string(claim.threat), std::string(claim.object)}, claim.role);
  }));
  return write_image(set);
}

// All rows of all tables as text; rows that have a number of their own in its order.
std::string all_rows(IntelStore& store) {
  std::string text;
  for (const char* table :
       {"generation", "import", "source", "value", "claim", "threat", "claim_threat", "pattern", "object", "note"}) {
    text += std::string(table) + "\n";
    Statement rows = must(store.connection().prepare(std::string("SELECT * FROM ") + table));
    while (must(rows.step())) {
      for (int i = 0; i < rows.columns(); ++i) {
        const Value value = rows.value(i);
        text += value.is_null()                        ? "NULL|"
                : value.type() == Value::Type::integer ? std::to_string(value.integer()) + "|"
                                                       : std::string(value.text()) + "|";
      }
      text += "\n";
    }
  }
  Statement check = must(store.connection().prepare("PRAGMA integrity_check"));
  EXPECT_TRUE(must(check.step()));
  EXPECT_EQ(check.text(0), "ok");
  return text;
}

struct Both {
  std::string rows, image;
  Differences differences;
};

Both by_pages(const std::vector<Feed>& feeds) {
  StoreFolder folder;
  Both out;
  {
    IntelStore store = folder.open();
    const auto import = must(FirstImport::begin(store, "import", "feeds", Time{7'000'000}));
    if (import == nullptr) std::abort();
    out.differences = read_all(*import, feeds);
    EXPECT_TRUE(import->publish());
    out.image = import->image();
  }
  IntelStore store = folder.open();
  out.rows = all_rows(store);
  EXPECT_EQ(out.image, image_of(store));
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/store.db.new"));
  return out;
}

Both by_insert(const std::vector<Feed>& feeds) {
  StoreFolder folder;
  IntelStore store = folder.open();
  StoreChange change = must(StoreChange::begin(store, "import", "feeds", Time{7'000'000}));
  ChangeImport import(change);
  Both out;
  out.differences = read_all(import, feeds);
  EXPECT_TRUE(change.commit());
  out.rows = all_rows(store);
  out.image = image_of(store);
  return out;
}

void expect_same(const std::vector<Feed>& feeds) {
  const Both pages = by_pages(feeds), insert = by_insert(feeds);
  EXPECT_EQ(pages.rows, insert.rows);
  EXPECT_EQ(pages.image, insert.image);
  ASSERT_EQ(pages.differences.size(), insert.differences.size());
  for (std::size_t i = 0; i < pages.differences.size(); ++i) {
    const ImportDifference &a = pages.differences[i], &b = insert.differences[i];
    EXPECT_EQ(a.added, b.added) << i;
    EXPECT_EQ(a.changed + a.withdrawn + a.unchanged, b.changed + b.withdrawn + b.unchanged) << i;
    EXPECT_EQ(a.patterns, b.patterns) << i;
    EXPECT_EQ(a.patterns_added, b.patterns_added) << i;
    EXPECT_EQ(a.objects, b.objects) << i;
    EXPECT_EQ(a.objects_added, b.objects_added) << i;
    EXPECT_EQ(a.notes, b.notes) << i;
    EXPECT_EQ(a.whole, b.whole) << i;
    EXPECT_EQ(a.first_added, b.first_added) << i;
  }
}

void rich_feed(FeedSink& sink) {
  FeedClaim claim{.kind = Kind::host, .value = "one.test", .object = "indicator--1", .role = Role::attacker};
  claim.tlp = Tlp::amber_strict;
  claim.confidence = 85;
  claim.created = Time{-5};
  claim.modified = Time{1'700'000'000'000'000};
  claim.valid_from = Time{0};
  claim.valid_until = Time{1};
  claim.first_seen = Time{255};
  claim.last_seen = Time{-129};
  claim.comment = "the feed's own words, é";
  sink.claim(claim);                                                                                                // 0
  sink.claim({.kind = Kind::url, .value = "one.test/a", .object = "indicator--2", .shown = "https://one.test/a"});  // 1
  sink.claim({.kind = Kind::host, .value = "victim.test", .object = "x", .role = Role::victim});                    // 2
  sink.claim({.kind = Kind::host, .value = "gone.test", .object = "y", .revoked = true});                           // 3
  sink.claim(claim);                                                                          // 4: 0 once more
  sink.claim({.kind = Kind::host, .value = "one.test", .object = "indicator--3"});            // 5: of another object
  sink.claim({.kind = Kind::process, .value = "a_long_process_name", .threat = "Invented"});  // 6
  sink.claim({.kind = Kind::cidr, .value = "192.0.2.0/24"});                                  // 7
  sink.threat(5, "Invented");
  sink.threat(0, "Second");
  sink.threat(0, "Invented");
  sink.threat(0, "Second");
  sink.threat(99, "nobody");
  sink.threat(1, "");
  for (int i = 0; i < 2; ++i) {
    sink.kept({.language = "stix", .text = "[a:b = 'c']", .object = "p", .name = "n", .why = "and", .tlp = Tlp::red});
    sink.kept({.language = "stix", .text = "[a:b = 'c']", .object = "p", .name = "n", .why = "and", .revoked = true});
    sink.object({.type = "malware", .object = "malware--1", .json = R"({"name":"Invented"})"});
  }
  sink.note("p", "unsupported_pattern", "and");
}

TEST(FirstImport, HoldsWhatInsertWouldHold) { expect_same({{"rich", rich_feed}}); }

TEST(FirstImport, NothingAndEmptyFeeds) {
  expect_same({});
  expect_same({{"empty", [](FeedSink&) {}},
               {"b", [](FeedSink& sink) { sink.claim({.kind = Kind::host, .value = "b.test"}); }}});
}

TEST(FirstImport, ABrokenFeedLeavesNothing) {
  const auto many = [](FeedSink& sink) {
    for (int i = 0; i < 20'000; ++i) {
      const std::string value = std::to_string(i) + ".test";
      sink.claim({.kind = Kind::host, .value = value, .object = value, .threat = "Dropped"});
      sink.object({.type = "x", .object = value, .json = value});
    }
  };
  expect_same({{"rich", rich_feed},
               {"broken", many, true},
               {"c", [](FeedSink& sink) { sink.claim({.kind = Kind::host, .value = "5.test", .threat = "Kept"}); }}});
}

TEST(FirstImport, ACutFeedIsNewsAgain) {
  const auto cut = [](FeedSink& sink) {
    rich_feed(sink);
    sink.note("", "truncated", "octet 9");
  };
  expect_same({{"cut", cut}, {"whole", rich_feed}});
}

TEST(FirstImport, SupersededClaimsGo) {
  expect_same({{"versions",
                [](FeedSink& sink) {
                  FeedClaim claim{.kind = Kind::host, .value = "old.test", .object = "i"};
                  claim.modified = Time{500};
                  sink.claim(claim);
                  claim.value = "new.test";
                  claim.modified = Time{400};
                  sink.claim(claim);
                  sink.supersede(0);
                  sink.supersede(0);
                  sink.supersede(17);
                  sink.threat(0, "Nobody's");
                  sink.threat(1, "Invented");
                }},
               {"again", rich_feed}});
}

// As large as it takes for trees of three levels; values of all lengths, in many feeds.
TEST(FirstImport, LargeRandomFeeds) {
  std::vector<Feed> feeds;
  for (unsigned feed = 0; feed < 5; ++feed)
    feeds.push_back({"feed" + std::to_string(feed), [feed](FeedSink& sink) {
                       std::mt19937 random(feed);
                       for (std::uint64_t i = 0; i < 6000; ++i) {
                         std::string value = std::to_string(random() % 9000) + ".test";
                         if (random() % 500 == 0) value.insert(0, random() % 30'000, 'a');
                         const std::string object = "indicator--" + std::to_string(random() % 4000);
                         const std::string comment(random() % 80, 'c');
                         FeedClaim claim{.kind = random() % 3 == 0 ? Kind::url : Kind::host,
                                         .value = value,
                                         .object = object,
                                         .role = static_cast<Role>(random() % 5),
                                         .comment = comment};
                         if (random() % 2 == 0) claim.modified = Time{static_cast<std::int64_t>(random()) << 20};
                         sink.claim(claim);
                         if (random() % 4 == 0)
                           sink.threat(random() % (i + 1), "threat " + std::to_string(random() % 40));
                       }
                     }});
  expect_same(feeds);
}

TEST(FirstImport, OnlyIntoAnEmptyStore) {
  StoreFolder folder;
  IntelStore store = folder.open();
  import_feed(store, "a", 1, {{"one.test"}});
  EXPECT_EQ(must(FirstImport::begin(store, "import", "", Time{2})), nullptr);
  import_feed(store, "a", 3, {{"two.test"}});  // the store is not locked
}

TEST(FirstImport, TheSecondOfOneNameIsRefused) {
  StoreFolder folder;
  IntelStore store = folder.open();
  const auto import = must(FirstImport::begin(store, "import", "", Time{2}));
  must(import->begin({.name = "a"}, FeedImport::Unrepeated::end));
  must(import->end());
  EXPECT_EQ(import->begin({.name = "a"}, FeedImport::Unrepeated::end).error().what, "intel_feed_twice");
}

TEST(FirstImport, WhatIsNotPublishedNeverWas) {
  StoreFolder folder;
  IntelStore store = folder.open();
  {
    const auto import = must(FirstImport::begin(store, "import", "", Time{2}));
    read_all(*import, {{"rich", rich_feed}});
    IntelStore reader = must(IntelStore::open(folder.path(), IntelStore::Mode::read));
    EXPECT_EQ(must(reader.generation()), 0);
  }
  EXPECT_EQ(must(store.generation()), 0);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/store.db.new"));
  import_feed(store, "a", 3, {{"two.test"}});
}

TEST(FirstImport, AKillLeavesTheEmptyStore) {
  StoreFolder folder;
  {
    folder.open();
  }
  const int child = ::fork();
  if (child == 0) {
    IntelStore store = folder.open();
    const auto import = FirstImport::begin(store, "import", "", Time{2});
    read_all(**import, {{"rich", rich_feed}});
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  IntelStore store = folder.open();
  EXPECT_EQ(must(store.generation()), 0);
  const auto import = must(FirstImport::begin(store, "import", "", Time{2}));  // over the file that was left lying
  read_all(*import, {{"rich", rich_feed}});
  EXPECT_TRUE(import->publish());
  EXPECT_EQ(must(folder.open().generation()), 1);
}

// Two first imports: the second waits, and one that had opened the file before it was replaced writes nothing into it.
TEST(FirstImport, AWriterWithTheOldFileIsRefused) {
  StoreFolder folder;
  IntelStore one = folder.open(), two = folder.open();
  sqlite3_busy_timeout(two.connection().handle(), 10);
  const auto import = must(FirstImport::begin(one, "import", "", Time{2}));
  EXPECT_EQ(FirstImport::begin(two, "import", "", Time{2}).error().what, "intel_store_busy");
  EXPECT_EQ(StoreChange::begin(two, "import", "", Time{2}).error().what, "intel_store_busy");
  read_all(*import, {{"rich", rich_feed}});
  ASSERT_TRUE(import->publish());
  EXPECT_EQ(StoreChange::begin(two, "import", "", Time{3}).error().what, "intel_store_busy");
  EXPECT_EQ(FirstImport::begin(two, "import", "", Time{3}).error().what, "intel_store_busy");
  IntelStore now = folder.open();
  EXPECT_EQ(must(now.generation()), 1);
  EXPECT_EQ(must(now.sources())[0].name, "rich");
}

}  // namespace
}  // namespace testudo
