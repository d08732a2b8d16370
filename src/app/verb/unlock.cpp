// testudo unlock: a decrypted copy of an encrypted backup, and the derived key for later.
#include <cstdio>

#include "app/check/backup_copy.h"
#include "app/check/outputs.h"
#include "app/terminal/named_file.h"
#include "app/verb/verb.h"

namespace testudo {
namespace {

struct Arguments {
  std::string backup, out, password_file, key_file, export_key;
};

Result<int> unlock(const Arguments& a, VerbContext& context, const Catalogue& words) {
  if (a.out.empty() && a.export_key.empty()) return error(Fault::usage, "unlock_needs_out");
  const Credentials credentials = TRY(read_credentials(a.password_file, a.key_file, words));
  const auto style = Progress::choose(false, false);
  const UnlockedBackup backup = TRY(open_backup(context.zygote, a.backup, credentials, words, style));
  if (!backup.keys) return error(Fault::usage, "not_encrypted");
  if (!a.export_key.empty() && backup.folder.holds(a.export_key)) return error(Fault::usage, "output_in_evidence");
  if (!a.export_key.empty())
    if (const auto written = write_new_file(a.export_key, export_key(*backup.derived) + "\n"); !written)
      return not_written(words, "--export-key", a.export_key, written.error());
  if (a.out.empty()) return exit_done;
  const CopyResult copied = TRY(copy_backup(context.zygote, backup, a.out, words, style));
  std::puts(words
                .say("unlock.done", {{"files", std::to_string(copied.files)},
                                     {"kept", std::to_string(copied.kept)},
                                     {"bytes", std::to_string(copied.bytes)}})
                .c_str());
  if (copied.list_cut) std::puts(words.say("unlock.list_cut").c_str());
  if (copied.missing + copied.unreadable + copied.wrong_size == 0) return copied.list_cut ? exit_incomplete : exit_done;
  std::puts(words
                .say("unlock.gaps", {{"missing", std::to_string(copied.missing)},
                                     {"unreadable", std::to_string(copied.unreadable)},
                                     {"wrong_size", std::to_string(copied.wrong_size)}})
                .c_str());
  return exit_incomplete;
}

}  // namespace

void add_unlock_verb(Verb program, VerbContext& context) {
  auto a = std::make_shared<Arguments>();
  Verb verb = program.add_verb("unlock", "Write a decrypted copy of an encrypted backup", [a, &context] {
    return run_action(context, [&](const Catalogue& words) { return unlock(*a, context, words); });
  });
  verb.option("backup", a->backup, "folder of an encrypted iPhone backup").required();
  verb.option("--out", a->out, "folder for the copy; go on where an earlier run stopped");
  verb.option("--password-file", a->password_file, "file that holds the password, or - for standard input");
  verb.option("--key-file", a->key_file, "file with the derived key instead of the password");
  verb.option("--export-key", a->export_key, "write the derived key to this file");
}

}  // namespace testudo
