// Reports in Markdown and AsciiDoc, lists of stalkerware.
#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::recognised;
using test::Strings;

TEST(Prose, asciidoc_with_victims) {
  const FeedLog log =
      read_feed("README.adoc",
                "= Sites compromised by X -- Indicators of Compromise\n\nSee https://blog.example/post.\n\n"
                "== Network indicators\n\n=== Compromised websites\n\n- `paper.example`\n\n"
                "=== C&C servers\n\n- `++evil[.]test|192.0.2[.]38++`\n- plain.example\n\n== Files\n\n"
                "[cols=\"3*\",options=\"header\",frame=none]\n|===\n|SHA-1 hash\n|File name\n|Description\n\n"
                "|`4F824294BBECA4F4ABEEDE8648695EE1D815AD53`\n|seeIP.doc\n|Document\nwith macro.\n|===\n\n"
                "== MITRE\n\n|=====\n|ID |Name\n|T1583.001|Domains\n|=====\n");
  EXPECT_EQ(log.texts(),
            (Strings{"host paper.example (victim)", "host evil.test (attacker)", "ipv4 192.0.2.38 (attacker)",
                     "sha1 4F824294BBECA4F4ABEEDE8648695EE1D815AD53", "file_name seeIP.doc"}));
  EXPECT_EQ(log.claims[1].threat, "Sites compromised by X");
  EXPECT_EQ(log.claims[1].comment, "C&C servers");
  EXPECT_EQ(log.claims[3].comment, "Files; Document with macro.");
  EXPECT_EQ(log.notes, Strings{"line 14: value_not_defanged plain.example"});
}

TEST(Prose, marks_and_brackets_around_a_word_are_not_its_own) {
  const FeedLog log =
      read_feed("post.md",
                "# T\n\nSeen: (a1[.]test), **a2[.]test**, _a3[.]test_, [a4[.]test](https://blog.example/x), "
                "\"a5[.]test\"; (a6(.)test).\n"
                "- ++a7[.]test|192[.]0[.]2[.]7++ and [here](hxxps://a8[.]test/p(1)) and {a9{.}test}?\n\n"
                "| Link |\n|:--|\n| [hxxps://a10[.]test/x](hxxps://a10[.]test/x) |\n");
  EXPECT_EQ(log.texts(), (Strings{"host a1.test", "host a2.test", "host a3.test", "host a4.test", "host a5.test",
                                  "host a6.test", "host a7.test", "ipv4 192.0.2.7", "url https://a8.test/p(1",
                                  "host a9.test", "url https://a10.test/x"}));
  EXPECT_EQ(log.notes, Strings{});
}

TEST(Prose, blocks_of_code) {
  const std::string dump =
      "    Serial:\n        0E:E1:3A:A8:53:3A:31:D5:8A:BE:C1:BB:AD:67:1A:03:85:AD:34:0E\n    CPS: "
      "https://ca.example/\n";
  const FeedLog log =
      read_feed("r.adoc", "= T\n\n== Code signing certificate\n\n.Thumbprint\n- SHA-1: `" + std::string(40, 'A') +
                              "`\n\n----\n" + dump + "----\n\n== Domains\n\n----\na[.]test\nb.test\n----\n");
  EXPECT_EQ(log.texts(), (Strings{"cert_sha1 " + std::string(40, 'A'), "host a.test", "host b.test"}));
}

TEST(Prose, markdown_table_and_spans) {
  const FeedLog log = read_feed(
      "x.md",
      "# Candy IoC\n\nRun `generate.py` from [here](https://example.org/).\n\n## Domains\n\n"
      "| Domain | Note |\n|---|---|\n| a[.]test | first |\n| `b.test` | `c.test` |\n\n"
      "## File paths\n\n* `C:\\Windows\\x y.dll`\n* `/tmp/z`\n\n## Other\n\n`d.test` and hxxp://e[.]test/f.\n");
  EXPECT_EQ(log.texts(),
            (Strings{"host a.test", "host b.test", "path C:\\Windows\\x y.dll", "path /tmp/z", "url http://e.test/f"}));
  EXPECT_EQ(log.claims[0].comment, "Domains; first");
  EXPECT_EQ(log.claims[0].threat, "Candy");
}

TEST(Prose, headings_of_any_indicators) {
  const std::string digest(64, 'a');
  for (const std::string_view heading : {"Indicators", "Indicators of Compromise", "IoCs"}) {
    const FeedLog log = read_feed("x.md", "# T\n\n## " + std::string(heading) + "\n\n- `" + digest +
                                              "`\n- `192.0.2.1`\n- `tool.py`\n\nAnd a[.]test.\n");
    EXPECT_EQ(log.texts(), (Strings{"sha256 " + digest, "ipv4 192.0.2.1", "host a.test"})) << heading;
    EXPECT_EQ(log.notes, Strings{"line 7: value_not_defanged tool.py"});
  }
  EXPECT_EQ(read_feed("x.md", "# T\n\n## IOCs\n\n```\na.test\n192.0.2.1\n```\n").texts(),
            (Strings{"host a.test", "ipv4 192.0.2.1"}));
}

TEST(Prose, column_of_any_indicators) {
  const std::string digest(64, 'a');
  const FeedLog log =
      read_feed("x.md", "# T\n\n## Indicators of compromise\n\n| Indicator | Type |\n|---|---|\n| `" + digest +
                            "` | SHA-256 |\n| 192.0.2.1 | IP |\n| a.test | domain |\n"
                            "| com.evil.app | Android package |\n| run.sh | script |\n\n"
                            "## Hashes\n\n| Value | Seen |\n|---|---|\n| " +
                            digest + " | 2026 |\n");
  EXPECT_EQ(log.texts(),
            (Strings{"sha256 " + digest, "ipv4 192.0.2.1", "host a.test", "app_id com.evil.app", "sha256 " + digest}));
  EXPECT_EQ(log.notes, Strings{"line 11: value_not_defanged run.sh"});
}

TEST(Prose, roles_in_a_column) {
  const FeedLog log =
      read_feed("x.md",
                "# T\n\n## C2 servers\n\n| Domain | Role |\n|---|---|\n| a[.]test | C2 |\n"
                "| b[.]test | compromised site |\n| c[.]test | purple |\n\n"
                "## Domains\n\n| Category | Domain | Description |\n|---|---|---|\n| Victim | d[.]test | |\n"
                "| | e[.]test | victim |\n| | f[.]test | sent to compromised phones |\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test (attacker)", "host b.test (victim)", "host c.test (context)",
                                  "host d.test (victim)", "host e.test (victim)", "host f.test"}));
  EXPECT_EQ(log.notes, Strings{"line 9: unreadable_role purple"});
}

TEST(Prose, readme_without_indicators_is_no_feed) {
  EXPECT_EQ(recognised("README.md",
                       "# Domains and IPs\n\nThis uses [a](https://a.example/) and `tool.py`.\n* `x.stix2`: list\n"),
            "-");
  EXPECT_EQ(read_feed("README.md", "# T\nwords\n", "prose").notes, Strings{"no_indicator_in_prose"});
}

TEST(Stalkerware, families) {
  const FeedLog log =
      read_feed("ioc.yaml",
                "# list\n- name: TopSpy\n  names:\n  - Top Spy\n  type: stalkerware\n  packages:\n  - com.topspy\n"
                "  certificates:\n  - " +
                    std::string(40, 'A') +
                    "\n  certificate_organizations:\n  - Org\n"
                    "  websites:\n    - topspy.test  # a comment\n  distribution:\n  - https://get.test/x\n"
                    "  c2:\n    ip:\n    - 192.0.2.1\n    domains:\n    - 'c.test'\n  odd: {a: 1}\n"
                    "- name: Kids\n  type: watchware\n  c2:\n    ips:\n    - 192.0.2.2\n");
  EXPECT_EQ(log.texts(), (Strings{"app_id com.topspy", "cert_sha1 " + std::string(40, 'A'), "host topspy.test",
                                  "url https://get.test/x", "ipv4 192.0.2.1 (attacker)", "host c.test (attacker)",
                                  "ipv4 192.0.2.2 (context)"}));
  EXPECT_EQ(log.claims[0].threat, "TopSpy");
  EXPECT_EQ(log.claims[6].threat, "Kids");
  EXPECT_EQ(log.claims[6].comment, "watchware c2");
  EXPECT_EQ(log.patterns, Strings{"stalkerware kind_without_indicators: certificate_organizations: Org"});
  EXPECT_EQ(log.objects, (Strings{"stalkerware-family TopSpy", "stalkerware-family Kids"}));
  EXPECT_EQ(log.notes, Strings{"line 21: yaml_outside_subset   odd: {a: 1}"});
}

TEST(Stalkerware, tinycheck) {
  const FeedLog log = read_feed(
      "i.json",
      R"({"iocs":[{"type":"domain","tag":"stalkerware","tlp":"white","value":"a.test"},)"
      R"({"type":"ip4addr","tag":"x","tlp":"amber","value":"192.0.2.1"},{"type":"ns","tag":"","value":"b"},5]})");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "ipv4 192.0.2.1"}));
  EXPECT_EQ(log.claims[0].tlp, Tlp::clear);
  EXPECT_EQ(log.claims[1].tlp, Tlp::amber);
  EXPECT_EQ(log.patterns.size(), 1U);
  EXPECT_EQ(log.notes, Strings{"not_an_object 5"});
}

TEST(Prose, digests_below_a_telling_heading_need_no_mark) {
  const std::string a(64, 'a'), b(40, 'b'), c(32, 'c');
  const FeedLog log = read_feed("post.md", "# T\n\nCommit " + b + "\n\n## Indicators of Compromise\n\n- SHA256: " + a +
                                               " (payload)\n- " + b + "\nimphash " + c + " of it\n");
  EXPECT_EQ(log.texts(), (Strings{"sha256 " + a, "sha1 " + b}));
}

TEST(Prose, blanks_around_a_bracketed_dot) {
  const FeedLog log =
      read_feed("post.md", "# T\n\nSeen at a [dot] b [.] test and who [at] c [dot] test (see below).\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.b.test", "email who@c.test"}));
  EXPECT_EQ(log.notes, Strings{});
}

TEST(Prose, a_column_of_file_names_in_one_word) {
  const FeedLog log = read_feed("r.adoc", "= T\n\n== Files\n\n[options=\"header\"]\n|===\n|SHA-1|Filename\n|`" +
                                              std::string(40, 'a') + "`|evil.dll\n|===\n");
  EXPECT_EQ(log.texts(), (Strings{"sha1 " + std::string(40, 'a'), "file_name evil.dll"}));
}

}  // namespace
}  // namespace testudo
