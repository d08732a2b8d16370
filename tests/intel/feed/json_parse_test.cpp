// Integers that are longer than 64 bits, in every reader of JSON.
#include "intel/feed/json_parse.h"

#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"
#include "intel/pattern/observed.h"

namespace testudo {
namespace {

using test::read_feed;
using test::Strings;

TEST(LongIntegers, become_numbers_with_exponents) {
  EXPECT_EQ(with_short_integers(R"({"a":18446744073709551616,"b":[-9223372036854775809,1]})"),
            R"({"a":18446744073709551616e0,"b":[-9223372036854775809e0,1]})");
  for (const std::string_view same :
       {R"({"a":18446744073709551615})", R"([-9223372036854775808])", R"(["18446744073709551616"])",
        R"(["\"18446744073709551616"])", "[1.18446744073709551616]", "[1e5]", ""})
    EXPECT_EQ(with_short_integers(same), std::nullopt) << same;
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  ASSERT_EQ(parse_json(parser, "[18446744073709551616, 7]", root), simdjson::SUCCESS);
  EXPECT_EQ(double(root.at(0)), 18446744073709551616.0);
  EXPECT_EQ(std::int64_t(root.at(1)), 7);
  EXPECT_EQ(parse_json(parser, "[" + std::string(400, '9') + "]", root), simdjson::SUCCESS);
  EXPECT_EQ(parse_json(parser, "[18446744073709551616, tru]", root), simdjson::T_ATOM_ERROR);
}

TEST(LongIntegers, cost_no_object) {
  const std::string stix =
      R"({"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[{"type":"indicator",)"
      R"("spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-000000000002","pattern_type":"stix",)"
      R"("pattern":"[domain-name:value = 'a.test']","x_serial":18446744073709551616}]})";
  EXPECT_EQ(read_feed("b.json", stix).texts(), Strings{"host a.test"});
  const test::FeedLog misp = read_feed(
      "e.json", R"({"Event":{"info":"x","Attribute":[{"type":"domain","category":"N","value":"a.test","to_ids":true,)"
                R"("x":-99999999999999999999}]}})");
  EXPECT_EQ(misp.texts(), Strings{"host a.test"});
  EXPECT_EQ(misp.defects.count("malformed_object"), 0U);
  const Result<Observed> observed = Observed::read(
      R"({"type":"observed-data","id":"observed-data--00000000-0000-4000-8000-000000000001",)"
      R"("first_observed":"2026-01-01T00:00:00Z","last_observed":"2026-01-01T00:00:00Z","number_observed":1,)"
      R"("objects":{"0":{"type":"domain-name","value":"a.test","x_serial":18446744073709551616}}})");
  EXPECT_TRUE(observed) << observed.error().what;
}

}  // namespace
}  // namespace testudo
