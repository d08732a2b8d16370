// TableCatalogue: which tables and columns a database of the evidence has. Floor 2.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct sqlite3;

namespace testudo {

enum class ObjectKind : std::uint8_t {
  table,
  view,           // never run
  virtual_table,  // its module is not ours to run over hostile pages
};

struct CatalogueEntry {
  ObjectKind kind = ObjectKind::table;
  std::string name;  // as the schema spells it
  // Read when first asked for.
  std::optional<std::vector<std::string>> columns;
  std::optional<bool> has_rowid;
  bool is_numbered = false;  // stands for a table WITHOUT ROWID
};

class TableCatalogue {
 public:
  // Reads the names of all tables and views. An Error if the schema cannot be read to its end; what was read before
  // stays. Names compare as SQLite compares them: ASCII case does not count.
  Result<void> load(sqlite3* db);
  // Puts a view in front of each table WITHOUT ROWID, in the connection's own memory, whose column `rowid` is the row's
  // place in the order of the key, from 1: queries that ask for a rowid then read it like any other.
  Result<void> number_rows(sqlite3* db);
  const CatalogueEntry* find(std::string_view name) const;
  std::size_t tables() const;  // without the schema table itself
  // Columns of a table in their order, without hidden ones; null if there is no such table.
  const std::vector<std::string>* columns(sqlite3* db, std::string_view table);
  // Also true for the names of the rowid where the table has one.
  bool has_column(sqlite3* db, std::string_view table, std::string_view column);

 private:
  std::map<std::string, CatalogueEntry> entries_;  // by lower-case name
};

// "name" with its quotes doubled.
std::string quoted_identifier(std::string_view name);

}  // namespace testudo
