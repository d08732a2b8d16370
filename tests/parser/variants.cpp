// Variants: see variants.h.
#include "variants.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace testudo {
namespace {

constexpr std::size_t most_cuts = 160, most_flips = 80, most_changes = 260;

std::vector<std::size_t> cuts_of(std::size_t size, std::size_t most) {
  std::vector<std::size_t> cuts;
  const std::size_t step = std::max<std::size_t>(1, size / std::max<std::size_t>(1, most));
  for (std::size_t at = 0; at < size; at += step) cuts.push_back(at);
  return cuts;
}

void damage_one(std::vector<CaseFile>& files, std::vector<std::uint8_t>& bytes, const std::string& name,
                const EachVariant& each) {
  const std::vector<std::uint8_t> whole = bytes;
  // A case of several files shares its number among them.
  const std::size_t share = files.size();
  for (std::size_t cut : cuts_of(whole.size(), most_cuts / share)) {
    bytes.assign(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(cut));
    each(name + " cut at " + std::to_string(cut), files);
  }
  bytes = whole;
  for (std::size_t at : cuts_of(whole.size(), most_flips / share)) {
    bytes[at] = static_cast<std::uint8_t>(~whole[at]);
    each(name + " inverted at " + std::to_string(at), files);
    bytes[at] = whole[at];
  }
}

// A database in memory that starts as a copy of the case's.
class Copy {
 public:
  explicit Copy(const std::vector<std::uint8_t>& bytes) {
    sqlite3_open(":memory:", &db_);
    auto* owned = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size() + 1));
    std::memcpy(owned, bytes.data(), bytes.size());
    // Only now may the header be changed: a database in WAL mode cannot be opened from memory.
    if (bytes.size() > 20) owned[18] = owned[19] = 1;
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    sqlite3_deserialize(db_, "main", owned, size, size, SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  }
  ~Copy() { sqlite3_close(db_); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  bool run(const std::string& sql) { return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; }

  std::vector<std::string> list(const std::string& sql) {
    std::vector<std::string> out;
    const auto add = [](void* to, int, char** values, char**) {
      static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] != nullptr ? values[0] : "");
      return 0;
    };
    sqlite3_exec(db_, sql.c_str(), add, &out, nullptr);
    return out;
  }

  std::vector<std::uint8_t> bytes() {
    sqlite3_int64 size = 0;
    unsigned char* raw = sqlite3_serialize(db_, "main", &size, 0);
    std::vector<std::uint8_t> out(raw, raw + size);
    sqlite3_free(raw);
    return out;
  }

 private:
  sqlite3* db_ = nullptr;
};

std::string quoted_identifier(const std::string& name) { return "\"" + name + "\""; }

constexpr std::array worse_values{
    "NULL", "''", "0", "-1", "9223372036854775807", "-9223372036854775808", "9e999", "-9e999", "1e300", "1e-300",
    "'not a number'", "CAST(x'ff41fe80c0' AS TEXT)", "x'00ff62706c697374303080ff'", "zeroblob(9)",
    // Text that no output may act on.
    "'<script>=1+1' || char(27) || '[2J' || char(8238) || char(0) || 'x'",
    // Types swapped.
    "CASE typeof({c}) WHEN 'text' THEN 12345 WHEN 'blob' THEN hex({c}) WHEN 'null' THEN x'01' "
    "ELSE 'n' || {c} END"};

std::string with_column(std::string text, const std::string& column) {
  for (std::size_t at = 0; (at = text.find("{c}", at)) != std::string::npos;)
    text.replace(at, 3, quoted_identifier(column));
  return text;
}

// The statements of one table's variants; each string is run on a fresh copy.
std::vector<std::string> changes_of(Copy& db, const std::string& table) {
  std::vector<std::string> out{"DROP TABLE " + quoted_identifier(table), "DELETE FROM " + quoted_identifier(table)};
  const auto columns = db.list("SELECT name FROM pragma_table_info('" + table + "')");
  for (const char* value : worse_values) {
    std::string all;
    for (const std::string& column : columns)
      all += "UPDATE OR IGNORE " + quoted_identifier(table) + " SET " + quoted_identifier(column) + "=" +
             with_column(value, column) + ";\n";
    out.push_back(all);
  }
  for (const std::string& column : columns) {
    out.push_back("ALTER TABLE " + quoted_identifier(table) + " DROP COLUMN " + quoted_identifier(column));
    out.push_back("ALTER TABLE " + quoted_identifier(table) + " RENAME COLUMN " + quoted_identifier(column) +
                  " TO other_" + column);
    out.push_back("UPDATE OR IGNORE " + quoted_identifier(table) + " SET " + quoted_identifier(column) + "=" +
                  with_column(worse_values.back(), column));
    const auto longest = db.list("SELECT max(length(" + quoted_identifier(column) + ")) FROM " +
                                 quoted_identifier(table) + " WHERE typeof(" + quoted_identifier(column) + ")='blob'");
    const std::size_t size = longest.empty() || longest[0].empty() ? 0 : std::stoull(longest[0]);
    for (std::size_t cut : cuts_of(size, 100))
      out.push_back("UPDATE OR IGNORE " + quoted_identifier(table) + " SET " + quoted_identifier(column) + "=substr(" +
                    quoted_identifier(column) + ",1," + std::to_string(cut) + ") WHERE typeof(" +
                    quoted_identifier(column) + ")='blob'");
  }
  return out;
}

// SQLite runs the statements of one string up to the first that fails; a failing UPDATE must not keep the others back.
void run_lines(Copy& db, const std::string& sql) {
  for (std::size_t begin = 0; begin < sql.size();) {
    const std::size_t end = std::min(sql.find(";\n", begin), sql.size());
    static_cast<void>(db.run(sql.substr(begin, end - begin)));
    begin = end + 2;
  }
}

void change_one(std::vector<CaseFile>& files, CaseFile& file, const EachVariant& each) {
  const std::vector<std::uint8_t> whole = file.bytes;
  Copy plain(whole);
  // Indices and triggers would refuse the changes.
  for (const std::string& object : plain.list("SELECT type || ' ' || quote(name) FROM sqlite_master WHERE type IN "
                                              "('index','trigger','view') AND sql IS NOT NULL"))
    static_cast<void>(plain.run("DROP " + object));
  const std::vector<std::uint8_t> base = plain.bytes();
  std::vector<std::string> changes;
  for (const std::string& table :
       plain.list("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")) {
    auto own = changes_of(plain, table);
    changes.insert(changes.end(), own.begin(), own.end());
  }
  const std::size_t step = changes.size() * files.size() / most_changes + 1;
  for (std::size_t i = 0; i < changes.size(); i += step) {
    Copy copy(base);
    run_lines(copy, changes[i]);
    file.bytes = copy.bytes();
    each(file.path + " after " + changes[i].substr(0, 120), files);
  }
  file.bytes = whole;
}

}  // namespace

void damaged_files(const Case& from, const EachVariant& each) {
  std::vector<CaseFile> files = from.files;
  for (CaseFile& file : files) {
    damage_one(files, file.bytes, file.path, each);
    if (!file.log.empty()) damage_one(files, file.log, file.path + "-wal", each);
  }
  for (CaseFile& file : files) {
    const auto whole = file.bytes;
    file.bytes.assign(4096, 0);
    each(file.path + " as zeros", files);
    file.bytes = whole;
  }
}

void changed_tables(const Case& from, const EachVariant& each) {
  std::vector<CaseFile> files = from.files;
  for (CaseFile& file : files)
    if (!file.sql.empty()) change_one(files, file, each);
}

}  // namespace testudo
