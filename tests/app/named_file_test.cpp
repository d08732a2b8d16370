// What is said of a file or folder that an option names and that cannot be read or written.
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/program.h"

namespace testudo::test {
namespace {

// One sentence of plain words: none of the operating system's.
std::string sentence(const std::vector<std::string>& arguments) {
  const Ran ran = run("testudo", arguments);
  EXPECT_EQ(ran.status, 2) << ran.out << ran.err;
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  for (const char* raw : {"No such file", "File exists", "Not a directory", "Permission denied"})
    EXPECT_EQ(ran.err.find(raw), std::string::npos) << ran.err;
  return ran.err;
}

TEST(NamedFile, IsToldWithItsOption) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "8", "--clean"});
  const std::string nothing = folder / "nothing";
  std::ofstream(folder / "file") << "x";
  EXPECT_EQ(sentence({"check", phone.backup, "--intel", nothing}),
            "testudo: The file named with --intel cannot be read: there is nothing at " + nothing + ".\n");
  EXPECT_EQ(sentence({"check", phone.backup, "--intel", ""}),
            "testudo: The file named with --intel cannot be read: the name is empty.\n");
  const std::pair<std::vector<std::string>, std::string> calls[] = {
      {{"--out", nothing + "/deep"}, "The folder named with --out cannot be made"},
      {{"--out", folder / "file"}, "The place named with --out is a file"},
      {{"--out", folder / "file/deep"}, "The folder named with --out cannot be made"},
      {{"--case", nothing + "/deep"}, "The folder named with --case cannot be made"},
      {{"--case", nothing + "/deep/"}, "The folder named with --case cannot be made"},
      {{"--case", folder / "file"}, "The place named with --case is a file"},
  };
  for (const auto& [options, expected] : calls) {
    std::vector<std::string> arguments{"check", phone.backup};
    arguments.insert(arguments.end(), options.begin(), options.end());
    EXPECT_NE(sentence(arguments).find(expected), std::string::npos) << expected;
  }
  EXPECT_FALSE(std::filesystem::exists(nothing));
}

TEST(NamedFile, OfACaseAndACopy) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "8", "--clean", "--password", "secret", "--rounds", "1000"});
  std::ofstream(folder / "password") << "secret\n";
  ASSERT_EQ(run("testudo",
                {"check", phone.backup, "--password-file", folder / "password", "--case", folder / "case/", "--quiet"})
                .status,
            0);
  const auto unlock = [&](const char* option, const std::string& file) {
    return sentence({"unlock", phone.backup, "--password-file", folder / "password", option, file});
  };
  EXPECT_NE(unlock("--export-key", folder / "password").find("named with --export-key cannot be written"),
            std::string::npos);
  EXPECT_NE(unlock("--export-key", folder / "password").find("is there already"), std::string::npos);
  EXPECT_NE(unlock("--export-key", folder / "nothing/key").find("would lie in is not there"), std::string::npos);
  EXPECT_NE(unlock("--out", folder / "password").find("The place named with --out is a file"), std::string::npos);
  const std::string of_case = folder / "case";
  EXPECT_NE(sentence({"case", "timeline", of_case, "--out", folder / "password"}).find("named with --out"),
            std::string::npos);
  EXPECT_NE(sentence({"case", "rematch", of_case, "--intel", folder / "nothing"}).find("named with --intel"),
            std::string::npos);
  for (const char* sql : {"SELEC", "SELECT * FROM nosuch", "SELECT load_extension('x')"})
    EXPECT_TRUE(sentence({"case", "query", of_case, sql}).starts_with("testudo: This query cannot be run.")) << sql;
}

}  // namespace
}  // namespace testudo::test
