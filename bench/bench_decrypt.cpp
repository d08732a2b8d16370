// Decrypts a file of an encrypted backup from page cache to memory and prints octets a second of processor time, to be
// held beside `openssl speed -decrypt -evp aes-256-cbc`.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "evidence/blob.h"

int main() {
  using namespace testudo;
  constexpr std::size_t size = 256U << 20, chunk = 1U << 20;  // as `unlock` reads
  const std::vector<std::uint8_t> stored(size);
  FileKey key{};
  auto file = memory_file("bench", stored);
  if (!file) return 1;
  auto blob = encrypted_blob(std::move(*file), key, size);
  if (!blob) return 1;
  std::vector<std::uint8_t> buffer(chunk);
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t start = std::clock();
    for (std::uint64_t at = 0; at < size; at += chunk)
      if (!(*blob)->read(at, buffer)) return 1;
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    best = std::max(best, static_cast<double>(size) / seconds);
  }
  std::printf("%.0f\n", best);
  return 0;
}
