// Every reason for which an export leaves something out has a sentence, and a word in the manual.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "base/catalogue.h"
#include "intel/control/block_verdict.h"
#include "shared_data.h"

namespace testudo {
namespace {

TEST(WithheldWords, AreExplained) {
  std::set<std::string> reasons{"object"};
  for (int why = static_cast<int>(Withheld::no) + 1; why <= static_cast<int>(Withheld::covers_others); ++why)
    reasons.emplace(withheld_name(static_cast<Withheld>(why)));
  const std::filesystem::path root = TESTUDO_SOURCE_DIR;
  // What a format refuses: functions that give a WithheldWord.
  const std::regex refusal(R"re("([a-z]+(?:_[a-z]+)*)")re"),
      function(R"re(WithheldWord [^;{]*\{([^]*?)\n( )?( )?\}\n)re");
  for (const auto& path : test::files_below(root / "src/intel/export")) {
    const std::string source = test::content_of(path);
    for (std::sregex_iterator body(source.begin(), source.end(), function), end; body != end; ++body) {
      const std::string lines = (*body)[1];
      const std::regex given(R"re(return[^;]*;)re");
      for (std::sregex_iterator at(lines.begin(), lines.end(), given); at != end; ++at) {
        const std::string statement = at->str();
        for (std::sregex_iterator word(statement.begin(), statement.end(), refusal); word != end; ++word)
          reasons.insert((*word)[1]);
      }
    }
  }
  EXPECT_TRUE(reasons.contains("tenant_limit"));
  const Catalogue words = Catalogue::load("en").value();
  const std::string manual = test::content_of(root / "docs/manual/export.md");
  for (const std::string& reason : reasons) {
    EXPECT_TRUE(words.has("intel.export.why." + reason)) << reason;
    EXPECT_NE(manual.find("`" + reason + "`"), std::string::npos) << reason;
  }
}

}  // namespace
}  // namespace testudo
