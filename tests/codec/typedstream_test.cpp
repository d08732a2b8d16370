// typedstream archives: the message text, the strings of its attributes, damage. Claims: docs/formats/typedstream.md.
#include "codec/typedstream.h"

#include <gtest/gtest.h>

#include "codec/plist_builder.h"
#include "codec/typedstream_builder.h"

namespace testudo {
namespace {

using test::attributed_message;
using Strings = std::vector<std::string>;

const std::string guid = "8A4C0F0E-0000-4000-8000-000000000001";

std::string detector_list() {
  test::PlistBuilder b;
  b.array({1, 2, 3, 4});
  b.text("$class");
  b.text("NSMutableArray");
  b.text("NS.range");
  b.text("https://detected.test/path");
  return b.list();
}

TEST(TypedStream, ReadsTextAndAttributes) {  // F1, F2
  const std::string octets = attributed_message("Look: example.test", "https://example.test/a", detector_list());
  const auto read = parse_attributed_text(as_bytes(octets));
  ASSERT_TRUE(read.ok()) << read.error().what << " " << read.error().offset;
  EXPECT_EQ(read.value().text, "Look: example.test");
  EXPECT_EQ(read.value().other_texts, (Strings{"https://example.test/a", guid, "https://detected.test/path"}));
  EXPECT_EQ(read.value().anomaly, "");
}

TEST(TypedStream, ReadsLongTexts) {  // F3
  const std::string text = std::string(300, 'x') + "\u00e9";
  const std::string octets = attributed_message(text, "https://example.test/" + std::string(200, 'y'));
  const auto read = parse_attributed_text(as_bytes(octets));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().text, text);
  EXPECT_EQ(read.value().other_texts[0].size(), 221U);
}

TEST(TypedStream, ReadsBigEndian) {
  const std::string octets = std::string("\x04\x0btypedstream\x81\x03\xe8") + "\x84\x01@" + "\x84\x84\x84\x08NSString" +
                             "\x01\x85" + "\x84\x01+" + std::string("\x81\x00\x03", 3) + "abc" + "\x86";
  const auto read = parse_attributed_text(as_bytes(octets));
  ASSERT_TRUE(read.ok()) << read.error().what;
  EXPECT_EQ(read.value().text, "abc");
  EXPECT_EQ(read.value().anomaly, "");
}

TEST(TypedStream, KeepsWhatTruncationLeaves) {  // F4
  const std::string text = "Look: example.test";
  const std::string whole = attributed_message(text, "https://example.test/a", detector_list());
  const auto full = parse_attributed_text(as_bytes(whole));
  std::size_t with_text = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto read = parse_attributed_text(as_bytes(whole).first(size));
    if (!read.ok()) {
      EXPECT_EQ(with_text, 0U) << size;
      continue;
    }
    ++with_text;
    EXPECT_TRUE(text.starts_with(read.value().text));
    EXPECT_EQ(read.value().anomaly, "typedstream_truncated") << size;
    const auto& others = read.value().other_texts;
    ASSERT_LE(others.size(), full.value().other_texts.size());
    EXPECT_TRUE(std::equal(others.begin(), others.end(), full.value().other_texts.begin())) << size;
  }
  EXPECT_GT(with_text, whole.size() / 2);
}

TEST(TypedStream, SurvivesEveryChangedOctet) {
  const std::string whole = attributed_message("Look", "https://example.test/a", detector_list());
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (int value = 0; value < 256; ++value) {
      std::string changed = whole;
      changed[i] = static_cast<char>(value);
      const auto read = parse_attributed_text(as_bytes(changed));
      EXPECT_TRUE(!read.ok() || read.value().text.size() <= whole.size() * 3);
    }
}

TEST(TypedStream, FindsTheTextBehindDamage) {
  std::string octets = attributed_message("Look: example.test", "https://example.test/a");
  octets[17] = '\xff';  // where the first class name starts
  const auto read = parse_attributed_text(as_bytes(octets));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().text, "Look: example.test");
  EXPECT_NE(read.value().anomaly, "");
}

TEST(TypedStream, ValuesWithoutOctetsEnd) {
  std::string octets = std::string("\x04\x0bstreamtyped\x81\xe8\x03") + "\x84\x01+" +
                       "\x03"
                       "abc";
  const std::string types = "[99999999[99999999[99999999!]]]";
  octets += "\x84" + std::string(1, static_cast<char>(types.size())) + types;
  const auto read = parse_attributed_text(as_bytes(octets));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().text, "abc");
  EXPECT_EQ(read.value().anomaly, "typedstream_too_deep");
}

TEST(TypedStream, NestingIsLimited) {
  std::string octets = std::string("\x04\x0bstreamtyped\x81\xe8\x03") + "\x84\x01+" +
                       "\x03"
                       "abc" +
                       "\x84\x01@";
  for (int i = 0; i < 100'000; ++i) octets += "\x84\x85\x93";
  const auto read = parse_attributed_text(as_bytes(octets));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().anomaly, "typedstream_too_deep");
}

TEST(TypedStream, ReadsKeyedArchives) {  // F5
  test::PlistBuilder b;
  b.dict({1, 2}, {3, 4});
  b.text("$top");
  b.text("$objects");
  b.dict({5}, {6});
  b.array({7, 8, 11, 13});
  b.text("root");
  b.raw("\x80\x01");
  b.text("$null");
  b.dict({9, 16}, {10, 15});
  b.text("NSString");
  b.raw("\x80\x02");
  b.text("the message");
  b.raw("\x08");
  b.text("https://example.test/keyed");
  b.raw("\x08");
  b.raw("\x80\x03");
  b.text("NSAttributes");
  const std::string octets = b.list();
  const auto read = parse_attributed_text(as_bytes(octets));
  ASSERT_TRUE(read.ok()) << read.error().what;
  EXPECT_EQ(read.value().text, "the message");
  EXPECT_EQ(read.value().other_texts, (Strings{"root", "https://example.test/keyed"}));
}

TEST(TypedStream, SaysWhyNothingCouldBeRead) {
  const auto fault_of = [](std::string_view octets) { return parse_attributed_text(as_bytes(octets)).error().fault; };
  EXPECT_EQ(fault_of(""), Fault::truncated);
  EXPECT_EQ(fault_of("\x04\x0bstream"), Fault::truncated);
  EXPECT_EQ(fault_of("\x04\x0bstreamtyped\x81\xe8\x03"), Fault::truncated);
  EXPECT_EQ(fault_of("\x03\x0bstreamtyped"), Fault::unsupported);
  EXPECT_EQ(fault_of("hello, this is plain text"), Fault::truncated);
  EXPECT_EQ(fault_of("bplist00\xd0"), Fault::malformed);
}

}  // namespace
}  // namespace testudo
