// Scales of confidence: STIX 2.1 appendix A and the taxonomies of MISP.
#include "intel/control/confidence.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "shared_data.h"

namespace testudo {
namespace {

constexpr ConfidenceScale scales[] = {
    ConfidenceScale::none_to_high, ConfidenceScale::zero_to_ten,
    ConfidenceScale::admiralty,    ConfidenceScale::wep,
    ConfidenceScale::dni,          ConfidenceScale::misp,
    ConfidenceScale::analytic,     ConfidenceScale::estimative_likelihood,
};

TEST(Confidence, scales_cover_0_to_100_without_gaps) {
  for (const ConfidenceScale scale : scales) {
    unsigned next = 0;
    for (const ConfidenceStep& step : confidence_steps(scale)) {
      EXPECT_EQ(step.from, next) << step.word;
      EXPECT_LE(step.from, step.value) << step.word;
      EXPECT_GE(step.to, step.value) << step.word;
      next = step.to + 1U;
    }
    EXPECT_EQ(next, 101U);
  }
}

TEST(Confidence, words_come_back) {
  for (const ConfidenceScale scale : scales)
    for (const ConfidenceStep& step : confidence_steps(scale)) {
      const auto value = confidence_from(scale, step.word);
      ASSERT_TRUE(value) << step.word;
      EXPECT_EQ(confidence_word(scale, *value), step.word);
      EXPECT_EQ(confidence_word(scale, step.from), step.word);
      EXPECT_EQ(confidence_word(scale, step.to), step.word);
    }
}

TEST(Confidence, values_of_appendix_a) {
  EXPECT_EQ(confidence_from(ConfidenceScale::none_to_high, "Medium"), 50);
  EXPECT_EQ(confidence_from(ConfidenceScale::zero_to_ten, "7"), 70);
  EXPECT_EQ(confidence_from(ConfidenceScale::admiralty, "2"), 70);
  EXPECT_EQ(confidence_from(ConfidenceScale::admiralty, "6"), std::nullopt);
  EXPECT_EQ(confidence_from(ConfidenceScale::wep, "Almost certain"), 90);
  EXPECT_EQ(confidence_from(ConfidenceScale::dni, "Nearly Certain"), 95);
  EXPECT_EQ(confidence_from(ConfidenceScale::misp, "usually-confident"), 75);
  EXPECT_EQ(confidence_from(ConfidenceScale::misp, "confidence-cannot-be-evaluated"), std::nullopt);
  EXPECT_EQ(confidence_word(ConfidenceScale::misp, 12), "unconfident");
  EXPECT_EQ(confidence_word(ConfidenceScale::none_to_high, 250), "high");
}

TEST(Confidence, reliability_lowers_credibility) {
  EXPECT_EQ(admiralty_confidence('A', '1'), 90);
  EXPECT_EQ(admiralty_confidence('b', '2'), 63);
  EXPECT_EQ(admiralty_confidence('E', '5'), 2);
  EXPECT_EQ(admiralty_confidence('F', '3'), admiralty_confidence('C', '3'));
  EXPECT_EQ(admiralty_confidence('A', '6'), std::nullopt);
  EXPECT_EQ(admiralty_confidence('G', '1'), std::nullopt);
  for (char r = 'A'; r < 'E'; ++r)
    for (char c = '1'; c <= '5'; ++c)
      EXPECT_GE(*admiralty_confidence(r, c), *admiralty_confidence(static_cast<char>(r + 1), c));
}

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

// The taxonomies themselves say which value each word has.
TEST(Confidence, agrees_with_the_taxonomies_of_misp) {
  const auto folder = test::shared_data() / "intel/misp-taxonomies";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  unsigned compared = 0;
  for (const char* name : {"admiralty-scale", "estimative-language"}) {
    const std::string json = test::content_of(folder / name / "machinetag.json");
    simdjson::dom::parser parser;
    for (const auto predicate : parser.parse(json)["values"]) {
      const std::string_view of = predicate["predicate"];
      for (const auto entry : predicate["entry"]) {
        const std::string_view word = entry["value"];
        const std::int64_t value = entry["numerical_value"];
        std::optional<std::uint8_t> ours;
        if (of == "source-reliability") ours = misp_reliability(word[0]);
        if (of == "information-credibility") ours = misp_credibility(word[0]);
        if (of == "likelihood-probability") ours = confidence_from(ConfidenceScale::estimative_likelihood, word);
        if (of == "confidence-in-analytic-judgment") ours = confidence_from(ConfidenceScale::analytic, word);
        ASSERT_TRUE(ours) << of << " " << word;
        EXPECT_EQ(*ours, value) << of << " " << word;
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 23U);
}

}  // namespace
}  // namespace testudo
