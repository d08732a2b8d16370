// The layout of compiled warning lists: a header, arrays of rows of fixed size, text. Little endian. Floor 3.
// docs/design/warning-lists.md describes it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "intel/network.h"
#include "record/kind.h"

namespace testudo::warning_image {

inline constexpr std::string_view magic = "TSWARN01";
inline constexpr std::uint64_t hash_seed = 0x77A1;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t lists, names, networks, parts, expressions, unused;
  std::uint64_t text;  // octets
};
struct ListRow {
  std::uint64_t kinds;  // a bit for each Kind that the list is about
  std::uint32_t name_at, name_size, type_at, type_size, entries, verdict;
};
// A value, by its hash.
struct NameRow {
  std::uint64_t hash;
  std::uint32_t list, at, size, below;  // below: 1 if it stands for the names below it too
};
struct NetworkRow {
  std::array<std::uint8_t, 16> address;
  std::uint32_t list;
  std::uint8_t v6, prefix;
  std::uint16_t unused;
};
// A text that occurs in values, by its first three octets (0 for shorter ones).
struct PartRow {
  std::uint32_t start, list, at, size;
};
struct ExpressionRow {
  std::uint32_t list, at, size, ignores_case;
};
static_assert(sizeof(Header) == 40 && sizeof(ListRow) == 32 && sizeof(NameRow) == 24 && sizeof(NetworkRow) == 24 &&
              sizeof(PartRow) == 16 && sizeof(ExpressionRow) == 16);

constexpr std::uint64_t kind_bit(Kind kind) { return std::uint64_t{1} << static_cast<unsigned>(kind); }

constexpr std::uint32_t start_of(std::string_view text) {
  if (text.size() < 3) return 0;
  const auto octet = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  return octet(0) << 16 | octet(1) << 8 | octet(2);
}

}  // namespace testudo::warning_image
