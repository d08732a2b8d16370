#include "base/hash.h"

#include <cerrno>
#include <cstring>
#include <new>

#include <openssl/evp.h>
#include <unistd.h>

namespace testudo {

struct Sha256Stream::Context {
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(digest); }
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {
  const bool ready = context_->digest != nullptr && EVP_DigestInit_ex(context_->digest, EVP_sha256(), nullptr) == 1;
  if (!ready) throw std::bad_alloc();  // nothing else can be in the way
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(Bytes bytes) { EVP_DigestUpdate(context_->digest, bytes.data(), bytes.size()); }

Sha256 Sha256Stream::finish() {
  Sha256 out{};
  EVP_DigestFinal_ex(context_->digest, out.data(), nullptr);
  return out;
}

Sha256 sha256(Bytes bytes) {
  Sha256Stream stream;
  stream.update(bytes);
  return stream.finish();
}

Sha1 sha1(Bytes bytes) {
  Sha1 out{};
  EVP_Digest(bytes.data(), bytes.size(), out.data(), nullptr, EVP_sha1(), nullptr);
  return out;
}

Result<Sha256> sha256_of_file(int descriptor) {
  constexpr std::size_t size = std::size_t{256} * 1024;
  const auto buffer = std::make_unique_for_overwrite<std::uint8_t[]>(size);
  Sha256Stream stream;
  std::uint64_t offset = 0;
  for (;;) {
    const ssize_t got = ::pread(descriptor, buffer.get(), size, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error(Fault::io, std::strerror(errno), offset);
    if (got == 0) return stream.finish();
    stream.update(Bytes(buffer.get(), static_cast<std::size_t>(got)));
    offset += static_cast<std::uint64_t>(got);
  }
}

namespace {

// Multiply-and-fold mixing, the idea of the public-domain wyhash family.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

template <typename Word>
std::uint64_t word(const char* at) {
  Word value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// The number of up to 8 octets, little endian, by loads of whole words that may overlap: a copy of a size that is known
// only now is a call.
std::uint64_t load(const char* at, std::size_t size) {
  if (size == 8) return word<std::uint64_t>(at);
  if (size >= 4) return word<std::uint32_t>(at) | word<std::uint32_t>(at + size - 4) << (8 * (size - 4));
  if (size == 0) return 0;
  const auto octet = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i); };
  return octet(0) | octet(size / 2) | octet(size - 1);
}

}  // namespace

std::uint64_t hash64(std::string_view text, std::uint64_t seed) {
  constexpr std::uint64_t k0 = 0x9E3779B97F4A7C15, k1 = 0xD1B54A32D192ED03, k2 = 0x8CB92BA72F3D8DD7;
  std::uint64_t state = seed ^ k0 ^ (text.size() * k2);
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > 16; left -= 16, at += 16) state = fold(load(at, 8) ^ k1, load(at + 8, 8) ^ state);
  const std::size_t low = std::min<std::size_t>(left, 8);
  const std::uint64_t a = load(at, low);
  const std::uint64_t b = load(at + low, left - low);
  return fold(fold(a ^ k1, b ^ state) ^ k2, state ^ k0);
}

}  // namespace testudo
