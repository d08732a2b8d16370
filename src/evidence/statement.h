// Statement: a prepared SQLite statement that is finalised. Floor 2.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "evidence/sqlite_vfs.h"

namespace testudo {

struct StatementFinaliser {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, StatementFinaliser>;

// Fault::usage if `sql` is empty or holds more than one statement.
Result<Statement> prepare(sqlite3* db, std::string_view sql);

// The octets of a text or blob, empty for NULL; they live until the next step.
inline std::string_view column_text(sqlite3_stmt* statement, int column) {
  const unsigned char* text = sqlite3_column_text(statement, column);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}
inline Bytes column_bytes(sqlite3_stmt* statement, int column) {
  const void* octets = sqlite3_column_blob(statement, column);
  if (octets == nullptr) return {};
  return {static_cast<const std::uint8_t*>(octets), static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

}  // namespace testudo
