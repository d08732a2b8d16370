// STIX patterns: what is taken out of them, what is left out, where a mistake stands.
#include "intel/stix_pattern.h"

#include <gtest/gtest.h>

#include "intel/stix_paths.h"

namespace testudo {
namespace {

// "path=value" of every term, then "!reason" of what was left out; "@column" of an error.
std::string read(std::string_view pattern) {
  const Result<StixPattern> parsed = parse_stix_pattern(pattern);
  if (!parsed) return "@" + std::to_string(parsed.error().offset);
  std::string out;
  for (const PatternTerm& term : parsed.value().terms) out += (out.empty() ? "" : " ") + term.path + "=" + term.value;
  for (const std::string_view reason : parsed.value().left_out) out += (out.empty() ? "!" : " !") + std::string(reason);
  return out;
}

TEST(StixPattern, single_comparison_in_both_dialects) {
  EXPECT_EQ(read("[domain-name:value='a.test']"), "domain-name:value=a.test");
  EXPECT_EQ(read("[file:hashes.sha256='ab']"), "file:hashes.sha256=ab");
  EXPECT_EQ(read("[file:hashes.'SHA-256'='ab']"), "file:hashes.sha-256=ab");
  EXPECT_EQ(read("[file:hashes.\"SHA-256\" = 'ab']"), "file:hashes.sha-256=ab");
  EXPECT_EQ(read("[file:hashes.SHA-256='ab']"), "file:hashes.sha-256=ab");
  EXPECT_EQ(read("[app:cert.sha256='ab']"), "app:cert.sha256=ab");
  EXPECT_EQ(read("[autonomous-system:number = 64500]"), "autonomous-system:number=64500");
  EXPECT_EQ(read("[x:y = TRUE]"), "x:y=true");
  EXPECT_EQ(read("[x:y = t'2024-01-01T00:00:00Z']"), "x:y=2024-01-01T00:00:00Z");
}

// The commonest patterns are read by hand; a blank before the path leads through the grammar.
TEST(StixPattern, plain_patterns_as_the_grammar_reads_them) {
  for (const std::string path :
       {"domain-name:value", "url:value", "ipv4-addr:value", "ipv6-addr:value", "email-addr:value", "file:name",
        "file:path", "process:name", "app:id", "configuration-profile:id", "file:hashes.md5", "file:hashes.sha1",
        "file:hashes.sha256", "file:hashes.MD5", "android-property:name"})
    for (const std::string rest :
         {"='a.test']", " = 'a b/[c]=d&e%f~']", "=''", "='']", "='a", "='a'", "='a']]", "='a'] ", "='a\\'b']",
          "='\xC3\xA9']", "='a\nb']", " != 'a']", ".x='a']", "_x='a']", " IN ('a')]", "='a' OR x:y='b']", "=a]"}) {
      const Result<StixPattern> plain = parse_stix_pattern("[" + path + rest);
      const Result<StixPattern> whole = parse_stix_pattern("[ " + path + rest);
      EXPECT_EQ(read("[" + path + rest).substr(0, 1), read("[ " + path + rest).substr(0, 1)) << path << rest;
      if (!plain || !whole) continue;
      EXPECT_EQ(read("[" + path + rest), read("[ " + path + rest));
      EXPECT_EQ(plain->quoted_key_missing, whole->quoted_key_missing) << path << rest;
    }
}

TEST(StixPattern, space_parentheses_and_comments) {
  EXPECT_EQ(read("  ( [ ( domain-name : value\t=\n'a.test' ) ] )  "), "domain-name:value=a.test");
  EXPECT_EQ(read("[domain-name:value == 'a.test'] // why"), "domain-name:value=a.test");
  EXPECT_EQ(read("/* x */ [domain-name:value\xC2\xA0= 'a.test']"), "domain-name:value=a.test");
}

TEST(StixPattern, values_keep_equal_signs_and_escapes) {
  EXPECT_EQ(read("[url:value='http://a.test/?a=b&c=[d]']"), "url:value=http://a.test/?a=b&c=[d]");
  EXPECT_EQ(read(R"([file:name='O\'Brien\\x.apk'])"), R"(file:name=O'Brien\x.apk)");
  EXPECT_EQ(read("[file:name='']"), "file:name=");
}

TEST(StixPattern, choices_become_several_values) {
  EXPECT_EQ(read("[domain-name:value='a.test' OR domain-name:value='b.test']"),
            "domain-name:value=a.test domain-name:value=b.test");
  EXPECT_EQ(read("[a:b='1'] or [a:b='2'] OR [c:d='3']"), "a:b=1 a:b=2 c:d=3");
  EXPECT_EQ(read("[a:b IN ('1', '2',3)]"), "a:b=1 a:b=2 a:b=3");
  EXPECT_EQ(read("[a:b LIKE 'whole']"), "a:b=whole");
  EXPECT_EQ(read("[ipv4-addr:value ISSUBSET '198.51.100.0/24']"), "ipv4-addr:value=198.51.100.0/24");
}

TEST(StixPattern, a_reference_whose_type_is_said_is_one_value) {
  EXPECT_EQ(read("[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.1']"),
            "ipv4-addr:value=192.0.2.1");
  EXPECT_EQ(read("[network-traffic:src_ref.value = 'a.test' AND network-traffic:src_ref.type = 'domain-name']"),
            "domain-name:value=a.test");
  EXPECT_EQ(read("[network-traffic:dst_ref.value = '2001:db8::1']"), "ipv6-addr:value=2001:db8::1");
  EXPECT_EQ(read("[network-traffic:dst_ref.value = 'a.test']"), "network-traffic:dst_ref.value=a.test");
  EXPECT_EQ(read("[domain-name:resolves_to_refs[*].value = '192.0.2.1']"), "ipv4-addr:value=192.0.2.1");
  for (const char* more :
       {"[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:src_ref.value = '192.0.2.1']",
        "[network-traffic:dst_ref.type = 'x' AND network-traffic:dst_ref.value = '192.0.2.1']",
        "[network-traffic:dst_ref.type != 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.1']",
        "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.1' AND "
        "network-traffic:dst_port = 443]"})
    EXPECT_EQ(read(more).substr(0, 1), "!") << more;
}

TEST(StixPattern, a_digest_beside_other_properties_tells_the_file) {
  EXPECT_EQ(read("[file:name = 'a.exe' AND file:hashes.'SHA-256' = 'ab']"), "file:hashes.sha-256=ab !and");
  EXPECT_EQ(read("[file:hashes.MD5 = 'ab' AND file:hashes.'SHA-1' = 'cd' AND file:size = 3]"),
            "file:hashes.md5=ab file:hashes.sha-1=cd !and");
  for (const char* other :
       {"[file:name = 'a.exe' AND file:size = 3]", "[file:name != 'a.exe' AND file:hashes.MD5 = 'ab']",
        "[file:hashes.MD5 = 'ab' AND file:parent_directory_ref.path = '/a']",
        "[file:hashes.'SHA-512' = 'ab' AND file:name = 'a']",
        "[file:hashes.MD5 = 'ab' AND (file:name = 'a' OR file:name = 'b')]",
        "[file:hashes.MD5 = 'ab'] AND [file:name = 'a']",
        "[file:hashes.MD5 = 'ab' AND file:name = 'a'] REPEATS 2 TIMES"})
    EXPECT_EQ(read(other).substr(0, 1), "!") << other;
}

TEST(StixPattern, a_folder_and_a_name_in_it_are_a_path) {
  EXPECT_EQ(read("[file:parent_directory_ref.path = '/a/b' AND file:name = 'c']"), "file:path=/a/b/c");
  EXPECT_EQ(read("[file:name = 'c' AND file:parent_directory_ref.path = '/']"), "file:path=/c");
  EXPECT_EQ(read(R"([file:parent_directory_ref.path = 'C:\\a' AND file:name = 'c'])"), R"(file:path=C:\a\c)");
  EXPECT_EQ(read("[directory:path = '/a/c' OR (file:parent_directory_ref.path = '/a' AND file:name = 'c')]"),
            "directory:path=/a/c file:path=/a/c");
  for (const char* more :
       {"[file:parent_directory_ref.path = '/a' AND file:name = 'c' AND file:size = 1]",
        "[file:parent_directory_ref.path = '/a' AND file:name LIKE 'c']",
        "[file:parent_directory_ref.path = '/a' AND file:size = 1]",
        "[file:parent_directory_ref.path = '/a' AND file:name = 'b/c']", "[file:name = 'b' AND file:name = 'c']",
        "[file:parent_directory_ref.path = '/a'] AND [file:name = 'c']"})
    EXPECT_EQ(read(more).substr(0, 4), "!and") << more;
  EXPECT_EQ(read("[file:parent_directory_ref.path = '/a' AND file:name != 'c']"), "!not !and");
}

TEST(StixPattern, what_tools_that_keep_to_the_letter_take) {
  for (const char* good :
       {"[domain-name:value = 'a.test']", "[file:hashes.'SHA-256' = 'ab']", "[a:b == '1' OR a:b = '2']"})
    EXPECT_TRUE(check_stix_pattern(good)) << good;
  const auto column = [](std::string_view pattern) {
    const Result<void> checked = check_stix_pattern(pattern);
    return checked ? 0 : checked.error().offset;
  };
  EXPECT_EQ(column("[domain-name:value = \"a.test\"]"), 22U);
  EXPECT_EQ(column("[a:b = '1' or a:b = '2']"), 12U);
  EXPECT_EQ(column("[domain-name:value = 'a\\n']"), 24U);
  EXPECT_EQ(column("[file:hashes.SHA-256 = 'ab']"), 14U);
}

TEST(StixPattern, what_is_more_than_a_value_is_named) {
  EXPECT_EQ(read("[a:b='1' AND c:d='2']"), "!and");
  EXPECT_EQ(read("[a:b='1'] AND [c:d='2']"), "!and");
  EXPECT_EQ(read("[a:b='1'] FOLLOWEDBY [c:d='2']"), "!followedby");
  EXPECT_EQ(read("[a:b='1' OR c:d='2' AND e:f='3']"), "a:b=1 !and");
  EXPECT_EQ(read("[(a:b='1' OR c:d='2') AND e:f='3'] OR [g:h='4']"), "g:h=4 !and");
  EXPECT_EQ(read("[NOT a:b='1']"), "!not");
  EXPECT_EQ(read("[a:b NOT = '1']"), "!not");
  EXPECT_EQ(read("[a:b != '1' OR a:b <> '2']"), "!not");
  EXPECT_EQ(read("[a:b NOT IN ('1','2')]"), "!not");
  EXPECT_EQ(read("[a:b IN ()]"), "!empty_set");
  EXPECT_EQ(read("[a:b LIKE '%.a.test']"), "!like");
  EXPECT_EQ(read("[a:b MATCHES '^x$']"), "!matches");
  EXPECT_EQ(read("[a:b ISSUBSET '10.0.0.0/8']"), "!subset");
  EXPECT_EQ(read("[a:b ISSUPERSET '10.0.0.0/8']"), "!superset");
  EXPECT_EQ(read("[EXISTS a:b]"), "!exists");
  EXPECT_EQ(read("[a:b > 5 OR a:b <= 1.5]"), "!order");
  EXPECT_EQ(read("[a:b='1'] WITHIN 300 SECONDS"), "!within");
  EXPECT_EQ(read("([a:b='1'] OR [c:d='2']) REPEATS 5 TIMES"), "!repeats");
  EXPECT_EQ(read("[a:b='1'] START t'2024-01-01T00:00:00Z' STOP t'2024-02-01T00:00:00Z'"), "!start_stop");
  EXPECT_EQ(read("[a:b[*].c='1' OR a:b[0].c_ref.d='2' OR a:'x y'.z='3']"), "a:b[*].c=1 a:b[*].c_ref.d=2 a:x y.z=3");
}

TEST(StixPattern, mistakes_name_their_column) {
  EXPECT_EQ(read(""), "@1");
  EXPECT_EQ(read("domain-name:value='a'"), "@1");
  EXPECT_EQ(read("[domain-name='a']"), "@13");
  EXPECT_EQ(read("[a:b='x"), "@6");
  EXPECT_EQ(read("[a:b='x'"), "@9");
  EXPECT_EQ(read("[a:b='x']]"), "@10");
  EXPECT_EQ(read("[a:b ~ 'x']"), "@6");
  EXPECT_EQ(read("[a:b = x]"), "@8");
  EXPECT_EQ(read("[a:b='x'] WITHIN SECONDS"), "@18");
}

TEST(StixPattern, nesting_ends_at_a_limit) {
  const std::string deep = std::string(100000, '(') + "[a:b='x']";
  const Result<StixPattern> parsed = parse_stix_pattern(deep);
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.error().fault, Fault::limit);
  EXPECT_EQ(read(std::string(150, '(') + "[a:b='x']" + std::string(150, ')')), "a:b=x");
}

TEST(StixPattern, every_truncation_is_a_mistake_or_a_pattern) {
  const std::string_view whole =
      "([a:b='1' OR c:d.'e-f'[0] IN ('2', 3)] FOLLOWEDBY [NOT g:h LIKE '%']) WITHIN 5 SECONDS";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Result<StixPattern> parsed = parse_stix_pattern(whole.substr(0, size));
    EXPECT_LE(parsed ? 0 : parsed.error().offset, size + 1);
  }
}

TEST(StixPaths, kinds) {
  EXPECT_EQ(kind_of_stix_path("domain-name:value"), Kind::host);
  EXPECT_EQ(kind_of_stix_path("file:hashes.sha-256"), Kind::sha256);
  EXPECT_EQ(kind_of_stix_path("file:hashes.sha256"), Kind::sha256);
  EXPECT_EQ(kind_of_stix_path("file:hashes.md5"), Kind::md5);
  EXPECT_EQ(kind_of_stix_path("app:cert.sha1"), Kind::cert_sha1);
  EXPECT_EQ(kind_of_stix_path("x509-certificate:hashes.sha-1"), Kind::cert_sha1);
  EXPECT_EQ(kind_of_stix_path("process:binary_ref.name"), Kind::process);
  EXPECT_EQ(kind_of_stix_path("file:parent_directory_ref.path"), Kind::path);
  EXPECT_EQ(kind_of_stix_path("file:hashes.ssdeep"), std::nullopt);
  EXPECT_EQ(kind_of_stix_path("mutex:name"), std::nullopt);
  EXPECT_TRUE(is_standard_stix_object("file:path"));
  EXPECT_FALSE(is_standard_stix_object("app:id"));
}

}  // namespace
}  // namespace testudo
