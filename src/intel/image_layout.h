// The matcher's image: where everything stands, and checked access to it. Floor 3.
// Layout: docs/design/matcher-image.md.
//
//   header | rows (24 each) | sources (20 each) | names (12 each) | groups (16 each) | records and texts | other texts
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
inline constexpr std::uint32_t version = 2;

// A table per kind, and two that find indicators by something else than their value.
inline constexpr std::size_t cut_process_table = kind_count;  // by the first 16 octets of longer process names
inline constexpr std::size_t network_table = kind_count + 1;  // by network_key() of cidr indicators
inline constexpr std::size_t table_count = kind_count + 2;

// Offsets in the header.
namespace at {
inline constexpr std::uint64_t magic = 0, version = 8, header_size = 12, image_size = 16, checksum = 24, seed = 32,
                               indicator_count = 40, source_count = 44, name_count = 48, table_count = 52, rows = 56,
                               sources = 64, names = 72, prefixes_v4 = 80, prefixes_v6 = 88, tables = 112;
}  // namespace at
// A table: groups u64, number of groups, entries: u32.
inline constexpr std::uint64_t table_size = 16;
inline constexpr std::uint64_t header_size = at::tables + table_count * table_size;

// A row: value (Place: kind, flags << 8), its length u32, first source u32, shown spelling (Place: its length). Its
// sources end where those of the next row begin.
inline constexpr std::uint64_t row_size = 24;
// A source: id u64, id length, feed name, threat name: u32.
inline constexpr std::uint64_t source_size = 20;
// A name: text u64, length u32.
inline constexpr std::uint64_t name_size = 12;
// A group: filter u64, records (Place: their number). The filters of a table stand together, what they tell of behind
// them: most look-ups read nothing else. The texts of the records of a group stand behind the last of them.
inline constexpr std::uint64_t group_size = 16;
// A record: see Record.
inline constexpr std::uint64_t record_size = 8;

// Values a group on average. Measured: docs/design/matcher-image.md.
inline constexpr std::uint32_t group_values = 6;
// A hostile image may claim any number of records in a group; the writer puts no more into one.
inline constexpr std::uint32_t group_limit = 1024;
// A record has 24 bits for the length of its text.
inline constexpr std::size_t longest_value = (1 << 24) - 1;
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

// A place in the lower 48 bits of a word, something small in the upper 16.
struct Place {
  std::uint64_t at = 0;
  std::uint16_t beside = 0;
};
inline Place load_place(Bytes bytes, std::uint64_t offset) {
  const auto word = load<std::uint64_t>(bytes, offset);
  return {word & ((std::uint64_t{1} << 48) - 1), static_cast<std::uint16_t>(word >> 48)};
}
inline void store_place(std::string& out, std::uint64_t offset, Place place) {
  store(out, offset, place.at | std::uint64_t{place.beside} << 48);
}

struct Table {
  std::uint64_t groups = 0;
  std::uint32_t group_count = 0, count = 0;
};

inline Table load_table(Bytes bytes, std::size_t index) {
  const std::uint64_t base = at::tables + index * table_size;
  return {load<std::uint64_t>(bytes, base), load<std::uint32_t>(bytes, base + 8),
          load<std::uint32_t>(bytes, base + 12)};
}

inline void store_table(std::string& out, std::size_t index, const Table& table) {
  const std::uint64_t base = at::tables + index * table_size;
  store(out, base, table.groups);
  store(out, base + 8, table.group_count);
  store(out, base + 12, table.count);
}

// What a table knows of an entry: 0 is none, since indicators count from 1 in it.
struct Record {
  std::uint32_t indicator = 0;  // + 1
  std::uint32_t length = 0;     // 24 bits: octets of its text; 0 in the tables that do not hold values
  std::uint8_t tag = 0;         // 7 bits of the hash, so that few texts are compared in vain
  bool exact_only = false;
};

inline Record load_record(Bytes bytes, std::uint64_t offset) {
  const auto word = load<std::uint64_t>(bytes, offset);
  return {static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(word >> 32 & longest_value),
          static_cast<std::uint8_t>(word >> 57), (word >> 56 & 1) != 0};
}
inline void store_record(std::string& out, std::uint64_t offset, const Record& record) {
  store(out, offset,
        record.indicator | std::uint64_t{record.length} << 32 | std::uint64_t{record.exact_only} << 56 |
            std::uint64_t{record.tag} << 57);
}

// The group of a hash, the three bits that it sets in the group's filter, and its tag: other bits of it each.
inline std::uint32_t group_of(const Table& table, std::uint64_t hash) {
  return static_cast<std::uint32_t>((hash >> 32) * table.group_count >> 32);
}
inline std::uint64_t filter_at(const Table& table, std::uint32_t group) {
  return table.groups + group * std::uint64_t{8};
}
inline std::uint64_t records_at(const Table& table, std::uint32_t group) {
  return filter_at(table, group) + table.group_count * std::uint64_t{8};
}
inline std::uint64_t filter_mask(std::uint64_t hash) {
  return std::uint64_t{1} << ((hash >> 14) & 63) | std::uint64_t{1} << ((hash >> 20) & 63) |
         std::uint64_t{1} << ((hash >> 26) & 63);
}
inline std::uint8_t tag(std::uint64_t hash) { return hash & 127; }

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
