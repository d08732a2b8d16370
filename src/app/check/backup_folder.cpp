#include "app/check/backup_folder.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace testudo {
namespace {

namespace fs = std::filesystem;

bool looks_like_backup(const fs::path& folder) {
  std::error_code fault;
  for (const char* name : {"Manifest.db", "Manifest.plist", "Manifest.mbdb"})
    if (fs::exists(folder / name, fault)) return true;
  return false;
}

}  // namespace

Result<BackupFolder> BackupFolder::find(const std::string& path) {
  std::error_code fault;
  if (!fs::exists(path, fault)) return error(Fault::not_found, "no_such_evidence");
  if (!fs::is_directory(path, fault)) return error(Fault::unsupported, "no_backup_here");
  fs::path folder(path);
  if (!looks_like_backup(folder)) {
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator(folder, fault))
      if (entry.is_directory(fault) && looks_like_backup(entry.path())) inside.push_back(entry.path());
    if (inside.size() > 1) return error(Fault::usage, "several_backups");
    if (inside.empty())
      return error(Fault::not_found, fs::exists(folder / "Info.plist", fault) ? "manifest_missing" : "no_backup_here");
    folder = inside.front();
  }
  if (!fs::exists(folder / "Manifest.db", fault))
    return error(Fault::not_found, fs::exists(folder / "Manifest.mbdb", fault) ? "backup_too_old" : "manifest_missing");
  if (!fs::exists(folder / "Manifest.plist", fault)) return error(Fault::not_found, "manifest_plist_missing");
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
