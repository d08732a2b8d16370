// Jobs on several threads: their frames come in order, and one that gets no memory ends them all.
#include "app/worker/side_by_side.h"

#include <gtest/gtest.h>

#include <chrono>
#include <new>
#include <thread>

namespace testudo {
namespace {

constexpr auto own = static_cast<std::uint8_t>(FrameKind::first_own);

// The payloads' first letters, in their order; nothing is there where memory is said to be short.
std::string letters(std::size_t count, std::size_t short_of_memory, std::size_t octets) {
  std::string all;
  bool threw = false;
  {
    FrameWriter out([&](const std::string& part) { all += part; });
    try {
      side_by_side(count, out, [&](std::size_t i, FrameWriter& frames) {
        if (i == short_of_memory) {
          frames.begin(own) += "half";
          std::this_thread::sleep_for(std::chrono::milliseconds(100));
          throw std::bad_alloc();
        }
        for (int n = 0; n < 2; ++n) frames.write(own, std::string(octets, static_cast<char>('a' + i)));
      });
    } catch (const std::bad_alloc&) {
      threw = true;
    }
  }
  EXPECT_EQ(threw, short_of_memory < count);
  std::string seen;
  constexpr std::size_t header = 5;
  for (std::size_t at = header; at < all.size(); at += header + octets) seen.push_back(all[at]);
  EXPECT_EQ(all.size() % (header + octets), 0U);
  return seen;
}

TEST(SideBySide, FramesComeInTheOrderOfTheJobs) { EXPECT_EQ(letters(6, 6, 1000), "aabbccddeeff"); }

TEST(SideBySide, AJobWithoutMemoryEndsThemAll) {
  EXPECT_TRUE(std::string("aabb").starts_with(letters(3, 2, 1000)));
  EXPECT_EQ(letters(8, 0, 12U << 20), "");  // the others wait for its turn
}

}  // namespace
}  // namespace testudo
