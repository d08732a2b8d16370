// Backup: what an iOS backup says of itself, and where the files that parsers want are stored. Both are read by
// workers. Floor 7.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "evidence/keybag.h"
#include "parser/want_index.h"
#include "report/check_report.h"
#include "sandbox/zygote.h"

namespace testudo {

// Manifest.plist, Info.plist and Status.plist, read.
struct BackupHead {
  DeviceFacts device;
  std::string keybag, manifest_key;  // octets; empty if the backup is not encrypted
  std::optional<bool> interrupted;   // whether the backup did not finish; nothing where Status.plist does not say
  bool status_unreadable = false;    // it is there, and could not be read in full
};

// Descriptors may be invalid where a file is absent. Fault::malformed if Manifest.plist cannot be read at all.
Result<BackupHead> read_backup_head(Zygote& zygote, const Descriptor& manifest, const Descriptor& info,
                                    const Descriptor& status);

// A file of the manifest that some parser wants, or the write-ahead log of one.
struct LocatedFile {
  std::string file_id, domain, path;
  std::optional<std::uint64_t> size;
  std::string encryption_key;  // class and wrapped key; empty if the file is not encrypted
  std::vector<Wanted> wanted;
  bool is_log = false;    // the wants are those of its database
  bool described = true;  // false: the list's description of it, with its size and its key, cannot be read
};

struct Located {
  std::vector<LocatedFile> files;  // in order of domain and path
  std::uint64_t rows = 0;          // of the manifest
  std::optional<Error> stopped;    // where the manifest could not be read to its end
};

enum class Locate : std::uint8_t { wanted, all };

// Asks the manifest's database: for the files that parsers want, or for all. `key` decrypts it. Fault::malformed: it is
// no database.
Result<Located> locate_files(Zygote& zygote, const Descriptor& manifest, const Descriptor& log,
                             const std::optional<FileKey>& key, Locate which = Locate::wanted);

// Whether `id` can be the name of a stored file: 40 lower-case hexadecimal digits. Anything else would be a path chosen
// by the evidence.
bool is_file_id(std::string_view id);

}  // namespace testudo
