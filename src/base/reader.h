// Reader: a bounds-checked cursor over hostile bytes. Every error names the absolute offset.
// Floor 0. A Reader borrows its bytes.
#pragma once

#include <bit>
#include <concepts>
#include <cstring>

#include "base/bytes.h"
#include "base/result.h"

namespace testudo {

class Reader {
 public:
  // `base` is the absolute offset of bytes[0] in the blob, so that a child reader reports true offsets.
  explicit Reader(Bytes bytes, std::uint64_t base = 0) : bytes_(bytes), base_(base) {}

  std::size_t left() const { return bytes_.size() - position_; }
  bool empty() const { return left() == 0; }
  std::uint64_t offset() const { return base_ + position_; }
  Bytes rest() const { return bytes_.subspan(position_); }

  // The next `size` octets, borrowed. Fault::truncated if fewer are left.
  Result<Bytes> take(std::uint64_t size, std::string_view what) {
    if (size > left()) return error(Fault::truncated, what, offset());
    Bytes taken = bytes_.subspan(position_, static_cast<std::size_t>(size));
    position_ += static_cast<std::size_t>(size);
    return taken;
  }
  // A child reader over the next `size` octets, with the same absolute offsets.
  Result<Reader> slice(std::uint64_t size, std::string_view what) {
    const std::uint64_t at = offset();
    return Reader(TRY(take(size, what)), at);
  }
  Result<void> skip(std::uint64_t size, std::string_view what) {
    static_cast<void>(TRY(take(size, what)));
    return {};
  }
  // Moves to an absolute position inside these bytes (0 is their first octet).
  Result<void> seek(std::uint64_t position, std::string_view what) {
    if (position > bytes_.size()) return error(Fault::truncated, what, base_ + position);
    position_ = static_cast<std::size_t>(position);
    return {};
  }
  // Asked for at every field of every frame: checked here, without a Result between.
  template <std::unsigned_integral T>
  Result<T> le(std::string_view what) {
    if (sizeof(T) > left()) return error(Fault::truncated, what, offset());
    T value = 0;
    if constexpr (std::endian::native == std::endian::little) {
      std::memcpy(&value, bytes_.data() + position_, sizeof(T));
    } else {
      for (std::size_t i = sizeof(T); i-- > 0;) value = static_cast<T>((value << 7 << 1) | bytes_[position_ + i]);
    }
    position_ += sizeof(T);
    return value;
  }
  template <std::unsigned_integral T>
  Result<T> be(std::string_view what) {
    Bytes raw = TRY(take(sizeof(T), what));
    T value = 0;
    for (std::uint8_t octet : raw) value = static_cast<T>((value << 7 << 1) | octet);
    return value;
  }
  // Refuses a count of items of `each` octets that cannot fit in what is left (checked by division, so it cannot wrap).
  Result<std::uint64_t> count(std::uint64_t n, std::uint64_t each, std::string_view what) const {
    if (each != 0 && n > left() / each) return error(Fault::truncated, what, offset());
    return n;
  }

 private:
  Bytes bytes_;
  std::uint64_t base_;
  std::size_t position_ = 0;
};

}  // namespace testudo
