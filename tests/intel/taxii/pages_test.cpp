// Pages: nothing is skipped or repeated, whatever is written meanwhile (3.5); filters (3.4); versions.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "base/descriptor.h"
#include "base/text.h"
#include "intel/taxii/cursor.h"
#include "intel/taxii/taxii_server.h"

namespace testudo::test {
namespace {

using Strings = std::vector<std::string>;

std::string second(unsigned n) {
  const std::string digits = std::to_string(n % 60);
  return "2026-02-01T00:" + std::string(n / 60 % 60 < 10 ? "0" : "") + std::to_string(n / 60 % 60) + ":" +
         (digits.size() == 1 ? "0" : "") + digits + ".000Z";
}

// All pages from `target` on, as a client of `next` sees them; `between` runs after each.
struct Walk {
  Strings ids;
  std::string last;
};
Walk walk(TaxiiServer& server, const std::string& target, const std::function<void()>& between) {
  Walk seen;
  std::string next;
  for (int page = 0; page < 1000; ++page) {
    const TaxiiResponse response = server.get(target + (next.empty() ? "" : "&next=" + next));
    EXPECT_EQ(response.status, 200) << response.body;
    for (std::string& id : ids(response)) seen.ids.push_back(std::move(id));
    if (const std::string last = header_value(response, "X-TAXII-Date-Added-Last"); !last.empty()) seen.last = last;
    if (member(response, "more") != "true") return seen;
    next = member(response, "next");
    between();
  }
  ADD_FAILURE() << "no end";
  return seen;
}

// A client that knows no `next` and moves added_after along.
Walk walk_by_date(TaxiiServer& server, const std::string& limit, const std::function<void()>& between) {
  Walk seen;
  for (int page = 0; page < 1000; ++page) {
    const TaxiiResponse response =
        server.get(server.objects() + "?limit=" + limit + (seen.last.empty() ? "" : "&added_after=" + seen.last));
    for (std::string& id : ids(response)) seen.ids.push_back(std::move(id));
    if (const std::string last = header_value(response, "X-TAXII-Date-Added-Last"); !last.empty()) seen.last = last;
    if (member(response, "more") != "true") return seen;
    between();
  }
  ADD_FAILURE() << "no end";
  return seen;
}

void expect_each_once(const Strings& seen, const std::set<std::string>& expected) {
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()), expected);
  EXPECT_EQ(seen.size(), expected.size()) << "something was repeated";
}

TEST(TaxiiPages, NothingIsSkippedOrRepeatedWhileOthersWrite) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    std::mt19937 random(seed);
    TaxiiServer server;
    std::set<std::string> all;
    unsigned count = 0;
    const auto add_some = [&] {
      Strings objects;
      for (unsigned long n = random() % 9; n != 0; --n) {
        all.insert(indicator_id(++count));
        objects.push_back(indicator(count));
      }
      EXPECT_EQ(server.post(envelope(objects)).status, 202);
    };
    for (int i = 0; i < 10; ++i) add_some();
    const std::string limit = std::to_string(1 + random() % 7 + 5);
    int rounds = 20;
    const auto between = [&] {
      if (--rounds > 0) add_some();
    };
    expect_each_once(seed % 2 == 0 ? walk(server, server.objects() + "?limit=" + limit, between).ids
                                   : walk_by_date(server, limit, between).ids,
                     all);
  }
}

TEST(TaxiiPages, TheNextPullBeginsWhereTheLastEnded) {
  TaxiiServer server;
  std::set<std::string> all;
  Strings seen;
  std::string last;
  for (unsigned n = 1; n <= 40; ++n) {
    all.insert(indicator_id(n));
    EXPECT_EQ(server.post(envelope({indicator(n)})).status, 202);
    if (n % 7 != 0 && n != 40) continue;
    const Walk one = walk(server, server.objects() + "?limit=3" + (last.empty() ? "" : "&added_after=" + last), [] {});
    seen.insert(seen.end(), one.ids.begin(), one.ids.end());
    last = one.last;
  }
  expect_each_once(seen, all);
}

TEST(TaxiiPages, AClientThatMovesTheDateBesideNextLosesNothing) {
  TaxiiServer server;
  Strings objects;
  for (unsigned n = 1; n <= 10; ++n) objects.push_back(indicator(n));
  ASSERT_EQ(server.post(envelope(objects)).status, 202);
  const TaxiiResponse first = server.get(server.objects() + "?limit=4");
  const TaxiiResponse second_page =
      server.get(server.objects() + "?limit=4&next=" + member(first, "next") + "&added_after=2999-01-01T00:00:00Z");
  EXPECT_EQ(ids(second_page).size(), 4U);
  EXPECT_EQ(ids(second_page)[0], indicator_id(5));
}

TEST(TaxiiPages, ObjectsThatGoTakeNoOthersWithThem) {
  TaxiiServer server;
  Strings objects;
  for (unsigned n = 1; n <= 10; ++n) objects.push_back(indicator(n));
  ASSERT_EQ(server.post(envelope(objects)).status, 202);
  const TaxiiResponse first = server.get(server.objects() + "?limit=4");
  for (unsigned n : {2U, 4U, 10U}) EXPECT_EQ(server.remove(server.objects() + indicator_id(n) + "/").status, 200);
  ASSERT_EQ(server.post(envelope({indicator(11)})).status, 202);
  const TaxiiResponse rest = server.get(server.objects() + "?limit=40&next=" + member(first, "next"));
  EXPECT_EQ(ids(rest), (Strings{indicator_id(5), indicator_id(6), indicator_id(7), indicator_id(8), indicator_id(9),
                                indicator_id(11)}));
}

TEST(TaxiiPages, ACursorBelongsToItsQuery) {
  TaxiiServer server;
  Strings objects;
  for (unsigned n = 1; n <= 5; ++n) objects.push_back(indicator(n));
  ASSERT_EQ(server.post(envelope(objects)).status, 202);
  const std::string next = member(server.get(server.objects() + "?limit=2&match[version]=all"), "next");
  EXPECT_EQ(server.get(server.objects() + "?limit=3&match[version]=all&next=" + next).status, 200);
  EXPECT_EQ(server.get(server.objects() + "?limit=2&match[version]=first&next=" + next).status, 400);
  EXPECT_EQ(server.get(server.collection() + "manifest/?limit=2&match[version]=all&next=" + next).status, 400);
  for (std::size_t i = 0; i < next.size(); ++i) {
    std::string other = next;
    other[i] = other[i] == '0' ? '1' : '0';
    EXPECT_EQ(server.get(server.objects() + "?match[version]=all&next=" + other).status, 400) << i;
  }
  TaxiiServer elsewhere;
  EXPECT_EQ(elsewhere.get(elsewhere.objects() + "?match[version]=all&next=" + next).status, 400);
  EXPECT_EQ(read_cursor("key", "query", make_cursor("key", "query", Time{-5}))->micros, -5);
}

TEST(TaxiiPages, EveryMomentIsItsOwn) {
  TaxiiServer server;
  Strings objects;
  for (unsigned n = 1; n <= 3000; ++n) objects.push_back(indicator(n));
  ASSERT_EQ(member(server.post(envelope(objects)), "success_count"), "3000");
  const TaxiiResponse page = server.get(server.collection() + "manifest/?limit=5000");
  const Strings added = strings(page, "objects", "date_added");
  EXPECT_EQ(added.size(), 1000U);  // the largest page
  EXPECT_EQ(member(page, "more"), "true");
  EXPECT_TRUE(std::ranges::is_sorted(added, std::less_equal<>()) && std::ranges::adjacent_find(added) == added.end());
}

TEST(TaxiiPages, APageIsBoundedInOctets) {
  TaxiiServer server(true, 64U << 20);
  std::string large = indicator(1);
  large.insert(large.size() - 1, ",\"description\":\"" + std::string(3U << 20, 'x') + "\"");
  Strings objects;
  for (unsigned n = 1; n <= 6; ++n) {
    std::string one = large;
    one.replace(one.find(uuid_of(1)), 36, uuid_of(n));
    objects.push_back(one);
  }
  ASSERT_EQ(member(server.post(envelope(objects)), "success_count"), "6");
  const TaxiiResponse first = server.get(server.objects());
  EXPECT_EQ(ids(first).size(), 2U);
  EXPECT_EQ(walk(server, server.objects() + "?limit=100", [] {}).ids.size(), 6U);
}

// Two processes write; readers see each object once, and later moments only behind earlier ones.
TEST(TaxiiPages, TwoWriters) {
  TaxiiServer server;
  const auto write = [&](unsigned from) {
    TaxiiStore store = std::move(TaxiiStore::open(server.folder.path())).value();
    for (unsigned n = from; n < from + 60; ++n) {
      const auto posted = read_posted_objects(envelope({indicator(n), indicator(n + 500)}));
      const auto done = store.change([&]() -> Result<void> {
        for (const PostedObject& one : *posted) TRY(store.put(server.id, one));
        return {};
      });
      EXPECT_TRUE(done) << done.error().what;
    }
  };
  std::thread one(write, 1), two(write, 100);
  Strings seen;
  std::string last;
  const auto look = [&] {
    const Walk some = walk(server, server.objects() + "?limit=7" + (last.empty() ? "" : "&added_after=" + last), [] {});
    seen.insert(seen.end(), some.ids.begin(), some.ids.end());
    if (!some.last.empty()) last = some.last;
  };
  while (seen.size() < 100) look();
  one.join();
  two.join();
  look();
  std::set<std::string> all;
  for (const unsigned from : {1U, 100U, 501U, 600U})
    for (unsigned n = from; n < from + 60; ++n) all.insert(indicator_id(n));
  expect_each_once(seen, all);
}

TEST(TaxiiStore, AChangeIsWholeOrNothing) {
  TaxiiServer server;
  const auto posted = read_posted_objects(envelope({indicator(1)}));
  const auto done = server.store.change([&]() -> Result<void> {
    TRY(server.store.put(server.id, (*posted)[0]));
    return error(Fault::io, "stop");
  });
  EXPECT_EQ(done.error().what, "stop");
  EXPECT_EQ(server.get(server.objects()).body, "{}");
}

TEST(TaxiiStore, MomentsGoOnAfterEverythingWentAway) {
  TaxiiServer server;
  ASSERT_EQ(server.post(envelope({indicator(1)})).status, 202);
  const std::string last = header_value(server.get(server.objects()), "X-TAXII-Date-Added-Last");
  // As if the clock had been set back by a century.
  ASSERT_TRUE(server.store.set_fact("last_moment", "9000000000000000"));
  ASSERT_EQ(server.remove(server.objects() + indicator_id(1) + "/").status, 200);
  ASSERT_EQ(server.post(envelope({indicator(2)})).status, 202);
  EXPECT_EQ(header_value(server.get(server.objects()), "X-TAXII-Date-Added-Last"), "2255-03-14T16:00:00.000001Z");
}

TEST(TaxiiStore, ReplaceAllKeepsWhatDidNotChange) {
  TaxiiServer server;
  const auto replace = [&](const Strings& objects) {
    const auto posted = read_posted_objects(envelope(objects));
    const auto each = [&](const PostedUse& use) -> Result<void> {
      for (const PostedObject& one : *posted) TRY(use(one));
      return {};
    };
    ASSERT_TRUE(server.store.change([&] { return server.store.replace_all(server.id, each); }));
  };
  replace({indicator(1), indicator(2), indicator(3)});
  const TaxiiResponse before = server.get(server.objects());
  const std::string last = header_value(before, "X-TAXII-Date-Added-Last");
  std::string changed = indicator(2, second(2));
  changed.insert(changed.size() - 1, ",\"revoked\":true");
  replace({indicator(1, second(1)), changed, indicator(4)});  // 1: nothing but the date; 3 is gone
  const TaxiiResponse after = server.get(server.objects() + "?added_after=" + last);
  EXPECT_EQ(ids(after), (Strings{indicator_id(2), indicator_id(4)}));
  EXPECT_EQ(ids(server.get(server.objects())), (Strings{indicator_id(1), indicator_id(2), indicator_id(4)}));
  // Of two with one id the first is taken, whether it was there before or not.
  const std::string moment = header_value(after, "X-TAXII-Date-Added-Last");
  std::string other = indicator(5);
  other.insert(other.size() - 1, ",\"revoked\":true");
  replace({changed, indicator(2), indicator(5), other});
  EXPECT_EQ(ids(server.get(server.objects() + "?added_after=" + moment)), Strings{indicator_id(5)});
  const std::string body = server.get(server.objects()).body;
  EXPECT_NE(body.find(changed), std::string::npos) << body;
  EXPECT_NE(body.find(indicator(5)), std::string::npos) << body;
}

// A bundle is read in pieces: the same objects as in one, wherever the pieces end.
TEST(TaxiiPosted, OutOfAFileOneByOne) {
  const auto read = [](const std::string& text) {
    const Descriptor file = std::move(memory_file("bundle", as_bytes(text))).value();
    Strings got;
    const auto done = each_posted_object(file.get(), {}, [&](const PostedObject& one) -> Result<void> {
      got.push_back(one.failure.empty() ? one.json : one.failure);
      return {};
    });
    if (!done) got.push_back(done.error().what);
    return got;
  };
  Strings objects;
  for (unsigned n = 0; n < 3; ++n) {
    objects.push_back(indicator(n));
    objects.back().insert(1, R"("name":")" + std::string(700'000 + n, 'x') + "\",");
  }
  EXPECT_EQ(read("\n{\"x\":[1], \"objects\" : [ " + objects[0] + " ,\n" + objects[1] + "," + objects[2] + "]}"),
            objects);
  EXPECT_EQ(read(envelope({})), Strings{});
  EXPECT_EQ(read(envelope({indicator(1), "17"})), (Strings{indicator(1), "this is not a JSON object"}));
  for (const char* none : {"", "  ", "[]", "{}", "{\"objects\":{}}", "{\"obj"})
    EXPECT_EQ(read(none), Strings{"the body has no array named objects"}) << none;
  const std::string whole = envelope({indicator(1)});
  for (std::size_t size = whole.find('[') + 1; size < whole.size() - 1; ++size)
    EXPECT_EQ(read(whole.substr(0, size)).back(), "the array of objects is broken") << size;
}

}  // namespace
}  // namespace testudo::test
