#include "store/record_table.h"

#include <algorithm>

namespace testudo {
namespace {

constexpr int evidence_columns = 4;

std::string_view column_type(Kind kind) {
  switch (kind) {
    case Kind::time:
    case Kind::duration:
    case Kind::integer:
    case Kind::boolean:
      return "INTEGER";
    case Kind::real:
      return "REAL";
    case Kind::bytes:
      return "BLOB";
    default:
      return "TEXT";
  }
}

std::string quoted(std::string_view name) { return "\"" + std::string(name) + "\""; }

Value located(std::uint64_t position) {
  return position == Locator::nowhere ? Value() : Value::of_integer(static_cast<std::int64_t>(position));
}

}  // namespace

std::string table_name(const RecordType& type) {
  std::string name(type.name);
  std::ranges::replace(name, '.', '_');
  return name;
}

std::string create_table_sql(const RecordType& type) {
  std::string sql = "CREATE TABLE " + quoted(table_name(type)) +
                    " (record_id INTEGER PRIMARY KEY, evidence_path TEXT, evidence_rowid INTEGER, "
                    "evidence_offset INTEGER, evidence_state TEXT";
  for (const FieldInfo& field : type.fields)
    sql.append(", ").append(quoted(field.name)).append(" ").append(column_type(field.kind));
  return sql + ") STRICT";
}

Result<RecordTable> RecordTable::create(Connection& connection, const RecordType& type) {
  TRY(connection.execute(create_table_sql(type)));
  std::string sql = "INSERT INTO " + quoted(table_name(type)) + " VALUES(NULL,?1,?2,?3,?4";
  for (std::size_t i = 0; i < type.fields.size(); ++i) sql += ",?" + std::to_string(i + 1 + evidence_columns);
  return RecordTable(type, TRY(connection.prepare(sql + ")")));
}

RecordTable::Column RecordTable::column_of(Kind kind) {
  const std::string_view type = column_type(kind);
  return type == "INTEGER" ? Column::integer
         : type == "REAL"  ? Column::real
         : type == "BLOB"  ? Column::blob
                           : Column::text;
}

RecordTable::RecordTable(const RecordType& type, Statement insert) : type_(&type), insert_(std::move(insert)) {
  for (const FieldInfo& field : type.fields) columns_.push_back(column_of(field.kind));
  bound_.resize(type.fields.size() + evidence_columns + 1);
}

Value RecordTable::fitted(const Value& value, std::size_t field, std::string& scratch) const {
  switch (columns_[field]) {
    case Column::integer:
      return value.type() == Value::Type::integer ? value : Value();
    case Column::real:
      return value.type() == Value::Type::integer ? Value::of_real(static_cast<double>(value.integer())) : value;
    case Column::blob:
      return Value::of_bytes(value.bytes());
    case Column::text:
      break;
  }
  if (value.type() == Value::Type::text) return value;
  scratch = value_as_text(value, type_->fields[field].kind);
  return Value::of_text(scratch);
}

void RecordTable::bind(int parameter, const Value& value) {
  const auto at = static_cast<std::size_t>(parameter);
  if (value.is_null() && !bound_[at]) return;
  bound_[at] = !value.is_null();
  insert_.bind(parameter, value);
}

Result<std::int64_t> RecordTable::insert(const Row& row, std::string_view evidence_path) {
  bind(1, Value::of_text(evidence_path));
  bind(2, located(row.where.rowid));
  bind(3, located(row.where.offset));
  bind(4, Value::of_text(row_state_name(row.where.state)));
  scratch_.resize(row.values.size());
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const Value& value = row.values[i];
    bind(static_cast<int>(i) + 1 + evidence_columns, value.is_null() ? value : fitted(value, i, scratch_[i]));
  }
  TRY(insert_.run());
  return ++last_;
}

std::string select_columns(const RecordType& type) {
  std::string list = "evidence_path, evidence_rowid, evidence_offset, evidence_state";
  for (const FieldInfo& field : type.fields) list += ", " + quoted(field.name);
  return list;
}

StoredRow read_stored_row(const Statement& statement, const RecordType& type, int first) {
  StoredRow row;
  row.evidence_path = statement.text(first);
  const Value rowid = statement.value(first + 1), offset = statement.value(first + 2);
  if (!rowid.is_null()) row.where.rowid = static_cast<std::uint64_t>(rowid.integer());
  if (!offset.is_null()) row.where.offset = static_cast<std::uint64_t>(offset.integer());
  for (RowState state : {RowState::wal_only, RowState::before_wal, RowState::recovered})
    if (statement.value(first + 3).text() == row_state_name(state)) row.where.state = state;
  for (std::size_t i = 0; i < type.fields.size(); ++i)
    row.values.push_back(statement.value(first + evidence_columns + static_cast<int>(i)));
  return row;
}

}  // namespace testudo
