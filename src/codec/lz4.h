// LZ4 in the frames of Apple's Compression framework, as COMPRESSION_LZ4 writes it. Floor 1. The input is hostile.
// Sources: Apple, compression_algorithm ("LZ4 frames"); LZ4 Block Format Description.
#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace testudo {

// Whether octets begin with such a frame.
bool is_apple_lz4(Bytes packed);

// What the frames hold, up to the end mark; what follows it is not looked at. Cost: what it unpacks to. Errors, with
// the offset in `packed`: Fault::truncated; Fault::malformed; Fault::limit where it would be more than `most` octets.
Result<std::string> unpack_apple_lz4(Bytes packed, std::size_t most);

}  // namespace testudo
