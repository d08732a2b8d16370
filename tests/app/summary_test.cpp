// What `testudo check` says on the terminal.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

#include "app/program.h"
#include "app/terminal/summary.h"

namespace testudo::test {
namespace {

TEST(Summary, WhatTheBackupDoesNotSayOfThePhoneIsCalledUnknown) {
  const Catalogue words = Catalogue::load("en").value();
  EXPECT_EQ(device_line({}, words), "unknown, system unknown, backup of unknown (UTC)");
}

// Takes files out of a backup, as if they had never been in it.
void forget(const Phone& phone, const std::string& paths) {
  sqlite3* list = nullptr;
  ASSERT_EQ(sqlite3_open((phone.backup + "/" + file_named(phone.backup, "Manifest.db")).c_str(), &list), SQLITE_OK);
  const auto remove = [](void* of, int, char** row, char**) {
    const std::string& backup = static_cast<const Phone*>(of)->backup;
    std::filesystem::remove(backup + "/" + file_named(backup, row[0]));
    return 0;
  };
  Phone of = phone;
  EXPECT_EQ(sqlite3_exec(list, ("SELECT fileID FROM Files WHERE relativePath IN (" + paths + ")").c_str(), remove, &of,
                         nullptr),
            SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(list, ("DELETE FROM Files WHERE relativePath IN (" + paths + ")").c_str(), nullptr, nullptr,
                         nullptr),
            SQLITE_OK);
  EXPECT_GT(sqlite3_changes(list), 0);
  sqlite3_close(list);
}

// One line, so that it does not matter where a sentence is wrapped.
std::string unwrapped(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && (c != ' ' || !out.ends_with(' ')))
      out.push_back(c);
    else if (c == '\n' && !out.ends_with(' '))
      out.push_back(' ');
  return out;
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

constexpr const char* some_sources = "'Library/CallHistoryDB/CallHistory.storedata', 'Library/SMS/sms.db'";

TEST(Summary, WhatIsAbsentHasItsReasonInPlainWords) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  forget(phone, some_sources);
  const Ran ran = run("testudo", {"check", phone.backup});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const std::string said = unwrapped(ran.out);
  EXPECT_NE(said.find("although every phone in use has it: Messages (SMS and iMessage)"), std::string::npos) << said;
  EXPECT_NE(said.find("only into backups with a password: Calls "), std::string::npos) << said;
  EXPECT_NE(said.find("Make a backup with a password"), std::string::npos) << said;
  EXPECT_EQ(said.find("ios."), std::string::npos) << "a name of the program's own: " << said;
}

// Terminals make links of what looks like an address.
TEST(Summary, NoAddressOfAnAttackerCanBeClicked) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4"});
  const Ran ran = run("testudo", {"check", phone.backup, "--intel", phone.indicators});
  EXPECT_EQ(ran.status, 1) << ran.err;
  EXPECT_NE(ran.out.find("[.]test"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find(".test"), ran.out.npos) << ran.out.substr(ran.out.find(".test") - 60, 120);
  EXPECT_EQ(ran.out.find("https://"), ran.out.npos);
}

TEST(Summary, WhereNothingLacksNothingIsAskedFor) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  const Ran ran = run("testudo", {"check", phone.backup});
  EXPECT_EQ(ran.out.find("with a password"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("Not in this backup"), std::string::npos) << ran.out;
}

TEST(Summary, WhatWasReadInPartHasItsReason) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "9", "--clean", "--damage", "zero-byte"});
  const Ran ran = run("testudo", {"check", phone.backup});
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_NE(ran.out.find("because something in it is damaged or odd: "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find(": The file holds nothing."), std::string::npos) << ran.out;
  EXPECT_NE(unwrapped(ran.out).find("Make the backup again if the phone is still at hand"), std::string::npos)
      << ran.out;
}

TEST(Summary, EachKindOfFindingOnceAndEverySeverity) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "1"});
  const Ran ran = run("testudo", {"check", phone.backup, "--intel", phone.indicators});
  EXPECT_EQ(ran.status, 1) << ran.err;
  for (const char* severity : {"[critical] ", "[high] ", "[medium] ", "[low] "})
    EXPECT_NE(ran.out.find(severity), std::string::npos) << severity;
  const auto lines = lines_of(ran.out);
  EXPECT_GT(std::ranges::count_if(lines, [](const std::string& line) { return line.starts_with("["); }), 20);
  for (const char* title : {"A known address of Sandglass", "A known e-mail address of Sandglass",
                            "A program with a name that Sandglass", "A configuration profile was installed, changed"})
    EXPECT_EQ(count_of(ran.out, title), 1U) << title;
  EXPECT_LE(lines.size(), 130U) << "no more than two screens or so";
  EXPECT_EQ(count_of(ran.out, "What this does not prove"), 3U);
  EXPECT_EQ(ran.out.find("row –"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("folder of results"), std::string::npos) << "there is none";
  EXPECT_NE(unwrapped(ran.out).find("The indicators are more than three months old"), std::string::npos) << ran.out;
}

// Signs below medium are no reason to say that something was found, nor that nothing was.
TEST(Summary, WeakSignsAreCalledWeak) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "2", "--clean"});
  const Ran ran = run("testudo", {"check", phone.backup, "--seized-from", "2023-05-02", "--seized-to", "2023-05-02"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("[low] "), std::string::npos) << ran.out;
  EXPECT_TRUE(ran.out.starts_with("Only weak signs were found")) << ran.out;
}

TEST(Summary, OnlyAFolderThatIsThereIsNamed) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "1"});
  const std::string without = unwrapped(run("testudo", {"check", phone.backup, "--intel", phone.indicators}).out);
  EXPECT_NE(without.find("check again with --out"), std::string::npos) << without;
  const std::string with =
      unwrapped(run("testudo", {"check", phone.backup, "--intel", phone.indicators, "--out", folder / "out"}).out);
  EXPECT_EQ(with.find("check again with --out"), std::string::npos) << with;
  EXPECT_NE(with.find("report.html in the folder " + (folder / "out")), std::string::npos) << with;
  EXPECT_EQ(with.find("The case is kept"), std::string::npos) << with;
  const std::string kept = unwrapped(run("testudo", {"check", phone.backup, "--case", folder / "case"}).out);
  EXPECT_NE(kept.find("The case is kept in " + (folder / "case")), std::string::npos) << kept;
}

}  // namespace
}  // namespace testudo::test
