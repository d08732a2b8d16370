#include "record/row.h"

#include <cstring>

#include "base/hash.h"
#include "base/json_text.h"
#include "base/reader.h"
#include "base/text.h"

namespace testudo {
namespace {

template <typename T>
void put(std::string& out, T value) {
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  out.append(raw, sizeof(T));
}

void put_value(std::string& out, const Value& value) {
  out.push_back(static_cast<char>(value.type()));
  switch (value.type()) {
    case Value::Type::null:
      return;
    case Value::Type::integer:
      return put(out, value.integer());
    case Value::Type::real:
      return put(out, value.real());
    case Value::Type::text: {
      const std::string_view text = value.text();
      if (is_utf8(text)) {
        put(out, static_cast<std::uint32_t>(text.size()));
        out += text;
      } else {
        const std::string repaired = to_utf8(text);
        put(out, static_cast<std::uint32_t>(repaired.size()));
        out += repaired;
      }
      return;
    }
    case Value::Type::bytes:
      put(out, static_cast<std::uint32_t>(value.text().size()));
      out += value.text();
      return;
  }
}

Result<Value> take_value(Reader& in) {
  const auto tag = TRY(in.le<std::uint8_t>("value type"));
  switch (static_cast<Value::Type>(tag)) {
    case Value::Type::null:
      return Value();
    case Value::Type::integer:
      return Value::of_integer(static_cast<std::int64_t>(TRY(in.le<std::uint64_t>("integer"))));
    case Value::Type::real: {
      const auto raw = TRY(in.le<std::uint64_t>("real"));
      double real = 0;
      std::memcpy(&real, &raw, sizeof real);
      return Value::of_real(real);
    }
    case Value::Type::text: {
      const std::string_view text = as_text(TRY(in.take(TRY(in.le<std::uint32_t>("text size")), "text")));
      if (!is_utf8(text)) return error(Fault::malformed, "text is not UTF-8", in.offset());
      return Value::of_text(text);
    }
    case Value::Type::bytes:
      return Value::of_bytes(TRY(in.take(TRY(in.le<std::uint32_t>("bytes size")), "bytes")));
  }
  return error(Fault::malformed, "unknown value type", in.offset());
}

void append_time_json(std::string& out, Time time) {
  out.push_back('"');
  append_rfc3339(out, time);
  out.push_back('"');
}

void append_base64_json(std::string& out, Bytes bytes) {
  out.push_back('"');
  append_base64(out, bytes);
  out.push_back('"');
}

std::string_view cut_at_character(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

}  // namespace

std::string_view row_state_name(RowState state) {
  switch (state) {
    case RowState::current:
      return "current";
    case RowState::wal_only:
      return "wal_only";
    case RowState::before_wal:
      return "before_wal";
    case RowState::recovered:
      return "recovered";
  }
  return "current";
}

void encode_row(std::string& out, std::uint16_t type_index, const Row& row) {
  put(out, type_index);
  put(out, row.where.file);
  put(out, row.where.rowid);
  put(out, row.where.offset);
  out.push_back(static_cast<char>(row.where.state));
  out.push_back(static_cast<char>(row.values.size()));
  for (const Value& value : row.values) put_value(out, value);
}

Result<DecodedRow> decode_row(std::string_view frame) {
  Reader in(as_bytes(frame));
  DecodedRow row;
  row.type_index = TRY(in.le<std::uint16_t>("record type"));
  row.where.file = TRY(in.le<std::uint32_t>("file"));
  row.where.rowid = TRY(in.le<std::uint64_t>("rowid"));
  row.where.offset = TRY(in.le<std::uint64_t>("offset"));
  const auto state = TRY(in.le<std::uint8_t>("state"));
  if (state > static_cast<std::uint8_t>(RowState::recovered)) return error(Fault::malformed, "unknown row state");
  row.where.state = static_cast<RowState>(state);
  const auto count = TRY(in.le<std::uint8_t>("field count"));
  if (count > max_fields) return error(Fault::malformed, "too many fields");
  row.values.reserve(count);
  for (std::uint8_t i = 0; i < count; ++i) row.values.push_back(TRY(take_value(in)));
  if (!in.empty()) return error(Fault::malformed, "octets after the last field", in.offset());
  return row;
}

std::string record_key(const Row& row) {
  std::string whole(row.type->name);
  for (const Value& value : row.values) put_value(whole, value);
  const Sha256 digest = sha256(as_bytes(whole));
  return to_hex(Bytes(digest).first(16));
}

namespace {

// Appends with runs of white space as one space, and none at the beginning.
void append_collapsed(std::string& line, std::string_view text) {
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space)
      line.push_back(c);
    else if (!line.empty() && line.back() != ' ')
      line.push_back(' ');
  }
}

void append_value_line(std::string& line, const Value& value, Kind kind) {
  constexpr std::size_t enough = 4096;  // of a long text only the beginning can be shown
  if (value.type() == Value::Type::text) return append_collapsed(line, value.text().substr(0, enough));
  append_collapsed(line, value_as_text(value, kind));
}

}  // namespace

std::string line_of(const Row& row, std::size_t limit) {
  std::string line;
  std::string_view pattern = row.type->line;
  // A little more than the limit is enough to know that it is passed.
  while (!pattern.empty() && line.size() <= limit) {
    const auto open = pattern.find('{');
    append_collapsed(line, pattern.substr(0, open));
    if (open == std::string_view::npos) break;
    const auto close = pattern.find('}', open);
    if (close == std::string_view::npos) break;
    const auto index = row.type->field(pattern.substr(open + 1, close - open - 1));
    if (index) append_value_line(line, row.values[*index], row.type->fields[*index].kind);
    pattern.remove_prefix(close + 1);
  }
  while (line.ends_with(' ')) line.pop_back();
  if (line.size() <= limit) return line;
  return std::string(cut_at_character(line, limit)) + "…";
}

std::string value_as_text(const Value& value, Kind kind) {
  switch (value.type()) {
    case Value::Type::null:
      return {};
    case Value::Type::integer:
      if (kind == Kind::time) return to_rfc3339(Time{value.integer()});
      if (kind == Kind::boolean) return value.integer() != 0 ? "true" : "false";
      if (kind == Kind::duration) break;
      return std::to_string(value.integer());
    case Value::Type::real:
      break;
    case Value::Type::text:
      return std::string(value.text());
    case Value::Type::bytes:
      return to_hex(value.bytes());
  }
  std::string out;
  append_value_json(out, value, kind);
  return out;
}

void append_value_json(std::string& out, const Value& value, Kind kind) {
  switch (value.type()) {
    case Value::Type::null:
      out += "null";
      return;
    case Value::Type::real:
      append_json_real(out, value.real());
      return;
    case Value::Type::text:
      append_json_string(out, value.text());
      return;
    case Value::Type::bytes:
      append_base64_json(out, value.bytes());
      return;
    case Value::Type::integer:
      if (kind == Kind::time)
        append_time_json(out, Time{value.integer()});
      else if (kind == Kind::duration)
        append_json_real(out, static_cast<double>(value.integer()) / 1e6);
      else if (kind == Kind::boolean)
        out += value.integer() != 0 ? "true" : "false";
      else
        append_json_integer(out, value.integer());
  }
}

}  // namespace testudo
