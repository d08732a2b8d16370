// How sure several sources together are.
#include "intel/control/confidence.h"

#include <gtest/gtest.h>

namespace testudo {
namespace {

StoredIndicator claimed(std::initializer_list<std::pair<const char*, int>> claims) {
  StoredIndicator indicator{.kind = Kind::host, .value = "evil.test"};
  for (const auto& [source, confidence] : claims) {
    StoredClaim claim;
    claim.source = source;
    if (confidence >= 0) claim.confidence = static_cast<std::uint8_t>(confidence);
    indicator.claims.push_back(claim);
  }
  return indicator;
}

TEST(Confidence, sources_together) {
  EXPECT_EQ(combined_confidence(claimed({{"a", -1}})), std::nullopt);
  EXPECT_EQ(combined_confidence(claimed({{"a", 50}})), 50);
  EXPECT_EQ(combined_confidence(claimed({{"a", 50}, {"a", 20}})), 50);
  EXPECT_EQ(combined_confidence(claimed({{"a", 50}, {"b", 50}})), 62);
  EXPECT_EQ(combined_confidence(claimed({{"b", 50}, {"a", 70}})), combined_confidence(claimed({{"a", 70}, {"b", 50}})));
  EXPECT_EQ(combined_confidence(claimed({{"a", 90}, {"b", 90}, {"c", 90}})), 95);
  EXPECT_EQ(combined_confidence(claimed({{"a", 100}, {"b", 90}})), 100);
  StoredIndicator indicator = claimed({{"a", 50}, {"b", 90}});
  indicator.claims[1].revoked = true;
  EXPECT_EQ(combined_confidence(indicator), 50);
}

}  // namespace
}  // namespace testudo
