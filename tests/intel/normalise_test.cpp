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

// What stands for an octet that could not be told is no part of a value.
TEST(Normalise, ReplacedOctetsMakeNoValue) {
  EXPECT_EQ(read(Kind::host,
                 "b\xEF\xBF\xBD"
                 "cher.test"),
            "!not_text");
  EXPECT_EQ(read(Kind::url, "http://a.test/\xEF\xBF\xBD"), "!not_text");
  EXPECT_EQ(read(Kind::host,
                 "b\xC3\xBC"
                 "cher.test"),
            "host xn--bcher-kva.test");
}

TEST(Normalise, RootsOfTheRegistryHaveOneSpelling) {
  for (const std::string_view key :
       {R"(HKLM\Software\Evil)", R"(HKEY_LOCAL_MACHINE\Software\Evil)", R"(hklm:\software\evil)"})
    EXPECT_EQ(read(Kind::registry_key, key), R"(registry_key hkey_local_machine\software\evil)") << key;
  EXPECT_EQ(read(Kind::registry_key, R"(HKCU\x)"), R"(registry_key hkey_current_user\x)");
  EXPECT_EQ(read(Kind::registry_key, R"(Software\Evil)"), R"(registry_key software\evil)");
}

TEST(Normalise, NumbersHaveLimits) {
  EXPECT_EQ(read(Kind::asn, "AS4294967295"), "asn 4294967295");
  EXPECT_EQ(read(Kind::asn, "4294967296"), "!not_an_asn");
  EXPECT_EQ(read(Kind::asn, "AS0064500"), "asn 64500");
  EXPECT_EQ(read(Kind::url, "Evil[.]test"), "host evil.test");
  EXPECT_EQ(read(Kind::url, "198.51.100.7"), "ipv4 198.51.100.7");
  EXPECT_EQ(read(Kind::url, "evil.test/"), "url evil.test/");
  EXPECT_EQ(read(Kind::url, "http://evil.test"), "url evil.test/");
  EXPECT_EQ(read(Kind::url, "evil.test:8080"), "url evil.test:8080/");
  EXPECT_EQ(read(Kind::url, "http://a.test:65535/x"), "url a.test:65535/x");
  EXPECT_EQ(read(Kind::url, "http://a.test:65536/x"), "!not_a_url");
  EXPECT_EQ(read(Kind::url, "http://user@a.test:99999?x"), "!not_a_url");
  EXPECT_EQ(read(Kind::url, "http://user:123456@a.test/x"), "url a.test/x");
  EXPECT_EQ(read(Kind::url, "http://a.test:/x"), "url a.test/x");
  EXPECT_EQ(read(Kind::host, "a.test:99999"), "!not_a_host");
  EXPECT_EQ(read(Kind::host, "a.test:99999/x"), "!not_a_host");
  EXPECT_EQ(read(Kind::host, "a.test:8443"), "host a.test");
}

TEST(Normalise, ANameWithBackslashesIsAPath) {
  EXPECT_EQ(read(Kind::file_name, R"(C:\x\full.exe)"), R"(path C:\x\full.exe)");
  EXPECT_EQ(read(Kind::file_name, R"(%APPDATA%\x.exe)"), R"(path %APPDATA%\x.exe)");
  EXPECT_EQ(read(Kind::file_name, "full.exe"), "file_name full.exe");
  EXPECT_EQ(read(Kind::process, R"(a\b)"), R"(process a\b)");
}

}  // namespace
}  // namespace testudo
