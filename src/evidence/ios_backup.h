// What an iOS backup says about itself and its files, apart from its databases: Manifest.plist, Info.plist,
// Status.plist and the `file` column of Manifest.db. Floor 2. Works on octets and keys; knows no folder and no
// password. Format and sources: docs/formats/ios-backup.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "base/result.h"
#include "base/time.h"
#include "evidence/blob.h"
#include "evidence/keybag.h"

namespace testudo {

// One `file` value of Manifest.db: an archived MBFile. A field is missing where the archive lacks it or holds another
// type. Times are those of the phone's file system, to the second.
struct BackupFileInfo {
  std::optional<std::uint32_t> mode;  // as in stat: type and permissions
  std::optional<std::int64_t> user_id;
  std::optional<std::int64_t> group_id;
  std::optional<std::int64_t> inode;
  std::optional<std::uint64_t> size;  // before encryption
  std::optional<Time> last_modified;
  std::optional<Time> last_status_change;
  std::optional<Time> birth;
  std::optional<std::uint32_t> protection_class;
  std::optional<std::int64_t> flags;
  std::vector<std::uint8_t> encryption_key;  // class (u32, little endian) and 40 wrapped octets; empty if not encrypted
  std::vector<std::uint8_t> digest;          // SHA-1 of the stored octets in older systems; empty if absent
  std::string target;                        // of a symbolic link; empty otherwise
  bool damaged = false;                      // the archive could be read in part only
  bool time_out_of_range = false;            // one of the times was no time

  bool is_directory() const { return mode && (*mode & 0170000) == 0040000; }
  bool is_link() const { return mode && (*mode & 0170000) == 0120000; }
};

// Cost: about two microseconds. Fault::malformed if the value is no property list or no keyed archive.
Result<BackupFileInfo> read_backup_file_info(Bytes file_column);

// The name under which a backup stores a file: SHA-1 of domain, "-" and path, as 40 hexadecimal characters.
std::string backup_file_id(std::string_view domain, std::string_view relative_path);
// "3d/3d0d7e5f…": where the file of this id stands. Nothing unless it is 40 lower-case hexadecimal characters, because
// the id comes from the evidence and must not lead elsewhere.
std::optional<std::string> backup_stored_path(std::string_view file_id);

struct BackupFacts {
  // Manifest.plist
  std::optional<bool> encrypted;
  std::optional<bool> passcode_set;
  std::optional<Time> date;
  std::string product_version, build_version, product_type, device_name, serial_number, udid;
  std::vector<std::uint8_t> keybag;        // for Keybag::parse
  std::vector<std::uint8_t> manifest_key;  // for ClassKeys::unwrap; opens Manifest.db. Absent before 10.2
  // Info.plist; what both files say is taken from Manifest.plist, whichever is read first
  std::optional<Time> last_backup;
  std::string display_name, product_name, phone_number, imei, meid, iccid, guid, itunes_version, macos_version;
  std::vector<std::string> installed_applications;
  // Status.plist
  std::optional<bool> full_backup;
  std::optional<Time> status_date;
  std::string backup_state;    // "new"
  std::string snapshot_state;  // "finished"; anything else: the backup was interrupted
  std::string status_version;

  std::vector<std::string> anomalies;  // of the property lists, prefixed by their file: "Info.plist:plist_truncated"

  // Whether Status.plist says that the backup did not finish. Nothing where it does not say, or was read in part only:
  // the word may be cut.
  std::optional<bool> interrupted() const {
    if (snapshot_state.empty() || status_damaged()) return std::nullopt;
    return snapshot_state != "finished";
  }
  bool status_damaged() const;
};

// Each adds what the file says. Fault::malformed or truncated if it is no property list with a dictionary.
Result<void> read_manifest_plist(Bytes octets, BackupFacts& facts);
Result<void> read_info_plist(Bytes octets, BackupFacts& facts);
Result<void> read_status_plist(Bytes octets, BackupFacts& facts);

}  // namespace testudo
