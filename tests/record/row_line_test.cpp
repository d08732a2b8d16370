// A record's line of the timeline, beside the same made the long way round.
#include <gtest/gtest.h>

#include "base/text.h"
#include "record/row.h"

namespace testudo {
namespace {

constexpr std::array<FieldInfo, 2> fields{FieldInfo{"a", Kind::text, "", Show::plain},
                                          FieldInfo{"n", Kind::integer, "", Show::plain}};

std::string line(std::string_view pattern, std::string_view a, std::size_t limit) {
  const RecordType type{"test.line", "", pattern, fields};
  const std::vector<Value> values{Value::of_text(a), Value::of_integer(7)};
  return line_of(Row{&type, values, {}}, limit);
}

// Everything joined, white space collapsed, then cut.
std::string long_way(std::string_view whole, std::size_t limit) {
  std::string joined;
  for (const char c : whole) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space)
      joined.push_back(c);
    else if (!joined.empty() && joined.back() != ' ')
      joined.push_back(' ');
  }
  while (joined.ends_with(' ')) joined.pop_back();
  if (joined.size() <= limit) return joined;
  while (!is_utf8(joined.substr(0, limit))) --limit;
  return joined.substr(0, limit) + "…";
}

TEST(Line, FieldsStandInTheirPlaces) {
  EXPECT_EQ(line("wrote {a} ({n})", " x\n\ty ", 240), "wrote x y (7)");
  EXPECT_EQ(line("{unknown}{a}", "x", 240), "x");
  EXPECT_EQ(line("open {a", "x", 240), "open");
  EXPECT_EQ(line("", "x", 240), "");
}

TEST(Line, IsCutAtACharacterWhereverTheLimitFalls) {
  const std::string text = "  \xC3\xA9t\xC3\xA9 \n\n  et  \xE2\x82\xAC 5,  \t  fin   \n x ";
  for (std::size_t limit = 0; limit < 40; ++limit)
    EXPECT_EQ(line("<{a}> {n}", text, limit), long_way("<" + text + "> 7", limit)) << limit;
}

}  // namespace
}  // namespace testudo
