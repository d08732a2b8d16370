// What is said of a path that is no backup: nothing there, a file, a folder without one, and one that may not be read.
#include "app/check/backup_folder.h"

#include <gtest/gtest.h>

#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "app/program.h"

namespace testudo::test {
namespace {

std::string told(const std::string& path) {
  const auto found = BackupFolder::find(path);
  return found ? "found " + found->path() : found.error().what;
}

// The same to somebody whose rights are those of everybody.
std::string told_to_anybody(const std::string& path) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return "no pipe";
  const pid_t pid = ::fork();
  if (pid == 0) {
    constexpr unsigned nobody = 65534;
    const bool dropped =
        ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setresgid(nobody, nobody, nobody) == 0 &&
                             ::setresuid(nobody, nobody, nobody) == 0);
    const std::string said = dropped ? told(path) : "no rights dropped";
    ::_exit(::write(ends[1], said.data(), said.size()) == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  ::close(ends[1]);
  std::array<char, 1000> said{};
  const ssize_t size = ::read(ends[0], said.data(), said.size());
  ::close(ends[0]);
  ::waitpid(pid, nullptr, 0);
  return {said.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

struct Places {
  Places() {
    ::chmod(folder.path().c_str(), 0755);
    std::filesystem::create_directories(folder / "backups/phone");
    for (const char* name : {"Manifest.db", "Manifest.plist"})
      std::ofstream(folder / ("backups/phone/" + std::string(name))) << "x";
  }
  void close(const std::string& name, unsigned mode) const { ::chmod((folder / name).c_str(), mode); }
  Folder folder;
};

TEST(BackupFolder, FoundAtThePathOrOneBelow) {
  const Places places;
  EXPECT_EQ(told(places.folder / "backups/phone"), "found " + (places.folder / "backups/phone"));
  EXPECT_EQ(told_to_anybody(places.folder / "backups"), "found " + (places.folder / "backups/phone"));
}

TEST(BackupFolder, AFileIsCalledAFile) {
  const Places places;
  EXPECT_EQ(told(places.folder / "backups/phone/Manifest.db"), "evidence_is_file");
  EXPECT_EQ(told(places.folder / "nothing"), "no_such_evidence");
  EXPECT_EQ(told(places.folder.path()), "no_backup_here");
  EXPECT_EQ(told(places.folder / std::string(300, 'n')), "no_such_evidence");
}

TEST(BackupFolder, WhatMayNotBeReadIsNotCalledAbsent) {
  const Places places;
  for (const unsigned mode : {0000U, 0004U}) {  // a list of names without the right to look behind them is no better
    places.close("backups/phone", mode);
    EXPECT_EQ(told_to_anybody(places.folder / "backups/phone"), "backup_closed") << mode;
    EXPECT_EQ(told_to_anybody(places.folder / "backups"), "backup_closed_inside") << mode;
  }
  places.close("backups/phone", 0755);
  places.close("backups", 0);
  EXPECT_EQ(told_to_anybody(places.folder / "backups"), "backup_closed");
  EXPECT_EQ(told_to_anybody(places.folder / "backups/phone"), "backup_closed");
  places.close("backups", 0755);
}

// A closed folder beside the backup, as the lost+found of a disk, is none of it.
TEST(BackupFolder, AClosedFolderBesideItHidesNothing) {
  const Places places;
  std::filesystem::create_directory(places.folder / "backups/other");
  places.close("backups/other", 0);
  EXPECT_EQ(told_to_anybody(places.folder / "backups"), "found " + (places.folder / "backups/phone"));
  places.close("backups/other", 0755);
}

TEST(BackupFolder, ALinkThatLeadsNowhereButToItselfIsNotCalledAbsent) {
  const Places places;
  std::filesystem::create_symlink("loop", places.folder / "loop");
  EXPECT_EQ(told(places.folder / "loop"), "backup_closed");
  std::filesystem::remove(places.folder / "backups/phone/Manifest.db");
  std::filesystem::create_symlink("Manifest.db", places.folder / "backups/phone/Manifest.db");
  EXPECT_EQ(told(places.folder / "backups/phone"), "manifest_not_openable");
  std::filesystem::remove(places.folder / "backups/phone/Manifest.db");
  std::filesystem::create_symlink("nothing", places.folder / "backups/phone/Manifest.db");
  EXPECT_EQ(told(places.folder / "backups/phone"), "manifest_not_openable");
}

}  // namespace
}  // namespace testudo::test
