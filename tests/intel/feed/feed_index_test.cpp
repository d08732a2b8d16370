// The index of public feeds: what the program brings is whole, and what is no index is refused with its line.
#include "intel/feed/feed_index.h"

#include <gtest/gtest.h>

#include "intel/feed/feed_format.h"

namespace testudo {
namespace {

TEST(FeedIndex, WhatTheProgramBringsIsWhole) {
  const auto index = built_in_feed_index();
  ASSERT_TRUE(index);
  EXPECT_GE(index->size(), 20U);
  for (const IndexedFeed& feed : *index) {
    EXPECT_TRUE(feed.address.starts_with("https://")) << feed.name;
    EXPECT_NE(feed_format(feed.format), nullptr) << feed.name;
    EXPECT_FALSE(feed.licence.empty() || feed.group.empty() || feed.what.empty()) << feed.name;
  }
}

TEST(FeedIndex, AnIndexOfOnesOwnIsRead) {
  const auto index =
      parse_feed_index("# mine\n\na/b | file:///mirror/b.txt | text | CC0-1.0 | own | what it lists\r\n");
  ASSERT_TRUE(index);
  ASSERT_EQ(index->size(), 1U);
  EXPECT_EQ((*index)[0].name, "a/b");
  EXPECT_EQ((*index)[0].what, "what it lists");
}

TEST(FeedIndex, ALineOfAnotherFormIsNamed) {
  for (const char* line : {"a | https://feeds.test/a | text | x | y", "../a | https://feeds.test/a | text | x | y | z",
                           "/a | https://feeds.test/a | text | x | y | z", "a | ftp://feeds.test/a | text | x | y | z",
                           "a | https://feeds.test/a | text | x | y | z | more"}) {
    const auto index = parse_feed_index(std::string("# one\n") + line);
    ASSERT_FALSE(index) << line;
    EXPECT_EQ(index.error().offset, 2U);
  }
  EXPECT_FALSE(parse_feed_index("a | https://a.test/ | text | x | y | z\na | https://b.test/ | text | x | y | z\n"));
}

}  // namespace
}  // namespace testudo
