#include "app/check/backup_folder.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace testudo {
namespace {

namespace fs = std::filesystem;

// A place that exists says nothing to somebody who may not look: that it is closed must not read as its absence.
enum class Seen : std::uint8_t { there, absent, closed };

Seen look_for(const fs::path& place) {
  const auto there = is_there(place.string());
  return !there ? Seen::closed : *there ? Seen::there : Seen::absent;
}

// The same of a name in a folder. A link is there, wherever it leads: none is followed.
Seen look_for_entry(const fs::path& place) {
  std::error_code fault;
  const fs::file_type type = fs::symlink_status(place, fault).type();
  return type == fs::file_type::none ? Seen::closed : type == fs::file_type::not_found ? Seen::absent : Seen::there;
}

Seen look_for_backup(const fs::path& folder) {
  for (const char* name : {"Manifest.db", "Manifest.plist", "Manifest.mbdb"})
    if (const Seen seen = look_for_entry(folder / name); seen != Seen::absent) return seen;
  return Seen::absent;
}

// The one backup in a folder that is none itself.
Result<fs::path> backup_inside(const fs::path& folder) {
  std::error_code fault;
  std::vector<fs::path> inside;
  bool closed = false;
  fs::directory_iterator entries(folder, fault);
  if (fault) return error(Fault::denied, "backup_closed");
  for (const fs::directory_iterator end; entries != end; entries.increment(fault)) {
    std::error_code none;
    if (!entries->is_directory(none)) continue;
    const Seen seen = look_for_backup(entries->path());
    if (seen == Seen::there) inside.push_back(entries->path());
    closed |= seen == Seen::closed;
  }
  if (fault) return error(Fault::denied, "backup_closed");
  if (inside.size() > 1) return error(Fault::usage, "several_backups");
  if (inside.size() == 1) return inside.front();
  if (closed) return error(Fault::denied, "backup_closed_inside");
  return error(Fault::not_found,
               look_for_entry(folder / "Info.plist") == Seen::there ? "manifest_missing" : "no_backup_here");
}

}  // namespace

Result<BackupFolder> BackupFolder::find(const std::string& path) {
  std::error_code fault;
  const Seen seen = look_for(path);
  if (seen == Seen::closed) return error(Fault::denied, "backup_closed");
  if (seen == Seen::absent) return error(Fault::not_found, "no_such_evidence");
  if (!fs::is_directory(path, fault)) return error(Fault::unsupported, "evidence_is_file");
  fs::path folder(path);
  const Seen backup = look_for_backup(folder);
  if (backup == Seen::closed) return error(Fault::denied, "backup_closed");
  if (backup == Seen::absent) folder = TRY(backup_inside(folder));
  if (look_for_entry(folder / "Manifest.db") == Seen::absent) {
    const bool old = look_for_entry(folder / "Manifest.mbdb") == Seen::there;
    return error(Fault::not_found, old ? "backup_too_old" : "manifest_missing");
  }
  if (look_for_entry(folder / "Manifest.plist") == Seen::absent)
    return error(Fault::not_found, "manifest_plist_missing");
  for (const char* name : {"Manifest.db", "Manifest.plist"})
    if (!open_for_reading((folder / name).string())) return error(Fault::denied, "manifest_not_openable");
  return BackupFolder(folder.string());
}

bool BackupFolder::holds(const std::string& path) const {
  std::error_code fault;
  const fs::path backup = fs::weakly_canonical(path_ + "/.", fault), other = fs::weakly_canonical(path, fault);
  const fs::path root = backup.has_filename() ? backup : backup.parent_path();
  return std::mismatch(root.begin(), root.end(), other.begin(), other.end()).first == root.end();
}

bool BackupFolder::has(const char* name) const {
  std::error_code fault;
  return fs::exists(fs::symlink_status(fs::path(path_) / name, fault));
}

Descriptor BackupFolder::root_file(const char* name) const {
  auto opened = open_for_reading(path_ + "/" + name);
  return opened ? std::move(*opened) : Descriptor();
}

Result<Descriptor> BackupFolder::stored(const std::string& file_id) const {
  return open_inside(path_, file_id.substr(0, 2), file_id);
}

}  // namespace testudo
