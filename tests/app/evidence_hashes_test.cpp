// evidence.sha256: another program reads it, whatever the files are called.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/program.h"

namespace testudo::test {
namespace {

TEST(EvidenceHashes, AreReadBySha256sum) {
  const Folder folder;
  const Phone phone = make_phone(folder, {"--seed", "4", "--clean"});
  const std::string root =
      std::filesystem::path(phone.backup + "/" + file_named(phone.backup, "Manifest.db")).parent_path();
  for (const char* name : {"a\\b", "a\nb", "a\rb", "end\r", "\x1B[31m", "\xE2\x80\xAE.txt", " blank"})
    std::ofstream(root + "/" + name) << "x";
  const std::string out = folder / "out";
  ASSERT_EQ(run("testudo", {"check", phone.backup, "--out", out, "--hash-everything", "--quiet"}).status, 0);
  const std::string verify = "cd '" + root + "' && sha256sum --check --strict --quiet '" + out + "/evidence.sha256'";
  EXPECT_EQ(std::system(verify.c_str()), 0);
  const std::string digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
  const std::string lines = read_file(out + "/evidence.sha256");
  for (const char* name : {"a\\\\b", "a\\nb", "a\\rb", "end\\r"})
    EXPECT_NE(lines.find("\\" + digest + "  " + name + "\n"), std::string::npos) << name;
  EXPECT_EQ(lines_of(lines).size(), files_below(root).size());
}

}  // namespace
}  // namespace testudo::test
