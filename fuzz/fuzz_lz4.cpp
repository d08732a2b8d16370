// Apple's LZ4 frames: what comes out is no longer than was allowed, and an error lies inside the input.
#include <cstdlib>

#include "codec/lz4.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t most = std::size_t{1} << 20;
  const auto unpacked = testudo::unpack_apple_lz4({data, size}, most);
  if (unpacked.ok() ? unpacked->size() > most : unpacked.error().offset > size) std::abort();
  return 0;
}
