// Database::rest_of_row and split queries: what a record has no field for, kept as JSON. Called for every record that
// is kept, so the query and the names of its members are made once.
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

// Appends a member unless it is NULL, or what stands in nearly every column that a system does not use for this row.
void append_member(std::string& out, const std::string& name, const Value& value) {
  const bool is_number = value.type() == Value::Type::integer;
  const bool is_octets = value.type() == Value::Type::text || value.type() == Value::Type::bytes;
  if (value.is_null() || (is_number && value.integer() == 0) || (is_octets && value.text().empty())) return;
  if (out.size() > 1) out.push_back(',');
  out += name;
  switch (value.type()) {
    case Value::Type::integer:
      return append_json_integer(out, value.integer());
    case Value::Type::real:
      return append_json_real(out, value.real());
    case Value::Type::text:
      return append_json_string(out, value.text());
    default:
      out.push_back('"');
      append_base64(out, value.bytes());
      out.push_back('"');
  }
}

std::string members(const QueryRow& row, const std::vector<std::string>& names) {
  std::string out;
  out.reserve(512);  // enough for most rows
  out.push_back('{');
  for (std::size_t i = 0; i < names.size(); ++i) append_member(out, names[i], row.value(static_cast<int>(i)));
  out.push_back('}');
  return out;
}

// Brings the statement to the row of this number. Rows of a table WITHOUT ROWID have no number to be found by: they are
// counted, onward from the row before, since records are asked for in their order.
bool reach(RestQuery& query, std::int64_t number) {
  sqlite3_stmt* statement = query.statement.get();
  if (!query.is_counted) {
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, number);
    return sqlite3_step(statement) == SQLITE_ROW;
  }
  if (number < query.at || query.at == 0) {
    sqlite3_reset(statement);
    query.at = 0;
  }
  for (; query.at < number; ++query.at) {
    if (sqlite3_step(statement) == SQLITE_ROW) continue;
    query.at = 0;
    return false;
  }
  return query.at == number && number > 0;
}

// The columns of a table but for some, as a list for SELECT, and their names as beginnings of JSON members.
struct RestColumns {
  std::string list;
  std::vector<std::string> names;
};

RestColumns rest_columns(const std::vector<std::string>& columns, std::string_view alias,
                         const std::vector<std::string_view>& except) {
  RestColumns rest;
  for (const std::string& column : columns) {
    if (is_among(column, except)) continue;
    rest.list.append(rest.list.empty() ? "" : ", ").append(quoted_identifier(alias)).append(".");
    rest.list.append(quoted_identifier(column));
    rest.names.emplace_back();
    append_json_string(rest.names.back(), column);
    rest.names.back().push_back(':');
  }
  return rest;
}

class SplitReader final : public SplitRow {
 public:
  // Details and rest are columns of the head's row, from `first` on.
  SplitReader(int first, int details, std::vector<std::string> names)
      : first_(first), details_(details), names_(std::move(names)) {}
  // They are those of another statement, which takes the row's number.
  SplitReader(Statement tail, int details, std::vector<std::string> names)
      : tail_(std::move(tail)), details_(details), names_(std::move(names)) {}
  void stand_on(const QueryRow& head) {
    head_ = &head;
    loaded_ = false;
  }

  const QueryRow& head() const override { return *head_; }
  QueryRow details() const override { return tail_ ? QueryRow(tail()) : head_->behind(first_); }
  std::string rest() const override {
    if (names_.empty() || (tail_ && sqlite3_data_count(tail()) == 0)) return "{}";
    return members(details().behind(details_), names_);
  }

 private:
  sqlite3_stmt* tail() const {
    if (!loaded_) {
      sqlite3_reset(tail_.get());
      sqlite3_bind_int64(tail_.get(), 1, head_->integer(0).value_or(0));
      sqlite3_step(tail_.get());
      loaded_ = true;
    }
    return tail_.get();
  }

  const QueryRow* head_ = nullptr;
  Statement tail_;
  int first_ = 0, details_ = 0;
  std::vector<std::string> names_;
  mutable bool loaded_ = false;
};

}  // namespace

RestQuery& Database::State::rest_query(std::string_view table, const std::vector<std::string_view>& except) {
  for (RestQuery& known : rest_queries)
    if (known.except == except.data() && known.excepted == except.size() && known.table == table) return known;
  RestQuery query{.table = std::string(table), .except = except.data(), .excepted = except.size()};
  const CatalogueEntry* entry = catalogue.find(table);
  const std::vector<std::string>* columns = catalogue.columns(db.get(), table);
  if (entry != nullptr && entry->kind == ObjectKind::table && columns != nullptr) {
    RestColumns rest = rest_columns(*columns, "t", except);
    query.names = std::move(rest.names);
    query.is_counted = entry->is_numbered;
    const std::string sql = "SELECT " + rest.list + " FROM " + quoted_identifier(entry->name) + " AS t" +
                            (query.is_counted ? "" : " WHERE t._rowid_ = ?1");
    if (auto prepared = prepare(db.get(), sql); !rest.list.empty() && prepared)
      query.statement = std::move(prepared).value();
  }
  rest_queries.push_back(std::move(query));
  return rest_queries.back();
}

std::string Database::rest_of_row(std::string_view table, std::int64_t rowid,
                                  const std::vector<std::string_view>& except) const {
  State& state = *state_;
  RestQuery& query = state.rest_query(table, except);
  std::string out = "{}";
  if (query.statement) {
    const std::uint64_t outer = std::exchange(state.left, state.limits.instructions);
    if (reach(query, rowid)) out = members(QueryRow(query.statement.get()), query.names);
    if (!query.is_counted) sqlite3_reset(query.statement.get());
    state.left = outer;
  }
  return out;
}

Result<void> Database::each(const SplitQuery& query, bool at_once,
                            const std::function<bool(const SplitRow&)>& row) const {
  State& state = *state_;
  return state.spending([&]() -> Result<void> {
    std::string details;
    for (const std::string_view column : query.details) details.append(", ").append(column);
    const std::string head = TRY(state.expand(query.head)), from = " FROM " + TRY(state.expand(query.from));
    details = TRY(state.expand(details));
    const auto* columns = state.catalogue.columns(state.db.get(), query.table);
    RestColumns rest = columns != nullptr ? rest_columns(*columns, query.alias, query.except) : RestColumns();
    const std::string tail = details + (rest.list.empty() ? "" : ", " + rest.list);
    const auto detail_columns = static_cast<int>(query.details.size());

    Statement by_number;
    const CatalogueEntry* entry = state.catalogue.find(query.table);
    const bool has_numbers = entry == nullptr || !entry->is_numbered;
    if (!at_once && has_numbers && !tail.empty()) {
      const std::string alias = quoted_identifier(query.alias);
      auto prepared = prepare(state.db.get(), "SELECT " + tail.substr(2) + " FROM " + quoted_identifier(query.table) +
                                                  " AS " + alias + " WHERE " + alias + "._rowid_ = ?1");
      // A table without row numbers is read at once.
      if (prepared) by_number = std::move(prepared).value();
    }
    const std::string sql = "SELECT " + head + (by_number ? "" : tail) + from;
    const Result<Statement> prepared = prepare(state.db.get(), sql);
    if (!prepared) return state.lost_or(prepared.error());
    const int first = sqlite3_column_count(prepared->get()) - detail_columns - static_cast<int>(rest.names.size());
    SplitReader reader = by_number ? SplitReader(std::move(by_number), detail_columns, std::move(rest.names))
                                   : SplitReader(first, detail_columns, std::move(rest.names));
    return state.run(prepared->get(), sql, [&](const QueryRow& head) {
      reader.stand_on(head);
      return row(reader);
    });
  });
}

}  // namespace testudo
