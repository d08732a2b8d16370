// Lab: what a source's writer is given, and how it registers itself. Test tool.
// To add a source: one file in tests/lab/sources/ with a Source object. Nothing else names it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive.h"
#include "backup.h"
#include "database.h"
#include "options.h"
#include "people.h"
#include "planted.h"
#include "plist.h"
#include "random.h"

namespace testudo::lab {

struct Lab {
  const Options& options;
  const Release& release;
  Backup& backup;
  Planted& planted;
  Dict applications;  // for Info.plist and Manifest.plist, filled by the writers of apps

  Random random(std::string_view name) const { return Random(options.seed, name); }
  bool plants() const { return !options.clean; }
  int ios() const { return release.major; }
  double now() const { return release.now; }
  // Finishes a database, damages it if asked to, and takes it into the backup.
  void store(std::string_view domain, std::string_view path, Database& db, Facts facts = {}) const;
  // The same for content that is no database.
  void store(std::string_view domain, std::string_view path, std::string_view content, Facts facts = {}) const;
  // A time within the last `days` before the backup, in mac seconds.
  double ago(Random& random, double days) const { return release.now - random.real() * days * 86400; }
};

using Write = void (*)(Lab& lab);

struct Source {
  Source(std::string_view name, Write write);
};

struct Registered {
  std::string_view name;
  Write write;
};
// In order of name, so that a new file changes nobody else's bytes.
std::vector<Registered> sources();

// Core Data's own tables, as they stand in every store: entities in order, Z_ENT from 1.
void core_data_tables(Database& db, const std::vector<std::pair<std::string_view, std::int64_t>>& entities,
                      Random& random);

}  // namespace testudo::lab
