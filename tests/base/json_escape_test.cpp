// Octets that JSON or a display would act on, at every place of a text and before every end.
#include <gtest/gtest.h>

#include <cstdio>

#include "base/json_text.h"
#include "base/text.h"

namespace testudo {
namespace {

TEST(JsonEscape, IsMadeAtEveryPlaceOfATextOfEveryLength) {
  const std::pair<std::string, std::string> cases[] = {{"\"", "\\\""},
                                                       {"\\", "\\\\"},
                                                       {"\n", "\\n"},
                                                       {"\r", "\\r"},
                                                       {"\t", "\\t"},
                                                       {std::string(1, '\0'), "\\u0000"},
                                                       {"\x1F", "\\u001f"},
                                                       {"\x7F", "\\u007f"},
                                                       {"\xC2\x85", "\\u0085"},
                                                       {"\xC2\xA0", "\xC2\xA0"},
                                                       {"\xD8\x9C", "\\u061c"},
                                                       {"\xE2\x80\xAE", "\\u202e"},
                                                       {"\xE2\x82\xAC", "\xE2\x82\xAC"},
                                                       {"\xEF\xBB\xBF", "\\ufeff"},
                                                       {"\xE2\x80\x8B", "\\u200b"},
                                                       {"\xEF\xBC\x8C", "\xEF\xBC\x8C"},
                                                       {"\xFF", "\xEF\xBF\xBD"}};
  for (const auto& [given, written] : cases)
    for (std::size_t before = 0; before < 50; ++before)
      for (const std::size_t after :
           {std::size_t{0}, std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{40}}) {
        std::string out = "x";
        append_json_string(out, std::string(before, 'a') + given + std::string(after, 'z'));
        EXPECT_EQ(out, "x\"" + std::string(before, 'a') + written + std::string(after, 'z') + "\"");
      }
}

TEST(JsonEscape, NoCharacterThatActsIsPassedOver) {
  std::size_t acting = 0;
  for (unsigned c = 0x80; c < 0x11'0000; ++c) {
    if (!acts_on_display(c)) continue;
    ++acting;
    ASSERT_LT(c, 0x1'0000U) << "needs an octet and an escape of its own";
    std::string given, out;
    if (c < 0x800)
      given = {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
    else
      given = {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
               static_cast<char>(0x80 | (c & 0x3F))};
    append_json_string(out, given);
    char escaped[16];
    std::snprintf(escaped, sizeof escaped, "\"\\u%04x\"", c);
    EXPECT_EQ(out, escaped);
  }
  EXPECT_EQ(acting, 64U);
}

TEST(JsonEscape, ALongTextIsWrittenWhole) {
  std::string given, written;
  for (int i = 0; i < 3000; ++i) given += i % 3 == 0 ? "\"" : "ab", written += i % 3 == 0 ? "\\\"" : "ab";
  std::string out;
  append_json_string(out, given);
  EXPECT_EQ(out, "\"" + written + "\"");
  out.clear();
  append_json_string(out, std::string(5000, '\x01'));
  EXPECT_EQ(out.size(), 30'002U);
}

}  // namespace
}  // namespace testudo
