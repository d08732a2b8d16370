#include "store/sqlite.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace testudo {
namespace {

// SQLite has a name for some writes to a full disk alone; a quota or a largest size of files ends one just so.
bool is_full(sqlite3* handle, int code) {
  const int why = code == SQLITE_IOERR ? sqlite3_system_errno(handle) : 0;
  return code == SQLITE_FULL || why == ENOSPC || why == EDQUOT || why == EFBIG;
}

Error store_error(sqlite3* handle) {
  const int code = sqlite3_errcode(handle) & 0xFF;
  if (is_full(handle, code)) return error(Fault::io, "disk_full");
  const Fault fault = code == SQLITE_NOTADB || code == SQLITE_CORRUPT ? Fault::malformed
                      : code == SQLITE_CANTOPEN                       ? Fault::not_found
                      : code == SQLITE_ERROR                          ? Fault::usage
                                                                      : Fault::io;
  switch (code) {  // what people meet has a sentence of its own
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return error(fault, "store_damaged");
    case SQLITE_READONLY:
      return error(fault, "store_not_writable");
    case SQLITE_CANTOPEN:
      return error(fault, "store_not_opened");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return error(Fault::denied, "store_busy");
    case SQLITE_NOMEM:
      return error(fault, "no_resources");
    default:
      return error(fault, sqlite3_errmsg(handle));
  }
}

}  // namespace

Statement::~Statement() { sqlite3_finalize(statement_); }

Statement& Statement::operator=(Statement&& other) noexcept {
  if (this != &other) {
    sqlite3_finalize(statement_);
    statement_ = std::exchange(other.statement_, nullptr);
  }
  return *this;
}

Statement& Statement::bind(int parameter, const Value& value) {
  switch (value.type()) {
    case Value::Type::null:
      sqlite3_bind_null(statement_, parameter);
      break;
    case Value::Type::integer:
      sqlite3_bind_int64(statement_, parameter, value.integer());
      break;
    case Value::Type::real:
      sqlite3_bind_double(statement_, parameter, value.real());
      break;
    case Value::Type::text:
      sqlite3_bind_text64(statement_, parameter, value.text().data() ? value.text().data() : "", value.text().size(),
                          SQLITE_STATIC, SQLITE_UTF8);
      break;
    case Value::Type::bytes:
      sqlite3_bind_blob64(statement_, parameter, value.text().data() ? value.text().data() : "", value.text().size(),
                          SQLITE_STATIC);
  }
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return store_error(sqlite3_db_handle(statement_));
}

Result<void> Statement::run() {
  auto stepped = step();
  reset();
  if (!stepped) return std::move(stepped).error();
  return {};
}

void Statement::reset() { sqlite3_reset(statement_); }

int Statement::columns() const { return sqlite3_column_count(statement_); }

std::string_view Statement::name(int column) const {
  const char* name = sqlite3_column_name(statement_, column);
  return name ? name : "";
}

Value Statement::value(int column) const {
  const auto view = [&](const void* data) {
    return std::string_view(static_cast<const char*>(data),
                            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  };
  switch (sqlite3_column_type(statement_, column)) {
    case SQLITE_INTEGER:
      return Value::of_integer(sqlite3_column_int64(statement_, column));
    case SQLITE_FLOAT:
      return Value::of_real(sqlite3_column_double(statement_, column));
    case SQLITE_TEXT:
      return Value::of_text(view(sqlite3_column_text(statement_, column)));
    case SQLITE_BLOB:
      return Value::of_bytes(as_bytes(view(sqlite3_column_blob(statement_, column))));
    default:
      return Value();
  }
}

Connection::~Connection() { sqlite3_close_v2(handle_); }

Connection& Connection::operator=(Connection&& other) noexcept {
  if (this != &other) {
    sqlite3_close_v2(handle_);
    handle_ = std::exchange(other.handle_, nullptr);
  }
  return *this;
}

namespace {

// A writer that was killed leaves a journal, and only who may write can put back what stands in it: a reader alone
// would be refused until the next writer comes. Where another program is writing, reading once changes nothing.
void recover(const std::string& path) {
  constexpr int wait_milliseconds = 5000;
  if (::access((path + "-journal").c_str(), F_OK) != 0) return;
  const auto writer = Connection::open(path, Connection::Mode::read_write);
  if (!writer) return;
  sqlite3_busy_timeout(writer->handle(), wait_milliseconds);
  (void)writer->has_table("sqlite_schema");
}

}  // namespace

Result<Connection> Connection::open(const std::string& path, Mode mode) {
  if (mode == Mode::read_only) recover(path);
  const int flags = mode == Mode::read_only    ? SQLITE_OPEN_READONLY
                    : mode == Mode::read_write ? SQLITE_OPEN_READWRITE
                                               : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  const ::mode_t old_mask = ::umask(0077);
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX, nullptr);
  ::umask(old_mask);
  Connection connection(handle);
  if (code != SQLITE_OK) return store_error(handle);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  TRY(connection.execute("PRAGMA temp_store=MEMORY"));
  return connection;
}

Result<Connection> Connection::in_memory() { return open(":memory:", Mode::create); }

Result<void> Connection::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return store_error(handle_);
  return {};
}

Result<Statement> Connection::prepare(std::string_view sql) const {
  sqlite3_stmt* made = nullptr;
  const char* rest = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, &rest) !=
      SQLITE_OK)
    return store_error(handle_);
  Statement statement(made);
  // Blanks and comments make no statement.
  sqlite3_stmt* second = nullptr;
  const int code =
      sqlite3_prepare_v2(handle_, rest, static_cast<int>(sql.data() + sql.size() - rest), &second, nullptr);
  sqlite3_finalize(second);
  if (code != SQLITE_OK || second != nullptr) return error(Fault::usage, "one_statement");
  return statement;
}

bool Connection::has_table(std::string_view table) const {
  auto found = prepare("SELECT 1 FROM sqlite_schema WHERE type='table' AND name=?1");
  if (!found) return false;
  auto row = found->bind(1, table).step();
  return row && *row;
}

}  // namespace testudo
