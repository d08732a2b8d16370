#include "codec/unpacker.h"

#include <array>
#include <limits>

#include <zlib.h>
#include <zstd.h>

namespace testudo {
namespace {

constexpr int gzip_alone = 15 + 16;  // zlib: the largest window, a gzip header
constexpr int widest_window = 27;    // log2 of octets

struct Mark {
  std::string_view octets;
  Packing packing;
};
// The first octets, as the formats' own documents give them.
constexpr std::array<Mark, 8> marks = {{{"\x1F\x8B\x08", Packing::gzip},
                                        {"\x28\xB5\x2F\xFD", Packing::zstd},
                                        {"\xFD\x37zXZ", Packing::other},
                                        {"BZh", Packing::other},
                                        {"\x04\x22\x4D\x18", Packing::other},
                                        {"\x1F\x9D", Packing::other},
                                        {"PK\x03\x04", Packing::other},
                                        {"7z\xBC\xAF\x27", Packing::other}}};

bool zeros_alone(std::string_view text) { return text.find_first_not_of('\0') == std::string_view::npos; }

}  // namespace

struct Unpacker::State {
  std::string_view packed;
  std::size_t at = 0;
  bool in_member = false;
  virtual ~State() = default;
  // Room for `most` octets stands at `to`; gives how many were written, 0 only where more input is needed first.
  virtual Result<std::size_t> step(char* to, std::size_t most) = 0;
  Error wrong(Fault fault) const { return error(fault, "a compressed file that is damaged", at); }
};

namespace {

struct Gzip final : Unpacker::State {
  z_stream stream{};
  bool open = false;
  ~Gzip() override {
    if (open) inflateEnd(&stream);
  }
  Gzip() { open = inflateInit2(&stream, gzip_alone) == Z_OK; }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  Result<std::size_t> step(char* to, std::size_t most) override {
    // zlib would wait for a second octet before it says what the first says.
    if (!in_member && packed[at] != marks[0].octets[0]) return wrong(Fault::malformed);
    constexpr std::size_t largest = std::numeric_limits<uInt>::max() / 2;
    const std::size_t in = std::min(packed.size() - at, largest), room = std::min(most, largest);
    // zlib reads through a pointer to what is not const, and writes nothing there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + at));
    stream.avail_in = static_cast<uInt>(in);
    stream.next_out = reinterpret_cast<Bytef*>(to);
    stream.avail_out = static_cast<uInt>(room);
    in_member = true;
    const int code = inflate(&stream, Z_NO_FLUSH);
    at += in - stream.avail_in;
    if (code == Z_STREAM_END) {
      in_member = false;
      inflateReset(&stream);
    } else if (code == Z_BUF_ERROR && at == packed.size()) {
      return wrong(Fault::truncated);
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      return wrong(Fault::malformed);
    }
    return room - stream.avail_out;
  }
};

struct Zstandard final : Unpacker::State {
  ZSTD_DStream* stream = ZSTD_createDStream();
  Zstandard() {
    if (stream != nullptr) ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, widest_window);
  }
  ~Zstandard() override { ZSTD_freeDStream(stream); }
  Zstandard(const Zstandard&) = delete;
  Zstandard& operator=(const Zstandard&) = delete;

  Result<std::size_t> step(char* to, std::size_t most) override {
    ZSTD_inBuffer in{packed.data() + at, packed.size() - at, 0};
    ZSTD_outBuffer room{to, most, 0};
    in_member = true;
    const std::size_t left = ZSTD_decompressStream(stream, &room, &in);
    at += in.pos;
    if (ZSTD_isError(left) != 0) return wrong(Fault::malformed);
    in_member = left != 0;
    if (in_member && room.pos == 0 && in.pos == 0) return wrong(Fault::truncated);
    return room.pos;
  }
};

}  // namespace

Packing packing_of(std::string_view head) {
  for (const Mark& mark : marks)
    if (head.starts_with(mark.octets)) return mark.packing;
  return Packing::none;
}

Unpacker::Unpacker(std::unique_ptr<State> state) : state_(std::move(state)) {}
Unpacker::Unpacker(Unpacker&&) noexcept = default;
Unpacker& Unpacker::operator=(Unpacker&&) noexcept = default;
Unpacker::~Unpacker() = default;

Result<Unpacker> Unpacker::open(Packing packing, std::string_view packed) {
  std::unique_ptr<State> state;
  if (packing == Packing::gzip) {
    auto gzip = std::make_unique<Gzip>();
    if (!gzip->open) return error(Fault::limit, "no memory");
    state = std::move(gzip);
  } else if (packing == Packing::zstd) {
    auto zstd = std::make_unique<Zstandard>();
    if (zstd->stream == nullptr) return error(Fault::limit, "no memory");
    state = std::move(zstd);
  } else {
    return error(Fault::usage, "a packing that is not unpacked here");
  }
  state->packed = packed;
  return Unpacker(std::move(state));
}

Result<std::size_t> Unpacker::next(std::string& out, std::size_t most) {
  State& s = *state_;
  const std::size_t before = out.size();
  out.resize(before + most);
  Result<std::size_t> got = std::size_t{0};
  while (s.in_member || !zeros_alone(s.packed.substr(s.at))) {
    got = s.step(out.data() + before, most);
    if (!got || *got != 0) break;
  }
  out.resize(before + (got ? *got : 0));
  return got;
}

Result<std::string> unpack_all(Packing packing, std::string_view packed, std::uint64_t most) {
  constexpr std::size_t block = std::size_t{1} << 20;
  Unpacker unpacker = TRY(Unpacker::open(packing, packed));
  std::string all;
  while (TRY(unpacker.next(all, block)) != 0)
    if (all.size() > most) return error(Fault::limit, "unpacked");
  return all;
}

}  // namespace testudo
