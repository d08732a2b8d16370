// Decrypts a file of an encrypted backup, a real one on a disk, from page cache to memory and prints octets a second of
// processor time, to be held beside `openssl speed -decrypt -evp aes-256-cbc`. The file is made without a name in the
// folder that is given, or in the current one.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include <fcntl.h>

#include "evidence/blob.h"

int main(int count, char** arguments) {
  using namespace testudo;
  constexpr std::size_t size = 256U << 20, chunk = 1U << 20;  // as `unlock` reads
  const std::vector<std::uint8_t> stored(size);
  FileKey key{};
  Descriptor file(::open(count > 1 ? arguments[1] : ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!file.valid() || !write_all(file.get(), stored)) return 1;
  auto blob = encrypted_blob(std::move(file), key, size);
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
