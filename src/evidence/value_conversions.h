// ValueConversions: what SQLite makes of a value that is asked for as another type: the number in a text, the digits of
// a number. SQLite itself converts, so that nothing depends on who read the row. Floor 2.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "evidence/statement.h"
#include "record/value.h"

namespace testudo {

class ValueConversions {
 public:
  // Borrows the connection. Costs nothing until a value needs it.
  explicit ValueConversions(sqlite3* db) : db_(db) {}
  // Not of NULL.
  std::int64_t integer(const Value& value);
  double real(const Value& value);
  // The octets of a text or of bytes; the digits of a number, which live until clear().
  std::string_view text(const Value& value);
  void clear() { texts_.clear(); }

 private:
  // The statement that gives the value back; null if SQLite has no memory.
  sqlite3_stmt* echo(const Value& value);
  void release();
  sqlite3* db_;
  Statement echo_;
  std::deque<std::string> texts_;
};

}  // namespace testudo
