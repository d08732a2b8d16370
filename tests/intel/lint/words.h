// An input that shows a defect, and its neighbour that does not: one pair for a word of docs/manual/lint.md.
#pragma once

#include <gtest/gtest.h>

#include <optional>

#include "intel/lint/lint_fixture.h"

namespace testudo::test {

struct Word {
  std::string defect, file, text;
  std::optional<std::string> neighbour;
  std::string format;  // empty: as the content looks
};

inline void expect_words(const std::vector<Word>& words) {
  for (const Word& word : words) {
    EXPECT_GE(lint({{word.file, word.text}}, word.format).count(word.defect), 1U) << word.defect << ": " << word.text;
    if (!word.neighbour) continue;
    const std::string base = word.file.substr(word.file.rfind('/') + 1);
    EXPECT_TRUE(!word.format.empty() || recognise_feed(base, *word.neighbour) != nullptr) << *word.neighbour;
    EXPECT_EQ(lint({{word.file, *word.neighbour}}, word.format).count(word.defect), 0U)
        << word.defect << ": " << *word.neighbour;
  }
}

}  // namespace testudo::test
