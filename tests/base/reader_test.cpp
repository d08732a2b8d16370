// Reader: no read beyond the end, and every error at its absolute offset.
#include "base/reader.h"

#include <gtest/gtest.h>

namespace testudo {
namespace {

constexpr std::uint8_t octets[] = {1, 2, 3, 4, 5, 6, 7, 8};

TEST(Reader, numbers) {
  Reader in(octets);
  EXPECT_EQ(*in.le<std::uint16_t>("a"), 0x0201);
  EXPECT_EQ(*in.be<std::uint16_t>("b"), 0x0304);
  EXPECT_EQ(*in.le<std::uint8_t>("c"), 5);
  const auto too_far = in.be<std::uint32_t>("d");
  ASSERT_FALSE(too_far.ok());
  EXPECT_EQ(too_far.error().fault, Fault::truncated);
  EXPECT_EQ(too_far.error().offset, 5U);
  EXPECT_EQ(too_far.error().what, "d");
  EXPECT_EQ(in.left(), 3U);  // a failed read takes nothing
  EXPECT_EQ(*Reader(octets).be<std::uint64_t>("e"), 0x0102030405060708U);
  EXPECT_EQ(*Reader(octets).le<std::uint64_t>("f"), 0x0807060504030201U);
}

TEST(Reader, sizes_that_would_wrap) {
  Reader in(octets);
  EXPECT_FALSE(in.take(~std::uint64_t{0}, "x").ok());
  EXPECT_FALSE(in.skip(9, "x").ok());
  EXPECT_FALSE(in.seek(9, "x").ok());
  EXPECT_TRUE(in.seek(8, "x").ok());
  EXPECT_TRUE(in.empty());
  EXPECT_TRUE(in.take(0, "x").ok());
  EXPECT_TRUE(in.seek(0, "x").ok());
  EXPECT_EQ(in.left(), 8U);
}

TEST(Reader, counts_are_checked_by_division) {
  Reader in(octets);
  EXPECT_EQ(*in.count(4, 2, "x"), 4U);
  EXPECT_FALSE(in.count(5, 2, "x").ok());
  EXPECT_FALSE(in.count(std::uint64_t{1} << 61, 8, "x").ok());
  EXPECT_EQ(*in.count(~std::uint64_t{0}, 0, "x"), ~std::uint64_t{0});
}

TEST(Reader, children_keep_absolute_offsets) {
  Reader in(octets, 100);
  ASSERT_TRUE(in.skip(2, "x").ok());
  auto child = in.slice(4, "child");
  ASSERT_TRUE(child.ok());
  EXPECT_EQ(in.offset(), 106U);
  EXPECT_EQ(child->offset(), 102U);
  ASSERT_TRUE(child->skip(4, "x").ok());
  const auto beyond = child->le<std::uint8_t>("y");
  ASSERT_FALSE(beyond.ok());
  EXPECT_EQ(beyond.error().offset, 106U);
}

TEST(Reader, every_cut_is_truncated_or_whole) {
  for (std::size_t size = 0; size <= sizeof octets; ++size) {
    Reader in(Bytes(octets, size));
    EXPECT_EQ(in.le<std::uint64_t>("x").ok(), size == 8);
    EXPECT_EQ(in.take(size, "x").ok(), size != 8);
  }
}

}  // namespace
}  // namespace testudo
