// The read-only SQLite VFS over a DatabaseImage, and the hardened connection through which evidence is queried. SQLite
// can open nothing else through it: no journal, log, temporary file or second database. Floor 2.
// Sources: sqlite.org/c3ref/vfs.html, sqlite.org/c3ref/io_methods.html, sqlite.org/security.html.
#pragma once

#include <memory>

#include "base/result.h"
#include "evidence/database_image.h"

struct sqlite3;

namespace testudo {

struct ConnectionCloser {
  void operator()(sqlite3* db) const;
};
using Connection = std::unique_ptr<sqlite3, ConnectionCloser>;

// A connection that reads `image`, which must outlive it. No file of the machine is touched. Not for use by two threads
// at once. Page cache: at most 8 MiB.
Result<Connection> connect(DatabaseImage& image);
// An empty database in memory (for what was recovered); at most `limit` octets of pages.
Result<Connection> connect_in_memory(std::uint64_t limit);

// Hardening against the schema and pages of the evidence: DEFENSIVE, no trusted schema, no triggers, views, extensions,
// modules or attached databases, cells checked, limits. Before the schema is read.
Result<void> harden(sqlite3* db);

// The answer of SQLite as an Error. SQLITE_OK, ROW and DONE must not be passed.
Error sqlite_error(sqlite3* db, int code, std::string_view doing);

}  // namespace testudo
