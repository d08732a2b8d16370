#include "evidence/value_conversions.h"

namespace testudo {

sqlite3_stmt* ValueConversions::echo(const Value& value) {
  if (!echo_) {
    auto prepared = prepare(db_, "SELECT ?1");
    if (!prepared) return nullptr;
    echo_ = std::move(prepared).value();
  }
  sqlite3_stmt* const statement = echo_.get();
  const std::string_view octets = value.text();
  switch (value.type()) {
    case Value::Type::null:
      sqlite3_bind_null(statement, 1);
      break;
    case Value::Type::integer:
      sqlite3_bind_int64(statement, 1, value.integer());
      break;
    case Value::Type::real:
      sqlite3_bind_double(statement, 1, value.real());
      break;
    case Value::Type::text:
      sqlite3_bind_text64(statement, 1, octets.data(), octets.size(), SQLITE_STATIC, SQLITE_UTF8);
      break;
    case Value::Type::bytes:
      sqlite3_bind_blob64(statement, 1, octets.data(), octets.size(), SQLITE_STATIC);
      break;
  }
  return sqlite3_step(statement) == SQLITE_ROW ? statement : nullptr;
}

// The value is borrowed, and may be gone when the statement is used next.
void ValueConversions::release() {
  if (!echo_) return;
  sqlite3_reset(echo_.get());
  sqlite3_clear_bindings(echo_.get());
}

std::int64_t ValueConversions::integer(const Value& value) {
  sqlite3_stmt* const statement = echo(value);
  const std::int64_t integer = statement != nullptr ? sqlite3_column_int64(statement, 0) : 0;
  release();
  return integer;
}

double ValueConversions::real(const Value& value) {
  if (value.type() == Value::Type::integer) return static_cast<double>(value.integer());
  sqlite3_stmt* const statement = echo(value);
  const double real = statement != nullptr ? sqlite3_column_double(statement, 0) : 0;
  release();
  return real;
}

std::string_view ValueConversions::text(const Value& value) {
  if (value.type() == Value::Type::text || value.type() == Value::Type::bytes) return value.text();
  sqlite3_stmt* const statement = echo(value);
  if (statement != nullptr) texts_.emplace_back(column_text(statement, 0));
  release();
  return statement != nullptr ? std::string_view(texts_.back()) : std::string_view();
}

}  // namespace testudo
