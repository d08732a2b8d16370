#include "evidence/recover_tables.h"

#include <sqlite3.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "evidence/table_catalogue.h"

namespace testudo {
namespace {

constexpr std::size_t max_candidates = 64;  // keeps the guess linear in pages however many tables are damaged
constexpr std::size_t rows_looked_at = 16;
// SQLite rolls back the whole transaction when its memory is full.
constexpr std::uint32_t rows_a_transaction = 50'000;

std::string_view type_name(Affinity affinity) {
  switch (affinity) {
    case Affinity::integer:
      return "INTEGER";
    case Affinity::text:
      return "TEXT";
    case Affinity::blob:
      return "BLOB";
    case Affinity::real:
      return "REAL";
    default:
      return "NUMERIC";
  }
}

// A name of the rowid: the column that holds it, or one that no column took; empty if there is none.
std::string rowid_name(const RecoveredTable& table) {
  for (const RecoveredColumn& column : table.columns)
    if (column.is_rowid) return quoted_identifier(column.name);
  for (const std::string_view name : {"_rowid_", "rowid", "oid"})
    if (std::none_of(table.columns.begin(), table.columns.end(),
                     [&](const RecoveredColumn& c) { return equals_ignoring_case(c.name, name); }))
      return std::string(name);
  return {};
}

// How well a stored class suits a column: 0 if SQLite would not have stored it so, 1 if it is the usual one.
double fit(const Value& value, const RecoveredColumn& column) {
  const Value::Type type = value.type();
  if (column.is_rowid) return type == Value::Type::null ? 1 : 0;
  if (type == Value::Type::null) return column.not_null ? 0 : 0.5;
  const bool number = type == Value::Type::integer || type == Value::Type::real;
  switch (column.affinity) {
    case Affinity::text:
      return number ? 0 : type == Value::Type::text ? 1 : 0.3;
    case Affinity::integer:
      return type == Value::Type::integer ? 1 : 0.3;
    case Affinity::real:
      return number ? 1 : 0.3;
    case Affinity::numeric:
      return number ? 1 : 0.5;
    default:
      return type == Value::Type::bytes ? 1 : 0.7;
  }
}

// Nothing if the record cannot be the table's.
std::optional<double> fit(const std::vector<Value>& fields, const RecoveredTable& table) {
  if (fields.size() > table.columns.size()) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const double part = fit(fields[i], table.columns[i]);
    if (part == 0) return std::nullopt;
    sum += part;
  }
  // Columns that the record lacks were added later: possible, but rare.
  return sum / static_cast<double>(table.columns.size());
}

}  // namespace

Result<void> TableWriter::run(const char* sql) {
  const int code = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return sqlite_error(db_.get(), code, "recovering");
  return {};
}

Result<void> TableWriter::begin() { return run("BEGIN"); }

Result<void> TableWriter::end() {
  inserts_.clear();
  return sqlite3_get_autocommit(db_.get()) != 0 ? Result<void>() : run("COMMIT");
}

Connection TableWriter::take() {
  static_cast<void>(end().ok());
  return std::move(db_);
}

Result<void> TableWriter::create(const RecoveredTable& table) {
  std::string sql = "CREATE TABLE " + quoted_identifier(table.name) + "(";
  std::string names = rowid_name(table), values = names.empty() ? "" : "?1";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const RecoveredColumn& column = table.columns[i];
    if (i != 0) sql += ", ";
    sql += quoted_identifier(column.name) + ' ' + std::string(type_name(column.affinity));
    if (column.is_rowid) sql += " PRIMARY KEY";
    if (!column.collation.empty()) sql += " COLLATE " + column.collation;
    if (column.is_rowid) continue;
    const char* comma = names.empty() ? "" : ", ";
    names += comma + quoted_identifier(column.name);
    values += comma + ("?" + std::to_string(i + 2));
  }
  TRY(run((sql + ")").c_str()));
  const std::string insert =
      "INSERT OR IGNORE INTO " + quoted_identifier(table.name) + "(" + names + ") VALUES (" + values + ")";
  inserts_[&table] = TRY(prepare(db_.get(), insert));
  return {};
}

void TableWriter::bind(sqlite3_stmt* statement, int index, const Value& value) const {
  const std::string_view octets = value.text();
  switch (value.type()) {
    case Value::Type::integer:
      sqlite3_bind_int64(statement, index, value.integer());
      break;
    case Value::Type::real:
      sqlite3_bind_double(statement, index, value.real());
      break;
    case Value::Type::bytes:
      // A null pointer would bind NULL in place of the empty blob.
      sqlite3_bind_blob64(statement, index, octets.empty() ? "" : octets.data(), octets.size(), SQLITE_STATIC);
      break;
    case Value::Type::text: {
      const auto encoding = static_cast<unsigned char>(encoding_ == 2   ? SQLITE_UTF16LE
                                                       : encoding_ == 3 ? SQLITE_UTF16BE
                                                                        : SQLITE_UTF8);
      sqlite3_bind_text64(statement, index, octets.empty() ? "" : octets.data(), octets.size(), SQLITE_STATIC,
                          encoding);
      break;
    }
    default:
      sqlite3_bind_null(statement, index);
  }
}

Result<void> TableWriter::insert(const RecoveredTable& table, std::int64_t rowid, const std::vector<Value>& fields) {
  sqlite3_stmt* statement = inserts_[&table].get();
  if (statement == nullptr) return error(Fault::internal, "a table that was not created");
  TRY(account(fields));
  sqlite3_bind_int64(statement, 1, rowid);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].is_rowid) continue;
    const int index = static_cast<int>(i) + 2;
    if (i < fields.size()) {
      bind(statement, index, fields[i]);
    } else if (table.columns[i].missing) {
      sqlite3_bind_value(statement, index, table.columns[i].missing.get());
    } else {
      sqlite3_bind_null(statement, index);
    }
  }
  const int code = sqlite3_step(statement);
  sqlite3_reset(statement);
  // A row that is too large for SQLite, or refused by it, does not end the recovery of the others.
  if (code == SQLITE_FULL || code == SQLITE_NOMEM) return sqlite_error(db_.get(), code, "recovering");
  return {};
}

Result<void> TableWriter::account(const std::vector<Value>& fields) {
  std::uint64_t size = 16;
  for (const Value& value : fields) size += 9 + value.text().size();
  if (size > left_) return error(Fault::limit, "recovered rows fill the memory");
  left_ -= size;
  if (++uncommitted_ < rows_a_transaction) return {};
  uncommitted_ = 0;
  return run("COMMIT; BEGIN");
}

TableGuess::TableGuess(const std::vector<RecoveredTable>& tables) {
  for (const RecoveredTable& table : tables)
    if (table.damaged && candidates_.size() < max_candidates) candidates_.push_back({&table, 0});
}

bool TableGuess::look(const std::vector<Value>& fields) {
  ++rows_;
  std::erase_if(candidates_, [&](Candidate& c) {
    const auto part = fit(fields, *c.table);
    if (part) c.score += *part;
    return !part;
  });
  return rows_ < rows_looked_at;
}

const RecoveredTable* TableGuess::best() const {
  if (rows_ == 0 || candidates_.empty()) return nullptr;
  std::vector<Candidate> ranked = candidates_;
  std::sort(ranked.begin(), ranked.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  constexpr double margin = 1.02;
  if (ranked.size() > 1 && ranked[0].score < ranked[1].score * margin) return nullptr;
  return ranked[0].table;
}

}  // namespace testudo
