// Hashes: published vectors, streams, files, and the table hash.
#include "base/hash.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <set>

#include "base/text.h"

namespace testudo {
namespace {

// FIPS 180-4 examples, and the empty message.
constexpr std::string_view two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

TEST(Hash, published_vectors) {
  EXPECT_EQ(to_hex(sha256(as_bytes(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(as_bytes(two_blocks))), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(sha1(as_bytes(""))), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(to_hex(sha1(as_bytes("abc"))), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(Hash, a_stream_is_its_parts) {
  const std::string text(1000, 'x');
  for (std::size_t cut = 0; cut <= text.size(); cut += 37) {
    Sha256Stream stream;
    stream.update(as_bytes(std::string_view(text).substr(0, cut)));
    stream.update(as_bytes(std::string_view(text).substr(cut)));
    EXPECT_EQ(stream.finish(), sha256(as_bytes(text)));
  }
}

TEST(Hash, files) {
  std::FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  const std::string text(600'000, 'y');
  ASSERT_EQ(std::fwrite(text.data(), 1, text.size(), file), text.size());
  std::fflush(file);
  const auto digest = sha256_of_file(::fileno(file));
  ASSERT_TRUE(digest.ok());
  EXPECT_EQ(*digest, sha256(as_bytes(text)));
  EXPECT_EQ(::lseek(::fileno(file), 0, SEEK_CUR), static_cast<off_t>(text.size()));
  std::fclose(file);
  EXPECT_FALSE(sha256_of_file(-1).ok());
}

TEST(Hash, table_hash_differs_by_text_length_and_seed) {
  std::set<std::uint64_t> seen;
  std::string text;
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(seen.insert(hash64(text)).second) << i;
    EXPECT_TRUE(seen.insert(hash64(text, 1)).second) << i;
    EXPECT_EQ(hash64(text), hash64(std::string(text)));
    text.push_back('\0');
  }
}

}  // namespace
}  // namespace testudo
