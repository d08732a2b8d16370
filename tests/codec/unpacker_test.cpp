// Compressed streams against the programs that write them.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "codec/unpacker.h"

namespace testudo {
namespace {

std::string sample() {
  std::string text;
  for (int i = 0; i < 50000; ++i) text += "line " + std::to_string(i * 7919 % 10007) + "\n";
  return text;
}

// What a program makes of the sample; empty where it is absent.
std::string packed_by(const std::string& program) {
  const auto folder = std::filesystem::temp_directory_path() / "testudo-unpacker-test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "sample", std::ios::binary) << sample();
  const std::string command = program + " < " + (folder / "sample").string() + " > " + (folder / "packed").string();
  const bool ran = std::system((command + " 2>/dev/null").c_str()) == 0;
  std::ifstream file(folder / "packed", std::ios::binary);
  std::string packed{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove_all(folder);
  return ran ? packed : std::string();
}

Result<std::string> unpacked(const std::string& packed, std::size_t most) {
  Unpacker unpacker = TRY(Unpacker::open(packing_of(packed), packed));
  std::string text;
  while (TRY(unpacker.next(text, most)) != 0) continue;
  return text;
}

TEST(Unpacker, ReadsWhatOthersWrite) {
  for (const char* program : {"gzip -1", "gzip -9", "zstd -q -1", "zstd -q -19"}) {
    const std::string packed = packed_by(program);
    if (packed.empty()) continue;
    for (const std::size_t most : {std::size_t{1} << 20, std::size_t{4093}}) {
      const auto text = unpacked(packed, most);
      ASSERT_TRUE(text) << program;
      EXPECT_EQ(*text, sample()) << program;
    }
    const auto twice = unpacked(packed + packed + std::string(100, '\0'), 1U << 16);
    ASSERT_TRUE(twice) << program;
    EXPECT_EQ(*twice, sample() + sample());
  }
  EXPECT_EQ(*unpacked(packed_by("gzip"), 1 << 20), sample()) << "gzip is always there";
}

TEST(Unpacker, SaysWhereItStops) {
  const std::string packed = packed_by("gzip");
  const auto cut = unpacked(packed.substr(0, packed.size() - 9), 1 << 20);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().fault, Fault::truncated);
  EXPECT_EQ(cut.error().offset, packed.size() - 9);
  std::string changed = packed;
  changed[changed.size() - 6] = static_cast<char>(changed[changed.size() - 6] ^ 1);  // of the checksum
  EXPECT_EQ(unpacked(changed, 1 << 20).error().fault, Fault::malformed);
  EXPECT_EQ(unpacked(packed + "x", 1 << 20).error().fault, Fault::malformed);
}

TEST(Unpacker, KnowsPackingsByTheirFirstOctets) {
  EXPECT_EQ(packing_of("\x1F\x8B\x08"), Packing::gzip);
  EXPECT_EQ(packing_of("\x28\xB5\x2F\xFD"), Packing::zstd);
  EXPECT_EQ(packing_of("BZh9"), Packing::other);
  EXPECT_EQ(packing_of("$ORIGIN test."), Packing::none);
  EXPECT_EQ(packing_of(""), Packing::none);
  EXPECT_EQ(Unpacker::open(Packing::other, "BZh9").error().fault, Fault::usage);
}

}  // namespace
}  // namespace testudo
