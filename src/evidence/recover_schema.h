// What the schema of a damaged database says of its tables, worked out by letting SQLite parse each CREATE TABLE in an
// empty database of its own that can do nothing else. Floor 2.
// Sources: SQLite "Database File Format" §2.6 (the schema table), "Datatypes In SQLite" §3.1 (affinity),
// "CREATE TABLE" §5 (rowid and INTEGER PRIMARY KEY), sqlite.org.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evidence/sqlite_vfs.h"
#include "record/value.h"

struct sqlite3_value;

namespace testudo {

// One row of the schema table that describes a table.
struct SchemaRow {
  std::string name;
  std::uint32_t root = 0;  // 0: a virtual table
  std::string sql;
};
// Nothing unless the fields are those of a table's schema row. `encoding` as in DatabaseImage.
std::optional<SchemaRow> schema_row(const std::vector<Value>& fields, std::uint32_t encoding);

enum class Affinity : std::uint8_t { integer, text, blob, real, numeric };
Affinity affinity_of(std::string_view declared_type);

struct ValueFree {
  void operator()(sqlite3_value* value) const;
};

// A column that records store, in their order; virtual generated columns are not among them.
struct RecoveredColumn {
  std::string name;
  Affinity affinity = Affinity::blob;
  std::string collation;  // NOCASE, RTRIM or empty
  bool is_rowid = false;  // INTEGER PRIMARY KEY: NULL in the record, the value is the rowid
  bool not_null = false;
  std::unique_ptr<sqlite3_value, ValueFree> missing;  // for records from before ALTER TABLE ADD COLUMN; null for NULL
};

struct RecoveredTable {
  std::string name;
  std::uint32_t root = 0;
  std::vector<RecoveredColumn> columns;
  bool damaged = false;  // a page of its tree was not there: leaves without a tree may be its own
};

class SchemaParser {
 public:
  static Result<SchemaParser> create();
  // Fault::unsupported for a table WITHOUT ROWID, Fault::malformed if the text is no CREATE TABLE.
  Result<RecoveredTable> parse(const SchemaRow& row);

 private:
  explicit SchemaParser(Connection db) : db_(std::move(db)) {}
  Result<void> create_table(const std::string& sql);
  Result<std::string> created_name();
  bool primary_key_has_index(const std::string& table);
  void read_default(RecoveredColumn& column, std::string_view expression);
  std::unique_ptr<bool> creating_ = std::make_unique<bool>(false);  // the authorizer looks at it
  Connection db_;
};

}  // namespace testudo
