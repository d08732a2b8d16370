// Our own SQLite files (cases, rule tables): a connection and its statements, with errors as Results. Evidence is never
// opened here: that is evidence/database.h. Floor 2.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "record/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace testudo {

class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  ~Statement();
  Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&& other) noexcept;

  // Parameters count from 1. Texts and bytes are borrowed until the next reset().
  Statement& bind(int parameter, const Value& value);
  Statement& bind(int parameter, std::string_view text) { return bind(parameter, Value::of_text(text)); }
  Statement& bind(int parameter, std::int64_t integer) { return bind(parameter, Value::of_integer(integer)); }
  // True while there is a row.
  Result<bool> step();
  // Steps once to the end, then resets: for INSERT and UPDATE.
  Result<void> run();
  void reset();

  int columns() const;
  std::string_view name(int column) const;
  // Borrowed until the next step.
  Value value(int column) const;
  std::string text(int column) const { return std::string(value(column).text()); }
  std::int64_t integer(int column) const { return value(column).integer(); }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

class Connection {
 public:
  enum class Mode : std::uint8_t { read_only, read_write, create };
  // A file that `create` makes is its owner's alone.
  static Result<Connection> open(const std::string& path, Mode mode);
  static Result<Connection> in_memory();
  ~Connection();
  Connection(Connection&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Connection& operator=(Connection&& other) noexcept;

  Result<void> execute(const std::string& sql);
  // Fault::usage ("one_statement") where another statement follows the first.
  Result<Statement> prepare(std::string_view sql) const;
  // Whether the schema holds this table.
  bool has_table(std::string_view table) const;
  sqlite3* handle() const { return handle_; }

 private:
  explicit Connection(sqlite3* handle) : handle_(handle) {}
  sqlite3* handle_ = nullptr;
};

}  // namespace testudo
