// Apple's LZ4 frames: what comes out, and what is refused.
#include "codec/lz4.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace testudo {
namespace {

using namespace std::string_literals;

std::string number(std::uint32_t value) {
  std::string out;
  for (unsigned i = 0; i < 4; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
  return out;
}
std::string plain(std::string_view text) {
  return "bv4-" + number(static_cast<std::uint32_t>(text.size())) + std::string(text);
}
std::string packed(std::uint32_t size, std::string_view block) {
  return "bv41" + number(size) + number(static_cast<std::uint32_t>(block.size())) + std::string(block);
}
constexpr std::size_t most = 4096;
std::string unpacked(const std::string& frames) {
  auto out = unpack_apple_lz4(as_bytes(frames), most);
  return out ? std::move(out).value() : "(" + std::string(fault_name(out.error().fault)) + ")";
}

// Four letters, then eight more from four letters back.
const std::string repeated = "\x44"s + "abcd" + "\x04\0"s + "\0"s;

TEST(Lz4, frames) {
  EXPECT_EQ(unpacked("bv4$"), "");
  EXPECT_EQ(unpacked(plain("hello") + "bv4$ and more"), "hello");
  EXPECT_EQ(unpacked(packed(12, repeated) + "bv4$"), "abcdabcdabcd");
  EXPECT_EQ(unpacked(plain("ab") + packed(5, "\x10"s + "c" + "\x03\0"s + "\0"s) + "bv4$"), "abcabca");
  // 15 and more of both: 15 + 255 + 0 literals, 15 + 4 + 1 of the match.
  const std::string letters(270, 'x');
  EXPECT_EQ(unpacked(packed(290, "\xFF\xFF\0"s + letters + "\x01\0\x01\0"s) + "bv4$"), std::string(290, 'x'));
  // The last sequence is literals alone.
  EXPECT_EQ(unpacked(packed(3, "\x30"s + "end") + "bv4$"), "end");
}

TEST(Lz4, refused) {
  EXPECT_EQ(unpacked(""), "(truncated)");
  EXPECT_EQ(unpacked("bvxn"), "(malformed)");
  EXPECT_EQ(unpacked(plain("hello")), "(truncated)");
  EXPECT_EQ(unpacked(packed(11, repeated) + "bv4$"), "(malformed)");
  EXPECT_EQ(unpacked(packed(13, repeated) + "bv4$"), "(malformed)");
  EXPECT_EQ(unpacked(packed(8, "\x10"s + "a" + "\x02\0"s) + "bv4$"), "(malformed)");  // before the beginning
  EXPECT_EQ(unpacked(packed(8, "\x10"s + "a" + "\0\0"s) + "bv4$"), "(malformed)");
  EXPECT_EQ(unpacked(packed(3, "\x50"s + "end") + "bv4$"), "(truncated)");
  EXPECT_EQ(unpacked(packed(most + 1, repeated)), "(limit)");
  EXPECT_EQ(unpacked(plain(std::string(most, 'x')) + plain("x")), "(limit)");
}

TEST(Lz4, offset_of_an_error) {
  const auto offset = [](const std::string& frames) { return unpack_apple_lz4(as_bytes(frames), most).error().offset; };
  // Eight octets and five, twelve of the next frame's head, then the token, a letter and the offset of the match.
  EXPECT_EQ(offset(plain("hello") + packed(8, "\x10"s + "a" + "\x09\0"s)), 8U + 5 + 12 + 4 + 0);
  EXPECT_EQ(offset(plain("hello") + packed(3, "\x50"s + "end")), 8U + 5 + 12 + 1);
}

TEST(Lz4, is_known_by_its_first_octets) {
  EXPECT_TRUE(is_apple_lz4(as_bytes(std::string_view("bv41...."))));
  EXPECT_TRUE(is_apple_lz4(as_bytes(std::string_view("bv4-...."))));
  EXPECT_FALSE(is_apple_lz4(as_bytes(std::string_view("bv4"))));
  EXPECT_FALSE(is_apple_lz4(as_bytes(std::string_view("bplist00"))));
}

}  // namespace
}  // namespace testudo
