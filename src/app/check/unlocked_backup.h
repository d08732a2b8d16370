// Unlocked backup: a backup folder with its facts read and, if it is encrypted, its keys opened. Floor 7.
#pragma once

#include <optional>
#include <string>

#include "app/check/backup_folder.h"
#include "app/terminal/password.h"
#include "app/terminal/progress.h"
#include "app/worker/backup.h"
#include "base/catalogue.h"

namespace testudo {

// What was given to open encrypted backups; nothing of it is on the command line. Where there is neither, the
// environment or the terminal is asked for a password when one is needed.
struct Credentials {
  std::optional<Secret> password;
  std::optional<DerivedKey> key;  // goes before the password
};

// From the files that --password-file and --key-file name; empty where the option was not given. They are read whether
// a backup needs them or not: who names a file must hear that it cannot be read. Errors: "password_empty",
// "bad_key_file", or a sentence.
Result<Credentials> read_credentials(const std::string& password_file, const std::string& key_file,
                                     const Catalogue& words);

// A file in the copy of a backup whose manifest was never encrypted: it says that the files are not any more.
inline constexpr const char* decrypted_mark = "Decrypted";

struct UnlockedBackup {
  BackupFolder folder;
  BackupHead head;
  std::optional<ClassKeys> keys;      // of an encrypted backup
  std::optional<DerivedKey> derived;  // for `unlock --export-key`
  std::optional<FileKey> manifest_key;
  bool decrypted_copy = false;  // made by `unlock`: its facts say encrypted, its files are not
};

// Faults carry catalogue keys: those of BackupFolder::find, "manifest_plist_unreadable", "wrong_password", "wrong_key",
// "password_needed", "keybag_damaged", "keybag_limit".
Result<UnlockedBackup> open_backup(Zygote& zygote, const std::string& path, const Credentials& credentials,
                                   const Catalogue& words, Progress::Style progress);
// Asks the manifest. Adds "manifest_truncated" (cut short), "manifest_encrypted" (still encrypted or no database).
Result<Located> locate_in(Zygote& zygote, const UnlockedBackup& backup, Locate which);
// The key of one file; nothing if the file is not encrypted. Fault::wrong_key if its key does not open, or was lost
// with the description of the file.
Result<std::optional<FileKey>> file_key(const UnlockedBackup& backup, const LocatedFile& file);

}  // namespace testudo
