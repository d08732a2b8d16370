// Databases for the tests of src/evidence/database.h: built by SQLite itself, in memory or with a log in a folder of
// their own, and read back both by SQLite and by ours.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "evidence/database.h"
#include "shared_data.h"

namespace testudo::test {

using Rows = std::vector<std::string>;

// A blob that counts how it is read.
class CountingBlob : public Blob {
 public:
  explicit CountingBlob(std::string_view octets) : octets_(octets) {}
  std::uint64_t size() const override { return octets_.size(); }
  Result<void> read(std::uint64_t offset, std::span<std::uint8_t> out) const override {
    ++reads;
    octets_read += out.size();
    if (offset > octets_.size() || out.size() > octets_.size() - offset)
      return error(Fault::truncated, "the blob ends", offset);
    std::copy_n(octets_.begin() + static_cast<std::ptrdiff_t>(offset), out.size(), out.begin());
    return {};
  }
  mutable std::uint64_t reads = 0, octets_read = 0;

 private:
  std::string_view octets_;
};

// Anomalies by name.
struct Reported {
  std::map<std::string, int, std::less<>> names;
  Report report() {
    return [this](std::string_view name, std::uint64_t) { ++names[std::string(name)]; };
  }
  int count(std::string_view name) const {
    const auto found = names.find(name);
    return found == names.end() ? 0 : found->second;
  }
};

class Handle {
 public:
  explicit Handle(const std::string& path) { EXPECT_EQ(sqlite3_open(path.c_str(), &db_), SQLITE_OK) << path; }
  ~Handle() { sqlite3_close(db_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  void run(const std::string& sql) const {
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << sql << ": " << message;
    sqlite3_free(message);
  }
  sqlite3* get() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

// The octets of a database made by `sql`.
inline std::string build(const std::string& sql) {
  const Handle db(":memory:");
  db.run(sql);
  sqlite3_int64 size = 0;
  unsigned char* raw = sqlite3_serialize(db.get(), "main", &size, 0);
  std::string octets(reinterpret_cast<char*>(raw), static_cast<std::size_t>(size));
  sqlite3_free(raw);
  return octets;
}

inline std::string cell(int type, std::string_view text, Bytes octets) {
  switch (type) {
    case SQLITE_NULL:
      return "n";
    case SQLITE_INTEGER:
      return "i" + std::string(text);
    case SQLITE_FLOAT:
      return "r" + std::string(text);
    case SQLITE_TEXT:
      return "t" + std::string(text);
    default:
      return "b" + to_hex(octets);
  }
}

inline Bytes octets_of(const void* data, int size) {
  return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)};
}

// All rows as SQLite reads them; what was delivered before an error.
inline Rows rows_by_sqlite(sqlite3* db, const std::string& sql) {
  Rows rows;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return {"error"};
  while (sqlite3_step(statement) == SQLITE_ROW) {
    std::string row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const int type = sqlite3_column_type(statement, i);
      if (type == SQLITE_BLOB) {
        row += cell(type, {}, octets_of(sqlite3_column_blob(statement, i), sqlite3_column_bytes(statement, i))) + '|';
        continue;
      }
      const void* text = sqlite3_column_text(statement, i);
      const std::string_view view(static_cast<const char*>(text),
                                  static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
      row += cell(type, view, {}) + '|';
    }
    rows.push_back(row);
  }
  sqlite3_finalize(statement);
  return rows;
}

inline std::string row_text(const QueryRow& row) {
  std::string out;
  for (int i = 0; i < row.columns(); ++i) {
    const int type = row.is_null(i)                                                ? SQLITE_NULL
                     : row.is_text(i)                                              ? SQLITE_TEXT
                     : row.is_blob(i)                                              ? SQLITE_BLOB
                     : row.text(i)->find_first_of(".en") != std::string_view::npos ? SQLITE_FLOAT
                                                                                   : SQLITE_INTEGER;
    out += (type == SQLITE_BLOB ? cell(type, {}, *row.bytes(i)) : cell(type, row.text(i).value_or(""), {})) + '|';
  }
  return out;
}

inline Rows rows_of(const Database& db, const std::string& sql, Result<void>* ended = nullptr) {
  Rows rows;
  Result<void> result = db.each(sql, [&](const QueryRow& row) {
    rows.push_back(row_text(row));
    return true;
  });
  if (ended != nullptr) {
    *ended = std::move(result);
  } else {
    EXPECT_TRUE(result.ok()) << sql << ": " << (result.ok() ? "" : result.error().what);
  }
  return rows;
}

// A folder that is removed again.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "testudo-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline void write_file(const std::string& path, std::string_view octets) {
  std::ofstream(path, std::ios::binary).write(octets.data(), static_cast<std::streamsize>(octets.size()));
}

}  // namespace testudo::test
