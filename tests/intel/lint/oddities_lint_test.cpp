// The oddities that were seen in public feeds, each found in the real file with the right object. The files are not in
// the repository: docs/formats/stix.md names them and where they are from.
#include <gtest/gtest.h>

#include "intel/lint/lint_fixture.h"
#include "shared_data.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;
using test::Linted;

class LintedRealFeeds : public testing::Test {
 protected:
  static fs::path folder() { return test::shared_data() / "indicators"; }
  static const Linted& found() {
    static const Linted all = [] {
      std::vector<std::pair<std::string, std::string>> files;
      for (const fs::path& file : test::files_below(folder()))
        files.emplace_back(file.lexically_relative(folder()).string(), test::content_of(file));
      return test::lint(files);
    }();
    return all;
  }
  void SetUp() override {
    if (!fs::exists(folder())) GTEST_SKIP() << "no " << folder();
  }
};

constexpr const char* coruna = "mvt-indicators/2026-03-03_coruna_cryptowaters/coruna.stix2";
constexpr const char* novispy = "investigations/2024-12-16_serbia_novispy/novispy.stix2";
constexpr const char* predator = "mvt-indicators/intellexa_predator/predator.stix2";
constexpr const char* wintego = "investigations/2024-05-02_wintego_helios/wintego_helios.stix2";

TEST_F(LintedRealFeeds, o1_spelling_of_hash_names) {
  EXPECT_EQ(found().count("hash_key_spelling"), 81U);
  EXPECT_EQ(found().count("hash_key_spelling", coruna), 0U);  // which spells them right
  const LintFinding* one = found().find(novispy, "hash_key_spelling", "d55e492d5fce87898e0655");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->object, "indicator--a3f22e28-75cd-467f-8349-a8c0a0ea3654");
  EXPECT_TRUE(one->mend.starts_with("[file:hashes.'SHA-256' = 'd55e492d5fce87898e0655")) << one->mend;
}

TEST_F(LintedRealFeeds, o2_custom_object_types) { EXPECT_EQ(found().count("custom_object_type"), 41U); }

TEST_F(LintedRealFeeds, o3_url_in_a_domain_pattern) {
  const LintFinding* one = found().find(coruna, "url_in_domain", "fgr1w2gnsdvsb.xyz/x");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->object, "indicator--6cc76df7-38bb-4776-aacb-98ff38e577a2");
  EXPECT_EQ(one->mend, "[url:value = 'http://fgr1w2gnsdvsb.xyz/x']");
}

TEST_F(LintedRealFeeds, o4_addresses_in_domain_patterns) {
  EXPECT_EQ(found().count("address_in_domain", novispy), 7U);
  const LintFinding* one = found().find(novispy, "address_in_domain", "176.223.111.131");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->mend, "[ipv4-addr:value = '176.223.111.131']");
}

TEST_F(LintedRealFeeds, o5_single_label) {
  const LintFinding* one = found().find(predator, "single_label", "despachosnegocios");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->object, "indicator--9e3531da-ba58-4617-b28d-42be66a3d567");
}

TEST_F(LintedRealFeeds, o6_dangling_relationship) {
  EXPECT_TRUE(found().has(wintego, "relationship--d29f595a-fb78-4141-8099-2f7a7414bc31", "dangling_relationship"));
  EXPECT_EQ(found().count("dangling_relationship"), 1U);
}

// The file with duplicate ids (stalkerware.stix2 of 2022) is not among these; nothing here may be called one.
TEST_F(LintedRealFeeds, o7_no_duplicate_ids) { EXPECT_EQ(found().count("duplicate_id"), 0U); }

TEST_F(LintedRealFeeds, o8_one_feed_inside_another) {
  const LintFinding* one = found().find("investigations/2021-12-16_cytrox/cytrox.stix2", "subset_feed", "343 of 343");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->value, std::string("343 of 343 values are also in ") + predator);
}

// The list has 16 lines and the bundle 15 patterns: one line is there twice.
TEST_F(LintedRealFeeds, o9_lists_and_bundles_disagree) {
  EXPECT_TRUE(found().has("mvt-indicators/intellexa_predator/file_paths.txt", "line 9", "duplicate_value"));
  EXPECT_TRUE(found().has("mvt-indicators/ResidentBat/sha256.txt", "line 9", "duplicate_value"));
  const LintFinding* one =
      found().find("investigations/2021-07-18_nso/v3_domains.txt", "missing_beside", "dynamic-dns.net");
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(one->object, "line 153");
}

TEST_F(LintedRealFeeds, o10_blanks_in_lists) {
  EXPECT_EQ(found().count("trailing_blank", "mvt-indicators/2024-12-25_eaglemsgspy/sha256.txt"), 7U);
  EXPECT_EQ(found().count("blank_line", "investigations/2019-10-10_nso_morocco/domains.txt"), 1U);
  EXPECT_EQ(found().count("blank_line", "mvt-indicators/2023-06_01_operation_triangulation/domains.txt"), 1U);
}

TEST_F(LintedRealFeeds, o11_punycode_and_www) {
  EXPECT_NE(found().find("investigations/2018-08-01_nso/indicators.csv", "punycode", "xn--telegrm-qbd.com"), nullptr);
  EXPECT_GE(found().count("www_prefix"), 182U);
  EXPECT_EQ(found().count("wildcard"), 0U);
  for (const char* word : {"upper_case", "port_in_host", "trailing_dot"})
    for (const LintFinding& f : found().findings)
      EXPECT_FALSE(f.defect == word && f.file.ends_with(".stix2")) << f.file << " " << f.value;
}

TEST_F(LintedRealFeeds, o12_defanged_texts_and_keys) {
  EXPECT_EQ(found().count("defanged_text", "malware-ioc/swc-candiru/README.adoc"), 1U);
  EXPECT_EQ(found().count("key_drift", "stalkerware-indicators/ioc.yaml"), 2U);
  EXPECT_EQ(found().count("key_drift"), 2U);
}

TEST_F(LintedRealFeeds, o13_generic_names_and_directories) {
  for (const char* name : {"bh", "payload", "gatekeeperd", "dhcp4d"})
    EXPECT_NE(found().find("investigations/2021-07-18_nso/pegasus.stix2", "generic_name", name), nullptr) << name;
  EXPECT_NE(found().find(predator, "directory_prefix", "/private/var/logs/keybagd/"), nullptr);
}

TEST_F(LintedRealFeeds, o14_odd_addresses_and_victims) {
  const char* emails = "investigations/2019-08-16_evolving_phishing/emails.txt";
  EXPECT_NE(found().find(emails, "single_label_email", "google.com@localhost"), nullptr);
  EXPECT_NE(found().find(emails, "single_label_email", "google@script"), nullptr);
  EXPECT_NE(found().find("malware-ioc/swc-candiru/README.adoc", "victim_site", "middleeasteye.net"), nullptr);
}

TEST_F(LintedRealFeeds, o16_what_every_feed_lacks) {
  for (const char* word : {"no_confidence", "no_tlp", "no_valid_until", "no_created_by", "no_description",
                           "no_external_reference", "no_sighting_dates"})
    EXPECT_EQ(found().count(word), 16U) << word;
  EXPECT_EQ(found().count("is_family_false"), 15U);
}

TEST_F(LintedRealFeeds, o17_hosts_and_rules) {
  EXPECT_EQ(found().count("hosts_file_without_addresses", "stalkerware-indicators/generated/hosts"), 1U);
  EXPECT_EQ(found().count("rule_misses_subdomains", "stalkerware-indicators/generated/suricata.rules"), 925U);
}

TEST_F(LintedRealFeeds, o18_children_of_listed_domains) {
  std::size_t children = 0;
  for (const LintFinding& f : found().findings) children += f.defect == "child_of_listed" && f.file.ends_with(".stix2");
  EXPECT_EQ(children, 23U);  // in each feed by itself; those of a feed inside another one count twice
}

}  // namespace
}  // namespace testudo
