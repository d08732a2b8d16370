// Database::rest_of_row: what a record has no field for, kept as JSON. Called for every record that is kept, so the
// query and the names of its members are made once.
#include <algorithm>
#include <utility>

#include <sqlite3.h>

#include "base/json_text.h"
#include "base/text.h"
#include "evidence/database_state.h"

namespace testudo {
namespace {

bool is_among(std::string_view name, const std::vector<std::string_view>& names) {
  return std::ranges::any_of(names, [&](std::string_view other) { return equals_ignoring_case(name, other); });
}

void append_value(std::string& out, sqlite3_stmt* statement, int column, int type) {
  switch (type) {
    case SQLITE_INTEGER:
      return append_json_integer(out, sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
      return append_json_real(out, sqlite3_column_double(statement, column));
    case SQLITE_TEXT:
      return append_json_string(out, column_text(statement, column));
    default:
      out.push_back('"');
      append_base64(out, column_bytes(statement, column));
      out.push_back('"');
  }
}

// What stands in nearly every column that a system does not use for this row.
bool is_zero(sqlite3_stmt* statement, int column, int type) {
  if (type == SQLITE_INTEGER) return sqlite3_column_int64(statement, column) == 0;
  return type != SQLITE_FLOAT && sqlite3_column_bytes(statement, column) == 0;
}

}  // namespace

RestQuery& Database::State::rest_query(std::string_view table, const std::vector<std::string_view>& except) {
  for (RestQuery& known : rest_queries)
    if (known.except == except.data() && known.excepted == except.size() && known.table == table) return known;
  RestQuery query{std::string(table), except.data(), except.size(), {}, {}};
  const CatalogueEntry* entry = catalogue.find(table);
  const std::vector<std::string>* columns = catalogue.columns(db.get(), table);
  if (entry != nullptr && entry->kind == ObjectKind::table && columns != nullptr) {
    std::string list;
    for (const std::string& column : *columns) {
      if (is_among(column, except)) continue;
      list.append(list.empty() ? "" : ", ").append(quoted_identifier(column));
      query.names.emplace_back();
      append_json_string(query.names.back(), column);
      query.names.back().push_back(':');
    }
    const std::string sql = "SELECT " + list + " FROM " + quoted_identifier(entry->name) + " AS t WHERE t._rowid_ = ?1";
    if (auto prepared = prepare(db.get(), sql); !list.empty() && prepared)
      query.statement = std::move(prepared).value();
  }
  rest_queries.push_back(std::move(query));
  return rest_queries.back();
}

std::string Database::rest_of_row(std::string_view table, std::int64_t rowid,
                                  const std::vector<std::string_view>& except) const {
  State& state = *state_;
  RestQuery& query = state.rest_query(table, except);
  sqlite3_stmt* statement = query.statement.get();
  std::string out = "{";
  if (statement != nullptr) {
    const std::uint64_t outer = std::exchange(state.left, state.limits.instructions);
    sqlite3_bind_int64(statement, 1, rowid);
    if (sqlite3_step(statement) == SQLITE_ROW) {
      for (std::size_t i = 0; i < query.names.size(); ++i) {
        const int type = sqlite3_column_type(statement, static_cast<int>(i));
        if (type == SQLITE_NULL || is_zero(statement, static_cast<int>(i), type)) continue;
        if (out.size() > 1) out.push_back(',');
        out += query.names[i];
        append_value(out, statement, static_cast<int>(i), type);
      }
    }
    sqlite3_reset(statement);
    state.left = outer;
  }
  out.push_back('}');
  return out;
}

}  // namespace testudo
