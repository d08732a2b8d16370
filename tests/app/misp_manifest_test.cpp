// Which files the manifest of a MISP feed names.
#include <gtest/gtest.h>

#include "app/intel/misp_feed_fetch.h"

namespace testudo::test {
namespace {

using Files = std::vector<std::string>;

TEST(MispManifest, NamesTheKeysOfTheOutermostObject) {
  EXPECT_EQ(misp_manifest_files(R"( {"5e1f0a52-0000-4000-8000-000000000001" : {"info":"a } \" b",
      "5e1f0a52-0000-4000-8000-000000000009":1},"5E1F0A52-0000-4000-8000-000000000002":{"Tag":[{"name":"t"}]}})"),
            (Files{"5e1f0a52-0000-4000-8000-000000000001.json", "5E1F0A52-0000-4000-8000-000000000002.json"}));
}

TEST(MispManifest, AnythingElseIsNone) {
  for (const char* text :
       {"", "{", "[]", "{}", "\"", R"({"Event":{"5e1f0a52-0000-4000-8000-000000000001":1}})",
        R"({"../../etc/passwd-0000-4000-8000-00000000":{}})", R"(["5e1f0a52-0000-4000-8000-000000000001"])",
        R"({"5e1f0a52-0000-4000-8000-000000000001":{},"response":[]})"})
    EXPECT_EQ(misp_manifest_files(text), Files{}) << text;
}

TEST(MispManifest, OneEventThatIsMissingIsAnError) {
  const auto get = [](const std::string& file) -> Result<std::string> {
    if (file == "b") return error(Fault::io, "gone");
    return "{" + file + "}";
  };
  EXPECT_EQ(misp_events({"a", "c"}, 100, get).value(), "[{a},\n{c}]\n");
  EXPECT_EQ(misp_events({"a", "b"}, 100, get).error().what, "gone");
  EXPECT_EQ(misp_events({"a", "c"}, 5, get).error().what, "intel_feed_too_large");
}

}  // namespace
}  // namespace testudo::test
