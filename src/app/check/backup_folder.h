// Backup folder: an iPhone backup as it lies on disk. Opens files; reads nothing of what they hold. Floor 7.
#pragma once

#include <string>

#include "base/descriptor.h"
#include "base/result.h"

namespace testudo {

class BackupFolder {
 public:
  // `path` is the backup, or a folder in which exactly one backup lies. Faults carry a key of the catalogue:
  // "no_such_evidence", "evidence_is_file", "no_backup_here", "several_backups", "backup_closed" (no permission to
  // look), "backup_closed_inside" (none for a folder in it, and there is no other backup), "manifest_missing",
  // "manifest_plist_missing", "manifest_not_openable" (no permission, or not a regular file), "backup_too_old"
  // (Manifest.mbdb, before iOS 10).
  static Result<BackupFolder> find(const std::string& path);
  const std::string& path() const { return path_; }
  // Whether a path, which need not exist, is the backup or lies in it: nothing may be written there.
  bool holds(const std::string& path) const;
  // Whether something of this name stands beside the manifest, be it a file or not.
  bool has(const char* name) const;
  // A file beside the manifest; invalid if it is absent or no regular file.
  Descriptor root_file(const char* name) const;
  // The stored file of a checked id: "3d/3d0d…".
  Result<Descriptor> stored(const std::string& file_id) const;

 private:
  explicit BackupFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace testudo
