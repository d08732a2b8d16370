// Schemas, rule compilers and filter engines read what is exported, the hostile store too.
#include "intel/export/consumer.h"
#include "shared_data.h"

namespace testudo {
namespace {

using test::consumer;
using test::exported;
using test::ExportFolder;
using test::Outcome;
using test::run;

std::string here(const std::string& file) { return std::string(TESTUDO_SOURCE_DIR) + "/tests/intel/export/" + file; }

ExportRequest everything_may_leave() {
  ExportRequest request = test::standard_request();
  request.audience = Tlp::red;
  return request;
}

// "ok 12" -> 12; what was wrong is a failure.
int checked(const std::vector<std::string>& words) {
  std::vector<std::string> command = {"/usr/bin/python3", here("check_json.py")};
  command.insert(command.end(), words.begin(), words.end());
  const Outcome outcome = run(command);
  EXPECT_EQ(outcome.status, 0) << outcome.text.substr(0, 3000);
  return outcome.text.starts_with("ok ") ? std::atoi(outcome.text.c_str() + 3) : -1;
}

TEST(ContentConsumers, stix_is_valid_by_the_schemas_of_oasis) {
  const auto schemas = test::shared_data() / "intel/cti-stix2-json-schemas/schemas";
  if (!std::filesystem::exists(schemas)) GTEST_SKIP() << "the OASIS schemas are absent";
  if (!test::has_python_module("jsonschema")) GTEST_SKIP() << "python3-jsonschema is absent";
  for (const char* format : {"stix", "stix-mobile"}) {
    const ExportFolder folder;
    exported(format, test::standard_source(), everything_may_leave(), folder / "standard.json");
    exported(format, test::hostile_source(), everything_may_leave(), folder / "hostile.json");
    EXPECT_GT(checked({"stix", schemas, folder / "standard.json"}), 40) << format;
    EXPECT_GT(checked({"stix", schemas, folder / "hostile.json"}), 200) << format;
  }
}

TEST(ContentConsumers, abuse_reports_are_valid_and_their_hashes_true) {
  const auto schemas = test::shared_data() / "legal/xarf/schemas";
  if (!std::filesystem::exists(schemas)) GTEST_SKIP() << "the X-ARF schemas are absent";
  if (!test::has_python_module("jsonschema")) GTEST_SKIP() << "python3-jsonschema is absent";
  const ExportFolder folder;
  exported("xarf", test::standard_source(), test::standard_request(), folder / "standard");
  EXPECT_EQ(checked({"xarf", schemas, folder / "standard"}), 7);
  exported("xarf", test::hostile_source(), test::standard_request(), folder / "hostile");
  EXPECT_GT(checked({"xarf", schemas, folder / "hostile"}), 40);
}

TEST(ContentConsumers, misp_events_are_whole) {
  if (!test::has_python_module("json")) GTEST_SKIP() << "python3 is absent";
  for (const auto& source : {test::standard_source(), test::hostile_source()}) {
    const ExportFolder folder;
    exported("misp", source, everything_may_leave(), folder / "event.json");
    const int one = checked({"misp", folder / "event.json"});
    exported("misp-feed", source, everything_may_leave(), folder / "feed");
    std::vector<std::string> words = {"misp"};
    for (const auto& entry : std::filesystem::directory_iterator(folder / "feed"))
      if (entry.path().extension() == ".json" && entry.path().filename() != "manifest.json")
        words.push_back(entry.path());
    EXPECT_EQ(checked(words), one);
  }
}

TEST(ContentConsumers, sigma_rules_are_whole) {
  if (!test::has_python_module("yaml")) GTEST_SKIP() << "python3-yaml is absent";
  const ExportFolder folder;
  exported("sigma", test::standard_source(), test::standard_request(), folder / "standard.yml");
  exported("sigma", test::hostile_source(), test::standard_request(), folder / "hostile.yml");
  EXPECT_EQ(checked({"sigma", folder / "standard.yml"}), 8);
  EXPECT_EQ(checked({"sigma", folder / "hostile.yml"}), 8);
}

// Debian has no Suricata: a reader of our own that knows its user guide, and nothing of the exporter.
TEST(ContentConsumers, suricata_rules_are_whole_and_match_what_is_listed) {
  if (!test::has_python_module("ipaddress")) GTEST_SKIP() << "python3 is absent";
  const ExportFolder folder;
  exported("suricata", test::standard_source(), test::standard_request(), folder / "standard.rules");
  exported("suricata", test::hostile_source(), test::standard_request(), folder / "hostile.rules");
  const Outcome asked = run({"/usr/bin/python3", here("check_suricata.py"), folder / "standard.rules", "dns:evil.test",
                             "dns:a.B.Evil.test", "dns:not-evil.test", "dns:evil.test.x", "tls:evil.test",
                             "quic:a.evil.test", "http:evil.test/", "dns:newspaper.test", "dns:secret.test",
                             "http:pages.test/Drop/x1?id=7", "http:pages.test/Drop/x1?id=77", "http:pages.test/",
                             "ip:198.51.100.7", "ip:203.0.113.200", "ip:192.168.1.1", "ip:2001:db8::1"});
  EXPECT_EQ(asked.status, 0) << asked.text.substr(0, 3000);
  std::string counts;
  for (const std::string_view line : split(asked.text, '\n'))
    if (!line.empty() && !line.starts_with("ok ")) counts += line.back();
  EXPECT_EQ(counts, "1100111001001101") << asked.text;
  const Outcome hostile = run({"/usr/bin/python3", here("check_suricata.py"), folder / "hostile.rules"});
  EXPECT_EQ(hostile.status, 0) << hostile.text.substr(0, 3000);
  std::ofstream(folder / "standard.rules", std::ios::app) << "alert dns $HOME_NET any -> any any (msg:\"x\"; sid:1;)\n";
  EXPECT_EQ(run({"/usr/bin/python3", here("check_suricata.py"), folder / "standard.rules"}).status, 1);
}

TEST(ContentConsumers, yara_compiles_and_matches) {
  const std::string yarac = consumer("usr/bin/yarac"), yara = consumer("usr/bin/yara");
  NEEDS(yarac, "yarac");
  const ExportFolder folder;
  test::VectorSource source = test::standard_source();
  const test::VectorSource hostile = test::hostile_source();
  source.indicators.insert(source.indicators.end(), hostile.indicators.begin(), hostile.indicators.end());
  source.patterns.insert(source.patterns.end(), hostile.patterns.begin(), hostile.patterns.end());
  source.indicators.push_back(test::listed(Kind::sha256, to_hex(sha256(as_bytes("sample\n")))));
  exported("yara", source, test::standard_request(), folder / "rules.yar");
  const Outcome outcome = run({yarac, "--fail-on-warnings", folder / "rules.yar", folder / "rules.bin"});
  EXPECT_EQ(outcome.status, 0) << outcome.text.substr(0, 3000);
  std::ofstream(folder / "sample") << "sample\n";
  const Outcome scan = run({yara, folder / "rules.yar", folder / "sample"});
  EXPECT_EQ(scan.text, "testudo_sha256_" + to_hex(sha256(as_bytes("sample\n"))) + " " + (folder / "sample") + "\n");
}

TEST(ContentConsumers, filter_lists_pass_the_linter) {
  if (!test::has_node_package("@adguard/aglint")) GTEST_SKIP() << "aglint is absent: run tests/consumers/fetch BUILD";
  for (const auto& [format, syntax] : {std::pair("adguard", "AdGuard"), {"ublock", "UblockOrigin"}}) {
    const ExportFolder folder;
    std::ofstream(folder / ".aglintrc") << R"({"root": true, "extends": ["aglint:recommended"], "syntax": [")" << syntax
                                        << "\"]}";
    exported(format, test::standard_source(), test::standard_request(), folder / "standard.txt");
    exported(format, test::hostile_source(), test::standard_request(), folder / "hostile.txt");
    const std::string aglint = test::consumers() + "/node_modules/@adguard/aglint/dist/index.cli.js";
    const Outcome outcome = run(
        {"/bin/sh", "-c", "cd \"$1\" && node \"$2\" --no-colors standard.txt hostile.txt", "sh", folder / "", aglint});
    EXPECT_EQ(outcome.status, 0) << outcome.text.substr(0, 3000);
    EXPECT_NE(outcome.text.find("No problems found"), std::string::npos) << outcome.text.substr(0, 3000);
    std::ofstream(folder / "standard.txt", std::ios::app) << "||evil.test^$no_such_option\n";
    const Outcome bad = run(
        {"/bin/sh", "-c", "cd \"$1\" && node \"$2\" --no-colors standard.txt hostile.txt", "sh", folder / "", aglint});
    EXPECT_EQ(bad.status, 1) << "the linter reads these files";
  }
}

TEST(ContentConsumers, ublock_blocks_what_is_listed_and_nothing_else) {
  if (!test::has_node_package("@gorhill/ubo-core"))
    GTEST_SKIP() << "ubo-core is absent: run tests/consumers/fetch BUILD";
  const ExportFolder folder;
  exported("ublock", test::standard_source(), test::standard_request(), folder / "list.txt");
  exported("ublock", test::hostile_source(), test::standard_request(), folder / "hostile.txt");
  const auto asked = [&](const std::string& list, std::vector<std::string> urls) {
    std::vector<std::string> words = {"node", here("check_filters.mjs"), test::consumers(), list};
    words.insert(words.end(), urls.begin(), urls.end());
    return run(words).text;
  };
  EXPECT_EQ(
      asked(folder / "list.txt", {"https://evil.test/", "https://a.b.evil.test/x", "https://not-evil.test/",
                                  "https://pages.test/Drop/x1?id=7", "https://pages.test/drop/x1?id=7",
                                  "https://pages.test/Drop/x1?id=77", "https://pages.test/", "https://198.51.100.7/x",
                                  "https://newspaper.test/", "https://whole.test/", "https://bit.ly/x"}),
      "1,1,0,1,0,0,0,1,0,0,0\n");
  EXPECT_EQ(asked(folder / "hostile.txt", {"https://real0.test/", "https://forged.test/", "https://pages.test/",
                                           "https://b.test/", "https://example.com/", "https://pages.test/a"}),
            "1,0,0,0,0,0\n");
}

}  // namespace
}  // namespace testudo
