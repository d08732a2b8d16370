// Hashes one file as `check` does, to be timed beside `openssl dgst -sha256`.
#include <cstdio>

#include "base/descriptor.h"
#include "base/hash.h"
#include "base/text.h"

int main(int argc, char** argv) {
  using namespace testudo;
  if (argc != 2) return 2;
  const auto file = open_for_reading(argv[1]);
  if (!file) return 1;
  const auto digest = sha256_of_file(file->get());
  if (!digest) return 1;
  std::puts(to_hex(Bytes(*digest)).c_str());
  return 0;
}
