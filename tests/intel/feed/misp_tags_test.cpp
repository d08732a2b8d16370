// What tags of MISP say of how sure somebody is.
#include "intel/feed/misp_tags.h"

#include <gtest/gtest.h>

#include "shared_data.h"

namespace testudo {
namespace {

MispMarks marks_of(std::initializer_list<const char*> tags) {
  MispMarks marks;
  for (const char* tag : tags) marks.add_tag(tag);
  return marks;
}

TEST(MispTags, ReliabilityLowersConfidenceAndNeverRaisesIt) {
  const char* usually = "misp:confidence-level=\"usually-confident\"";
  EXPECT_EQ(marks_of({usually}).sureness(), 75);
  EXPECT_EQ(marks_of({usually, "admiralty-scale:source-reliability=\"c\""}).sureness(), 50);
  EXPECT_EQ(marks_of({usually, "admiralty-scale:source-reliability=\"a\""}).sureness(), 75);
  EXPECT_EQ(marks_of({"misp:confidence-level=\"confidence-cannot-be-evaluated\""}).sureness(), std::nullopt);
}

// The taxonomies themselves say which value each word has; what cannot be judged has one there, and none here.
TEST(MispTags, ValuesAreThoseOfTheTaxonomies) {
  const auto folder = test::shared_data() / "intel/misp-taxonomies";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  unsigned compared = 0;
  for (const std::string name : {"admiralty-scale", "estimative-language"}) {
    const std::string json = test::content_of(folder / name / "machinetag.json");
    simdjson::dom::parser parser;
    for (const auto predicate : parser.parse(json)["values"]) {
      for (const auto entry : predicate["entry"]) {
        const std::string_view word = entry["value"], of = predicate["predicate"];
        MispMarks marks;
        marks.add_tag(name + ":" + std::string(of) + "=\"" + std::string(word) + "\"");
        const std::int64_t value = entry["numerical_value"];
        const auto expected =
            word == "f" || word == "6" ? std::nullopt : std::optional(static_cast<std::uint8_t>(value));
        EXPECT_EQ(marks.sureness(), expected) << name << " " << word;
        ++compared;
      }
    }
  }
  EXPECT_EQ(compared, 23U);
}

}  // namespace
}  // namespace testudo
