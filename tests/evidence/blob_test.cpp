// Blobs: every range of a file, encrypted or not, reads as the whole does.
#include "evidence/blob.h"

#include <random>

#include <gtest/gtest.h>

#include "evidence/backup_crypto.h"

namespace testudo {
namespace {

Descriptor file_of(std::string_view content) { return std::move(memory_file("blob", as_bytes(content)).value()); }

std::string pattern(std::size_t size) {
  std::string out(size, '\0');
  std::mt19937 random(5);
  for (char& c : out) c = static_cast<char>(random());
  return out;
}

std::string read(const Blob& blob, std::uint64_t offset, std::size_t size) {
  std::vector<std::uint8_t> out(size);
  const auto done = blob.read(offset, out);
  EXPECT_TRUE(done.ok()) << offset << " " << size;
  return std::string(as_text(out));
}

void expect_reads_like(const Blob& blob, const std::string& plain) {
  ASSERT_EQ(blob.size(), plain.size());
  EXPECT_EQ(as_text(blob.all().value()), plain);
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    const std::size_t offset = random() % (plain.size() + 1);
    const std::size_t size = random() % std::min<std::size_t>(plain.size() - offset + 1, 100);
    EXPECT_EQ(read(blob, offset, size), plain.substr(offset, size)) << offset << " " << size;
  }
}

void expect_ends(const Blob& blob, const std::string& plain) {
  std::vector<std::uint8_t> out(plain.size() + 5, 0xaa);
  const auto past = blob.read(0, out);
  ASSERT_FALSE(past.ok());
  EXPECT_EQ(past.error().fault, Fault::truncated);
  EXPECT_EQ(as_text(out).substr(0, plain.size()), plain);
  EXPECT_EQ(blob.read(plain.size() + 100, std::span(out).first(1)).error().fault, Fault::truncated);
}

TEST(Blob, PlainAndMemory) {
  const std::string plain = pattern(5000);
  const auto blob = plain_blob(file_of(plain));
  ASSERT_TRUE(blob.ok());
  expect_reads_like(*blob.value(), plain);
  expect_ends(*blob.value(), plain);
  expect_reads_like(*memory_blob(as_bytes(plain)), plain);
  expect_ends(*memory_blob(as_bytes(plain)), plain);
  EXPECT_EQ(memory_blob(as_bytes(plain))->all(4999).error().fault, Fault::limit);
  EXPECT_EQ(memory_blob({})->size(), 0U);
}

TEST(Blob, EncryptedReadsEveryRange) {  // B1
  const FileKey key = test::key_of(9);
  for (const std::size_t size : {1U, 15U, 16U, 17U, 4096U, 5003U}) {
    const std::string plain = pattern(size);
    const std::string stored = test::cbc(key, plain);
    const auto sized = encrypted_blob(file_of(stored), key, size);
    ASSERT_TRUE(sized.ok());
    expect_reads_like(*sized.value(), plain);
    expect_ends(*sized.value(), plain);
    const auto unsized = encrypted_blob(file_of(stored), key, std::nullopt);
    ASSERT_TRUE(unsized.ok());
    expect_reads_like(*unsized.value(), plain);
  }
}

TEST(Blob, EncryptedReadsAcrossItsParts) {
  const FileKey key = test::key_of(1);
  const std::string plain = pattern(700'001);
  const auto blob = encrypted_blob(file_of(test::cbc(key, plain)), key, plain.size());
  EXPECT_EQ(read(*blob.value(), 3, 600'000), plain.substr(3, 600'000));
  EXPECT_EQ(read(*blob.value(), 262'144, 300'000), plain.substr(262'144, 300'000));
  // Sequential reads, which keep the vector from one to the next, aligned and not.
  for (const std::size_t step : {4096U, 1000U}) {
    std::string all;
    for (std::size_t at = 0; at < plain.size(); at += step)
      all += read(*blob.value(), at, std::min(step, plain.size() - at));
    EXPECT_EQ(all, plain);
  }
}

TEST(Blob, PaddingThatIsNoneIsKept) {  // B2
  const FileKey key = test::key_of(2);
  const std::string plain = std::string(31, 'x') + '\x05';
  const auto blob = encrypted_blob(file_of(test::cbc(key, plain, false)), key, std::nullopt);
  EXPECT_EQ(as_text(blob.value()->all().value()), plain);
  // A database that was stored without padding and happens to end like it.
  std::string database = "SQLite format 3";
  database.resize(1024, '\0');
  database.back() = '\x01';
  const auto unpadded = encrypted_blob(file_of(test::cbc(key, database, false)), key, std::nullopt);
  EXPECT_EQ(unpadded.value()->size(), 1024U);
  const auto padded = encrypted_blob(file_of(test::cbc(key, database)), key, std::nullopt);
  EXPECT_EQ(padded.value()->size(), 1024U);
}

TEST(Blob, AFileThatLostItsEndIsShorter) {  // B3
  const FileKey key = test::key_of(3);
  const std::string plain = pattern(1000);
  const std::string stored = test::cbc(key, plain);
  for (std::size_t size = 0; size < stored.size(); size += 7) {
    const auto blob = encrypted_blob(file_of(std::string_view(stored).substr(0, size)), key, plain.size());
    ASSERT_TRUE(blob.ok());
    EXPECT_EQ(blob.value()->size(), std::min(size / 16 * 16, plain.size()));
    EXPECT_EQ(as_text(blob.value()->all().value()), plain.substr(0, size / 16 * 16));
    EXPECT_TRUE(encrypted_blob(file_of(std::string_view(stored).substr(0, size)), key, std::nullopt).ok());
  }
}

TEST(Blob, AStatedSizeThatIsTooSmallHidesNothing) {  // B5
  const FileKey key = test::key_of(3);
  const std::string plain = pattern(1000);
  for (const std::uint64_t stated : {0U, 16U, 983U, 995U}) {
    const auto blob = encrypted_blob(file_of(test::cbc(key, plain)), key, stated);
    EXPECT_EQ(as_text(blob.value()->all().value()), plain) << stated;
  }
}

TEST(Blob, TheStatedSizeEndsWhatWasNotPadded) {  // M3
  const FileKey key = test::key_of(3);
  const std::string full(16, '\x01');
  EXPECT_EQ(as_text(encrypted_blob(file_of(test::cbc(key, full, false)), key, 16).value()->all().value()), full);
  const std::string filled = "abc" + std::string(13, '\0');
  EXPECT_EQ(as_text(encrypted_blob(file_of(test::cbc(key, filled, false)), key, 3).value()->all().value()), "abc");
}

TEST(Blob, AWrongKeyGivesOtherOctets) {
  const std::string plain = pattern(100);
  const auto blob = encrypted_blob(file_of(test::cbc(test::key_of(3), plain)), test::key_of(4), 100);
  EXPECT_NE(as_text(blob.value()->all().value()), plain);
}

}  // namespace
}  // namespace testudo
