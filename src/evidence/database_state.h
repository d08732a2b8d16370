// What an open Database holds; shared by opening, running statements and recovering. Floor 2.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "evidence/database.h"
#include "evidence/database_image.h"
#include "evidence/query_template.h"
#include "evidence/sqlite_vfs.h"
#include "evidence/statement.h"
#include "evidence/table_catalogue.h"

namespace testudo {

// The columns of a table that a parser does not read itself, asked for one row at a time (Database::rest_of_row).
struct RestQuery {
  std::string table;
  const std::string_view* except = nullptr;  // the caller's list, known by its place
  std::size_t excepted = 0;
  Statement statement;             // empty if there is no such table
  std::vector<std::string> names;  // of its columns, each as the beginning of a JSON member: `"ZFLAGS":`
  // Of a table WITHOUT ROWID, whose rows are counted: the row that the statement stands on, 0 before the first.
  bool is_counted = false;
  std::int64_t at = 0;
};

struct Database::State {
  Report report;
  DatabaseLimits limits;
  std::uint64_t left = 0;                // instructions of the running statement
  std::unique_ptr<DatabaseImage> image;  // null for a recovered database; outlives the connection
  Connection db;
  TableCatalogue catalogue;
  bool damaged = false;                 // the schema could not be read in full
  std::set<std::string> missing;        // columns reported as absent
  std::vector<RestQuery> rest_queries;  // finalised before the connection closes

  void say(std::string_view name, std::uint64_t where) const {
    if (report) report(name, where);
  }
  Result<void> load();
  // For a database of `size` octets.
  void limit_instructions(std::uint64_t size);
  Result<std::string> resolve(const Placeholder& placeholder);
  Result<std::string> expand(std::string_view sql);
  // What "nothing" means for a statement that could not be prepared.
  Error lost_or(Error fault) const;
  // Runs `visit` with the instructions of one statement at hand.
  Result<void> spending(const std::function<Result<void>()>& visit);
  // Visits the rows of a statement: without SQLite's machine where its program is a plain scan.
  Result<void> run(sqlite3_stmt* statement, std::string_view sql, const std::function<bool(const QueryRow&)>& row);
  RestQuery& rest_query(std::string_view table, const std::vector<std::string_view>& except);
};

}  // namespace testudo
