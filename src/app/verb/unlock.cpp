// testudo unlock: a decrypted copy of an encrypted backup, and the derived key for later.
#include <cstdio>

#include "app/check/backup_copy.h"
#include "app/terminal/error_line.h"
#include "app/terminal/named_file.h"
#include "app/verb/verb.h"
#include "base/interruption.h"
#include "report/record_files.h"

namespace testudo {
namespace {

struct Arguments {
  std::string backup, out, password_file, key_file, export_key;
};

Result<BufferedFile> key_file(const std::string& path, const DerivedKey& derived) {
  BufferedFile file = TRY(BufferedFile::create(path));
  file.buffer() = export_key(derived) + "\n";
  TRY(file.flush());
  return file;
}

int tell(const CopyResult& copied, const Catalogue& words) {
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

Result<int> unlock(const Arguments& a, VerbContext& context, const Catalogue& words) {
  if (a.out.empty() && a.export_key.empty()) return error(Fault::usage, "unlock_needs_out");
  const Credentials credentials = TRY(read_credentials(a.password_file, a.key_file, words));
  const auto style = Progress::choose(false, false);
  const UnlockedBackup backup = TRY(open_backup(context.zygote, a.backup, credentials, words, style));
  if (!backup.keys) return error(Fault::usage, "not_encrypted");
  if (!a.export_key.empty() && backup.folder.holds(a.export_key)) return error(Fault::usage, "output_in_evidence");
  const Interruption interruption(error_line(words, a.out.empty() ? "error.interrupted" : "error.unlock_interrupted"));
  // It gets its name when the copy is done: what stopped can be repeated with the same words.
  std::optional<BufferedFile> key;
  if (!a.export_key.empty()) {
    auto begun = key_file(a.export_key, *backup.derived);
    if (!begun) return not_written(words, "--export-key", a.export_key, begun.error());
    key = std::move(*begun);
  }
  CopyResult copied;
  if (!a.out.empty()) copied = TRY(copy_backup(context.zygote, backup, a.out, words, style));
  if (key) {
    TRY(key->publish());
    key->keep();
  }
  return a.out.empty() ? exit_done : tell(copied, words);
}

}  // namespace

void add_unlock_verb(Verb program, VerbContext& context) {
  auto a = std::make_shared<Arguments>();
  Verb verb = program.add_verb("unlock", [a, &context] {
    return run_action(context, [&](const Catalogue& words) { return unlock(*a, context, words); });
  });
  verb.option("backup", a->backup).required();
  verb.option("--out", a->out);
  verb.option("--password-file", a->password_file);
  verb.option("--key-file", a->key_file);
  verb.option("--export-key", a->export_key);
}

}  // namespace testudo
