// Text: encodings there and back, and hostile text made harmless.
#include "base/text.h"

#include <gtest/gtest.h>

namespace testudo {
namespace {

std::string utf16(std::initializer_list<unsigned> units, bool big) {
  std::string out;
  for (unsigned u : units) {
    out.push_back(static_cast<char>(big ? u >> 8 : u & 0xFF));
    out.push_back(static_cast<char>(big ? u & 0xFF : u >> 8));
  }
  return out;
}

TEST(Text, utf8) {
  EXPECT_TRUE(is_utf8("aé例😀"));
  EXPECT_TRUE(is_utf8(""));
  for (std::string_view bad :
       {"\xFF", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "a\x80"}) {
    EXPECT_FALSE(is_utf8(bad));
    EXPECT_TRUE(is_utf8(to_utf8(bad)));
  }
  EXPECT_EQ(to_utf8("a\xFF"
                    "b"),
            "a\uFFFDb");
  EXPECT_EQ(to_utf8("例\xE4\xBE"), "例\uFFFD");
  EXPECT_EQ(to_utf8("unchanged é"), "unchanged é");
}

TEST(Text, decoding_agrees_with_appending) {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 37) {
    std::string text;
    append_utf8(text, c);
    const CodePoint back = decode_utf8(text);
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    ASSERT_EQ(back.value, surrogate ? 0xFFFD : c);
    ASSERT_EQ(back.size, text.size());
    ASSERT_TRUE(back.valid);
    for (std::size_t i = 1; i < text.size(); ++i) ASSERT_FALSE(decode_utf8(text.substr(0, i)).valid);
  }
  std::string text;
  append_utf8(text, 0x110000);
  EXPECT_EQ(text, "\uFFFD");
}

TEST(Text, utf16_both_ways_round) {
  for (const bool big : {true, false}) {
    const auto read = [&](const std::string& raw) {
      return big ? utf16be_to_utf8(as_bytes(raw)) : utf16le_to_utf8(as_bytes(raw));
    };
    EXPECT_EQ(read(utf16({'a', 0xE9, 0x4F8B, 0xD83D, 0xDE00}, big)), "aé例😀");
    EXPECT_EQ(read(utf16({0xD83D, 'a'}, big)), "\uFFFDa");
    EXPECT_EQ(read(utf16({0xDE00}, big)), "\uFFFD");
    EXPECT_EQ(read(utf16({'a'}, big) + "x"), "a");
    EXPECT_EQ(read(""), "");
  }
}

TEST(Text, ascii) {
  EXPECT_EQ(lower_ascii("ABCxyz019É"), "abcxyz019É");
  EXPECT_TRUE(equals_ignoring_case("AbC", "aBc"));
  EXPECT_FALSE(equals_ignoring_case("abc", "abcd"));
  EXPECT_FALSE(equals_ignoring_case("[", "{"));
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Text, hexadecimal) {
  EXPECT_EQ(to_hex(as_bytes(std::string_view("\x00\x7F\xFF", 3))), "007fff");
  EXPECT_EQ(from_hex("007FfF"), std::string("\x00\x7F\xFF", 3));
  EXPECT_EQ(from_hex(""), "");
  for (std::string_view bad : {"0", "0g", "g0", " 0", "0x"}) EXPECT_FALSE(from_hex(bad)) << bad;
}

TEST(Text, base64) {
  // RFC 4648 §10.
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    EXPECT_EQ(to_base64(as_bytes(plain)), encoded);
    EXPECT_EQ(from_base64(encoded), plain);
  }
  EXPECT_EQ(from_base64("Zm 9v\nYg"), "foob");
  EXPECT_FALSE(from_base64("Zm9*"));
  EXPECT_FALSE(from_base64("Zm9_"));
  std::string all;
  for (int i = 0; i < 256; ++i) {
    all.push_back(static_cast<char>(i));
    EXPECT_EQ(from_base64(to_base64(as_bytes(all))), all);
    EXPECT_EQ(from_hex(to_hex(as_bytes(all))), all);
  }
}

TEST(Text, visible_text_cannot_act) {
  EXPECT_EQ(visible("plain é例😀"), "plain é例😀");
  EXPECT_EQ(visible("\x1b[31m\r\n\t\x7f"), "\\x1b[31m\\x0d\\x0a\\x09\\x7f");
  EXPECT_EQ(visible("a\u202Eb\u2066c\u2069\u200E\u200F\u061C"), "a\\u202eb\\u2066c\\u2069\\u200e\\u200f\\u061c");
  EXPECT_EQ(visible("\u0085\u009B"), "\\x85\\x9b");
  // What nobody sees makes one name look like another; line ends of their own forge lines.
  EXPECT_EQ(visible("a\u00ADb\u200Bc\uFEFFd\u2060e"), "a\\xadb\\u200bc\\ufeffd\\u2060e");
  EXPECT_EQ(visible("a\u2028b\u2029c\uFFF9d"), "a\\u2028b\\u2029c\\ufff9d");
  EXPECT_EQ(visible("می\u200Cخواهم 👩\u200D💻 ，"), "می\u200Cخواهم 👩\u200D💻 ，")
      << "letters and emoji need the joiners";
  EXPECT_EQ(visible("a\xFFz"), "a\\xffz");
  EXPECT_EQ(visible(std::string_view("\0", 1)), "\\x00");
}

}  // namespace
}  // namespace testudo
