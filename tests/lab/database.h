// Database: writes SQLite files whose bytes depend on the seed alone. Test tool.
// SQLite draws a WAL's salts and rowids from its random source; install_seeded_sqlite replaces it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace testudo::lab {

// Call once, before the first Database.
void install_seeded_sqlite(std::uint64_t seed);

struct Blob {
  std::string_view bytes;
};
struct Null {};

class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept
      : db_(std::exchange(other.db_, nullptr)), statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&&) = delete;

  // Binds all values in order and runs the statement once. The values must live until it returns.
  template <typename... T>
  void run(const T&... values) {
    int at = 0;
    (bind(++at, values), ...);
    step();
  }
  void bind(int at, std::int64_t v);
  void bind(int at, int v) { bind(at, static_cast<std::int64_t>(v)); }
  void bind(int at, bool v) { bind(at, static_cast<std::int64_t>(v)); }
  void bind(int at, double v);
  void bind(int at, std::string_view v);
  void bind(int at, const std::string& v) { bind(at, std::string_view(v)); }
  void bind(int at, const char* v) { bind(at, std::string_view(v)); }
  void bind(int at, Blob v);
  void bind(int at, Null);
  void bind(int at, const std::optional<std::int64_t>& v);  // not inline: GCC 12 warns of its unset value otherwise
  template <typename T>
  void bind(int at, const std::optional<T>& v) {
    if (v)
      bind(at, *v);
    else
      bind(at, Null{});
  }
  void step();

 private:
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

enum class Journal : std::uint8_t { rollback, wal };  // what the file's header says to a reader

class Database {
 public:
  // A new file, built in one transaction.
  explicit Database(std::string path, Journal journal = Journal::wal);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(std::string_view sql);
  Statement prepare(std::string_view sql) { return Statement(db_, sql); }
  std::int64_t last_rowid() const;
  const std::string& path() const { return path_; }
  // Commits, closes and marks the header. The file is complete then.
  void finish();

 private:
  std::string path_;
  Journal journal_;
  sqlite3* db_ = nullptr;
};

// Applies `sql` in WAL mode and leaves the changes in path + "-wal", the main file as it was.
void write_to_log(const std::string& path, std::string_view sql);

}  // namespace testudo::lab
