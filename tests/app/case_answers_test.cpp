// What the case verb says of what is not there: sources that were not read, records that were not kept, options that
// would do nothing.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

#include <unistd.h>

#include "app/case_program.h"

namespace testudo::test {
namespace {

// "No finding" of a source that nobody could read would be the worst answer there is.
TEST(Case, NothingFoundIsNeverSaidWithoutWhatWasNotRead) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "27", "--clean"});
  const std::string kept = folder / "case";
  const auto said = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  check_into(folder, phone);
  const std::string whole = run("testudo", {"case", "list", kept}).out;
  EXPECT_TRUE(said(whole, "nothing found in what could be read")) << whole;
  EXPECT_FALSE(said(whole, "not read in full")) << whole;
  std::filesystem::resize_file(
      phone.backup + "/" + file_named(phone.backup, "3d0d7e5fb2ce288813306e4d4636395e047a3d28"), 0);
  EXPECT_EQ(check_into(folder, phone), 3);
  for (const auto& arguments : {std::vector<std::string>{"case", "list", kept},
                                {"case", "show", kept},
                                {"case", "rematch", kept, "--intel", phone.indicators}}) {
    const std::string out = run("testudo", arguments).out;
    EXPECT_TRUE(said(out, "othing found in what could be read") || said(out, "othing was found in what could be read"))
        << out;
    EXPECT_TRUE(said(out, "Messages (SMS and iMessage)")) << out;
    EXPECT_FALSE(said(out, "no finding")) << out;
  }
  const std::string why = run("testudo", {"case", "show", kept}).out;
  EXPECT_TRUE(said(why, "Messages (SMS and iMessage): read in part. The file holds nothing.")) << why;
  EXPECT_FALSE(said(why, "the remarks say what")) << "there are no remarks here: " << why;
  const Ran compared = run("testudo", {"case", "compare", kept});
  EXPECT_EQ(compared.status, 3) << compared.err;
  EXPECT_TRUE(said(compared.out, "Messages (SMS and iMessage): before read in full, now read in part")) << compared.out;
  EXPECT_TRUE(said(compared.out, "The later check did not read these in full")) << compared.out;
  const std::string json = run("testudo", {"case", "list", kept, "--json"}).out;
  EXPECT_TRUE(said(json, "\"verdict\":\"nothing_found_but_incomplete\"")) << json;
  EXPECT_TRUE(said(json, "\"not_read_in_full\":[{\"source\":\"ios.sms\",\"status\":\"partial\"")) << json;
}

TEST(Case, ATimelineOfAPartSaysSo) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "28", "--clean"});
  check_into(folder, phone, {"--records", "none"});
  const Ran ran = run("testudo", {"case", "timeline", folder / "case", "--out", folder / "t.csv"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.out.find("Only 0 of the "), std::string::npos) << ran.out;
  check_into(folder, phone);
  const Ran whole = run("testudo", {"case", "timeline", folder / "case", "--out", folder / "whole.csv"});
  EXPECT_EQ(whole.status, 0);
  EXPECT_EQ(std::ranges::count(whole.out, '\n'), 1) << whole.out;
}

TEST(Case, WhatWouldDoNothingIsNotTakenSilently) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "28", "--clean"});
  check_into(folder, phone);
  const Ran edit = run("testudo", {"case", "edit", folder / "case"});
  EXPECT_EQ(edit.status, 2);
  EXPECT_NE(edit.err.find("Say what to change"), std::string::npos) << edit.err;
  const Ran check = run("testudo", {"check", phone.backup, "--hash-everything"});
  EXPECT_EQ(check.status, 2);
  EXPECT_NE(check.err.find("--out"), std::string::npos) << check.err;
  for (const auto& [records, status] : {std::pair("all", 2), {"findings", 2}, {"none", 0}}) {
    const Ran nowhere = run("testudo", {"check", phone.backup, "--records", records});
    EXPECT_EQ(nowhere.status, status) << records;
    EXPECT_EQ(nowhere.err.find("--case") != std::string::npos, status == 2) << nowhere.err;
  }
}

// "Nothing new" of a feed that ends in the middle, or of none at all, is not what it seems.
TEST(Case, WhatWasNotComparedIsSaid) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "28", "--clean"});
  const std::string kept = folder / "case", cut = folder / "cut.stix2";
  check_into(folder, phone);
  for (const char* verb : {"list", "show"}) {
    const std::string out = run("testudo", {"case", verb, kept}).out;
    EXPECT_TRUE(out.find("compared with no indicators") != out.npos ||
                out.find("No indicators were loaded") != out.npos)
        << out;
  }
  std::filesystem::copy_file(phone.indicators, cut);
  std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
  const Ran ran = run("testudo", {"case", "rematch", kept, "--intel", phone.indicators, "--intel", cut});
  EXPECT_EQ(ran.status, 3) << ran.err;
  EXPECT_NE(ran.out.find("Not all indicators could be read: cut.stix2"), std::string::npos) << ran.out;
  const std::string shown = run("testudo", {"case", "show", kept}).out;
  EXPECT_NE(shown.find("Not all indicators could be read: cut.stix2"), std::string::npos) << shown;
  EXPECT_EQ(shown.find("No indicators were loaded"), std::string::npos) << shown;
}

TEST(Case, WeakSignsAreCalledWeak) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "2", "--clean"});
  EXPECT_EQ(check_into(folder, phone, {"--seized-from", "2023-05-02", "--seized-to", "2023-05-02"}), 0);
  const std::string shown = run("testudo", {"case", "show", folder / "case"}).out;
  EXPECT_NE(shown.find("Only weak signs were found"), std::string::npos) << shown;
}

// Terminals make links of what looks like an address.
TEST(Case, NoAddressOfAnAttackerCanBeClicked) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4"});
  const std::string kept = folder / "case";
  check_into(folder, phone);
  const std::string rematched = run("testudo", {"case", "rematch", kept, "--intel", phone.indicators}).out;
  const std::string shown = run("testudo", {"case", "show", kept}).out;
  check_into(folder, phone);
  const std::string compared = run("testudo", {"case", "compare", kept}).out;
  for (const std::string& out : {rematched, shown, compared}) {
    EXPECT_NE(out.find("hxxps://"), std::string::npos) << out;
    EXPECT_EQ(out.find("://cdn."), std::string::npos) << out;
    EXPECT_EQ(out.find("https://"), std::string::npos) << out.substr(out.find("https://") - 60, 120);
    EXPECT_EQ(out.find("-lure.test"), std::string::npos) << out.substr(out.find("-lure.test") - 60, 120);
  }
}

TEST(Case, WhatMayNotBeReadOrIsNoneIsNamedInTheList) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "28", "--clean"});
  check_into(folder, phone);
  const Ran absent = run("testudo", {"case", "list", folder / "case", folder / "nothing"});
  EXPECT_EQ(absent.status, 2);
  EXPECT_NE(absent.out.find(folder / "case"), std::string::npos) << absent.out;
  EXPECT_NE(absent.err.find(folder / "nothing: There is no case"), std::string::npos) << absent.err;
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  namespace fs = std::filesystem;
  fs::create_directory(folder / "closed");
  fs::permissions(folder / "closed", fs::perms::none);
  const Ran list = run("testudo", {"case", "list", folder.path()});
  EXPECT_EQ(list.status, 2);
  EXPECT_NE(list.err.find(folder / "closed: You may not look into this folder"), std::string::npos) << list.err;
  EXPECT_NE(run("testudo", {"case", "show", folder / "closed"}).err.find("You may not look into"), std::string::npos);
  fs::permissions(folder / "closed", fs::perms::owner_all);
}

TEST(Case, AFindingThatCannotBeReadIsDamage) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "28"});
  check_into(folder, phone);
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "case/store.db").c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, "UPDATE finding SET json = 'x' WHERE place = 0", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  const Ran ran = run("testudo", {"case", "show", folder / "case"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.err.find("cannot be read as a case"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace testudo::test
