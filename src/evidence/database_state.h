// What an open Database holds; shared by opening and recovering. Floor 2.
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

struct Database::State {
  Report report;
  DatabaseLimits limits;
  std::uint64_t left = 0;                // instructions of the running statement
  std::unique_ptr<DatabaseImage> image;  // null for a recovered database; outlives the connection
  Connection db;
  TableCatalogue catalogue;
  bool damaged = false;           // the schema could not be read in full
  std::set<std::string> missing;  // columns reported as absent
  std::map<std::string, Statement, std::less<>>
      rows;  // of rest_of_row, by table; finalised before the connection closes

  void say(std::string_view name, std::uint64_t where) const {
    if (report) report(name, where);
  }
  Result<void> load();
  // For a database of `size` octets.
  void limit_instructions(std::uint64_t size);
  Result<std::string> resolve(const Placeholder& placeholder);
};

}  // namespace testudo
