// Record format: a row as SQLite keeps it in a table or an index, a header of types and then the values. Floor 2.
// Source: https://www.sqlite.org/fileformat2.html, section 2.1.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "record/value.h"

namespace testudo {

// Memory is kept from row to row.
class RecordFormat {
 public:
  RecordFormat& clear();
  RecordFormat& null();
  RecordFormat& integer(std::int64_t value);
  RecordFormat& real(double value);            // NaN, which SQLite does not store, becomes NULL
  RecordFormat& text(std::string_view value);  // must be UTF-8
  RecordFormat& text_or_null(std::string_view value) { return value.empty() ? null() : text(value); }
  RecordFormat& bytes(Bytes value);
  RecordFormat& add(const Value& value);
  // The whole, until the next call of any function.
  Bytes whole();

 private:
  // A vector that only ever grows, and how much of it is in use.
  struct Octets {
    std::vector<std::uint8_t> all;
    std::size_t used = 0;
    std::uint8_t* room(std::size_t more);
  };
  void type(std::uint8_t code) { *types_.room(1) = code, ++types_.used; }
  void octets(Bytes value, unsigned code);

  Octets types_, body_;
  std::vector<std::uint8_t> whole_;
};

}  // namespace testudo
