#include "report/json_copy.h"

#include <string>

namespace testudo {
namespace {

using Type = simdjson::dom::element_type;

void append_object(JsonText& json, const simdjson::dom::object& members) {
  json.object();
  for (const auto member : members) {
    json.key(member.key);
    append_parsed(json, member.value);
  }
  json.end();
}

void append_array(JsonText& json, const simdjson::dom::array& items) {
  json.array();
  for (const simdjson::dom::element item : items) append_parsed(json, item);
  json.end();
}

}  // namespace

void append_parsed(JsonText& json, simdjson::dom::element value) {
  switch (value.type()) {
    case Type::OBJECT:
      return append_object(json, value.get_object().value_unsafe());
    case Type::ARRAY:
      return append_array(json, value.get_array().value_unsafe());
    case Type::STRING:
      return void(json.string(value.get_string().value_unsafe()));
    case Type::INT64:
      return void(json.integer(value.get_int64().value_unsafe()));
    case Type::UINT64:
      return void(json.raw(std::to_string(value.get_uint64().value_unsafe())));
    case Type::DOUBLE:
      return void(json.real(value.get_double().value_unsafe()));
    case Type::BOOL:
      return void(json.boolean(value.get_bool().value_unsafe()));
    default:
      return void(json.null());
  }
}

}  // namespace testudo
