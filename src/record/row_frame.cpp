#include "record/row_frame.h"

#include <cstring>

#include "base/text.h"

namespace testudo {
namespace {

constexpr std::size_t most_before_octets = 9;  // of a value: its type and a number of 64 bits, or a size
constexpr std::size_t locator_size = 2 + 4 + 8 + 8 + 1 + 1;

// Writes into memory that is already there.
template <typename T>
void put(std::string& out, std::size_t& at, T value) {
  std::memcpy(out.data() + at, &value, sizeof value);
  at += sizeof value;
}

void put_octets(std::string& out, std::size_t& at, std::string_view octets) {
  put(out, at, static_cast<std::uint32_t>(octets.size()));
  if (!octets.empty()) std::memcpy(out.data() + at, octets.data(), octets.size());
  at += octets.size();
}

void put_text(std::string& out, std::size_t& at, std::string_view text) {
  if (is_utf8(text)) return put_octets(out, at, text);
  const std::string repaired = to_utf8(text);
  out.resize(out.size() + repaired.size());
  put_octets(out, at, repaired);
}

void put_values(std::string& out, std::size_t& at, std::span<const Value> values) {
  for (const Value& value : values) {
    put(out, at, value.type());
    switch (value.type()) {
      case Value::Type::null:
        break;
      case Value::Type::integer:
        put(out, at, value.integer());
        break;
      case Value::Type::real:
        put(out, at, value.real());
        break;
      case Value::Type::text:
        put_text(out, at, value.text());
        break;
      case Value::Type::bytes:
        put_octets(out, at, value.text());
    }
  }
}

std::size_t most_octets(std::span<const Value> values) {
  std::size_t most = 0;
  for (const Value& value : values) most += most_before_octets + value.text().size();
  return most;
}

// Where the frame ends too early, the cursor stays broken and gives zeros: the end is looked at once a row.
class Cursor {
 public:
  explicit Cursor(std::string_view frame) : at_(frame.data()), left_(frame.size()) {}
  template <typename T>
  T number() {
    T value{};
    if (const char* from = take(sizeof value)) std::memcpy(&value, from, sizeof value);
    return value;
  }
  std::string_view octets() {
    const auto size = number<std::uint32_t>();
    const char* from = take(size);
    return from ? std::string_view(from, size) : std::string_view();
  }
  bool broken() const { return broken_; }
  bool empty() const { return left_ == 0; }

 private:
  const char* take(std::size_t size) {
    if (size > left_) {
      broken_ = true, left_ = 0;
      return nullptr;
    }
    const char* from = at_;
    at_ += size, left_ -= size;
    return from;
  }
  const char* at_;
  std::size_t left_;
  bool broken_ = false;
};

// False where the type is unknown or the text is none.
bool take_value(Cursor& in, Value& value) {
  switch (static_cast<Value::Type>(in.number<std::uint8_t>())) {
    case Value::Type::null:
      return true;
    case Value::Type::integer:
      value = Value::of_integer(in.number<std::int64_t>());
      return true;
    case Value::Type::real:
      value = Value::of_real(in.number<double>());
      return true;
    case Value::Type::text:
      value = Value::of_text(in.octets());
      return is_utf8(value.text());
    case Value::Type::bytes:
      value = Value::of_bytes(as_bytes(in.octets()));
      return true;
  }
  return false;
}

}  // namespace

void encode_values(std::string& out, std::span<const Value> values) {
  std::size_t at = out.size();
  out.resize(at + most_octets(values));
  put_values(out, at, values);
  out.resize(at);
}

void encode_row(std::string& out, std::uint16_t type_index, const Row& row) {
  std::size_t at = out.size();
  out.resize(at + locator_size + most_octets(row.values));
  put(out, at, type_index);
  put(out, at, row.where.file);
  put(out, at, row.where.rowid);
  put(out, at, row.where.offset);
  put(out, at, row.where.state);
  put(out, at, static_cast<std::uint8_t>(row.values.size()));
  put_values(out, at, row.values);
  out.resize(at);
}

Result<void> decode_row(std::string_view frame, DecodedRow& row) {
  Cursor in(frame);
  row.type_index = in.number<std::uint16_t>();
  row.where.file = in.number<std::uint32_t>();
  row.where.rowid = in.number<std::uint64_t>();
  row.where.offset = in.number<std::uint64_t>();
  const auto state = in.number<std::uint8_t>();
  if (state > static_cast<std::uint8_t>(RowState::recovered)) return error(Fault::malformed, "unknown row state");
  row.where.state = static_cast<RowState>(state);
  const auto count = in.number<std::uint8_t>();
  if (count > max_fields) return error(Fault::malformed, "too many fields");
  row.values.assign(count, Value());
  for (Value& value : row.values)
    if (!take_value(in, value)) return error(Fault::malformed, "unknown value type, or text that is not UTF-8");
  if (in.broken()) return error(Fault::truncated, "the frame ends before its row does");
  if (!in.empty()) return error(Fault::malformed, "octets after the last field");
  return {};
}

}  // namespace testudo
