// JSON text: commas, escapes, numbers; everything reads back with a parser that is not ours.
#include "base/json_text.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace testudo {
namespace {

std::string string_of(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

TEST(JsonText, strings) {
  EXPECT_EQ(string_of("a\"\\\n\r\t\x01\x7f"), "\"a\\\"\\\\\\n\\r\\t\\u0001\\u007f\"");
  EXPECT_EQ(string_of("é例😀"), "\"é例😀\"");
  EXPECT_EQ(string_of("a\xFF"), "\"a\uFFFD\"");
  EXPECT_EQ(string_of(std::string_view("\0", 1)), "\"\\u0000\"");
}

TEST(JsonText, numbers) {
  std::string out;
  append_json_integer(out, std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(out, "-9223372036854775808");
  for (const double value : {0.1, 1e300, -5e-324, 1.0 / 3}) {
    std::string real;
    append_json_real(real, value);
    EXPECT_EQ(std::strtod(real.c_str(), nullptr), value);
  }
  std::string zero;
  append_json_real(zero, -0.0);
  EXPECT_EQ(zero, "-0.0") << "digits alone lose their sign";
  for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    std::string real;
    append_json_real(real, value);
    EXPECT_EQ(real, "null");
  }
}

// A real of many digits stays a real: digits alone would be an integer that no reader holds.
TEST(JsonText, large_reals_read_back) {
  for (double value : {9.2e20, -9.2e20, 0x1p63, 0x1p64, 1e18, 1e22, 123456789012345680000.0}) {
    std::string json = "[";
    append_json_real(json, value);
    simdjson::dom::parser parser;
    double back = 0;
    ASSERT_EQ(parser.parse(json + "]").at(0).get(back), simdjson::SUCCESS) << json;
    EXPECT_EQ(back, value);
  }
}

TEST(JsonText, nesting) {
  std::string out;
  JsonText json(out);
  json.object().key("a").integer(1).key("b").array().string("x").boolean(true).null().real(0.5).array().end().end();
  json.key("c").object().end().key("d").raw("[1]").end();
  EXPECT_EQ(out, R"({"a":1,"b":["x",true,null,0.5,[]],"c":{},"d":[1]})");
}

TEST(JsonText, every_octet_pair_reads_back) {
  simdjson::dom::parser parser;
  for (int a = 0; a < 256; ++a) {
    std::string text;
    for (int b = 0; b < 256; b += 5) text.push_back(static_cast<char>(a)), text.push_back(static_cast<char>(b));
    const std::string json = "[" + string_of(text) + "]";
    simdjson::dom::element root;
    ASSERT_EQ(parser.parse(json).get(root), simdjson::SUCCESS) << a;
  }
}

TEST(JsonText, what_acts_on_a_display_is_escaped) {
  std::string out;
  append_json_string(out,
                     "a\xC2\x9B"
                     "b\xE2\x80\xAE"
                     "c\xD8\x9C"
                     "d\xC2\xA9 \xE2\x82\xAC \xD8\xA7");
  EXPECT_EQ(out, "\"a\\u009bb\\u202ec\\u061cd\xC2\xA9 \xE2\x82\xAC \xD8\xA7\"");
}

}  // namespace
}  // namespace testudo
