// Row: a record of any type while it passes by, with where it was found. Borrowed. Floor 1.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/schema.h"

namespace testudo {

// Which state of a database a row was read from. A write-ahead log (WAL) stored beside a database overlays it.
enum class RowState : std::uint8_t {
  current,     // in the database as an application would see it, and not only in the log
  wal_only,    // only in the write-ahead log: recent, not yet merged
  before_wal,  // only in the pages under the log: changed or deleted since
  recovered,   // read from the pages of a damaged database
};
std::string_view row_state_name(RowState state);

// Where inside the evidence a record was read: a file of the job, and a rowid or an offset in it.
struct Locator {
  static constexpr std::uint64_t nowhere = ~std::uint64_t{0};
  std::uint32_t file = 0;          // index into the files that the parser was given
  std::uint64_t rowid = nowhere;   // of the table that the record stands for
  std::uint64_t offset = nowhere;  // octets from the start of the file
  RowState state = RowState::current;

  static Locator row(std::int64_t id) {
    Locator l;
    l.rowid = static_cast<std::uint64_t>(id);
    return l;
  }
  static Locator at(std::uint64_t offset) {
    Locator l;
    l.offset = offset;
    return l;
  }
};

struct Row {
  const RecordType* type = nullptr;
  std::span<const Value> values;  // one a field, in order of the schema
  Locator where;

  // The value of a named field; null if the type has no such field.
  Value get(std::string_view field) const {
    const auto i = type->field(field);
    return i ? values[*i] : Value();
  }
};

// SHA-256 over the record's type and the fields that identify it (Schema<T>::identity), as 32 hexadecimal characters:
// the same record has the same key in two checks of the same phone, though counters, marks and last times moved on.
// Where none of these fields has a value, all fields count. The locator does not enter. Two records may share a key
// where the evidence lacks what would tell them apart.
std::string record_key(const Row& row);

// A row's line of the timeline: its type's `line` with {field} replaced, white space collapsed, at most
// `limit` octets (cut at a character, marked by "…").
inline constexpr std::size_t line_limit = 240;
std::string line_of(const Row& row, std::size_t limit = line_limit);

// The same for many rows of one type.
class LinePattern {
 public:
  explicit LinePattern(const RecordType& type);
  // Borrowed until the next call.
  std::string_view of(const Row& row, std::size_t limit = line_limit);

 private:
  struct Part {
    std::string_view before;
    std::optional<std::size_t> field;
  };
  const RecordType* type_;
  std::vector<Part> parts_;
  std::string line_;
};

// One value as people read it: times as RFC 3339, durations in seconds, booleans as yes/no words, bytes as hexadecimal.
std::string value_as_text(const Value& value, Kind kind);
// Appends one value as JSON: times as RFC 3339 strings, durations as seconds, booleans, bytes as base64.
void append_value_json(std::string& out, const Value& value, Kind kind);

}  // namespace testudo
