// Pairs of a CSV file: any order of columns, quoting, rows that are cut.
#include <gtest/gtest.h>

#include "intel/screen/csv_rows.h"
#include "intel/screen/name_match.h"
#include "intel/screen/name_pairs.h"

namespace testudo {
namespace {

std::vector<std::vector<std::string>> rows_of(std::string_view csv) {
  TableRows rows(csv);
  std::vector<std::vector<std::string>> all;
  std::vector<std::string> row;
  while (rows.next(row)) all.push_back(row);
  return all;
}

TEST(ScorePairs, KeepsColumnsAndAddsTheScore) {
  std::string out;
  const auto done = score_pairs(
      "note,name2,schema,name1\r\n\"a, \"\"b\"\"\nc\",Ivan Testov,Person,\"Testov, Ivan\"\r\nx,Nobody,Person,Ivan "
      "Testov\r\n",
      out);
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->rows, 2U);
  EXPECT_EQ(done->at_threshold, 1U);
  const auto rows = rows_of(out);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"note", "name2", "schema", "name1", "score"}));
  EXPECT_EQ(rows[1][0], "a, \"b\"\nc");
  EXPECT_EQ(rows[1][3], "Testov, Ivan");
  EXPECT_GE(std::stod(rows[1][4]), 0.9);
  EXPECT_LT(std::stod(rows[2][4]), 0.3);
  EXPECT_EQ(rows[1][4].size(), 6U);
}

TEST(ScorePairs, WorksWithoutSchemaWithOtherSeparatorsAndKeepsAnothersScore) {
  std::string out;
  ASSERT_TRUE(score_pairs("\xEF\xBB\xBFname1;score;name2\nIvan Testov;7;Иван Тестов\n", out).ok());
  const auto rows = rows_of(out);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"name1", "score", "name2", "testudo_score"}));
  EXPECT_EQ(rows[1][1], "7");
  EXPECT_GE(std::stod(rows[1][3]), screen_threshold);
  std::string again;
  ASSERT_TRUE(score_pairs(out, again).ok());
  EXPECT_EQ(again, out);
}

TEST(ScorePairs, KeepsCellsBeyondTheHeader) {
  std::string out;
  ASSERT_TRUE(score_pairs("name1,name2\nIvan Testov,Ivan Testov,x,y\nIvan Testov\n", out).ok());
  auto rows = rows_of(out);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"Ivan Testov", "Ivan Testov", rows[1][2], "x", "y"}));
  EXPECT_GE(std::stod(rows[1][2]), 0.9);
  EXPECT_EQ(rows[2], (std::vector<std::string>{"Ivan Testov", "", "0.0000"}));
  out.clear();
  ASSERT_TRUE(score_pairs("score,name1,name2\n7,Ivan Testov,Ivan Testov,x\n", out).ok());
  rows = rows_of(out);
  EXPECT_EQ(rows[1], (std::vector<std::string>{"7", "Ivan Testov", "Ivan Testov", rows[1][3], "x"}));
  EXPECT_GE(std::stod(rows[1][3]), 0.9);
}

TEST(ScorePairs, EnduresWhatIsNoTable) {
  std::string out;
  EXPECT_EQ(score_pairs("", out).error().fault, Fault::malformed);
  EXPECT_EQ(score_pairs("a,b\n1,2\n", out).error().fault, Fault::malformed);
  EXPECT_EQ(score_pairs("name1,name2\nM\xFCller,Muller\n", out).error().what, "pairs_not_utf8");
  out.clear();
  const auto cut = score_pairs("schema,name1,name2\nPerson,Ivan\n", out);
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->incomplete, 1U);
  const std::string whole = "schema,name1,name2\nPerson,\"Ivan \"\"X\"\" Testov\",Ivan Testov\nCompany,A,B\n";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    std::string text;
    (void)score_pairs(std::string_view(whole).substr(0, size), text).ok();
  }
}

TEST(CsvRows, FollowRfc4180) {
  EXPECT_EQ(rows_of("a,\"b\"\"c\",\r\n\n,\"d\ne\"\n"),
            (std::vector<std::vector<std::string>>{{"a", "b\"c", ""}, {"", "d\ne"}}));
  TableRows open("a,\"b");
  std::vector<std::string> row;
  EXPECT_TRUE(open.next(row));
  EXPECT_TRUE(open.open_quote());
  // Behind a mark, empty lines and a quote that never closes the rows go on.
  TableRows mended("\xEF\xBB\xBF\n\na,b\n\"c,d\ne,f\n");
  EXPECT_TRUE(mended.next(row));
  EXPECT_EQ(mended.offset(), 5U);
  EXPECT_FALSE(mended.open_quote());
  EXPECT_TRUE(mended.next(row));
  EXPECT_EQ(mended.offset(), 9U);
  EXPECT_TRUE(mended.next(row));
  EXPECT_EQ(row, (std::vector<std::string>{"e", "f"}));
  EXPECT_TRUE(mended.open_quote());
  EXPECT_FALSE(mended.too_long());
  EXPECT_FALSE(mended.next(row));
  std::string field;
  append_csv_field(field, "x\"y,z");
  EXPECT_EQ(field, "\"x\"\"y,z\"");
}

}  // namespace
}  // namespace testudo
