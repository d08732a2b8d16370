// Backup: the folder that iTunes and Finder write: Manifest.db, the plists beside it and xx/<fileID>. Test tool.
// fileID = SHA-1 of "domain-relativePath". In an encrypted backup every file has its own key, wrapped by a class key.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "database.h"
#include "keybag.h"
#include "options.h"
#include "plist.h"
#include "random.h"

namespace testudo::lab {

struct Facts {               // of a file, as the manifest holds them
  int protection_class = 3;  // NSFileProtectionCompleteUntilFirstUserAuthentication
  double created = 0;        // mac seconds; 0: some time before the backup
  double modified = 0;
};

class Backup {
 public:
  Backup(const Options& options, const Release& release);

  void add(std::string_view domain, std::string_view path, std::string_view content, Facts facts = {});
  void directory(std::string_view domain, std::string_view path);
  void link(std::string_view domain, std::string_view path, std::string_view target);
  // Where to build a file before it is taken over; removed by adopt.
  std::string scratch(std::string_view name);  // another path at each call
  void adopt(std::string_view domain, std::string_view path, const std::string& scratch_path, Facts facts = {});
  // Info.plist and the like, never encrypted.
  void beside(std::string_view name, std::string_view content);
  std::int64_t rows() const { return rows_; }
  std::string path_of(std::string_view domain, std::string_view path) const;
  std::string folder() const { return folder_; }
  // Writes Manifest.db, Manifest.plist and Status.plist. `applications` goes into Manifest.plist.
  void finish(Dict applications);

 private:
  std::string mbfile(std::string_view path, std::uint64_t size, int mode, int protection_class, double created,
                     double modified, std::string_view encryption_key, std::string_view digest,
                     std::string_view target);
  void row(std::string_view id, std::string_view domain, std::string_view path, int flags, std::string_view blob);
  std::string place(const std::string& id);  // makes xx/ and returns the full path
  void entry(std::string_view domain, std::string_view path, std::uint64_t size, const Facts& facts,
             std::string_view key, std::string_view digest);

  const Options& options_;
  const Release& release_;
  Random random_;
  std::string folder_, work_;
  std::unique_ptr<Keybag> keybag_;
  std::unique_ptr<Database> manifest_;
  std::unique_ptr<Statement> insert_;
  std::int64_t rows_ = 0, scratched_ = 0;
};

std::string file_id(std::string_view domain, std::string_view path);

}  // namespace testudo::lab
