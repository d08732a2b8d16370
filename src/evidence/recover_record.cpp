#include "evidence/recover_record.h"

#include <bit>

namespace testudo {
namespace {

// Octets of the body that a serial type takes; nothing for the two reserved types.
std::optional<std::uint64_t> body_size(std::uint64_t type) {
  constexpr std::uint8_t sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
  if (type < 10) return sizes[type];
  if (type < 12) return std::nullopt;
  return (type - 12) / 2;
}

std::int64_t signed_integer(Bytes octets) {
  std::uint64_t value = !octets.empty() && (octets[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (const std::uint8_t octet : octets) value = (value << 8) | octet;
  return static_cast<std::int64_t>(value);
}

Value value_of(std::uint64_t type, Bytes body) {
  if (type == 0) return {};
  if (type <= 6) return Value::of_integer(signed_integer(body));
  if (type == 7) return Value::of_real(std::bit_cast<double>(signed_integer(body)));
  if (type < 10) return Value::of_integer(type == 9 ? 1 : 0);
  return type % 2 == 0 ? Value::of_bytes(body) : Value::of_text(as_text(body));
}

}  // namespace

std::optional<std::uint64_t> read_varint(Bytes octets, std::size_t& at) {
  std::uint64_t value = 0;
  for (int i = 0; i < 9; ++i) {
    if (at >= octets.size()) return std::nullopt;
    const std::uint8_t octet = octets[at++];
    if (i == 8) return (value << 8) | octet;
    value = (value << 7) | (octet & 0x7f);
    if ((octet & 0x80) == 0) return value;
  }
  return value;
}

bool decode_record(Bytes payload, std::vector<Value>& fields) {
  fields.clear();
  std::size_t at = 0;
  const auto header_size = read_varint(payload, at);
  if (!header_size || *header_size > payload.size() || *header_size < at) return false;
  const Bytes header = payload.first(static_cast<std::size_t>(*header_size));
  Bytes body = payload.subspan(header.size());
  while (at < header.size()) {
    const auto type = read_varint(header, at);
    const auto size = type ? body_size(*type) : std::nullopt;
    if (!size || *size > body.size() || fields.size() == max_record_fields) return false;
    fields.push_back(value_of(*type, body.first(static_cast<std::size_t>(*size))));
    body = body.subspan(static_cast<std::size_t>(*size));
  }
  return body.empty() && !fields.empty();
}

std::uint64_t local_payload(std::uint64_t payload, std::uint32_t usable) {
  const std::uint64_t most = usable - 35;
  if (payload <= most) return payload;
  const std::uint64_t least = (std::uint64_t{usable} - 12) * 32 / 255 - 23;
  const std::uint64_t local = least + (payload - least) % (usable - 4);
  return local <= most ? local : least;
}

}  // namespace testudo
