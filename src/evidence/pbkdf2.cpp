// PBKDF2 over the bare compression functions of SHA-1 and SHA-256. Floor 2. Sources: RFC 8018, RFC 2104, FIPS 180-4.
// The keyed start of both HMAC passes is computed once, and each round is then two blocks and nothing else; the general
// functions of the library copy contexts and look algorithms up in every round, which takes more than twice as long.

// The compression functions have no other name in the library.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include <algorithm>
#include <cstring>

#include <openssl/crypto.h>

#include "evidence/keybag.h"

namespace testudo {
namespace {

constexpr std::size_t block_size = 64;
using HashBlock = std::array<std::uint8_t, block_size>;

struct HashSha1 {
  using Context = SHA_CTX;
  static constexpr std::size_t size = 20;
  static void start(Context& c) { SHA1_Init(&c); }
  static void add(Context& c, Bytes bytes) { SHA1_Update(&c, bytes.data(), bytes.size()); }
  static void end(Context& c, std::uint8_t* out) { SHA1_Final(out, &c); }
  static void compress(Context& c, const HashBlock& block) { SHA1_Transform(&c, block.data()); }
  static std::array<std::uint32_t, 5> state(const Context& c) { return {c.h0, c.h1, c.h2, c.h3, c.h4}; }
};

struct HashSha256 {
  using Context = SHA256_CTX;
  static constexpr std::size_t size = 32;
  static void start(Context& c) { SHA256_Init(&c); }
  static void add(Context& c, Bytes bytes) { SHA256_Update(&c, bytes.data(), bytes.size()); }
  static void end(Context& c, std::uint8_t* out) { SHA256_Final(out, &c); }
  static void compress(Context& c, const HashBlock& block) { SHA256_Transform(&c, block.data()); }
  static std::array<std::uint32_t, 8> state(const Context& c) {
    return {c.h[0], c.h[1], c.h[2], c.h[3], c.h[4], c.h[5], c.h[6], c.h[7]};
  }
};

// HMAC with its key fixed.
template <typename Hash>
class Hmac {
 public:
  explicit Hmac(Bytes key) {
    HashBlock padded{};
    if (key.size() > block_size) {
      typename Hash::Context c;
      Hash::start(c);
      Hash::add(c, key);
      Hash::end(c, padded.data());
    } else {
      std::copy(key.begin(), key.end(), padded.begin());
    }
    start(inner_, padded, 0x36);
    start(outer_, padded, 0x5c);
    OPENSSL_cleanse(padded.data(), padded.size());
  }
  ~Hmac() {
    OPENSSL_cleanse(&inner_, sizeof inner_);
    OPENSSL_cleanse(&outer_, sizeof outer_);
  }

  // Of any message; the result is left in `block`, ready for `again`.
  void first(Bytes message, Bytes tail, HashBlock& block) const {
    typename Hash::Context c = inner_;
    Hash::add(c, message);
    Hash::add(c, tail);
    Hash::end(c, block.data());
    finish_block(block);
    outer(block);
  }
  // Of the result that stands in `block`.
  void again(HashBlock& block) const {
    typename Hash::Context c = inner_;
    Hash::compress(c, block);
    store(c, block);
    outer(block);
  }

 private:
  static void start(typename Hash::Context& c, HashBlock key, std::uint8_t pad) {
    for (std::uint8_t& octet : key) octet ^= pad;
    Hash::start(c);
    Hash::compress(c, key);
    // For the general functions: one block was already counted.
    c.Nl = block_size * 8;
  }
  // A message of one hash after one block of key: the mark, zeros, and the length in bits.
  static void finish_block(HashBlock& block) {
    std::fill(block.begin() + Hash::size, block.end(), std::uint8_t{0});
    block[Hash::size] = 0x80;
    constexpr std::size_t bits = (block_size + Hash::size) * 8;
    block[block_size - 2] = static_cast<std::uint8_t>(bits >> 8);
    block[block_size - 1] = static_cast<std::uint8_t>(bits & 0xff);
  }
  static void store(const typename Hash::Context& c, HashBlock& block) {
    std::uint8_t* out = block.data();
    for (const std::uint32_t word : Hash::state(c)) {
      const std::uint32_t swapped = __builtin_bswap32(word);
      std::memcpy(out, &swapped, 4);
      out += 4;
    }
  }
  void outer(HashBlock& block) const {
    typename Hash::Context c = outer_;
    Hash::compress(c, block);
    store(c, block);
  }

  typename Hash::Context inner_, outer_;
};

template <typename Hash>
std::vector<std::uint8_t> derive(Bytes password, Bytes salt, std::uint32_t rounds, std::size_t size,
                                 const DerivationProgress& progress) {
  constexpr std::uint32_t slice = 1U << 18;  // about a thirtieth of a second
  const Hmac<Hash> hmac(password);
  std::vector<std::uint8_t> out;
  const std::size_t parts = (size + Hash::size - 1) / Hash::size;
  const std::uint64_t total = std::uint64_t{rounds} * parts;
  for (std::size_t part = 1; part <= parts; ++part) {
    const std::array<std::uint8_t, 4> number{static_cast<std::uint8_t>(part >> 24),
                                             static_cast<std::uint8_t>(part >> 16),
                                             static_cast<std::uint8_t>(part >> 8), static_cast<std::uint8_t>(part)};
    HashBlock block;
    hmac.first(salt, number, block);
    std::array<std::uint8_t, Hash::size> sum;
    std::copy_n(block.begin(), Hash::size, sum.begin());
    for (std::uint32_t done = 1; done < rounds;) {
      const std::uint32_t stop = done + std::min(slice, rounds - done);
      for (; done < stop; ++done) {
        hmac.again(block);
        for (std::size_t i = 0; i < Hash::size; ++i) sum[i] ^= block[i];
      }
      if (progress) progress((part - 1) * std::uint64_t{rounds} + done, total);
    }
    out.insert(out.end(), sum.begin(), sum.end());
    OPENSSL_cleanse(block.data(), block.size());
    OPENSSL_cleanse(sum.data(), sum.size());
  }
  out.resize(size);
  return out;
}

}  // namespace

std::vector<std::uint8_t> pbkdf2(Prf prf, Bytes password, Bytes salt, std::uint32_t rounds, std::size_t size,
                                 const DerivationProgress& progress) {
  return prf == Prf::hmac_sha1 ? derive<HashSha1>(password, salt, rounds, size, progress)
                               : derive<HashSha256>(password, salt, rounds, size, progress);
}

}  // namespace testudo
