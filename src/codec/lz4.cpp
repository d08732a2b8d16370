// Apple's LZ4 frames: see lz4.h. Floor 1.
#include "codec/lz4.h"

#include "base/reader.h"

namespace testudo {
namespace {

constexpr std::size_t magic_size = 4;
constexpr std::string_view packed_block = "bv41", plain_block = "bv4-", end_mark = "bv4$";

// A length of 15 in a token goes on in octets, up to one that is not 255.
Result<std::size_t> length(Reader& in, unsigned nibble) {
  std::size_t value = nibble;
  if (nibble != 15) return value;
  while (true) {
    const auto more = TRY(in.le<std::uint8_t>("length"));
    value += more;
    if (more != 255) return value;
  }
}

// Appends what a block holds, `size` octets. Matches may begin in the blocks before.
Result<void> unpack_block(Reader in, std::size_t size, std::string& out) {
  constexpr std::size_t shortest_match = 4;
  const std::size_t end = out.size() + size;
  while (!in.empty()) {
    const auto token = TRY(in.le<std::uint8_t>("token"));
    const Bytes literals = TRY(in.take(TRY(length(in, token >> 4)), "literals"));
    if (literals.size() > end - out.size()) return error(Fault::malformed, "longer than stated", in.offset());
    out += as_text(literals);
    if (in.empty()) break;  // the last sequence has no match
    const std::size_t back = TRY(in.le<std::uint16_t>("offset"));
    const std::size_t count = TRY(length(in, token & 15)) + shortest_match;
    if (back == 0 || back > out.size()) return error(Fault::malformed, "match before the beginning", in.offset());
    if (count > end - out.size()) return error(Fault::malformed, "longer than stated", in.offset());
    for (std::size_t i = 0; i < count; ++i) out.push_back(out[out.size() - back]);
  }
  if (out.size() != end) return error(Fault::malformed, "shorter than stated", in.offset());
  return {};
}

}  // namespace

bool is_apple_lz4(Bytes packed) {
  const std::string_view magic = as_text(packed).substr(0, magic_size);
  return magic == packed_block || magic == plain_block;
}

Result<std::string> unpack_apple_lz4(Bytes packed, std::size_t most) {
  Reader in(packed);
  std::string out;
  while (true) {
    const std::string_view magic = as_text(TRY(in.take(magic_size, "frame")));
    if (magic == end_mark) return out;
    if (magic != packed_block && magic != plain_block) return error(Fault::malformed, "frame", in.offset());
    const std::size_t size = TRY(in.le<std::uint32_t>("size"));
    if (size > most - out.size()) return error(Fault::limit, "unpacked size", in.offset());
    if (magic == plain_block) {
      out += as_text(TRY(in.take(size, "block")));
      continue;
    }
    const std::size_t stored = TRY(in.le<std::uint32_t>("packed size"));
    TRY(unpack_block(TRY(in.slice(stored, "block")), size, out));
  }
}

}  // namespace testudo
