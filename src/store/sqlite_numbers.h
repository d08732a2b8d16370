// Numbers in SQLite's file format: big-endian integers and varints. Floor 2.
// Source: https://www.sqlite.org/fileformat2.html, section 1.6 ("varint").
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace testudo {

constexpr std::size_t longest_varint = 9;

constexpr void put_big_endian(std::uint8_t* to, std::uint64_t value, std::size_t size) {
  for (std::size_t i = size; i-- > 0; value >>= 8) to[i] = static_cast<std::uint8_t>(value);
}

constexpr std::size_t varint_size(std::uint64_t value) {
  const auto bits = static_cast<std::size_t>(std::bit_width(value | 1));
  return bits > 56 ? longest_varint : (bits + 6) / 7;
}

// Seven bits an octet, the highest first; a ninth octet has eight. Returns how many octets it took.
constexpr std::size_t put_varint(std::uint8_t* to, std::uint64_t value) {
  const std::size_t size = varint_size(value);
  std::size_t i = size;
  if (size == longest_varint) {
    to[--i] = static_cast<std::uint8_t>(value);
    value >>= 8;
  } else {
    to[--i] = static_cast<std::uint8_t>(value & 0x7F);
    value >>= 7;
  }
  for (; i-- > 0; value >>= 7) to[i] = static_cast<std::uint8_t>(value | 0x80);
  return size;
}

}  // namespace testudo
