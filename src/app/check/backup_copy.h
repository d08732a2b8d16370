// Backup copy: a decrypted copy of an encrypted backup in the same layout, for tools that cannot decrypt. Resumable: a
// file that is there in its stated size is not written again. Floor 7.
#pragma once

#include <cstdint>
#include <string>

#include "app/check/unlocked_backup.h"

namespace testudo {

struct CopyResult {
  std::uint64_t files = 0, bytes = 0;
  std::uint64_t kept = 0;        // were there already
  std::uint64_t missing = 0;     // listed but not stored
  std::uint64_t unreadable = 0;  // their key does not open, or they end too early
  std::uint64_t wrong_size = 0;  // another size than the manifest states
  bool list_cut = false;         // the manifest stops early: more files may be stored than it names
};

// Writes `out`: every stored file, Manifest.db and the property lists beside it. Files have mode 0600, folders 0700.
// Faults carry a key of the catalogue: "output_in_evidence"; "copy_of_another" if `out` holds the copy of another
// backup, "output_not_empty" if it holds something else.
Result<CopyResult> copy_backup(Zygote& zygote, const UnlockedBackup& backup, const std::string& out,
                               const Catalogue& words, Progress::Style style);

}  // namespace testudo
