// Record tables: the CREATE TABLE … STRICT and the INSERT that follow from a record's declaration. Behaviour rules and
// analysts read these tables. Times and durations are microseconds, booleans 0 or 1. Floor 2.
#pragma once

#include <string>
#include <vector>

#include "record/row.h"
#include "store/record_format.h"
#include "store/row_tree.h"
#include "store/sqlite.h"

namespace testudo {

// "ios.sms_message" -> "ios_sms_message".
std::string table_name(const RecordType& type);
// Columns: record_id INTEGER PRIMARY KEY, evidence_path, evidence_rowid, evidence_offset, evidence_state, then the
// fields.
std::string create_table_sql(const RecordType& type);

// What the values of a record become in the columns of its table: a STRICT column refuses a value of another class, so
// each is brought into its column's class.
class RecordColumns {
 public:
  explicit RecordColumns(const RecordType& type);
  // Borrowed from `value`, or until the same field is asked for again.
  Value fitted(const Value& value, std::size_t field);

 private:
  enum class Column : std::uint8_t { integer, real, blob, text };
  static Column column_of(Kind kind);
  const RecordType* type_;
  std::vector<Column> columns_;       // one a field
  std::vector<std::string> scratch_;  // of values that do not fit their column
};

// Writes rows of one type through SQLite. The table is created with the writer.
class RecordTable {
 public:
  static Result<RecordTable> create(Connection& connection, const RecordType& type);
  // Returns the record_id: 1, 2, … in order of insertion.
  Result<std::int64_t> insert(const Row& row, std::string_view evidence_path);

 private:
  RecordTable(const RecordType& type, Statement insert);
  void bind(int parameter, const Value& value);
  RecordColumns columns_;
  Statement insert_;
  std::vector<bool> bound_;  // parameters that hold a value: most fields of most rows are NULL, and stay so
  std::int64_t last_ = 0;
};

// Writes rows of one type as pages, without SQLite, into the table that create_table_sql() made. What goes wrong is
// told by the PageFile.
class RecordPages {
 public:
  // `root`: the table's page in sqlite_schema.
  RecordPages(const RecordType& type, std::uint32_t root) : columns_(type), rows_(RowTree::Type::table, root) {}
  // The record_id is 1, 2, … in order of insertion.
  void insert(PageFile& file, const Row& row, std::string_view evidence_path);
  // Nothing may be inserted afterwards.
  void finish(PageFile& file) { rows_.finish(file); }

 private:
  RecordColumns columns_;
  RecordFormat record_;
  RowTree rows_;
  std::int64_t last_ = 0;
};

// Where a stored row was read, next to its fields.
struct StoredRow {
  std::vector<Value> values;  // borrowed from the statement
  Locator where;
  std::string evidence_path;
};
// The SELECT list that read_stored_row() expects: evidence columns, then all fields.
std::string select_columns(const RecordType& type);
// Reads the statement's current row; `first` is the column where select_columns() begins.
StoredRow read_stored_row(const Statement& statement, const RecordType& type, int first);

}  // namespace testudo
