// Database: an SQLite database inside the evidence, read through our own read-only VFS over a Blob. No temporary file,
// no lock, no -shm; the write-ahead log is an overlay of pages, so that the states with and without it can both be
// read. Hardened: DEFENSIVE, trusted_schema off, cell_size_check on, no extensions, no ATTACH, limits, read-only.
// Floor 2.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "evidence/blob.h"
#include "record/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace testudo {

// Reports a violated expectation: a stable name, and the rowid or offset.
using Report = std::function<void(std::string_view name, std::uint64_t where)>;

enum class DatabaseView : std::uint8_t {
  merged,     // the main file with the committed frames of its log over it
  main_only,  // the main file alone: what was there before the log
};

class ValueConversions;

// One result row while a statement stands on it. Texts and bytes live until the next step.
class QueryRow {
 public:
  explicit QueryRow(sqlite3_stmt* statement) : statement_(statement) {}
  // A row of the statement that was read without SQLite (evidence/scan_program.h). Borrows everything.
  QueryRow(sqlite3_stmt* statement, const Value* stored, ValueConversions& conversions)
      : statement_(statement), stored_(stored), conversions_(&conversions) {}
  // The same row without its first columns.
  QueryRow behind(int columns) const;
  bool is_null(int column) const;
  std::optional<std::int64_t> integer(
      int column) const;  // nothing for NULL; text and reals are converted as SQLite does
  std::optional<double> real(int column) const;
  std::optional<std::string_view> text(int column) const;  // the octets as stored: may not be UTF-8
  std::optional<Bytes> bytes(int column) const;
  std::optional<bool> boolean(int column) const;  // nothing for NULL
  // The value as stored, with one look: cheaper than asking for its class and then for itself. Borrowed like texts.
  Value value(int column) const { return stored_ != nullptr ? stored_[first_ + column] : ask(column); }
  // Whether the stored class is the one named; lets a parser report `unexpected_type`.
  bool is_text(int column) const;
  bool is_number(int column) const;
  bool is_blob(int column) const;
  int columns() const;
  std::string_view name(int column) const;

 private:
  Value ask(int column) const;
  sqlite3_stmt* statement_;
  const Value* stored_ = nullptr;
  ValueConversions* conversions_ = nullptr;
  int first_ = 0;
};

// A query over one table, in two parts: what is looked at in every row, and what only a record that is kept has.
struct SplitQuery {
  std::string_view head;                        // columns of every row; the first is the row's number in `table`
  std::vector<std::string_view> details;        // further columns of `table`, templates as in Database::each
  std::string_view from;                        // behind FROM
  std::string_view table, alias;                // whose rest is asked for, and its name in `from`
  const std::vector<std::string_view>& except;  // the rest is all columns but these
};

// The row that a SplitQuery stands on; texts and bytes of both parts live until the next row.
class SplitRow {
 public:
  virtual ~SplitRow() = default;
  virtual const QueryRow& head() const = 0;
  // The details, counted from 0.
  virtual QueryRow details() const = 0;
  // As Database::rest_of_row.
  virtual std::string rest() const = 0;
};

struct DatabaseLimits {
  // Of SQLite's virtual machine in one statement, less for a small file; a scan costs one or two a row and column.
  // Beyond: Fault::limit.
  std::uint64_t instructions = 2'000'000'000;
};

class Database {
 public:
  // Opens the database in `main`; `log` is its write-ahead log or null. Both must outlive the Database.
  // Fault::malformed: not an SQLite database (also: still encrypted); Fault::truncated: zero bytes.
  static Result<Database> open(const Blob& main, const Blob* log, DatabaseView view, Report report,
                               DatabaseLimits limits = {});
  // A damaged database rebuilt in memory from the b-tree pages that can still be read: tables and columns of the schema
  // that survives. Fault::malformed if not even the schema can be read. Memory: at most `limit` octets.
  static Result<Database> recover(const Blob& main, const Blob* log, Report report, std::uint64_t limit = 256U << 20,
                                  DatabaseLimits limits = {});
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  bool has_table(std::string_view table) const;
  bool has_column(std::string_view table, std::string_view column) const;
  std::vector<std::string> columns(std::string_view table) const;

  // Runs one SELECT and calls `each` for every row; stops early if it returns false.
  // In `sql`, {table.column} stands for the column `column` of the table `table`, and {alias=table.column} for
  // `alias.column` where the FROM clause says `table AS alias`. A column that this schema generation lacks becomes NULL
  // and is reported once as `column_missing`; {?table.column} and {?alias=table.column} are the same without the
  // report, for columns that come and go with the system's version. A table that is absent: Fault::not_found. Damage in
  // the middle (Fault::malformed) leaves the rows before it delivered.
  Result<void> each(std::string_view sql, const std::function<bool(const QueryRow&)>& row) const;

  // As above, for tables of which many columns matter only for kept records. With `at_once` everything is asked for in
  // one pass, which is cheaper if most rows are kept; without, details and rest of a row by its number, when asked for.
  Result<void> each(const SplitQuery& query, bool at_once, const std::function<bool(const SplitRow&)>& row) const;

  // All columns of one row of a table as a JSON object, without NULLs, zeros and empty texts, and without the columns
  // named in `except`; bytes as base64. For Sink::emit's `complete`. `except` is prepared once and known by its place:
  // it must live as long as the Database and not change.
  std::string rest_of_row(std::string_view table, std::int64_t rowid,
                          const std::vector<std::string_view>& except) const;

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace testudo
