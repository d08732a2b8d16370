// What a reader would be alarmed by, where a format has no word for whose a value is.
#include "intel/export/export_fixture.h"
#include "intel/feed/stix_record.h"

namespace testudo {
namespace {

using test::claim;
using test::Exported;
using test::exported;
using test::listed;
using test::standard_request;
using test::VectorSource;
using test::with_role;
using Counts = std::map<std::string, std::uint64_t>;

// SHA-256 of nothing: every empty file has it.
constexpr const char* empty_file = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Alarm, no_yara_rule_matches_what_nobody_should_be_alarmed_by) {
  VectorSource source;
  source.indicators.push_back(listed(Kind::sha256, empty_file));
  source.indicators.push_back(with_role(listed(Kind::sha256, std::string(64, 'a')), Role::benign));
  source.indicators.push_back(with_role(listed(Kind::sha256, std::string(64, 'b')), Role::context));
  source.indicators.push_back(with_role(listed(Kind::sha256, std::string(64, 'c')), Role::attacker));
  const Exported made = exported("yara", source);
  EXPECT_EQ(made.summary.written, 1U);
  EXPECT_EQ(made.summary.withheld, (Counts{{"benign", 2}, {"warning_list", 1}}));
  EXPECT_NE(made.text.find(std::string(64, 'c')), std::string::npos);
}

TEST(Alarm, phones_are_not_searched_for_what_everybody_uses) {
  VectorSource source;
  source.indicators.push_back(with_role(listed(Kind::host, "bit.ly"), Role::attacker));
  source.indicators.push_back(with_role(listed(Kind::host, "apple.com"), Role::attacker));
  source.indicators.push_back(listed(Kind::ipv4, "192.168.1.1"));
  source.indicators.push_back(listed(Kind::sha256, empty_file));
  source.indicators.push_back(with_role(listed(Kind::host, "www.victim.test"), Role::attacker));
  source.indicators.push_back(with_role(listed(Kind::host, "evil.test"), Role::attacker));
  source.indicators.push_back(listed(Kind::process, "gatekeeperd"));  // its name is ordinary, where it runs is not
  ExportRequest request = standard_request();
  Bystanders bystanders;
  bystanders.add(Kind::host, "victim.test");
  request.rules.bystanders = &bystanders;
  const Exported made = exported("stix-mobile", source, request);
  EXPECT_EQ(made.summary.written, 2U);
  EXPECT_EQ(made.summary.withheld,
            (Counts{{"generic", 1}, {"shared_platform", 1}, {"victim", 1}, {"warning_list", 2}}));
}

// Phone tools load an indicator only where a relationship leads from it to a malware.
TEST(Alarm, phones_are_searched_for_what_has_no_named_threat) {
  VectorSource source;
  for (const std::vector<std::string>& threats : {std::vector<std::string>{}, {" "}, {"Predator"}, {}}) {
    source.indicators.push_back(listed(Kind::host, "a" + std::to_string(source.indicators.size()) + ".test"));
    source.indicators.back().claims.front().threats = threats;
  }
  const std::string text = exported("stix-mobile", source).text;
  const auto times = [&](std::string_view what) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(times(R"("type":"relationship")"), 4U);
  EXPECT_EQ(times(R"("type":"malware")"), 2U);
  EXPECT_EQ(times(R"("name":"unnamed threat","is_family":true)"), 1U);
  const test::Record back = test::read(text);
  EXPECT_EQ(back.threats, test::Strings{"2 Predator"});
  EXPECT_FALSE(back.noted("object_without_name"));
}

TEST(Alarm, sigma_leaves_out_what_lies_below_a_name_where_a_victim_does) {
  VectorSource source;
  source.indicators.push_back(with_role(listed(Kind::host, "parent.test"), Role::attacker));
  source.indicators.push_back(with_role(listed(Kind::host, "evil.test"), Role::attacker));
  ExportRequest request = standard_request();
  Bystanders bystanders;
  bystanders.add(Kind::host, "victim.parent.test");
  request.rules.bystanders = &bystanders;
  const std::string text = exported("sigma", source, request).text;
  EXPECT_NE(text.find("\"parent.test\""), std::string::npos);
  EXPECT_EQ(text.find("\".parent.test\""), std::string::npos);
  EXPECT_NE(text.find("\".evil.test\""), std::string::npos);
}

// MISP exports what has `to_ids` to firewalls and sensors. The role stays in a tag, and what has none says so.
TEST(Alarm, misp_is_not_asked_to_search_for_what_everybody_uses) {
  VectorSource source;
  source.indicators.push_back(with_role(listed(Kind::host, "bit.ly"), Role::attacker));
  source.indicators.push_back(listed(Kind::ipv4, "104.16.7.7"));
  source.indicators.push_back(with_role(listed(Kind::host, "evil.test"), Role::attacker));
  const std::string text = exported("misp", source).text;
  const auto attribute_of = [&](std::string_view value) {
    const std::size_t at = text.find("\"value\":\"" + std::string(value) + "\"");
    return text.substr(at, text.find('\n', at) - at);
  };
  EXPECT_NE(attribute_of("bit.ly").find(R"("to_ids":false)"), std::string::npos);
  EXPECT_NE(attribute_of("bit.ly").find(R"(testudo:role=\"attacker\")"), std::string::npos);
  EXPECT_NE(attribute_of("104.16.7.7").find(R"("to_ids":false)"), std::string::npos);
  EXPECT_NE(attribute_of("104.16.7.7").find(R"(testudo:role=\"unstated\")"), std::string::npos);
  EXPECT_NE(attribute_of("evil.test").find(R"("to_ids":true)"), std::string::npos);
}

TEST(Alarm, an_abuse_desk_hears_of_a_victims_site_that_is_one_now) {
  VectorSource source;
  source.indicators.push_back(with_role(listed(Kind::host, "newspaper.test"), Role::victim));
  source.indicators.push_back(with_role(listed(Kind::url, "bit.ly/Ab1"), Role::victim));
  source.indicators.push_back(with_role(listed(Kind::host, "mended.test"), Role::victim));
  source.indicators.back().claims.front().valid_until = test::day("2026-11-01");
  source.indicators.push_back(with_role(listed(Kind::host, "long-ago.test"), Role::victim));
  source.indicators.back().claims.front().created = test::day("2014-01-01");
  ExportRequest request = standard_request();
  Bystanders bystanders;
  for (const StoredIndicator& indicator : source.indicators) bystanders.add(indicator.kind, indicator.value);
  request.rules.bystanders = &bystanders;
  const Exported made = exported("xarf", source, request);
  EXPECT_EQ(made.summary.withheld, (Counts{{"decayed", 1}, {"expired", 1}, {"shared_platform", 1}}));
  EXPECT_NE(made.text.find("newspaper.test"), std::string::npos);
}

}  // namespace
}  // namespace testudo
