#include <sqlite3.h>

#include "evidence/database.h"
#include "evidence/statement.h"
#include "evidence/value_conversions.h"

namespace testudo {

QueryRow QueryRow::behind(int columns) const {
  QueryRow rest(*this);
  rest.first_ += columns;
  return rest;
}

bool QueryRow::is_null(int column) const {
  if (stored_ != nullptr) return stored_[first_ + column].is_null();
  return sqlite3_column_type(statement_, first_ + column) == SQLITE_NULL;
}

std::optional<std::int64_t> QueryRow::integer(int column) const {
  if (stored_ != nullptr) {
    const Value& v = stored_[first_ + column];
    if (v.is_null()) return std::nullopt;
    return v.type() == Value::Type::integer ? v.integer() : conversions_->integer(v);
  }
  sqlite3_value* stored = sqlite3_column_value(statement_, first_ + column);
  if (sqlite3_value_type(stored) == SQLITE_NULL) return std::nullopt;
  return sqlite3_value_int64(stored);
}

std::optional<double> QueryRow::real(int column) const {
  if (is_null(column)) return std::nullopt;
  if (stored_ == nullptr) return sqlite3_column_double(statement_, first_ + column);
  const Value& v = stored_[first_ + column];
  return v.type() == Value::Type::real ? v.real() : conversions_->real(v);
}

std::optional<std::string_view> QueryRow::text(int column) const {
  if (is_null(column)) return std::nullopt;
  return stored_ != nullptr ? conversions_->text(stored_[first_ + column]) : column_text(statement_, first_ + column);
}

std::optional<Bytes> QueryRow::bytes(int column) const {
  if (is_null(column)) return std::nullopt;
  if (stored_ != nullptr) return as_bytes(conversions_->text(stored_[first_ + column]));
  return column_bytes(statement_, first_ + column);
}

std::optional<bool> QueryRow::boolean(int column) const {
  const auto number = real(column);
  return number ? std::optional(*number != 0) : std::nullopt;
}

Value QueryRow::ask(int column) const {
  // The value is used before the next step and by the connection's only thread, so it needs no protection; reading it
  // in this way leaves out the locks of sqlite3_column_…().
  sqlite3_value* stored = sqlite3_column_value(statement_, first_ + column);
  switch (sqlite3_value_type(stored)) {
    case SQLITE_INTEGER:
      return Value::of_integer(sqlite3_value_int64(stored));
    case SQLITE_FLOAT:
      return Value::of_real(sqlite3_value_double(stored));
    case SQLITE_TEXT: {
      const unsigned char* text = sqlite3_value_text(stored);
      const auto size = static_cast<std::size_t>(sqlite3_value_bytes(stored));
      return Value::of_text(text != nullptr ? as_text(Bytes(text, size)) : std::string_view());
    }
    case SQLITE_BLOB: {
      const auto* octets = static_cast<const std::uint8_t*>(sqlite3_value_blob(stored));
      const auto size = static_cast<std::size_t>(sqlite3_value_bytes(stored));
      return Value::of_bytes(octets != nullptr ? Bytes(octets, size) : Bytes());
    }
    default:
      return {};
  }
}

bool QueryRow::is_text(int column) const { return value(column).type() == Value::Type::text; }

bool QueryRow::is_number(int column) const {
  const Value::Type type = value(column).type();
  return type == Value::Type::integer || type == Value::Type::real;
}

bool QueryRow::is_blob(int column) const { return value(column).type() == Value::Type::bytes; }

int QueryRow::columns() const { return sqlite3_column_count(statement_) - first_; }

std::string_view QueryRow::name(int column) const {
  const char* name = sqlite3_column_name(statement_, first_ + column);
  return name != nullptr ? std::string_view(name) : std::string_view();
}

}  // namespace testudo
