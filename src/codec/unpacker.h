// Compressed files as a stream of octets: gzip (RFC 1952, any number of members) and Zstandard (RFC 8878, any number of
// frames). Floor 1. The input is hostile: what it unpacks to has no bound but the caller's, who stops asking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace testudo {

enum class Packing : std::uint8_t {
  none,
  gzip,
  zstd,
  other,  // xz, bzip2, lz4, compress, ZIP, 7z: known by their first octets, and not unpacked
};
// By the first octets of a file; six are enough.
Packing packing_of(std::string_view head);

class Unpacker {
 public:
  // `packed` must outlive the unpacker. Memory: 64 KiB for gzip; for Zstandard the window that a frame asks for, 128
  // MiB at most. Errors: Fault::usage for a packing that is not unpacked here.
  static Result<Unpacker> open(Packing packing, std::string_view packed);
  Unpacker(Unpacker&&) noexcept;
  Unpacker& operator=(Unpacker&&) noexcept;
  ~Unpacker();

  // Appends between one octet and `most`, and says how many; 0 at the end. What was appended before an error is good as
  // far as it goes. Errors, with the offset in `packed`: Fault::truncated; Fault::malformed, also where a checksum is
  // wrong, where a window is too large, and for what stands behind the last member (zeros, which tapes and disks leave,
  // are none).
  Result<std::size_t> next(std::string& out, std::size_t most);

  struct State;  // what each packing keeps

 private:
  explicit Unpacker(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// All of it at once. Errors: as of Unpacker; Fault::limit for more than `most` octets.
Result<std::string> unpack_all(Packing packing, std::string_view packed, std::uint64_t most);

}  // namespace testudo
