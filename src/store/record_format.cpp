#include "store/record_format.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "store/sqlite_numbers.h"

namespace testudo {
namespace {

constexpr std::uint8_t null_type = 0, real_type = 7, zero_type = 8, bytes_type = 12, text_type = 13;
constexpr std::array<std::uint8_t, 7> octets_of_type = {0, 1, 2, 3, 4, 6, 8};

// The type of the shortest integer that holds so many bits beside the sign.
constexpr std::array<std::uint8_t, 64> type_of_bits = [] {
  std::array<std::uint8_t, 64> types{};
  std::uint8_t type = 1;
  for (std::size_t bits = 0; bits < types.size(); ++bits) {
    while (std::size_t{octets_of_type[type]} * 8 < bits + 1) ++type;
    types[bits] = type;
  }
  return types;
}();

}  // namespace

std::uint8_t* RecordFormat::Octets::room(std::size_t more) {
  if (all.size() < used + more) all.resize(std::max(used + more, 2 * all.size()));
  return all.data() + used;
}

RecordFormat& RecordFormat::clear() {
  types_.used = body_.used = 0;
  return *this;
}

RecordFormat& RecordFormat::null() {
  type(null_type);
  return *this;
}

RecordFormat& RecordFormat::integer(std::int64_t value) {
  if (value == 0 || value == 1) {
    type(static_cast<std::uint8_t>(zero_type + value));
    return *this;
  }
  const auto magnitude = static_cast<std::uint64_t>(value < 0 ? ~value : value);
  const std::uint8_t code = type_of_bits[static_cast<std::size_t>(std::bit_width(magnitude))];
  const std::size_t size = octets_of_type[code];
  type(code);
  // Eight octets are written whatever counts of them: that is one store.
  put_big_endian(body_.room(sizeof value), static_cast<std::uint64_t>(value) << (64 - 8 * size), sizeof value);
  body_.used += size;
  return *this;
}

RecordFormat& RecordFormat::real(double value) {
  if (std::isnan(value)) return null();
  type(real_type);
  put_big_endian(body_.room(sizeof value), std::bit_cast<std::uint64_t>(value), sizeof value);
  body_.used += sizeof value;
  return *this;
}

void RecordFormat::octets(Bytes value, unsigned code) {
  types_.used += put_varint(types_.room(longest_varint), 2 * std::uint64_t{value.size()} + code);
  if (value.empty()) return;
  std::memcpy(body_.room(value.size()), value.data(), value.size());
  body_.used += value.size();
}

RecordFormat& RecordFormat::text(std::string_view value) {
  octets(as_bytes(value), text_type);
  return *this;
}

RecordFormat& RecordFormat::bytes(Bytes value) {
  octets(value, bytes_type);
  return *this;
}

RecordFormat& RecordFormat::add(const Value& value) {
  switch (value.type()) {
    case Value::Type::null:
      break;
    case Value::Type::integer:
      return integer(value.integer());
    case Value::Type::real:
      return real(value.real());
    case Value::Type::text:
      return text(value.text());
    case Value::Type::bytes:
      return bytes(value.bytes());
  }
  return null();
}

Bytes RecordFormat::whole() {
  // The header's size counts itself.
  const std::size_t header = types_.used + (types_.used + 1 < 0x80 ? 1 : 2), size = header + body_.used;
  if (whole_.size() < size) whole_.resize(std::max(size, 2 * whole_.size()));
  std::uint8_t* at = whole_.data();
  at += put_varint(at, header);
  if (types_.used != 0) std::memcpy(at, types_.all.data(), types_.used);
  if (body_.used != 0) std::memcpy(at + types_.used, body_.all.data(), body_.used);
  return Bytes(whole_).first(size);
}

}  // namespace testudo
