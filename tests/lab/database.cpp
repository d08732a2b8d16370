// Database: SQLite with a seeded random source. Test tool.
#include "database.h"

#include <sqlite3.h>

#include <cstdio>
#include <cstring>

#include "fail.h"
#include "random.h"

namespace testudo::lab {
namespace {

Random& source(std::uint64_t seed = 0) {
  static Random random(seed, "sqlite");
  return random;
}

int seeded_randomness(sqlite3_vfs*, int count, char* out) {
  const std::string bytes = source().bytes(static_cast<std::size_t>(count));
  std::memcpy(out, bytes.data(), bytes.size());
  return count;
}

void check(sqlite3* db, int code, std::string_view what) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  fail(std::string(what) + ": " + sqlite3_errmsg(db));
}

sqlite3* open(const std::string& path) {
  sqlite3* db = nullptr;
  check(db, sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr), path);
  return db;
}

void execute(sqlite3* db, std::string_view sql) {
  const std::string text(sql);
  check(db, sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr), text.substr(0, 300));
}

}  // namespace

void install_seeded_sqlite(std::uint64_t seed) {
  source(seed);
  sqlite3_initialize();
  static sqlite3_vfs vfs = *sqlite3_vfs_find(nullptr);
  vfs.zName = "testudo-lab";
  vfs.xRandomness = seeded_randomness;
  vfs.pNext = nullptr;
  sqlite3_vfs_register(&vfs, 1);
  sqlite3_randomness(0, nullptr);
}

Statement::Statement(sqlite3* db, std::string_view sql) : db_(db) {
  check(db, sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr), sql);
}
Statement::~Statement() { sqlite3_finalize(statement_); }
void Statement::bind(int at, std::int64_t v) { check(db_, sqlite3_bind_int64(statement_, at, v), "bind"); }
void Statement::bind(int at, double v) { check(db_, sqlite3_bind_double(statement_, at, v), "bind"); }
void Statement::bind(int at, std::string_view v) {
  check(
      db_,
      sqlite3_bind_text(statement_, at, v.data() == nullptr ? "" : v.data(), static_cast<int>(v.size()), SQLITE_STATIC),
      "bind");
}
void Statement::bind(int at, Blob v) {
  check(db_, sqlite3_bind_blob(statement_, at, v.bytes.data(), static_cast<int>(v.bytes.size()), SQLITE_STATIC),
        "bind");
}
void Statement::bind(int at, Null) { check(db_, sqlite3_bind_null(statement_, at), "bind"); }
void Statement::bind(int at, const std::optional<std::int64_t>& v) {
  if (v)
    bind(at, *v);
  else
    bind(at, Null{});
}
void Statement::step() {
  check(db_, sqlite3_step(statement_), sqlite3_sql(statement_));
  sqlite3_reset(statement_);
}

Database::Database(std::string path, Journal journal) : path_(std::move(path)), journal_(journal) {
  std::remove(path_.c_str());
  db_ = open(path_);
  run("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"
      "PRAGMA cache_size=-131072; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF; BEGIN");
}
Database::~Database() { finish(); }
void Database::run(std::string_view sql) { execute(db_, sql); }
std::int64_t Database::last_rowid() const { return sqlite3_last_insert_rowid(db_); }

void Database::finish() {
  if (db_ == nullptr) return;
  run("COMMIT");
  check(db_, sqlite3_close(db_), "close " + path_);
  db_ = nullptr;
  if (journal_ == Journal::rollback) return;
  // Octets 18 and 19 of the header: 2 says that the database is kept with a write-ahead log (sqlite.org/fileformat2).
  std::FILE* file = std::fopen(path_.c_str(), "r+b");
  if (file == nullptr || std::fseek(file, 18, SEEK_SET) != 0 || std::fwrite("\2\2", 1, 2, file) != 2) fail(path_);
  std::fclose(file);
}

void write_to_log(const std::string& path, std::string_view sql) {
  sqlite3* db = open(path);
  check(db, sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr), "no checkpoint");
  int keep = 1;
  execute(db, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=OFF");
  sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
  execute(db, std::string("BEGIN;") + std::string(sql) + ";COMMIT");
  check(db, sqlite3_close(db), "close " + path);
  std::remove((path + "-shm").c_str());
}

}  // namespace testudo::lab
