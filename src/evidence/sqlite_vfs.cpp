#include "evidence/sqlite_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <new>

namespace testudo {
namespace {

constexpr const char* vfs_name = "testudo-evidence";

// SQLite allocates this with its own allocator and knows it by its first member.
struct ImageFile {
  sqlite3_file base;
  DatabaseImage* image;
};

// The image that connect() is opening. SQLite opens the main file inside sqlite3_open_v2, and never another one.
thread_local DatabaseImage* opening = nullptr;

DatabaseImage& image_of(sqlite3_file* file) { return *reinterpret_cast<ImageFile*>(file)->image; }

int file_close(sqlite3_file*) { return SQLITE_OK; }

int file_read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
  if (size < 0 || offset < 0) return SQLITE_IOERR_READ;
  try {
    const std::span<std::uint8_t> octets(static_cast<std::uint8_t*>(out), static_cast<std::size_t>(size));
    const Result<void> read = image_of(file).read(static_cast<std::uint64_t>(offset), octets);
    if (read) return SQLITE_OK;
    // Not SHORT_READ: SQLite would take zeros for the pages that are missing.
    return read.error().fault == Fault::truncated ? SQLITE_IOERR_CORRUPTFS : SQLITE_IOERR_READ;
  } catch (const std::bad_alloc&) {
    return SQLITE_IOERR_NOMEM;
  }
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  DatabaseImage& image = image_of(file);
  *size = static_cast<sqlite3_int64>(image.pages()) * static_cast<sqlite3_int64>(image.page_size());
  return SQLITE_OK;
}

int refuse_write(sqlite3_file*, const void*, int, sqlite3_int64) { return SQLITE_READONLY; }
int refuse_truncate(sqlite3_file*, sqlite3_int64) { return SQLITE_READONLY; }
int no_sync(sqlite3_file*, int) { return SQLITE_OK; }
int no_lock(sqlite3_file*, int) { return SQLITE_OK; }
int no_reserved_lock(sqlite3_file*, int* held) { return *held = 0, SQLITE_OK; }
int no_control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 4096; }
// Immutable: no locks, no look for a journal, no second reading of the change counter.
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_IMMUTABLE; }

constexpr sqlite3_io_methods methods = {1,          file_close,  file_read,       refuse_write, refuse_truncate,
                                        no_sync,    file_size,   no_lock,         no_lock,      no_reserved_lock,
                                        no_control, sector_size, characteristics, nullptr,      nullptr,
                                        nullptr,    nullptr,     nullptr,         nullptr};

int vfs_open(sqlite3_vfs*, const char*, sqlite3_file* file, int flags, int* out_flags) {
  file->pMethods = nullptr;
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0 || opening == nullptr) return SQLITE_CANTOPEN;
  auto* image_file = reinterpret_cast<ImageFile*>(file);
  image_file->image = std::exchange(opening, nullptr);
  image_file->base.pMethods = &methods;
  if (out_flags != nullptr) *out_flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB;
  return SQLITE_OK;
}

int vfs_delete(sqlite3_vfs*, const char*, int) { return SQLITE_READONLY; }
int vfs_access(sqlite3_vfs*, const char*, int, int* result) { return *result = 0, SQLITE_OK; }
int vfs_full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  return sqlite3_snprintf(size, out, "%s", name), SQLITE_OK;
}
int vfs_randomness(sqlite3_vfs*, int size, char* out) {
  std::memset(out, 0, static_cast<std::size_t>(size));
  return size;
}
int vfs_sleep(sqlite3_vfs*, int) { return 0; }
// Queries over evidence must not depend on the clock.
int vfs_time(sqlite3_vfs*, double* now) { return *now = 2440587.5, SQLITE_OK; }
int vfs_last_error(sqlite3_vfs*, int, char*) { return 0; }

bool register_vfs() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs v{};
    v.iVersion = 1;
    v.szOsFile = sizeof(ImageFile);
    v.mxPathname = 64;
    v.zName = vfs_name;
    v.xOpen = vfs_open;
    v.xDelete = vfs_delete;
    v.xAccess = vfs_access;
    v.xFullPathname = vfs_full_path;
    v.xRandomness = vfs_randomness;
    v.xSleep = vfs_sleep;
    v.xCurrentTime = vfs_time;
    v.xGetLastError = vfs_last_error;
    return v;
  }();
  static const bool registered = sqlite3_vfs_register(&vfs, 0) == SQLITE_OK;
  return registered;
}

Result<Connection> open_connection(const char* name, int flags, const char* vfs) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(name, &raw, flags | SQLITE_OPEN_NOMUTEX, vfs);
  Connection db(raw);
  if (code != SQLITE_OK) return sqlite_error(raw, code, "opening");
  TRY(harden(raw));
  return db;
}

}  // namespace

void ConnectionCloser::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

Result<Connection> connect(DatabaseImage& image) {
  if (!register_vfs()) return error(Fault::internal, "the VFS could not be registered");
  opening = &image;
  Result<Connection> db = open_connection("evidence", SQLITE_OPEN_READONLY, vfs_name);
  opening = nullptr;
  return db;
}

Result<Connection> connect_in_memory(std::uint64_t limit) {
  Connection db =
      TRY(open_connection(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY, nullptr));
  const std::string pragma = "PRAGMA max_page_count=" + std::to_string(std::max<std::uint64_t>(limit / 4096, 16));
  if (sqlite3_exec(db.get(), pragma.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return sqlite_error(db.get(), sqlite3_errcode(db.get()), "limiting");
  return db;
}

Result<void> harden(sqlite3* db) {
  struct Switch {
    int option;
    int value;
  };
  constexpr Switch switches[] = {
      {SQLITE_DBCONFIG_DEFENSIVE, 1},
      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
      {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
      {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
      {SQLITE_DBCONFIG_DQS_DML, 0},
  };
  for (const Switch& s : switches)
    if (const int code = sqlite3_db_config(db, s.option, s.value, nullptr); code != SQLITE_OK)
      return sqlite_error(db, code, "hardening");
  constexpr Switch limits[] = {
      {SQLITE_LIMIT_LENGTH, 128 << 20},   {SQLITE_LIMIT_SQL_LENGTH, 1 << 18},      {SQLITE_LIMIT_EXPR_DEPTH, 200},
      {SQLITE_LIMIT_COMPOUND_SELECT, 50}, {SQLITE_LIMIT_VDBE_OP, 250'000},         {SQLITE_LIMIT_FUNCTION_ARG, 127},
      {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
      {SQLITE_LIMIT_WORKER_THREADS, 0},
  };
  for (const Switch& l : limits) sqlite3_limit(db, l.option, l.value);
  // Without modules a virtual table of the evidence cannot run its code over the evidence's shadow tables.
  if (const int code = sqlite3_drop_modules(db, nullptr); code != SQLITE_OK) return sqlite_error(db, code, "hardening");
  // None of these reads the schema.
  const char* pragmas = "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;";
  if (const int code = sqlite3_exec(db, pragmas, nullptr, nullptr, nullptr); code != SQLITE_OK)
    return sqlite_error(db, code, "hardening");
  return {};
}

Error sqlite_error(sqlite3* db, int code, std::string_view doing) {
  const char* message = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  const int extended = db != nullptr ? sqlite3_extended_errcode(db) : code;
  const std::string what = std::string(doing) + ": " + (message != nullptr ? message : "");
  if (extended == SQLITE_IOERR_CORRUPTFS) return error(Fault::malformed, what + " (a page is missing)");
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return error(Fault::malformed, what);
    case SQLITE_FULL:
    case SQLITE_INTERRUPT:
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
      return error(Fault::limit, what);
    case SQLITE_IOERR:
      return error(extended == SQLITE_IOERR_NOMEM ? Fault::limit : Fault::io, what);
    case SQLITE_AUTH:
      return error(Fault::unsupported, what);
    default:
      break;
  }
  const std::string_view text(what);
  if (text.find("no such table") != text.npos || text.find("no such column") != text.npos)
    return error(Fault::not_found, what);
  if (text.find("no such module") != text.npos || text.find("access to view") != text.npos)
    return error(Fault::unsupported, what);
  if (text.find("malformed database schema") != text.npos) return error(Fault::malformed, what);
  return error(Fault::usage, what);
}

}  // namespace testudo
