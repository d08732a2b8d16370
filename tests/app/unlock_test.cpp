// `testudo unlock` where it must not write.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

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

  EXPECT_EQ(unlock(one, folder / "copy").status, 0);
  EXPECT_EQ(unlock(one, folder / "copy").status, 0) << "gone on with";
  const Ran mixed = unlock(two, folder / "copy");
  EXPECT_EQ(mixed.status, 2);
  EXPECT_NE(mixed.err.find("another backup"), std::string::npos) << mixed.err;
  std::filesystem::create_directories(folder / "taken");
  std::ofstream(folder / "taken/letter") << "x";
  EXPECT_EQ(unlock(one, folder / "taken").status, 2);
}

}  // namespace
}  // namespace testudo::test
