// What an attacker writes never acts in an output.
#include <simdjson.h>

#include <algorithm>
#include <set>

#include "intel/export/hostile_source.h"
#include "intel/export/plain_text.h"
#include "intel/export/yara_text.h"

namespace testudo {
namespace {

using test::exported;
using test::hostile_source;

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

// Every line of a list of hosts is a comment, the preamble or a host that was listed as such.
void expect_only(std::string_view format, std::string_view comment, std::string_view before, std::string_view after,
                 std::set<std::string> preamble = {}) {
  for (std::string line : lines(exported(format, hostile_source()).text)) {
    if (line.starts_with(comment) || preamble.contains(line)) continue;
    if (format == "adguard" && line.ends_with("$document"))
      line.resize(line.size() - std::string_view("$document").size());
    ASSERT_TRUE(line.starts_with(before) && line.ends_with(after)) << format << ": " << line;
    const std::string value = line.substr(before.size(), line.size() - before.size() - after.size());
    const bool address = value.starts_with("198.51.100.");
    EXPECT_TRUE(address || (is_dns_name(value) && value != test::forged)) << format << ": " << line;
  }
}

TEST(Hostile, lists_of_hosts_hold_hosts_alone) {
  expect_only("hosts", "# ", "0.0.0.0 ", "");
  expect_only("unbound", "# ", "    local-zone: \"", ".\" always_nxdomain", {"server:"});
  expect_only("dnsmasq", "# ", "local=/", "/");
  expect_only("pihole", "# ", "||", "^");
  expect_only("adguard", "! ", "||", "^");
}

TEST(Hostile, rpz_holds_records_alone) {
  for (const std::string& line : lines(exported("rpz", hostile_source()).text)) {
    if (line.starts_with("; ") || line.starts_with("@ ") || line == "$TTL 300") continue;
    EXPECT_TRUE(line.ends_with(" CNAME .")) << line;
    EXPECT_EQ(std::ranges::count(line, ' '), 2) << line;
    EXPECT_EQ(line.find_first_of(";\"$()\\"), std::string::npos) << line;
    EXPECT_FALSE(line.starts_with(test::forged)) << line;
  }
}

TEST(Hostile, suricata_rules_are_whole) {
  std::set<std::string> sids;
  for (const std::string& line : lines(exported("suricata", hostile_source()).text)) {
    if (line.starts_with("# ")) continue;
    ASSERT_TRUE(line.starts_with("alert ") && line.ends_with(" rev:1;)")) << line;
    EXPECT_EQ(std::ranges::count(line, '('), 1) << line;
    EXPECT_EQ(line.find("sid:"), line.rfind("sid:")) << line;
    EXPECT_EQ(std::ranges::count(line, '"') % 2, 0) << line;
    EXPECT_TRUE(sids.insert(line.substr(line.find("sid:"))).second) << line;
    EXPECT_EQ(line.find("\\"), std::string::npos) << line;
  }
  const std::string text = exported("suricata", hostile_source()).text;
  EXPECT_NE(text.find("content:\"/a|3b|b|7c|c\""), std::string::npos) << "a semicolon is |3b|";
}

TEST(Hostile, cells_are_no_formulas) {
  for (const char* format : {"csv", "defender"}) {
    const std::string text = exported(format, hostile_source()).text;
    std::size_t cells = 0;
    for (const std::string& line : lines(text.substr(text.find('\n') + 1))) {
      ASSERT_TRUE(line.starts_with('"') && line.ends_with("\"\r")) << line;
      for (std::size_t at = 0; at < line.size();) {
        ASSERT_EQ(line[at], '"');
        EXPECT_EQ(std::string_view("=+-@\t\r").find(line[at + 1]), std::string_view::npos) << line.substr(at);
        std::size_t end = at + 1;
        while (line[end] != '"' || line[end + 1] == '"') end += line[end] == '"' ? 2 : 1;
        at = end + 2;
        ++cells;
      }
    }
    EXPECT_EQ(cells % (std::string_view(format) == "csv" ? 18 : 12), 0U);
  }
}

TEST(Hostile, zeek_columns_are_six) {
  for (const std::string& line : lines(exported("zeek", hostile_source()).text)) {
    EXPECT_EQ(std::ranges::count(line, '\t'), line.starts_with("#fields") ? 6 : 5) << line;
    EXPECT_FALSE(line.starts_with(test::forged));
  }
}

TEST(Hostile, json_is_json_and_says_what_was_meant) {
  for (const char* format : {"stix", "stix-mobile", "misp"}) {
    const std::string text = exported(format, hostile_source()).text;
    simdjson::dom::parser parser;
    EXPECT_EQ(parser.parse(text).error(), simdjson::SUCCESS) << format;
    EXPECT_EQ(text.find("-0001-"), std::string::npos);
  }
  const std::string stix = exported("stix", hostile_source()).text;
  EXPECT_NE(stix.find(R"([process:image_ref.name = '\\'] OR [domain-name:value = \\'forged.test'])"),
            std::string::npos);
  const std::string mobile = exported("stix-mobile", hostile_source()).text;
  EXPECT_EQ(mobile.find("\"pattern\":\"[domain-name:value = "), std::string::npos);
}

TEST(Hostile, sigma_has_no_line_that_was_not_ours) {
  for (const std::string& line : lines(exported("sigma", hostile_source()).text)) {
    const std::size_t at = line.find_first_not_of(' ');
    const std::string_view text = std::string_view(line).substr(at);
    EXPECT_TRUE(text == "---" || text.starts_with("- \"") || text.find(':') != std::string_view::npos) << line;
    EXPECT_FALSE(line.starts_with("title: forged") || line == "- \"forged.test\"") << line;
  }
}

TEST(Hostile, yara_rules_that_reach_out_or_do_not_end_stay_out) {
  const test::Exported made = exported("yara", hostile_source());
  EXPECT_EQ(made.summary.withheld.at("rule_reaches_out"), 4U);
  EXPECT_EQ(made.summary.withheld.at("broken_rule"), 4U);
  EXPECT_EQ(made.summary.withheld.at("duplicate"), 1U);
  for (const std::string& line : lines(made.text)) EXPECT_FALSE(line.starts_with("rule forged")) << line;
  EXPECT_EQ(made.text.find("include"), std::string::npos);
  // The second rule called `same` has a name of its own, also where it is used.
  const std::size_t second = made.text.find("rule same_");
  ASSERT_NE(second, std::string::npos);
  const std::string name = made.text.substr(second + 5, 13);
  EXPECT_NE(made.text.find("rule uses { condition: " + name + " }"), std::string::npos);
}

TEST(Hostile, every_cut_of_a_rule_is_refused) {
  const std::string rule = "import \"pe\" rule r : t { meta: a = \"b\" strings: $h = { 00 [1-2] 01 } condition: $h }";
  ASSERT_TRUE(read_yara(rule).ok());
  for (std::size_t size = 0; size < rule.size(); ++size) EXPECT_FALSE(read_yara(rule.substr(0, size)).ok()) << size;
}

TEST(PlainText, one_line) {
  EXPECT_EQ(one_line(" a\r\n\t b \xE2\x80\xAE"
                     "c\xFF"),
            "a b c\xEF\xBF\xBD");
  EXPECT_EQ(one_line(std::string(300, 'x')).size(), 196U);
  EXPECT_EQ(bare_words("a;b\"c\n(d)"), "a_b_c _d_");
  EXPECT_EQ(identifier("1-x"), "r1_x");
  EXPECT_EQ(identifier(""), "r");
  EXPECT_TRUE(is_dns_name("a_b.x-y.test"));
  for (const char* bad : {"", "a", "a..b", ".a.b", "a.b.", "A.b", "a.1", "a b.c", "a;.b"})
    EXPECT_FALSE(is_dns_name(bad));
  EXPECT_EQ(instant_text(Time{std::numeric_limits<std::int64_t>::max()}), "9999-12-31T23:59:59.999999Z");
  EXPECT_EQ(instant_text(Time{std::numeric_limits<std::int64_t>::min()}), "0001-01-01T00:00:00.000Z");
}

}  // namespace
}  // namespace testudo
