// Safari's helpers: addresses by number, and the list behind a tab.
#include <gtest/gtest.h>

#include <algorithm>

#include "case_runner.h"
#include "parser/ios/browser.h"
#include "parser/ios/safari_items.h"
#include "parser/ios/safari_session.h"

namespace testudo {
namespace {

std::string utf16(std::string_view text) {
  std::string out;
  for (char c : text) out.append({c, '\0'});
  return out;
}

// As WebKit writes a string: its length in characters, in octets, then two octets a character.
std::string counted(std::string_view text) {
  const auto length = static_cast<char>(text.size());
  return std::string{length, '\0', '\0', '\0'} + static_cast<char>(2 * text.size()) + std::string(7, '\0') +
         utf16(text);
}

std::string links(const std::string& data) { return links_in_frame_state(as_bytes(data)); }

TEST(HistoryItems, AreFoundByNumberUpToALimit) {
  const auto bytes = database_from_sql(
      "CREATE TABLE history_items (id INTEGER PRIMARY KEY, url TEXT, visit_count INTEGER);"
      "INSERT INTO history_items VALUES (-5, 'a', 1), (7, NULL, NULL), (9000000000, '', 3);",
      {});
  const auto blob = memory_blob(bytes);
  const auto db = Database::open(*blob, nullptr, DatabaseView::merged, [](std::string_view, std::uint64_t) {});
  ASSERT_TRUE(db);
  auto items = HistoryItems::load(db.value());
  ASSERT_TRUE(items);
  ASSERT_NE(items->find(-5), nullptr);
  EXPECT_EQ(items->find(-5)->url, "a");
  EXPECT_EQ(items->find(7)->url, std::nullopt);
  EXPECT_EQ(items->find(9000000000)->url, "");
  EXPECT_EQ(items->find(9000000000)->visit_count, 3);
  EXPECT_EQ(items->find(8), nullptr);
  const auto none = HistoryItems::load(db.value(), 3 * sizeof(HistoryItem));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().fault, Fault::limit);
}

TEST(FrameState, GivesTheAddressesInBothWidths) {
  EXPECT_EQ(links(counted("https://a.example/")), "https://a.example/");
  EXPECT_EQ(links("x" + counted("https://odd.example/")), "https://odd.example/");
  EXPECT_EQ(links(std::string("\0\1\2", 3) + "https://narrow.example/\0"), "https://narrow.example/");
  EXPECT_EQ(links(utf16("nothing here")), "");
  EXPECT_EQ(links(""), "");
}

// The length of the next string may look like a character of this one.
TEST(FrameState, EndsAStringWhereItsLengthSays) {
  EXPECT_EQ(links(counted("https://a.example/") + counted("https://second.example/b")),
            "https://a.example/\nhttps://second.example/b");
}

TEST(FrameState, StopsAfterSixtyFour) {
  std::string data;
  for (int i = 0; i < 500; ++i) data += "h://x" + std::to_string(i) + std::string(1, '\0');
  const std::string found = links(data);
  EXPECT_EQ(std::ranges::count(found, '\n'), 63);
}

std::vector<std::string> anomalies_of(std::string_view stored) {
  std::vector<std::string> names;
  read_session(as_bytes(stored), [&](std::string_view name) { names.emplace_back(name); }, [](const SessionEntry&) {});
  return names;
}

TEST(Session, NamesTheFormsThatItCannotRead) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(anomalies_of(""), Names{});
  EXPECT_EQ(anomalies_of("\x78\x9c...."), Names{"session_data_compressed"});
  EXPECT_EQ(anomalies_of("encrypted or new"), Names{"session_data_unknown_form"});
  EXPECT_EQ(anomalies_of(std::string("\0\0\0\2", 4)), Names{"session_data_unknown_form"});
}

TEST(Distance, CountsHostsAndSites) {
  const auto far = [](std::string_view a, std::string_view b) {
    const auto d = browser::distance(a, b);
    return !d ? std::string("none") : std::string(d->other_host ? "host" : "") + (d->other_site ? "+site" : "");
  };
  EXPECT_EQ(far("http://www.bank.example/", "https://bank.example/x"), "");
  EXPECT_EQ(far("http://BANK.example:80/", "https://user@bank.example./"), "");
  EXPECT_EQ(far("http://m.shop.co.uk/", "https://shop.co.uk/"), "host");
  EXPECT_EQ(far("http://a.co.uk/", "https://b.co.uk/"), "host+site");
  EXPECT_EQ(far("http://203.0.113.9/", "http://203.0.113.10/"), "host+site");
  EXPECT_EQ(far("http://3405803785/", "http://203.0.113.9/"), "");
  EXPECT_EQ(far("about:blank", "http://a.example/"), "none");
}

}  // namespace
}  // namespace testudo
