// A record as it comes from a worker that the evidence has taken over. Properties: what decodes encodes to the same
// octets; every output of it, for every kind of field, is valid UTF-8, and the JSON is JSON.
#include <array>
#include <cstdlib>

#include <simdjson.h>

#include "base/text.h"
#include "record/row_frame.h"

using namespace testudo;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

constexpr std::array<FieldInfo, 2> fields{FieldInfo{"a", Kind::text, "", Show::plain},
                                          FieldInfo{"b", Kind::time, "", Show::event}};
const RecordType type{"fuzz.record", "", "a {a}, b {b}, {c} {", fields};

void write(const Value& value) {
  static simdjson::dom::parser parser;
  for (std::size_t i = 0; i < kind_count; ++i) {
    const auto kind = static_cast<Kind>(i);
    require(is_utf8(value_as_text(value, kind)));
    std::string json = "[";
    append_value_json(json, value, kind);
    require(parser.parse(json + "]").error() == simdjson::SUCCESS);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  DecodedRow row;
  if (!decode_row(as_text({data, size}), row)) return 0;
  require(row.values.size() <= max_fields);
  std::string again;
  encode_row(again, row.type_index, Row{&type, row.values, row.where});
  require(again == as_text({data, size}));
  for (const Value& value : row.values) write(value);
  if (row.values.size() < fields.size()) return 0;
  const Row whole{&type, std::span(row.values).first(fields.size()), row.where};
  for (const std::size_t limit : {0U, 5U, 240U}) require(is_utf8(line_of(whole, limit)));
  require(record_key(whole).size() == 32);
  return 0;
}
