#include "store/record_table.h"

#include <algorithm>
#include <array>

namespace testudo {
namespace {

constexpr std::size_t evidence_columns = 4;

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

std::string quoted_identifier(std::string_view name) { return "\"" + std::string(name) + "\""; }

Value located(std::uint64_t position) {
  return position == Locator::nowhere ? Value() : Value::of_integer(static_cast<std::int64_t>(position));
}

std::array<Value, evidence_columns> evidence_values(const Row& row, std::string_view evidence_path) {
  return {Value::of_text(evidence_path), located(row.where.rowid), located(row.where.offset),
          Value::of_text(row_state_name(row.where.state))};
}

}  // namespace

std::string table_name(const RecordType& type) {
  std::string name(type.name);
  std::ranges::replace(name, '.', '_');
  return name;
}

std::string create_table_sql(const RecordType& type) {
  std::string sql = "CREATE TABLE " + quoted_identifier(table_name(type)) +
                    " (record_id INTEGER PRIMARY KEY, evidence_path TEXT, evidence_rowid INTEGER, "
                    "evidence_offset INTEGER, evidence_state TEXT";
  for (const FieldInfo& field : type.fields)
    sql.append(", ").append(quoted_identifier(field.name)).append(" ").append(column_type(field.kind));
  return sql + ") STRICT";
}

Result<RecordTable> RecordTable::create(Connection& connection, const RecordType& type) {
  TRY(connection.execute(create_table_sql(type)));
  std::string sql = "INSERT INTO " + quoted_identifier(table_name(type)) + " VALUES(NULL,?1,?2,?3,?4";
  for (std::size_t i = 0; i < type.fields.size(); ++i) sql += ",?" + std::to_string(i + 1 + evidence_columns);
  return RecordTable(type, TRY(connection.prepare(sql + ")")));
}

RecordColumns::Column RecordColumns::column_of(Kind kind) {
  const std::string_view type = column_type(kind);
  return type == "INTEGER" ? Column::integer
         : type == "REAL"  ? Column::real
         : type == "BLOB"  ? Column::blob
                           : Column::text;
}

RecordColumns::RecordColumns(const RecordType& type) : type_(&type), scratch_(type.fields.size()) {
  for (const FieldInfo& field : type.fields) columns_.push_back(column_of(field.kind));
}

Value RecordColumns::fitted(const Value& value, std::size_t field) {
  if (value.is_null()) return value;
  switch (columns_[field]) {
    case Column::integer:
      return value.type() == Value::Type::integer ? value : Value();
    case Column::real:
      if (value.type() == Value::Type::integer) return Value::of_real(static_cast<double>(value.integer()));
      return value.type() == Value::Type::real ? value : Value();
    case Column::blob:
      return Value::of_bytes(value.bytes());
    case Column::text:
      break;
  }
  if (value.type() == Value::Type::text) return value;
  scratch_[field] = value_as_text(value, type_->fields[field].kind);
  return Value::of_text(scratch_[field]);
}

RecordTable::RecordTable(const RecordType& type, Statement insert)
    : columns_(type), insert_(std::move(insert)), bound_(type.fields.size() + evidence_columns + 1) {}

void RecordTable::bind(int parameter, const Value& value) {
  const auto at = static_cast<std::size_t>(parameter);
  if (value.is_null() && !bound_[at]) return;
  bound_[at] = !value.is_null();
  insert_.bind(parameter, value);
}

Result<std::int64_t> RecordTable::insert(const Row& row, std::string_view evidence_path) {
  int parameter = 0;
  for (const Value& value : evidence_values(row, evidence_path)) bind(++parameter, value);
  for (std::size_t i = 0; i < row.values.size(); ++i) bind(++parameter, columns_.fitted(row.values[i], i));
  TRY(insert_.run());
  return ++last_;
}

void RecordPages::insert(PageFile& file, const Row& row, std::string_view evidence_path) {
  record_.clear().null();  // record_id: the row's own number
  for (const Value& value : evidence_values(row, evidence_path)) record_.add(value);
  for (std::size_t i = 0; i < row.values.size(); ++i) record_.add(columns_.fitted(row.values[i], i));
  rows_.add(file, ++last_, record_.whole());
}

std::string select_columns(const RecordType& type) {
  std::string list = "evidence_path, evidence_rowid, evidence_offset, evidence_state";
  for (const FieldInfo& field : type.fields) list += ", " + quoted_identifier(field.name);
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
    row.values.push_back(statement.value(first + static_cast<int>(evidence_columns + i)));
  return row;
}

}  // namespace testudo
