#include "evidence/recover_schema.h"

#include <sqlite3.h>

#include "base/text.h"
#include "evidence/statement.h"
#include "evidence/table_catalogue.h"

namespace testudo {
namespace {

constexpr std::uint64_t parser_memory = 64U << 20;

constexpr int most_instructions = 10'000'000;  // of one statement: the longest CREATE TABLE needs some thousands

// Creating a table and asking for its columns; nothing that computes (`CREATE TABLE … AS SELECT` would).
int authorise(void* creating, int action, const char* first, const char*, const char*, const char*) {
  switch (action) {
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_INDEX:
    case SQLITE_READ:
      return SQLITE_OK;
    case SQLITE_SELECT:
      return *static_cast<const bool*>(creating) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
      return std::string_view(first).starts_with("sqlite_") ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA: {
      const std::string_view name(first);
      return name == "table_xinfo" || name == "index_list" ? SQLITE_OK : SQLITE_DENY;
    }
    default:
      return SQLITE_DENY;
  }
}

int compare_octets(void*, int n, const void* a, int m, const void* b) {
  return std::string_view(static_cast<const char*>(a), static_cast<std::size_t>(n))
      .compare(std::string_view(static_cast<const char*>(b), static_cast<std::size_t>(m)));
}

// Applications bring collations of their own; their names alone must not lose a table.
void stand_in_collation(void*, sqlite3* db, int, const char* name) {
  sqlite3_create_collation(db, name, SQLITE_UTF8, nullptr, compare_octets);
}

std::string text_of(const Value& value, std::uint32_t encoding) {
  if (encoding == 2) return utf16le_to_utf8(value.bytes());
  if (encoding == 3) return utf16be_to_utf8(value.bytes());
  return std::string(value.text());
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace

void ValueFree::operator()(sqlite3_value* value) const { sqlite3_value_free(value); }

std::optional<SchemaRow> schema_row(const std::vector<Value>& fields, std::uint32_t encoding) {
  if (fields.size() != 5) return std::nullopt;
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{4}})
    if (fields[i].type() != Value::Type::text) return std::nullopt;
  if (text_of(fields[0], encoding) != "table") return std::nullopt;
  const std::int64_t root = fields[3].integer();
  SchemaRow row{text_of(fields[1], encoding), 0, text_of(fields[4], encoding)};
  if (root < 0 || root > 0xfffffffe || row.name.empty()) return std::nullopt;
  if (!equals_ignoring_case(std::string_view(row.sql).substr(0, 7), "CREATE ")) return std::nullopt;
  row.root = static_cast<std::uint32_t>(root);
  return row;
}

Affinity affinity_of(std::string_view declared_type) {
  const std::string type = lower_ascii(declared_type);
  if (contains(type, "int")) return Affinity::integer;
  if (contains(type, "char") || contains(type, "clob") || contains(type, "text")) return Affinity::text;
  if (contains(type, "blob") || type.empty()) return Affinity::blob;
  if (contains(type, "real") || contains(type, "floa") || contains(type, "doub")) return Affinity::real;
  return Affinity::numeric;
}

Result<SchemaParser> SchemaParser::create() {
  Connection db = TRY(connect_in_memory(parser_memory));
  sqlite3_collation_needed(db.get(), nullptr, stand_in_collation);
  SchemaParser parser(std::move(db));
  sqlite3_set_authorizer(parser.db_.get(), authorise, parser.creating_.get());
  sqlite3_progress_handler(parser.db_.get(), most_instructions, [](void*) { return 1; }, nullptr);
  return parser;
}

Result<void> SchemaParser::create_table(const std::string& sql) {
  *creating_ = true;
  Result<Statement> statement = prepare(db_.get(), sql);
  *creating_ = false;
  if (!statement) return error(Fault::malformed, statement.error().what);
  const int code = sqlite3_step(statement->get());
  if (code != SQLITE_DONE) return error(Fault::malformed, sqlite_error(db_.get(), code, "creating").what);
  return {};
}

// The name inside the statement counts, as for SQLite; the schema row's own name column may say something else.
// AUTOINCREMENT makes a table of SQLite's own behind it.
Result<std::string> SchemaParser::created_name() {
  const Statement statement =
      TRY(prepare(db_.get(),
                  "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name < 'sqlite_' OR name >= 'sqlite`')"
                  " ORDER BY _rowid_ DESC LIMIT 1"));
  if (sqlite3_step(statement.get()) != SQLITE_ROW) return error(Fault::malformed, "no table was created");
  return std::string(column_text(statement.get(), 0));
}

bool SchemaParser::primary_key_has_index(const std::string& table) {
  constexpr int origin_column = 3;
  const Result<Statement> statement = prepare(db_.get(), "PRAGMA index_list(" + quoted_identifier(table) + ")");
  if (!statement) return false;
  while (sqlite3_step(statement.value().get()) == SQLITE_ROW)
    if (column_text(statement.value().get(), origin_column) == "pk") return true;
  return false;
}

void SchemaParser::read_default(RecoveredColumn& column, std::string_view expression) {
  const Result<Statement> statement = prepare(db_.get(), "SELECT (" + std::string(expression) + ")");
  if (statement && sqlite3_step(statement.value().get()) == SQLITE_ROW)
    column.missing.reset(sqlite3_value_dup(sqlite3_column_value(statement.value().get(), 0)));
}

Result<RecoveredTable> SchemaParser::parse(const SchemaRow& row) {
  TRY(create_table(row.sql));
  RecoveredTable table{TRY(created_name()), row.root, {}, false};
  if (!prepare(db_.get(), "SELECT t._rowid_ FROM " + quoted_identifier(table.name) + " AS t"))
    return error(Fault::unsupported, "a table WITHOUT ROWID: " + table.name);
  const Statement columns = TRY(prepare(db_.get(), "PRAGMA table_xinfo(" + quoted_identifier(table.name) + ")"));
  sqlite3_stmt* const info = columns.get();
  int key_columns = 0;
  std::size_t key = 0;
  std::string key_type;
  while (sqlite3_step(info) == SQLITE_ROW) {
    constexpr int name = 1, type = 2, not_null = 3, default_value = 4, primary_key = 5, hidden = 6, generated = 2;
    if (sqlite3_column_int(info, hidden) == generated) continue;
    RecoveredColumn column{std::string(column_text(info, name)),
                           affinity_of(column_text(info, type)),
                           {},
                           false,
                           sqlite3_column_int(info, not_null) != 0,
                           nullptr};
    const char* collation = nullptr;
    sqlite3_table_column_metadata(db_.get(), nullptr, table.name.c_str(), column.name.c_str(), nullptr, &collation,
                                  nullptr, nullptr, nullptr);
    for (const char* known : {"NOCASE", "RTRIM"})
      if (collation != nullptr && equals_ignoring_case(collation, known)) column.collation = known;
    if (sqlite3_column_type(info, default_value) != SQLITE_NULL) read_default(column, column_text(info, default_value));
    if (sqlite3_column_int(info, primary_key) != 0)
      ++key_columns, key = table.columns.size(), key_type = column_text(info, type);
    table.columns.push_back(std::move(column));
  }
  if (table.columns.empty()) return error(Fault::malformed, "a table without stored columns: " + table.name);
  if (key_columns == 1 && equals_ignoring_case(key_type, "INTEGER") && !primary_key_has_index(table.name))
    table.columns[key].is_rowid = true;
  return table;
}

}  // namespace testudo
