// What a value of an indicator is compared as, and what is none.
#include <gtest/gtest.h>

#include "intel/feed/value_kind.h"
#include "intel/normalise.h"

namespace testudo {
namespace {

std::string read(Kind kind, std::string_view value) {
  Defects defects;
  const auto found = normalise_indicator(kind, value, defects);
  return found ? std::string(kind_name(found->type)) + " " + found->value
               : "!" + std::string(defects.empty() ? "" : defects.back());
}

// A browser drops a line break inside an address; a feed has two values there, and never the one that they would make.
TEST(Normalise, TwoLinesAreNotOneValue) {
  EXPECT_EQ(read(Kind::host, "a.test\nb.test"), "!not_a_host");
  EXPECT_EQ(read(Kind::ipv4, "192.0.2.1\r\n192.0.2.2"), "!not_an_address");
  EXPECT_EQ(read(Kind::url, "http://a.test/x\nhttp://b.test/"), "!not_a_url");
  EXPECT_EQ(read(Kind::host, " a.test\r\n"), "host a.test");
  EXPECT_FALSE(kind_of_value("a.test\nb.test"));
  EXPECT_EQ(kind_of_value("a.test\n"), Kind::host);
}

TEST(Normalise, ANameWithBackslashesIsAPath) {
  EXPECT_EQ(read(Kind::file_name, R"(C:\x\full.exe)"), R"(path C:\x\full.exe)");
  EXPECT_EQ(read(Kind::file_name, R"(%APPDATA%\x.exe)"), R"(path %APPDATA%\x.exe)");
  EXPECT_EQ(read(Kind::file_name, "full.exe"), "file_name full.exe");
  EXPECT_EQ(read(Kind::process, R"(a\b)"), R"(process a\b)");
}

}  // namespace
}  // namespace testudo
