// Edits between words: what single ones cost, and that the quick bounds never tell apart what the slow way finds alike.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "intel/screen/edit_cost.h"
#include "intel/screen/name_align.h"

namespace testudo {
namespace {

constexpr float any = 100;

TEST(EditCost, WeighsWhatListsConfuse) {
  EXPECT_FLOAT_EQ(edit_cost("testov", "testov", any), 0);
  EXPECT_FLOAT_EQ(edit_cost("testov", "testof", any), 0.6F);
  EXPECT_FLOAT_EQ(edit_cost("testov", "testom", any), 1);
  EXPECT_FLOAT_EQ(edit_cost("hasan", "hassan", any), 0.4F);
  EXPECT_FLOAT_EQ(edit_cost("ahmed", "hamed", any), 0.8F);
  EXPECT_FLOAT_EQ(edit_cost("rokhman", "rokman", any), 0.5F);
  EXPECT_FLOAT_EQ(edit_cost("", "bad", any), 2.8F);
  EXPECT_FLOAT_EQ(edit_cost("bad", "", any), 2.8F);
  EXPECT_FLOAT_EQ(edit_cost("abc", "xyz", 1), 2) << "limit + 1";
}

std::string random_word(std::mt19937_64& random) {
  constexpr std::string_view letters[] = {"ab",         "aabhh", "hatzs", "bdiyxh", "abcdefghijklmnopqrstuvwxyz",
                                          "aeiouysz0kx"};
  const std::string_view from = letters[random() % std::size(letters)];
  std::string word;
  for (std::uint64_t left = random() % 10; left > 0; --left) word += from[random() % from.size()];
  return word;
}

std::string changed(std::string word, std::mt19937_64& random) {
  for (std::uint64_t left = random() % 5; left > 0; --left) {
    const std::size_t at = word.empty() ? 0 : random() % word.size();
    const std::string other = random_word(random);
    if (random() % 3 == 0 && !word.empty())
      word.erase(at, 1);
    else if (random() % 2 == 0 && at > 0)
      std::swap(word[at], word[at - 1]);
    else
      word.insert(at, other.substr(0, 1));
  }
  return word;
}

TEST(EditCost, IsTheSameBothWaysAndNeverBelowItsBound) {
  std::mt19937_64 random(11);
  int close = 0;
  for (int n = 0; n < 100'000; ++n) {
    const std::string a = random_word(random), b = n % 4 == 0 ? random_word(random) : changed(a, random);
    const float cost = edit_cost(a, b, any);
    ASSERT_EQ(cost, edit_cost(b, a, any)) << a << " " << b;
    const float least = EditBound(a).least_cost(b);
    ASSERT_LE(least, cost + 1e-5F) << a << " " << b;
    close += cost > 0 && least >= 0.6F * cost;
  }
  EXPECT_GT(close, 50'000) << "a bound of nothing says nothing";
}

TEST(EditCost, BoundsWordsOfEveryLength) {
  EXPECT_FLOAT_EQ(EditBound("").least_cost(""), 0);
  EXPECT_FLOAT_EQ(EditBound("").least_cost("kit"), 1.8F);
  EXPECT_FLOAT_EQ(EditBound("kit").least_cost(""), 1.8F);
  const std::string longest(64, 'k');
  EXPECT_FLOAT_EQ(EditBound(longest).least_cost(longest), 0);
  EXPECT_FLOAT_EQ(EditBound(longest + "rest").least_cost(longest), 0) << "the first 64 letters count";
}

TEST(PartBound, NeverTellsApartWhatIsAlike) {
  std::mt19937_64 random(12);
  int apart = 0;
  for (int n = 0; n < 100'000; ++n) {
    const std::string a = random_word(random), b = n % 4 == 0 ? random_word(random) : changed(a, random);
    for (const NameMode mode : {NameMode::person, NameMode::organisation}) {
      const NamePart x = plain_part(a, NameScript::latin);
      const NamePart y = plain_part(b, n % 5 == 0 ? NameScript::arabic : NameScript::latin);
      const PartBound bound(x, mode);
      const PartSimilarity met = compare_parts(x, y, mode);
      if (!bound.may_be_within(y, half_ratio)) {
        ASSERT_LT(met.value, 0.5F) << a << " " << b;
      }
      if (bound.may_be_within(y, largest_ratio)) continue;
      ASSERT_EQ(met.value, 0) << a << " " << b;
      ++apart;
    }
  }
  EXPECT_GT(apart, 20'000);
}

}  // namespace
}  // namespace testudo
