#include "app/check/unlocked_backup.h"

#include <array>

#include "app/terminal/named_file.h"

namespace testudo {
namespace {

Result<DerivedKey> obtain_key(const Keybag& keybag, const BackupHead& head, const Credentials& credentials,
                              const Catalogue& words, Progress::Style style) {
  if (credentials.key) return *credentials.key;
  const Secret asked = credentials.password ? Secret() : TRY(obtain_password({}, words.say("password.prompt")));
  const Secret& password = credentials.password ? *credentials.password : asked;
  Progress progress(style, words.say("progress.deriving"), keybag.double_iterations);
  auto key = derive_key(keybag, password.text(), head.device.system_version,
                        [&](std::uint64_t done, std::uint64_t total) { progress.set_total(total), progress.at(done); });
  if (!key) return error(key.error().fault, key.error().fault == Fault::limit ? "keybag_limit" : "keybag_damaged");
  return key;
}

Result<void> open_keys(UnlockedBackup& backup, const Credentials& credentials, const Catalogue& words,
                       Progress::Style style) {
  const auto keybag = Keybag::parse(as_bytes(backup.head.keybag));
  if (!keybag) return error(Fault::malformed, keybag.error().fault == Fault::limit ? "keybag_limit" : "keybag_damaged");
  backup.derived = TRY(obtain_key(*keybag, backup.head, credentials, words, style));
  auto keys = ClassKeys::open(*keybag, *backup.derived);
  if (!keys && keys.error().fault == Fault::wrong_key)
    return error(Fault::wrong_key, credentials.key ? "wrong_key" : "wrong_password");
  if (!keys) return error(Fault::malformed, "keybag_damaged");
  backup.keys = std::move(*keys);
  if (backup.head.manifest_key.empty()) return {};  // before iOS 10.2 the manifest itself is not encrypted
  auto manifest_key = backup.keys->unwrap(as_bytes(backup.head.manifest_key));
  if (!manifest_key) return error(Fault::malformed, "keybag_damaged");
  backup.manifest_key = *manifest_key;
  return {};
}

// From iOS 10.2 on, the manifest of an encrypted backup is encrypted too.
bool is_plain_database(const Descriptor& file) {
  using namespace std::string_view_literals;
  constexpr std::string_view magic = "SQLite format 3\0"sv;
  std::array<std::uint8_t, magic.size()> head{};
  return file.valid() && read_exactly(file.get(), 0, head) && as_text(Bytes(head)) == magic;
}

}  // namespace

Result<Credentials> read_credentials(const std::string& password_file, const std::string& key_file,
                                     const Catalogue& words) {
  Credentials credentials;
  if (!password_file.empty()) {
    auto password = read_password(password_file);
    if (!password) return not_readable(words, "--password-file", password_file, password.error());
    credentials.password = std::move(*password);
  }
  if (!key_file.empty()) {
    const auto file = open_named(key_file);
    if (!file) return not_readable(words, "--key-file", key_file, file.error());
    const auto text = read_all(file->get(), 4096);
    const auto key = text ? import_key(*text) : text.error();
    if (!key) return error(Fault::usage, "bad_key_file");
    credentials.key = *key;
  }
  return credentials;
}

Result<UnlockedBackup> open_backup(Zygote& zygote, const std::string& path, const Credentials& credentials,
                                   const Catalogue& words, Progress::Style progress) {
  BackupFolder folder = TRY(BackupFolder::find(path));
  const Descriptor status = folder.root_file("Status.plist");
  auto head = read_backup_head(zygote, folder.root_file("Manifest.plist"), folder.root_file("Info.plist"), status);
  if (!head && lacks_resources(head.error())) return std::move(head).error();
  if (!head) return error(Fault::malformed, "manifest_plist_unreadable");
  head->status_unreadable |= !status.valid() && folder.has("Status.plist");
  UnlockedBackup backup{std::move(folder), std::move(*head), {}, {}, {}, false};
  const bool plain = is_plain_database(backup.folder.root_file("Manifest.db")),
             has_key = !backup.head.manifest_key.empty();
  backup.decrypted_copy = plain && (has_key || backup.folder.has(decrypted_mark));
  // A key for a manifest that is none without it: encrypted, whatever Manifest.plist says.
  backup.head.device.encrypted |= has_key && !plain;
  if (backup.head.device.encrypted && !backup.decrypted_copy) TRY(open_keys(backup, credentials, words, progress));
  return backup;
}

Result<Located> locate_in(Zygote& zygote, const UnlockedBackup& backup, Locate which) {
  const Descriptor manifest = backup.folder.root_file("Manifest.db");
  if (!manifest.valid()) return error(Fault::not_found, "manifest_missing");
  auto located = locate_files(zygote, manifest, backup.folder.root_file("Manifest.db-wal"), backup.manifest_key, which);
  if (located || lacks_resources(located.error())) return located;
  // What begins like a database, or opened with the right key, is not encrypted: its end is missing, or it is damaged.
  const bool cut = located.error().fault == Fault::truncated || located.error().fault == Fault::io ||
                   backup.manifest_key || is_plain_database(manifest);
  return error(Fault::malformed, cut ? "manifest_truncated" : "manifest_encrypted");
}

Result<std::optional<FileKey>> file_key(const UnlockedBackup& backup, const LocatedFile& file) {
  // Without the description nobody knows of a key; what is stored would be taken for plain.
  if (backup.keys && !file.described) return error(Fault::wrong_key, "no description");
  if (file.encryption_key.empty() || backup.decrypted_copy) return std::optional<FileKey>();
  if (!backup.keys) return error(Fault::wrong_key, "no keys");
  return std::optional<FileKey>(TRY(backup.keys->unwrap(as_bytes(file.encryption_key))));
}

}  // namespace testudo
