// The table of defects, the catalogue, the manual and what the readers say hold the same words.
#include "intel/lint/defects.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/catalogue.h"
#include "shared_data.h"

namespace testudo {
namespace {

const std::filesystem::path source = TESTUDO_SOURCE_DIR;

std::set<std::string> words_of_table() {
  std::set<std::string> words;
  for (const LintDefect& defect : lint_defects()) words.insert(std::string(defect.word));
  return words;
}

TEST(LintDefects, words_are_unique_and_found) {
  EXPECT_EQ(words_of_table().size(), lint_defects().size());
  for (const LintDefect& defect : lint_defects()) {
    ASSERT_NE(lint_defect(defect.word), nullptr);
    EXPECT_EQ(lint_defect(defect.word)->severity, defect.severity);
  }
  EXPECT_EQ(lint_defect("nothing_of_this_name"), nullptr);
  EXPECT_EQ(lint_severity_name(LintSeverity::error), "error");
}

TEST(LintDefects, each_has_its_sentences) {
  const Catalogue words = Catalogue::load("en").value();
  for (const std::string& word : words_of_table()) {
    EXPECT_TRUE(words.has("lint." + word)) << word;
    EXPECT_TRUE(words.has("lint." + word + ".mend")) << word;
  }
}

TEST(LintDefects, the_manual_lists_them_all_and_no_others) {
  const std::string manual = test::content_of(source / "docs/manual/lint.md");
  const Catalogue words = Catalogue::load("en").value();
  std::set<std::string> documented;
  const std::regex row(R"(\n\| `([a-z_0-9]+)` \| (error|warning|info) \| ([^|]*) \| ([^|]*) \|)");
  for (std::sregex_iterator it(manual.begin(), manual.end(), row), end; it != end; ++it) {
    const std::string word = (*it)[1];
    documented.insert(word);
    ASSERT_NE(lint_defect(word), nullptr) << word;
    EXPECT_EQ((*it)[2].str(), lint_severity_name(lint_defect(word)->severity)) << word;
    EXPECT_EQ((*it)[3].str(), words.say("lint." + word)) << word;
  }
  EXPECT_EQ(documented, words_of_table());
}

// Every literal that a reader gives as a defect.
TEST(LintDefects, readers_say_no_other_words) {
  const std::regex call(
      R"re((?:note|note_once|add|add_line|refuse|push_back|wrong|lost)\((?:[^";(){}]|\([^()]*\)|"")*"([a-z]+(?:_[a-z0-9]+)+)")re");
  const std::set<std::string> words = words_of_table();
  unsigned found = 0;
  for (const auto& file : test::files_below(source / "src/intel/feed")) {
    if (file.extension() != ".cpp") continue;
    const std::string text = test::content_of(file);
    for (std::sregex_iterator it(text.begin(), text.end(), call), end; it != end; ++it) {
      EXPECT_TRUE(words.contains((*it)[1].str())) << file.filename() << ": " << (*it)[1];
      ++found;
    }
  }
  EXPECT_GT(found, 50U);
}

}  // namespace
}  // namespace testudo
