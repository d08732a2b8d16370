// Backup: manifest rows, file placement and encryption. Test tool.
#include "backup.h"

#include <filesystem>
#include <fstream>

#include "archive.h"
#include "base/time.h"
#include "crypto.h"
#include "fail.h"

namespace testudo::lab {
namespace fs = std::filesystem;
namespace {

constexpr int flag_file = 1, flag_directory = 2, flag_link = 4;
constexpr int mode_file = 0100644, mode_directory = 040755, mode_link = 0120755;
constexpr double unix_of_mac = 978307200;

void write_file(const std::string& path, std::string_view content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) fail("cannot write " + path);
}

// Keybag classes that iOS really uses for backed up files: A, C and the this-device-only kinds.
int manifest_class() { return 3; }

}  // namespace

std::string file_id(std::string_view domain, std::string_view path) {
  std::string name(domain);
  name.append("-").append(path);
  return sha1_hex(name);
}

Backup::Backup(const Options& options, const Release& release)
    : options_(options), release_(release), random_(options.seed, "backup") {
  folder_ = options.out + "/backup/" + std::string(release.udid);
  work_ = options.out + "/.work";
  std::error_code fault;
  fs::remove_all(options.out + "/backup", fault);
  fs::remove_all(work_, fault);
  if (!fs::create_directories(folder_, fault) || !fs::create_directories(work_, fault))
    fail("cannot create " + folder_);
  for (int i = 0; i < 256; ++i) {
    const char name[] = {'/', "0123456789abcdef"[i >> 4], "0123456789abcdef"[i & 15], '\0'};
    fs::create_directory(folder_ + name, fault);
  }
  const std::string password = options.password ? *options.password : random_.hex(32);
  keybag_ = std::make_unique<Keybag>(random_, password, options.password ? options.rounds : 1);
  manifest_ = std::make_unique<Database>(work_ + "/Manifest.db", Journal::rollback);
  manifest_->run(
      "CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);"
      "CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);");
  insert_ = std::make_unique<Statement>(manifest_->prepare("INSERT INTO Files VALUES (?,?,?,?,?)"));
}

std::string Backup::scratch(std::string_view name) {
  return work_ + "/" + std::to_string(++scratched_) + "-" + std::string(name);
}

std::string Backup::path_of(std::string_view domain, std::string_view path) const {
  const std::string id = file_id(domain, path);
  return folder_ + "/" + id.substr(0, 2) + "/" + id;
}

std::string Backup::place(const std::string& id) { return folder_ + "/" + id.substr(0, 2) + "/" + id; }

std::string Backup::mbfile(std::string_view path, std::uint64_t size, int mode, int protection_class, double created,
                           double modified, std::string_view encryption_key, std::string_view digest,
                           std::string_view target) {
  Archive archive;
  const Uid root = archive.reserve();
  const auto unix_time = [](double mac) { return static_cast<std::int64_t>(mac + unix_of_mac); };
  Dict file{{"LastModified", unix_time(modified)},
            {"Flags", 0},
            {"GroupID", 501},
            {"LastStatusChange", unix_time(modified)},
            {"Birth", unix_time(created)},
            {"Size", static_cast<std::int64_t>(size)},
            {"InodeNumber", random_.between(1'000'000, 40'000'000)},
            {"Mode", mode},
            {"UserID", 501},
            {"ProtectionClass", protection_class},
            {"RelativePath", archive.add(Plist(path))}};
  if (!target.empty()) file.emplace_back("Target", archive.add(Plist(target)));
  if (!digest.empty()) file.emplace_back("Digest", archive.add(Data{std::string(digest)}));
  if (!encryption_key.empty()) file.emplace_back("EncryptionKey", archive.data(std::string(encryption_key)));
  file.emplace_back("$class", archive.class_of("MBFile"));
  archive.set(root, std::move(file));
  return archive.finish(root);
}

void Backup::row(std::string_view id, std::string_view domain, std::string_view path, int flags,
                 std::string_view blob) {
  insert_->run(id, domain, path, flags, Blob{blob});
  ++rows_;
}

void Backup::entry(std::string_view domain, std::string_view path, std::uint64_t size, const Facts& facts,
                   std::string_view key, std::string_view digest) {
  const double created = facts.created > 0 ? facts.created : release_.now - random_.real() * 3.0e7 - 86400;
  const double modified = facts.modified > 0 ? facts.modified : created + random_.real() * (release_.now - created);
  row(file_id(domain, path), domain, path, flag_file,
      mbfile(path, size, mode_file, facts.protection_class, created, modified, key, digest, {}));
}

void Backup::add(std::string_view domain, std::string_view path, std::string_view content, Facts facts) {
  const std::string to = place(file_id(domain, path));
  const std::string digest = options_.password ? sha1_raw(content) : std::string();
  if (!options_.password) {
    write_file(to, content);
    return entry(domain, path, content.size(), facts, {}, digest);
  }
  const std::string key = random_.bytes(32);
  write_file(to, content.empty() ? std::string() : encrypt_cbc(key, content, true));
  entry(domain, path, content.size(), facts, keybag_->wrapped(facts.protection_class, key), digest);
}

void Backup::directory(std::string_view domain, std::string_view path) {
  const double at = release_.now - random_.real() * 3.0e7;
  row(file_id(domain, path), domain, path, flag_directory, mbfile(path, 0, mode_directory, 0, at, at, {}, {}, {}));
}

void Backup::link(std::string_view domain, std::string_view path, std::string_view target) {
  const double at = release_.now - random_.real() * 3.0e7;
  row(file_id(domain, path), domain, path, flag_link, mbfile(path, 0, mode_link, 0, at, at, {}, {}, target));
}

void Backup::adopt(std::string_view domain, std::string_view path, const std::string& scratch_path, Facts facts) {
  const std::string to = place(file_id(domain, path));
  const std::uint64_t size = fs::file_size(scratch_path);
  if (facts.modified <= 0) facts.modified = release_.now - 600;
  if (!options_.password) {
    fs::rename(scratch_path, to);
    return entry(domain, path, size, facts, {}, {});
  }
  const std::string key = random_.bytes(32);
  if (size > 0)
    encrypt_file(key, scratch_path, to, true);
  else
    write_file(to, {});
  fs::remove(scratch_path);
  entry(domain, path, size, facts, keybag_->wrapped(facts.protection_class, key), {});
}

void Backup::beside(std::string_view name, std::string_view content) {
  write_file(folder_ + "/" + std::string(name), content);
}

void Backup::finish(Dict applications) {
  manifest_->run(
      "CREATE INDEX FilesDomainIdx ON Files(domain); CREATE INDEX FilesRelativePathIdx ON Files(relativePath);"
      "CREATE INDEX FilesFlagsIdx ON Files(flags);");
  insert_.reset();
  manifest_->finish();
  Dict manifest{
      {"BackupKeyBag", Data{keybag_->blob()}},
      {"Version", "10.0"},
      {"Date", Date{release_.now}},
      {"SystemDomainsVersion", "24.0"},
      {"WasPasscodeSet", true},
      {"Lockdown", Dict{{"com.apple.MobileDeviceCrashCopy", Dict{}},
                        {"com.apple.TerminalFlashr", Dict{}},
                        {"com.apple.mobile.data_sync", Dict{}},
                        {"com.apple.Accessibility", Dict{}},
                        {"ProductVersion", release_.version},
                        {"ProductType", release_.product},
                        {"BuildVersion", release_.build},
                        {"UniqueDeviceID", release_.udid},
                        {"SerialNumber", "F00TESTUDO01"},
                        {"DeviceName", "Laboratory phone"}}},
      {"Applications", std::move(applications)},
      {"IsEncrypted", options_.password.has_value()},
  };
  const std::string plain = work_ + "/Manifest.db";
  if (options_.password) {
    const std::string key = random_.bytes(32);
    encrypt_file(key, plain, folder_ + "/Manifest.db", false);
    manifest.emplace_back("ManifestKey", Data{keybag_->wrapped(manifest_class(), key)});
  } else {
    fs::rename(plain, folder_ + "/Manifest.db");
  }
  beside("Manifest.plist", binary_plist(std::move(manifest)));
  beside("Status.plist", binary_plist(Dict{{"UUID", random_.uuid()},
                                           {"BackupState", "new"},
                                           {"SnapshotState", "finished"},
                                           {"Date", Date{release_.now}},
                                           {"IsFullBackup", true},
                                           {"Version", "3.3"}}));
  fs::remove_all(work_);
}

}  // namespace testudo::lab
