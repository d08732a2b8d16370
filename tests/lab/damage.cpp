// Damage: generic over schemas, so that a new source is damaged without being named here. Test tool.
#include "damage.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "backup.h"
#include "fail.h"

namespace testudo::lab {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kinds[] = {"truncated-manifest", "missing-manifest", "half-copied",       "corrupt-sms",
                                      "zero-byte",          "null-everywhere",  "missing-table",     "missing-column",
                                      "not-utf8",           "hostile-text",     "dates-out-of-range"};

// What a message or a name may carry to act where it is shown. {} is the value that was there.
constexpr std::string_view hostile =
    "'=HYPERLINK(\"http://formula.example/\",\"x\")<script>alert(1)</script><img src=x onerror=alert(2)>' || char(27) "
    "|| "
    "'[31m' || char(27) || ']0;owned' || char(7) || char(8238) || 'gpj.exe' || char(8236) || char(8207) || char(155) "
    "|| "
    "'2J' || char(13) || char(10) || '+1|-1@SUM(A1)'";

struct Column {
  std::string name, type;
  bool required = false;
};

class Damaged {
 public:
  explicit Damaged(const std::string& path) {
    if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) fail("damage: " + path);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; BEGIN");
  }
  ~Damaged() {
    run("COMMIT");
    sqlite3_close(db_);
  }
  // Statements that a constraint refuses are left out: the aim is damage, not completeness.
  void run(const std::string& sql) { sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr); }
  std::vector<std::vector<std::string>> query(const std::string& sql) {
    std::vector<std::vector<std::string>> rows;
    sqlite3_exec(
        db_, sql.c_str(),
        [](void* to, int count, char** values, char**) {
          std::vector<std::string> row;
          for (int i = 0; i < count; ++i) row.emplace_back(values[i] == nullptr ? "" : values[i]);
          static_cast<std::vector<std::vector<std::string>>*>(to)->push_back(std::move(row));
          return 0;
        },
        &rows, nullptr);
    return rows;
  }
  std::vector<std::string> tables() {
    std::vector<std::string> names;
    for (auto& row : query("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'"
                           " AND name NOT LIKE 'Z\\__%' ESCAPE '\\' ORDER BY name"))
      names.push_back(row[0]);
    return names;
  }
  std::vector<Column> columns(const std::string& table) {
    std::vector<Column> out;
    for (auto& row : query("SELECT name, type, \"notnull\" OR pk FROM pragma_table_info('" + table + "')"))
      out.push_back({row[0], row[1], row[2] != "0"});
    return out;
  }
  std::string largest() {  // by cells, so that it is the table that matters and no join
    std::string best;
    long long most = -1;
    for (const std::string& table : tables()) {
      const auto rows = query("SELECT count(*) FROM \"" + table + "\"");
      const long long cells = static_cast<long long>(columns(table).size());
      const long long count = rows.empty() ? 0 : std::stoll(rows[0][0]) * cells;
      if (count > most) most = count, best = table;
    }
    return best;
  }

 private:
  sqlite3* db_ = nullptr;
};

bool is_time(const Column& c) {
  std::string lower = c.name;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char ch) { return std::tolower(ch); });
  return lower.find("date") != std::string::npos || lower.find("time") != std::string::npos;
}

void drop_column(Damaged& db) {
  const std::string table = db.largest();
  for (auto& row :
       db.query("SELECT type, name FROM sqlite_schema WHERE type IN ('index','trigger','view') AND sql NOT NULL"))
    db.run("DROP " + row[0] + " \"" + row[1] + "\"");
  const std::vector<Column> all = db.columns(table);
  const auto at = std::find_if(all.begin(), all.end(), [](const Column& c) { return is_time(c); });
  if (!all.empty())
    db.run("ALTER TABLE \"" + table + "\" DROP COLUMN \"" + (at == all.end() ? all.back() : *at).name + "\"");
}

void damage_values(Damaged& db, std::string_view kind) {
  for (const std::string& table : db.tables()) {
    for (const Column& c : db.columns(table)) {
      const std::string update = "UPDATE OR IGNORE \"" + table + "\" SET \"" + c.name + "\"=";
      const std::string third = " WHERE rowid % 3 = 0 AND typeof(\"" + c.name + "\")";
      if (kind == "null-everywhere" && !c.required) db.run(update + "NULL");
      if (kind == "not-utf8")
        db.run(update + "CAST(X'C328FF' || \"" + c.name + "\" || X'EDA080' AS TEXT)" + third + "='text'");
      if (kind == "hostile-text") db.run(update + "\"" + c.name + "\" || " + std::string(hostile) + third + "='text'");
      if (kind == "dates-out-of-range" && is_time(c))
        db.run(update +
               "CASE rowid / 3 % 4 WHEN 0 THEN 9223372036854775807 WHEN 1 THEN -9223372036854775807 "
               "WHEN 2 THEN 1e308 ELSE -1e308 END" +
               third + " IN ('integer','real')");
    }
  }
}

void overwrite_pages(const std::string& path) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const auto pages = static_cast<std::int64_t>(fs::file_size(path) / 4096);
  Random random(static_cast<std::uint64_t>(pages), "damage");
  for (std::int64_t page = 9; page < pages; page += 7) {
    file.seekp(page * 4096);
    const std::string noise = random.bytes(4096);
    file.write(noise.data(), 4096);
  }
}

bool is_database(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  char head[16] = {};
  in.read(head, sizeof(head));
  return std::string_view(head, 15) == "SQLite format 3";
}

}  // namespace

bool is_damage(std::string_view kind) { return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds); }

void damage_file(std::string_view kind, std::string_view path, const std::string& scratch) {
  if (kind.empty()) return;
  if (kind == "zero-byte") {
    for (std::string_view end : {"sms.db", "DataUsage.sqlite", "clients.plist"}) {
      if (path.ends_with(end)) fs::resize_file(scratch, 0);
    }
    return;
  }
  if (kind == "corrupt-sms") {
    if (path.ends_with("sms.db")) overwrite_pages(scratch);
    return;
  }
  if (!is_database(scratch)) return;
  Damaged db(scratch);
  if (kind == "missing-table")
    db.run("DROP TABLE \"" + db.largest() + "\"");
  else if (kind == "missing-column")
    drop_column(db);
  else
    damage_values(db, kind);
}

void damage_backup(std::string_view kind, const Backup& backup) {
  const std::string manifest = backup.folder() + "/Manifest.db";
  if (kind == "truncated-manifest") fs::resize_file(manifest, fs::file_size(manifest) * 6 / 10 / 16 * 16 + 5);
  if (kind == "missing-manifest") fs::remove(manifest);
  if (kind != "half-copied") return;
  // Copying stopped: every folder from 80 on is gone.
  for (const auto& entry : fs::directory_iterator(backup.folder())) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory() && name.size() == 2 && name >= "80") fs::remove_all(entry.path());
  }
}

}  // namespace testudo::lab
