// Damage: what --damage does to files on their way into the backup, and to the finished backup. Test tool.
//   truncated-manifest missing-manifest half-copied        the backup's own structure
//   corrupt-sms zero-byte                                  sms.db overwritten in places; three files emptied
//   null-everywhere missing-table missing-column           every database, whatever its schema
//   not-utf8 dates-out-of-range hostile-text               every database, in every third row
#pragma once

#include <string>
#include <string_view>

namespace testudo::lab {

class Backup;

bool is_damage(std::string_view kind);
// A file's plain content, before it enters the backup; `path` is its relativePath.
void damage_file(std::string_view kind, std::string_view path, const std::string& scratch);
void damage_backup(std::string_view kind, const Backup& backup);

}  // namespace testudo::lab
