// Row frame: the binary form in which rows cross from a worker process to its parent. Little endian, length-prefixed.
// Decoding checks everything, because a worker may have been taken over by the evidence that it read. Floor 1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/row.h"

namespace testudo {

// Appends. Text that is not UTF-8 crosses repaired.
void encode_row(std::string& out, std::uint16_t type_index, const Row& row);
// The values alone, each as its type and its octets.
void encode_values(std::string& out, std::span<const Value> values);

struct DecodedRow {
  std::uint16_t type_index = 0;
  Locator where;
  std::vector<Value> values;  // borrowed from the frame
};
// Fault::malformed or truncated if the frame is not a row, holds text that is not UTF-8, or more than max_fields.
// The memory of `row` is used again; after an error it holds nothing of use.
Result<void> decode_row(std::string_view frame, DecodedRow& row);

}  // namespace testudo
