// The matcher's image: where everything stands, and checked access to it. Floor 3.
// Layout: docs/design/matcher-image.md.
//
//   header | rows (24 each) | sources (24 each) | names (16 each) | tables: slots, filters | pool of text
//
// All numbers are little-endian, all places are offsets from the image's first octet.
#pragma once

#include <bit>
#include <cstring>

#include "base/bytes.h"
#include "base/hash.h"
#include "record/kind.h"

namespace testudo::image {

inline constexpr std::string_view magic = "TESTUDOM";
inline constexpr std::uint32_t version = 1;

// A table per kind, and two that find indicators by something else than their value.
inline constexpr std::size_t cut_process_table = kind_count;  // by the first 16 octets of longer process names
inline constexpr std::size_t network_table = kind_count + 1;  // by network_key() of cidr indicators
inline constexpr std::size_t table_count = kind_count + 2;

// Offsets in the header.
namespace at {
inline constexpr std::uint64_t magic = 0, version = 8, header_size = 12, image_size = 16, checksum = 24, seed = 32,
                               indicator_count = 40, source_count = 44, name_count = 48, table_count = 52, rows = 56,
                               sources = 64, names = 72, pool = 80, pool_size = 88, prefixes_v4 = 96, prefixes_v6 = 104,
                               tables = 128;
}  // namespace at
// A table: slots u64, filter u64, slot_bits, filter_bits, count, max_probe: u32.
inline constexpr std::uint64_t table_size = 32;
inline constexpr std::uint64_t header_size = at::tables + table_count * table_size;

// A row: value u64, length, first source, sources: u32, kind, flags: u8, octets of the shown spelling behind the value:
// u16.
inline constexpr std::uint64_t row_size = 24;
// A source: id u64, id length, feed name, threat name, 0: u32.
inline constexpr std::uint64_t source_size = 24;
// A name: text u64, length u32, 0: u32.
inline constexpr std::uint64_t name_size = 16;
// A slot: fingerprint in the upper half, indicator + 1 in the lower; 0: empty.
inline constexpr std::uint64_t slot_size = 8;

// A hostile image may claim any probe length; no honest one needs more (the writer looks for a seed that keeps to it).
inline constexpr std::uint32_t probe_limit = 1024;
// Names that iOS cuts: MAXCOMLEN is 16 (XNU bsd/sys/param.h).
inline constexpr std::size_t cut_process_length = 16;

enum Flag : std::uint8_t {
  exact_only = 1,  // a host that does not stand for what is below it
  generic = 2,     // ordinary software uses this name too
  context = 4,     // no source calls it an attacker's
  victim = 8,      // nor that, and some source calls it a victim's
};

template <typename T>
T to_little(T value) {
  if constexpr (std::endian::native == std::endian::big) {
    T swapped = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
      swapped = static_cast<T>((swapped << 7 << 1) | ((value >> (8 * i)) & 255));
    return swapped;
  }
  return value;
}

// Reads a number that may lie anywhere: outside the image it is 0, which no table takes for something that exists.
template <typename T>
T load(Bytes bytes, std::uint64_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return 0;
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return to_little(value);
}

template <typename T>
void store(std::string& out, std::uint64_t offset, T value) {
  value = to_little(value);
  std::memcpy(out.data() + offset, &value, sizeof(T));
}

struct Table {
  std::uint64_t slots = 0, filter = 0;
  std::uint32_t slot_bits = 0, filter_bits = 0, count = 0, max_probe = 0;
};

inline Table load_table(Bytes bytes, std::size_t index) {
  const std::uint64_t base = at::tables + index * table_size;
  return {load<std::uint64_t>(bytes, base),      load<std::uint64_t>(bytes, base + 8),
          load<std::uint32_t>(bytes, base + 16), load<std::uint32_t>(bytes, base + 20),
          load<std::uint32_t>(bytes, base + 24), load<std::uint32_t>(bytes, base + 28)};
}

inline void store_table(std::string& out, std::size_t index, const Table& table) {
  const std::uint64_t base = at::tables + index * table_size;
  store(out, base, table.slots);
  store(out, base + 8, table.filter);
  store(out, base + 16, table.slot_bits);
  store(out, base + 20, table.filter_bits);
  store(out, base + 24, table.count);
  store(out, base + 28, table.max_probe);
}

// The filter: one 64-bit word a value, three bits in it.
inline std::uint64_t filter_word(std::uint64_t hash, std::uint32_t filter_bits) {
  return filter_bits == 0 ? 0 : (hash * 0x9E3779B97F4A7C15) >> (64 - filter_bits);
}
inline std::uint64_t filter_mask(std::uint64_t hash) {
  return std::uint64_t{1} << ((hash >> 14) & 63) | std::uint64_t{1} << ((hash >> 20) & 63) |
         std::uint64_t{1} << ((hash >> 26) & 63);
}
inline std::uint32_t fingerprint(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

// Hosts are hashed label by label from the right, paths component by component from the left, so that one pass over a
// value gives the hash of everything that it is below.
inline std::uint64_t hash_value(Kind kind, std::string_view value, std::uint64_t seed) {
  if (kind == Kind::host) {
    for (;;) {
      const std::size_t dot = value.rfind('.');
      if (dot == std::string_view::npos) return hash64(value, seed);
      seed = hash64(value.substr(dot + 1), seed);
      value = value.substr(0, dot);
    }
  }
  if (kind == Kind::path) {
    for (;;) {
      const std::size_t slash = value.find('/');
      seed = hash64(value.substr(0, slash), seed);
      if (slash == std::string_view::npos) return seed;
      value.remove_prefix(slash + 1);
    }
  }
  return hash64(value, seed);
}

}  // namespace testudo::image
