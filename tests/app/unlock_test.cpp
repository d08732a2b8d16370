// Encrypted backups and their copies: what `testudo unlock` must not write, and what either says of itself.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/check/unlocked_backup.h"
#include "app/program.h"

namespace testudo::test {
namespace {

TEST(Unlock, NeverWritesIntoEvidenceNorMixesTwoPhones) {
  const Folder folder, other;
  const Phone one = make_phone(folder, {"--seed", "14", "--password", "secret"});
  const Phone two = make_phone(other, {"--seed", "15", "--password", "secret"});
  std::ofstream(folder / "password") << "secret\n";
  const auto unlock = [&](const Phone& phone, const std::string& out) {
    return run("testudo", {"unlock", phone.backup, "--out", out, "--password-file", folder / "password"});
  };
  const std::string manifest = one.backup + "/" + file_named(one.backup, "Manifest.db");
  const std::string inside = std::filesystem::path(manifest).parent_path();
  const std::string before = read_file(manifest);
  EXPECT_EQ(unlock(one, inside).status, 2);
  EXPECT_EQ(unlock(one, inside + "/../" + inside.substr(inside.rfind('/') + 1) + "/copy").status, 2);
  EXPECT_EQ(
      run("testudo", {"check", one.backup, "--password-file", folder / "password", "--out", inside + "/out"}).status,
      2);
  EXPECT_EQ(read_file(manifest), before);
  EXPECT_FALSE(std::filesystem::exists(inside + "/out"));

  std::ofstream(inside + "/Manifest.db-wal") << "of a list that was still being written";
  EXPECT_EQ(unlock(one, folder / "copy").status, 0);
  EXPECT_EQ(read_file(folder / "copy/Manifest.db-wal"), read_file(inside + "/Manifest.db-wal"));
  EXPECT_EQ(unlock(one, folder / "copy").status, 0) << "gone on with";
  const Ran mixed = unlock(two, folder / "copy");
  EXPECT_EQ(mixed.status, 2);
  EXPECT_NE(mixed.err.find("another backup"), std::string::npos) << mixed.err;
  std::filesystem::create_directories(folder / "taken");
  std::ofstream(folder / "taken/letter") << "x";
  EXPECT_EQ(unlock(one, folder / "taken").status, 2);
}

// The key of a file stands in the list's description of it. Without that, what is stored must not pass for plain.
TEST(Unlock, AFileThatLostItsDescriptionIsNotTakenForPlain) {
  const Folder folder;
  for (const char* name : {"Manifest.db", "Manifest.plist"}) std::ofstream(folder / name) << "x";
  UnlockedBackup backup{BackupFolder::find(folder.path()).value(), {}, {}, {}, {}, false};
  LocatedFile file{.file_id = "", .domain = "HomeDomain", .path = "x", .described = false};
  EXPECT_TRUE(file_key(backup, file).ok()) << "of a backup without a password";
  backup.keys.emplace();
  EXPECT_EQ(file_key(backup, file).error().fault, Fault::wrong_key);
  file.described = true;
  EXPECT_TRUE(file_key(backup, file).ok());
}

// Before iOS 10.2 the manifest of an encrypted backup is plain: the copy of one says in a file that it is a copy.
TEST(Unlock, ACopyOfAnOldBackupIsReadWithoutThePassword) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "16", "--clean"});
  const std::string root =
      std::filesystem::path(phone.backup + "/" + file_named(phone.backup, "Manifest.db")).parent_path();
  std::ofstream(root + "/Manifest.plist", std::ios::trunc)
      << R"(<?xml version="1.0"?><plist version="1.0"><dict><key>IsEncrypted</key><true/><key>BackupKeyBag</key>)"
      << R"(<data>VkVSUw==</data><key>Lockdown</key><dict><key>ProductVersion</key><string>10.1</string></dict></dict></plist>)";
  std::ofstream(folder / "password") << "secret\n";
  const std::vector<std::string> check{"check", root, "--quiet", "--password-file", folder / "password"};
  EXPECT_EQ(run("testudo", check).status, 2) << "still encrypted";
  std::ofstream(root + "/" + decrypted_mark) << "";
  const Ran read = run("testudo", check);
  EXPECT_NE(read.status, 2) << read.err;
}

TEST(Unlock, ALogOfTheListThatCannotBeReadIsTold) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "17", "--clean"});
  const std::string list = phone.backup + "/" + file_named(phone.backup, "Manifest.db");
  std::filesystem::create_symlink("elsewhere", list + "-wal");
  EXPECT_EQ(run("testudo", {"check", phone.backup, "--quiet", "--out", folder / "out"}).status, 3);
  EXPECT_EQ(read_coverage(folder / "out/coverage.json")["ios.manifest"], "partial");
}

// Manifest.plist says that the backup is not encrypted, and holds the key of a manifest that is.
TEST(Unlock, WhateverTheBackupSaysOfItself) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "22", "--password", "secret"});
  const std::string lie =
      "python3 -c 'import plistlib, sys; facts = plistlib.load(open(sys.argv[1], \"rb\")); facts[\"IsEncrypted\"] = "
      "False; plistlib.dump(facts, open(sys.argv[1], \"wb\"))' '" +
      phone.backup + "/" + file_named(phone.backup, "Manifest.plist") + "'";
  ASSERT_EQ(std::system(lie.c_str()), 0);
  std::ofstream(folder / "password") << "secret\n";
  EXPECT_NE(run("testudo", {"check", phone.backup}).err.find("This backup is encrypted"), std::string::npos);
  const Ran ran = run("testudo", {"check", phone.backup, "--intel", phone.indicators, "--password-file",
                                  folder / "password", "--out", folder / "out", "--quiet"});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(read_file(folder / "out/summary.json").find("\"encrypted\":true"), std::string::npos);
  EXPECT_EQ(read_coverage(folder / "out/coverage.json").at("ios.safari_history"), "parsed");
  EXPECT_EQ(
      run("testudo", {"unlock", phone.backup, "--out", folder / "copy", "--password-file", folder / "password"}).status,
      0);
  EXPECT_EQ(run("testudo", {"check", folder / "copy", "--quiet", "--fail-at", "critical"}).status, 0);
}

}  // namespace
}  // namespace testudo::test
