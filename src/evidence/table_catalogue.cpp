#include "evidence/table_catalogue.h"

#include <sqlite3.h>

#include "base/text.h"
#include "evidence/sqlite_vfs.h"
#include "evidence/statement.h"

namespace testudo {
namespace {

bool is_rowid_name(std::string_view column) {
  return equals_ignoring_case(column, "rowid") || equals_ignoring_case(column, "_rowid_") ||
         equals_ignoring_case(column, "oid");
}

}  // namespace

Result<void> TableCatalogue::load(sqlite3* db) {
  entries_.clear();
  Statement statement =
      TRY(prepare(db, "SELECT type, name, rootpage FROM sqlite_schema WHERE type IN ('table', 'view')"));
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    const std::string_view type = column_text(statement.get(), 0);
    const std::string_view name = column_text(statement.get(), 1);
    const bool has_root = sqlite3_column_int64(statement.get(), 2) != 0;
    const ObjectKind kind = type == "view" ? ObjectKind::view
                            : has_root     ? ObjectKind::table
                                           : ObjectKind::virtual_table;
    entries_.try_emplace(lower_ascii(name), CatalogueEntry{kind, std::string(name), {}, {}});
  }
  for (const char* name : {"sqlite_schema", "sqlite_master"})
    entries_.try_emplace(name, CatalogueEntry{ObjectKind::table, name, {}, {}});
  if (code != SQLITE_DONE) return sqlite_error(db, code, "reading the schema");
  return {};
}

Result<void> TableCatalogue::number_rows(sqlite3* db) {
  std::vector<std::string> candidates;
  {
    Statement statement = TRY(prepare(
        db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage <> 0 AND sql LIKE '%WITHOUT%ROWID%'"));
    while (sqlite3_step(statement.get()) == SQLITE_ROW) candidates.emplace_back(column_text(statement.get(), 0));
  }
  for (const std::string& name : candidates) {
    const std::string quoted = quoted_identifier(name);
    if (prepare(db, "SELECT t._rowid_ FROM " + quoted + " AS t").ok() || has_column(db, name, "rowid")) continue;
    const std::string view =
        "CREATE TEMP VIEW " + quoted + " AS SELECT row_number() OVER () AS rowid, * FROM main." + quoted;
    if (sqlite3_exec(db, view.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) continue;
    CatalogueEntry& entry = entries_.find(lower_ascii(name))->second;
    entry.is_numbered = entry.kind == ObjectKind::table;
  }
  return {};
}

const CatalogueEntry* TableCatalogue::find(std::string_view name) const {
  const auto found = entries_.find(lower_ascii(name));
  return found == entries_.end() ? nullptr : &found->second;
}

std::size_t TableCatalogue::tables() const {
  std::size_t count = 0;
  for (const auto& [key, entry] : entries_) count += entry.kind == ObjectKind::table && !key.starts_with("sqlite_");
  return count;
}

const std::vector<std::string>* TableCatalogue::columns(sqlite3* db, std::string_view table) {
  const auto found = entries_.find(lower_ascii(table));
  if (found == entries_.end() || found->second.kind != ObjectKind::table) return nullptr;
  CatalogueEntry& entry = found->second;
  if (!entry.columns) {
    entry.columns.emplace();
    constexpr int name_column = 1, hidden_column = 6;
    Result<Statement> statement = prepare(db, "PRAGMA main.table_xinfo(" + quoted_identifier(entry.name) + ")");
    if (!statement) return &*entry.columns;
    while (sqlite3_step(statement->get()) == SQLITE_ROW)
      if (sqlite3_column_int(statement->get(), hidden_column) != 1)  // 2 and 3 are generated columns
        entry.columns->emplace_back(column_text(statement->get(), name_column));
  }
  return &*entry.columns;
}

bool TableCatalogue::has_column(sqlite3* db, std::string_view table, std::string_view column) {
  const auto* names = columns(db, table);
  if (names == nullptr) return false;
  for (const std::string& name : *names)
    if (equals_ignoring_case(name, column)) return true;
  if (!is_rowid_name(column)) return false;
  CatalogueEntry& entry = entries_.find(lower_ascii(table))->second;
  if (entry.is_numbered) return equals_ignoring_case(column, "rowid");
  if (!entry.has_rowid)
    entry.has_rowid = prepare(db, "SELECT t._rowid_ FROM " + quoted_identifier(entry.name) + " AS t").ok();
  return *entry.has_rowid;
}

std::string quoted_identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + '"';
}

}  // namespace testudo
