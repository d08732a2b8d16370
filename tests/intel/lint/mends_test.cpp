// A mend is taken at its word: put in the place of what is wrong, it is checked again, and neither shows the defect nor
// an error.
#include <gtest/gtest.h>

#include "intel/lint/defects.h"
#include "intel/lint/lint_fixture.h"

namespace testudo {
namespace {

using test::lint;
using test::Linted;

bool is_error(const LintFinding& f) {
  const LintDefect* defect = lint_defect(f.defect);
  return defect == nullptr || defect->severity == LintSeverity::error;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

Linted lint_pattern(const std::string& pattern) {
  return lint(
      {{"a.stix2", R"({"type":"bundle","id":"bundle--00000000-1111-4111-8111-111111111111","objects":[)"
                   R"({"type":"indicator","spec_version":"2.1","id":"indicator--00000000-1111-4111-8111-111111111111",)"
                   R"("created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z",)"
                   R"("valid_from":"2024-01-01T00:00:00Z","pattern_type":"stix","pattern":")" +
                       escaped(pattern) + "\"}]}"}});
}

// A pattern that could not be read has an indicator only when it is mended, and that has no threat.
bool is_new(const LintFinding& f, const Linted& before) {
  return before.count(f.defect) == 0 && lint_defect(f.defect)->severity != LintSeverity::info &&
         f.defect != "indicator_without_threat";
}

class MendedPattern : public testing::TestWithParam<const char*> {};

TEST_P(MendedPattern, is_clean) {
  const Linted found = lint_pattern(GetParam());
  std::size_t patterns = 0;
  for (const LintFinding& f : found.findings) {
    if (!f.mend.starts_with('[')) continue;
    ++patterns;
    const Linted again = lint_pattern(f.mend);
    EXPECT_EQ(again.count(f.defect), 0U) << f.defect << ": " << f.mend;
    for (const LintFinding& g : again.findings)
      EXPECT_FALSE(is_error(g) || is_new(g, found)) << f.defect << ": " << f.mend << " has " << g.defect;
  }
  const bool hopeless = std::ranges::any_of(found.findings, is_error) && found.count("malformed_pattern") == 0;
  EXPECT_EQ(patterns == 0, hopeless) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(
    StixLint, MendedPattern,
    testing::Values(
        "[domain-name:value = 'http://a-spy.net/x']", "[domain-name:value = 'http://a-spy.net']",
        "[domain-name:value = 'a-spy.net/x']", "[domain-name:value = 'http://google.com/']",
        "[domain-name:value = '185.0.0.7']", "[domain-name:value = '185.0.0.0/24']",
        "[domain-name:value = '2001:678::1']", "[ipv4-addr:value = 'a-spy.net']", "[ipv4-addr:value = '2001:678::1']",
        "[ipv6-addr:value = '185.0.0.7']", "[domain-name:value = 'a-spy.net:443']",
        "[domain-name:value = 'google.com:443']", "[domain-name:value = '10.0.0.1:80']",
        "[domain-name:value = '*.a-spy.net']", "[domain-name:value = '*.co.uk']", "[domain-name:value = '*.github.io']",
        "[domain-name:value = 'A-spy.net']", "[domain-name:value = 'GOOGLE.com']", "[domain-name:value = 'a-spy.net.']",
        "[domain-name:value = 'localhost.']", "[domain-name:value = ' a-spy.net ']",
        "[domain-name:value = 'a-spy[.]net']", "[url:value = 'hxxp://a-spy[.]net/x']",
        "[domain-name:value = 'www.a-spy.net']", "[domain-name:value = 'b\xC3\xBC-spy.net']",
        "[url:value = 'http://a-spy.net/300\xC3\x97"
        "169.jpg']",
        "[url:value = 'https://b\xC3\xBC-spy.net:8443/\xC3\xBC?q=\xC3\xBC']",
        "[file:hashes.sha256 = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']",
        "[file:hashes.SHA-1 = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']",
        "[file:hashes.sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']",
        "[file:hashes.'SHA-256' = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']",
        "[x509-certificate:hashes.sha1 = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']",
        "[ipv4-addr:value = '185.0.0.7/24']", "[ipv6-addr:value = '2001:678::1/32']",
        "[file:path = '/private/var/tmp/x/']", "[file:path = ' /private/var/tmp/x// ']",
        "[directory:path = '/data/lo_cal/it\\'s/']", "[file:path = 'spy.exe']", "[file:name = '/tmp/spy']",
        "[file:name = '/private/var/db/it\\'s/spy']", "[process:name = '/usr/bin/spyd']",
        "[email-addr:value = 'Foo@A-spy.net']", "[email-addr:value = 'foo[@]a-spy.net']", "[app:id = 'net.Spy']",
        "[configuration-profile:id = 'net.spy']", "[android-property:name = 'spy.on']", "[File:name = 'x.spy']",
        "[domain-name:value = \"a-spy.net\"]", "[domain-name:value = 'a-spy.net' or domain-name:value = 'b-spy.net']",
        "domain-name:value = 'a-spy.net'",
        "[domain-name:value = \xE2\x80\x98"
        "a-spy.net\xE2\x80\x99]",
        "[windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\spy\\it']"));

// What a line holds, and the same line with the mend.
class MendedLine : public testing::TestWithParam<const char*> {};

TEST_P(MendedLine, is_clean) {
  const auto lint_line = [](const std::string& line) { return lint({{"domains.txt", "b-spy.net\n" + line + "\n"}}); };
  const std::string line = GetParam();
  const Linted found = lint_line(line);
  std::size_t mends = 0;
  for (const LintFinding& f : found.findings) {
    if (f.mend.empty()) continue;
    ++mends;
    const Linted again = lint_line(f.mend);
    EXPECT_EQ(again.count(f.defect), 0U) << f.defect << ": " << f.mend;
    for (const LintFinding& g : again.findings) EXPECT_FALSE(is_error(g)) << f.mend << " has " << g.defect;
  }
  EXPECT_EQ(mends == 0, std::ranges::any_of(found.findings, is_error)) << line;
}

INSTANTIATE_TEST_SUITE_P(FeedLint, MendedLine,
                         testing::Values("a-spy.net ", "A-spy.net", "a-spy.net.", "www.a-spy.net", "www.google.com",
                                         "*.a-spy.net", "b\xC3\xBC-spy.net"));

}  // namespace
}  // namespace testudo
