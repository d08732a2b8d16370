// Bytes: a view of read-only octets, and conversions to and from text views. Floor 0.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace testudo {

// A borrowed view: valid only while the blob, row or buffer that it was taken from lives.
using Bytes = std::span<const std::uint8_t>;

inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The octets as they are; says nothing about their encoding.
inline std::string_view as_text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace testudo
