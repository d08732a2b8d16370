// What the case verb says of what is not there: sources that were not read, records that were not kept, options that
// would do nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

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
}

}  // namespace
}  // namespace testudo::test
