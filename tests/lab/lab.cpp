// Lab: the registry of sources, and what Core Data stores have in common. Test tool.
#include "lab.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "damage.h"
#include "fail.h"

namespace testudo::lab {
namespace {

std::vector<Registered>& registry() {
  static std::vector<Registered> all;
  return all;
}

}  // namespace

void fail(std::string_view what) {
  std::fprintf(stderr, "testudo-lab: %.*s\n", static_cast<int>(what.size()), what.data());
  std::exit(2);
}

Source::Source(std::string_view name, Write write) { registry().push_back({name, write}); }

std::vector<Registered> sources() {
  std::vector<Registered> all = registry();
  std::sort(all.begin(), all.end(), [](const Registered& a, const Registered& b) { return a.name < b.name; });
  return all;
}

void Lab::store(std::string_view domain, std::string_view path, Database& db, Facts facts) const {
  db.finish();
  damage_file(options.damage, path, db.path());
  backup.adopt(domain, path, db.path(), facts);
}

void Lab::store(std::string_view domain, std::string_view path, std::string_view content, Facts facts) const {
  if (options.damage.empty()) return backup.add(domain, path, content, facts);
  const std::string scratch = backup.scratch("damaged");
  std::ofstream(scratch, std::ios::binary | std::ios::trunc) << content;
  damage_file(options.damage, path, scratch);
  backup.adopt(domain, path, scratch, facts);
}

// Shapes as in Apple's DataUsage.sqlite (plaso's test data) and every other Core Data store.
void core_data_tables(Database& db, const std::vector<std::pair<std::string_view, std::int64_t>>& entities,
                      Random& random) {
  db.run(
      "CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);"
      "CREATE TABLE Z_METADATA (Z_VERSION INTEGER PRIMARY KEY, Z_UUID VARCHAR(255), Z_PLIST BLOB);"
      "CREATE TABLE Z_MODELCACHE (Z_CONTENT BLOB);");
  auto key = db.prepare("INSERT INTO Z_PRIMARYKEY VALUES (?,?,0,?)");
  std::int64_t entity = 0;
  for (const auto& [name, max] : entities) key.run(++entity, name, max);
  const std::string plist = binary_plist(Dict{{"NSStoreType", "SQLite"}, {"NSPersistenceFrameworkVersion", 1320}});
  db.prepare("INSERT INTO Z_METADATA VALUES (1,?,?)").run(random.uuid(), Blob{plist});
}

}  // namespace testudo::lab
