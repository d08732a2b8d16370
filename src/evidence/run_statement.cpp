// Visiting the rows of a statement: by a ScanProgram where there is one, by SQLite otherwise and from where the program
// met something that SQLite must judge. The rows are the same.
#include <optional>

#include <sqlite3.h>

#include "base/text.h"
#include "evidence/database_state.h"
#include "evidence/scan_program.h"
#include "evidence/value_conversions.h"

namespace testudo {
namespace {

// The name of the only table that has this root; nothing if there are more.
std::optional<std::string> table_of_root(sqlite3* db, std::uint32_t root) {
  const auto found = prepare(db, "SELECT name FROM sqlite_schema WHERE rootpage = ?1 AND type = 'table'");
  if (!found) return std::nullopt;
  sqlite3_bind_int64(found->get(), 1, root);
  if (sqlite3_step(found->get()) != SQLITE_ROW) return std::nullopt;
  std::string name(column_text(found->get(), 0));
  return sqlite3_step(found->get()) == SQLITE_DONE ? std::optional(std::move(name)) : std::nullopt;
}

// The name of a column by its place in the rows. Generated columns would shift the places, and a column with the name
// of the row number would stand for it.
std::optional<std::string> column_at(sqlite3* db, const std::string& table, std::size_t index) {
  constexpr int name_column = 1, hidden_column = 6;
  const auto listed = prepare(db, "PRAGMA table_xinfo(" + quoted_identifier(table) + ")");
  if (!listed) return std::nullopt;
  std::optional<std::string> found;
  for (std::size_t i = 0; sqlite3_step(listed->get()) == SQLITE_ROW; ++i) {
    const std::string_view name = column_text(listed->get(), name_column);
    if (sqlite3_column_int(listed->get(), hidden_column) != 0 || equals_ignoring_case(name, "_rowid_"))
      return std::nullopt;
    if (i == index) found = std::string(name);
  }
  return found;
}

// What SQLite says of columns that a row does not store: the default that the schema gives them.
class ColumnDefaults {
 public:
  explicit ColumnDefaults(sqlite3* db) : db_(db) {}

  std::optional<Value> of(std::uint32_t root, std::size_t column, std::int64_t rowid) {
    const auto table = table_of_root(db_, root);
    const auto name = table ? column_at(db_, *table, column) : std::nullopt;
    if (!name) return std::nullopt;
    auto asked = prepare(db_, "SELECT t." + quoted_identifier(*name) + " FROM " + quoted_identifier(*table) +
                                  " AS t WHERE t._rowid_ = ?1");
    if (!asked) return std::nullopt;
    sqlite3_bind_int64(asked->get(), 1, rowid);
    if (sqlite3_step(asked->get()) != SQLITE_ROW) return std::nullopt;
    const Value value = QueryRow(asked->get()).value(0);
    statements_.push_back(std::move(asked).value());  // the value lives as long as its statement stands on the row
    return value;
  }

 private:
  sqlite3* db_;
  std::vector<Statement> statements_;
};

// The octets of a row that SQLite has at hand.
std::uint64_t octets_of(sqlite3_stmt* statement) {
  std::uint64_t octets = 0;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    const int type = sqlite3_column_type(statement, i);
    if (type == SQLITE_TEXT || type == SQLITE_BLOB)
      octets += static_cast<std::uint64_t>(sqlite3_column_bytes(statement, i));
  }
  return octets;
}

}  // namespace

Result<void> Database::State::run(sqlite3_stmt* statement, std::string_view sql,
                                  const std::function<bool(const QueryRow&)>& row) {
  std::uint64_t visited = 0;
  auto program = image && !damaged ? ScanProgram::of(db.get(), *image, sql) : std::nullopt;
  if (program) {
    ValueConversions conversions(db.get());
    ColumnDefaults defaults(db.get());
    const auto visit = [&](const Value* columns) {
      conversions.clear();
      return row(QueryRow(statement, columns, conversions));
    };
    const auto end = program->run(visit, [&](std::uint32_t root, std::size_t column, std::int64_t rowid) {
      return defaults.of(root, column, rowid);
    });
    if (end != ScanProgram::End::unusual) return {};
    visited = program->visited();
  }
  const QueryRow current(statement);
  int code = SQLITE_ROW;
  for (std::uint64_t i = 0; (code = sqlite3_step(statement)) == SQLITE_ROW; ++i) {
    if (i >= visited && !row(current)) return {};
    // A generated column can make megabytes of each row in a single instruction.
    constexpr std::uint64_t octets_an_instruction = 8;
    const std::uint64_t made = octets_of(statement) / octets_an_instruction;
    if (made > left) return error(Fault::limit, "the rows hold more than a database of this size can");
    left -= made;
  }
  if (code != SQLITE_DONE) return sqlite_error(db.get(), code, "reading");
  return {};
}

}  // namespace testudo
