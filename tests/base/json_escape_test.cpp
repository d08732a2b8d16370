// Octets that JSON or a display would act on, at every place of a text and before every end.
#include <gtest/gtest.h>

#include "base/json_text.h"

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
