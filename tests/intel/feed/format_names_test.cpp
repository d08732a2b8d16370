// The sentence that names the formats of feeds names those that there are.
#include <gtest/gtest.h>

#include "base/catalogue.h"
#include "intel/feed/feed_format.h"

namespace testudo {
namespace {

TEST(FeedFormats, AreAllNamedToWhoAsksForAnother) {
  std::string names;
  for (const FeedFormat& format : feed_formats()) names.append(names.empty() ? "" : ", ").append(format.name);
  const auto words = Catalogue::load("en");
  ASSERT_TRUE(words);
  EXPECT_TRUE(words->say("error.intel_no_such_feed_format").ends_with(": " + names + ".")) << names;
}

}  // namespace
}  // namespace testudo
