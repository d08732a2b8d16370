// JSON of abuse.ch and of OTX, OpenIOC 1.1.
#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::recognised;
using test::Strings;

const std::string sha256(64, 'a'), sha1(40, 'b'), md5(32, 'c');

TEST(AbuseCh, threatfox_export_is_an_object_of_lists) {
  const FeedLog log = read_feed(
      "recent.json",
      R"({"17":[{"ioc_value":"192.0.2.7:443","ioc_type":"ip:port","threat_type":"botnet_cc","malware":"win.bad",)"
      R"("malware_alias":"Worse","malware_printable":"Bad Bot","first_seen_utc":"2024-05-01 10:00:00",)"
      R"("last_seen_utc":null,"confidence_level":75,"is_compromised":false,"reference":"https://r.test/","tags":"a,b","anonymous":"0"}],)"
      R"("16":[{"ioc_value":"hacked.test","ioc_type":"domain","threat_type":"payload_delivery","malware_printable":"Unknown malware",)"
      R"("confidence_level":100,"is_compromised":true,"tags":null}],)"
      R"("15":[{"ioc_value":"2001:db8::5:80","ioc_type":"ip:port","threat_type":"botnet_cc"}],)"
      R"("14":[{"ioc_value":")" +
          std::string(96, 'd') + R"(","ioc_type":"sha3_384_hash","threat_type":"payload"}]})");
  EXPECT_EQ(log.texts(),
            (Strings{"ipv4 192.0.2.7 (attacker)", "host hacked.test (victim)", "ipv6 2001:db8::5 (attacker)"}));
  const FeedLog::Claim& first = log.claims[0];
  EXPECT_EQ(first.object, "17");
  EXPECT_EQ(first.threat, "Bad Bot");
  EXPECT_EQ(first.confidence, 75);
  EXPECT_EQ(to_rfc3339(*first.first_seen), "2024-05-01T10:00:00Z");
  EXPECT_EQ(first.comment, "botnet_cc; a; b; https://r.test/; 192.0.2.7:443");
  EXPECT_EQ(log.claims[1].threat, "");
  EXPECT_EQ(log.patterns, Strings{"abusech kind_without_indicators: sha3_384_hash: " + std::string(96, 'd')});
  EXPECT_EQ(log.objects.size(), 4U);
}

TEST(AbuseCh, answers_wrap_their_lists) {
  const FeedLog threatfox = read_feed(
      "a.json",
      R"({"query_status":"ok","data":[{"id":"41","ioc":"a.test","ioc_type":"domain","threat_type":"botnet_cc",)"
      R"("malware_printable":"Bad Bot","first_seen":"2024-05-01 10:00:00 UTC","tags":["exe","compromised"]}]})");
  EXPECT_EQ(threatfox.texts(), Strings{"host a.test (victim)"});
  EXPECT_EQ(threatfox.claims[0].object, "41");
  EXPECT_EQ(to_rfc3339(*threatfox.claims[0].first_seen), "2024-05-01T10:00:00Z");

  const FeedLog urls = read_feed(
      "u.json",
      R"({"query_status":"ok","urls":[{"id":"5","urlhaus_reference":"https://urlhaus.test/url/5/","url":"http://b.test/x",)"
      R"("url_status":"online","host":"b.test","date_added":"2024-05-01 10:00:00 UTC","threat":"malware_download","tags":null},{"id":"6"}]})");
  EXPECT_EQ(urls.texts(), Strings{"url http://b.test/x"});  // the host may be anybody's
  EXPECT_EQ(to_rfc3339(*urls.claims[0].created), "2024-05-01T10:00:00Z");
  EXPECT_EQ(urls.claims[0].comment, "malware_download; https://urlhaus.test/url/5/");
  EXPECT_EQ(urls.notes, Strings{"urls: object_without_value {\"id\":\"6\"}"});

  const FeedLog samples =
      read_feed("m.json", R"({"query_status":"ok","data":[{"sha256_hash":")" + sha256 + R"(","sha3_384_hash":")" +
                              std::string(96, 'e') + R"(","sha1_hash":")" + sha1 + R"(","md5_hash":")" + md5 +
                              R"(","file_name":"x.exe","file_type":"exe","signature":"Bad Bot",)"
                              R"("imphash":")" +
                              std::string(32, 'f') + R"(","tags":["exe"]}]})");
  EXPECT_EQ(samples.texts(), (Strings{"sha256 " + sha256, "sha1 " + sha1, "md5 " + md5}));
  EXPECT_EQ(samples.claims[0].threat, "Bad Bot");
  EXPECT_EQ(samples.claims[0].comment, "x.exe; exe");
  EXPECT_EQ(samples.objects, Strings{"malware-sample " + sha256});
}

TEST(AbuseCh, feodo_lists_command_servers) {
  const FeedLog log = read_feed(
      "ipblocklist.json",
      R"([{"ip_address":"198.51.100.9","port":4643,"status":"offline","hostname":"srv.of-a-client.test","as_number":64500,)"
      R"("as_name":"NET","country":"FR","first_seen":"2024-01-17 07:44:46","last_online":"2024-05-15","malware":"Bad Bot"}])");
  EXPECT_EQ(log.texts(), Strings{"ipv4 198.51.100.9 (attacker)"});  // what the address is called is no indicator
  EXPECT_EQ(log.claims[0].threat, "Bad Bot");
  EXPECT_EQ(log.claims[0].comment, "port 4643; srv.of-a-client.test");
  EXPECT_EQ(to_rfc3339(*log.claims[0].last_seen), "2024-05-15T00:00:00Z");
}

TEST(AbuseCh, a_record_may_be_marked) {
  const FeedLog log =
      read_feed("a.json", R"([{"ioc":"a.test","ioc_type":"domain","threat_type":"botnet_cc","tlp":"red","tags":["x"]},)"
                          R"({"ioc":"b.test","ioc_type":"domain","threat_type":"botnet_cc","tags":["tlp:amber"]},)"
                          R"({"ioc":"c","ioc_type":"other","threat_type":"payload","tags":"x,TLP:GREEN"}])");
  ASSERT_EQ(log.claims.size(), 2U);
  EXPECT_EQ(log.claims[0].tlp, Tlp::red);
  EXPECT_EQ(log.claims[1].tlp, Tlp::amber);
  EXPECT_EQ(log.pattern_tlps.at(0), Tlp::green);
}

TEST(AbuseCh, lines_and_broken_records) {
  const std::string line = R"({"id":"1","ioc":"a.test","ioc_type":"domain","threat_type":"botnet_cc"})";
  EXPECT_EQ(read_feed("l.log", line + "\n" + line + "\r\n\n" + line + "\n").claims.size(), 3U);
  const FeedLog cut = read_feed("l.log", line + "\n" + line.substr(0, 30));
  EXPECT_EQ(cut.claims.size(), 1U);
  EXPECT_EQ(cut.defects.at("truncated"), 1);
  const FeedLog broken = read_feed("a.json", "{\"data\":[" + line + ",{\"ioc\":oops}," + line + "]}");
  EXPECT_EQ(broken.claims.size(), 2U);
  EXPECT_EQ(broken.defects.at("malformed_object"), 1);
  EXPECT_EQ(read_feed("e.json", R"({"query_status":"no_results"})", "abusech").notes,
            Strings{"ERROR no record of abuse.ch"});
  EXPECT_EQ(recognised("a.json", R"({"type":"bundle","objects":[{"x":"ioc_type"}]})"), "stix");
}

TEST(Otx, pulses) {
  const FeedLog log = read_feed(
      "pulses.json",
      R"({"count":2,"next":null,"results":[{"id":"p1","name":"Pulse","tlp":"amber","adversary":"Actor","author_name":"x",)"
      R"("malware_families":[{"id":"1","display_name":"Family"}],"created":"2024-05-01T10:00:00.123000","modified":"2024-05-02T10:00:00",)"
      R"("more_indicators":false,"indicators":[)"
      R"({"id":11,"indicator":"a.test","type":"domain","title":"T","description":"D","expiration":"2024-06-01T00:00:00","is_active":1,"role":"command_and_control"},)"
      R"({"id":12,"indicator":"192.0.2.8","type":"IPv4","is_active":0,"role":null},)"
      R"({"id":13,"indicator":"198.51.100.0/24","type":"CIDR"},)"
      R"({"id":14,"indicator":")" +
          sha1 + R"(","type":"SSLCertFingerprint"},{"id":15,"indicator":")" + md5 +
          R"(","type":"FileHash-IMPHASH"},{"id":16,"indicator":"/gate.php","type":"URI"},)"
          R"({"id":17,"indicator":"rule_name","type":"YARA","content":"rule x { condition: true }"},)"
          R"({"id":18,"indicator":"Global\\m","type":"Mutex"},{"id":19,"indicator":"","type":"domain"},)"
          R"({"id":20,"indicator":")" +
          sha256 + R"(","type":"FileHash-SHA256"}]}]})");
  EXPECT_EQ(log.texts(), (Strings{"host a.test (attacker)", "ipv4 192.0.2.8 (context)", "cidr 198.51.100.0/24",
                                  "cert_sha1 " + sha1, "sha256 " + sha256}));
  const FeedLog::Claim& first = log.claims[0];
  EXPECT_EQ(first.object, "11");
  EXPECT_EQ(first.threat, "Family");
  EXPECT_EQ(log.threats[0], (std::pair<std::uint64_t, std::string>{0, "Actor"}));
  EXPECT_EQ(log.threats[1], (std::pair<std::uint64_t, std::string>{0, "Pulse"}));
  EXPECT_EQ(first.comment, "T; D");
  EXPECT_EQ(first.tlp, Tlp::amber);
  EXPECT_EQ(to_rfc3339(*first.valid_until), "2024-06-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(*first.modified), "2024-05-02T10:00:00Z");
  EXPECT_EQ(
      log.patterns,
      (Strings{"otx kind_without_indicators: FileHash-IMPHASH: " + md5, "otx kind_without_indicators: URI: /gate.php",
               "yara rule: rule x { condition: true }", "otx kind_without_indicators: Mutex: Global\\m"}));
  EXPECT_EQ(log.objects, Strings{"otx-pulse p1"});
  EXPECT_EQ(log.defects.at("object_without_value"), 1);
  EXPECT_EQ(log.defects.count("truncated"), 0U);
}

TEST(Otx, indicators_that_stand_alone) {
  const FeedLog log = read_feed(
      "o.log",
      R"({"indicator":"a.test","type":"hostname","id":1,"is_active":1,"pulse_raw":"{\"name\":\"P\",\"tlp\":\"strange\",\"adversary\":\"\"}"})"
      "\n"
      R"({"indicator":"http://b.test/","type":"URL","id":2})"
      "\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "url http://b.test/"}));
  EXPECT_EQ(log.claims[0].threat, "P");
  EXPECT_EQ(log.claims[0].tlp, Tlp::amber_strict);
  EXPECT_EQ(log.claims[1].tlp, std::nullopt);
  EXPECT_EQ(log.defects.at("unreadable_tlp"), 1);
  EXPECT_NE(recognised("s.json", R"([{"type":"indicator","id":"indicator--1","pattern":"[a:b = 1]"}])"), "otx");
  EXPECT_EQ(read_feed("l.json", R"([{"indicator":"two.test","type":"Domain"}])").texts(), Strings{"host two.test"});
}

TEST(Otx, a_page_or_pulse_that_goes_on_withdraws_nothing) {
  const std::string pulse =
      R"({"id":"p","name":"P","author_name":"x","more_indicators":true,"indicators":[{"indicator":"a.test","type":"domain"}]})";
  EXPECT_EQ(read_feed("p.json", pulse).defects.at("truncated"), 1);
  const std::string page =
      R"({"next":"https://otx.test/?page=2","results":[{"indicator":"a.test","type":"domain","is_active":1,"expiration":null}]})";
  EXPECT_EQ(read_feed("p.json", page).notes, Strings{"truncated https://otx.test/?page=2"});
}

TEST(Otx, title_and_tags_mark) {
  const auto tlp = [](const std::string& member) {
    return read_feed("p.json", R"({"author_name":"x","id":"p",)" + member +
                                   R"(,"indicators":[{"indicator":"a.test","type":"domain"}]})")
        .claims[0]
        .tlp;
  };
  EXPECT_EQ(tlp(R"("name":"P","tlp":"white","tags":["x","TLP:AMBER"])"), Tlp::amber);
  EXPECT_EQ(tlp(R"x("name":"Report (TLP:RED)","tlp":"green")x"), Tlp::red);
  EXPECT_EQ(tlp(R"("name":"Redder","tags":["red","amber"])"), std::nullopt);
}

TEST(Otx, what_is_broken_may_have_been_marked) {
  const std::string head = R"({"author_name":"x","id":"p","indicators":[{"indicator":"a.test","type":"domain"},)",
                    rest = R"({"indicator":"b.test","type":"domain"}],"name":"P","tlp":"red"})";
  EXPECT_EQ(read_feed("p.json", head + rest).claims[0].tlp, Tlp::red);
  const FeedLog cut = read_feed("p.json", head + rest.substr(0, 45));
  EXPECT_EQ(cut.claims[0].tlp, Tlp::amber_strict);
  EXPECT_EQ(cut.defects.at("marking_may_be_lost"), 1);
  // Each object for itself where nothing holds them together any more.
  const FeedLog broken = read_feed("p.json", "{\"author_name\" \"x\",\"more\" } ] " + head + "oops " + rest);
  EXPECT_EQ(broken.texts(), (Strings{"host a.test", "host b.test"}));
  EXPECT_EQ(broken.claims[1].tlp, Tlp::amber_strict);
  EXPECT_EQ(broken.defects.at("malformed_json"), 1);
  EXPECT_EQ(read_feed("d.json", "{\"indicator\":" + std::string(200'000, '{'), "otx").claims.size(), 0U);
}

TEST(JsonTable, objects_are_rows) {
  const FeedLog log = read_feed(
      "v.json",
      R"({"name":"Operation X","iocs":[{"type":"domain","value":"a.test","description":"C2","tags":["x","compromised"],"tlp":"amber"},)"
      R"({"type":"sha256","value":")" +
          sha256 + R"(","confidence":85,"other":7},{"type":"mutex","value":"Global\\m"},5,{"type":"domain"}]})");
  EXPECT_EQ(log.texts(), (Strings{"host a.test (victim)", "sha256 " + sha256}));
  EXPECT_EQ(log.claims[0].tlp, Tlp::amber);
  EXPECT_EQ(log.claims[0].comment, "C2; x, compromised");
  EXPECT_EQ(log.claims[1].confidence, 85);
  EXPECT_EQ(log.patterns, Strings{"json kind_without_indicators: mutex: Global\\m"});
  EXPECT_EQ(log.notes, (Strings{"object 2: unknown_key other: 7", "object 4: not_an_object 5",
                                "object 5: row_without_value domain"}));
}

TEST(JsonTable, lists_below_the_name_of_their_kind) {
  const FeedLog log = read_feed(
      "v.json", R"({"iocs":{"domains":["a[.]test","b.test"],"ips":["192.0.2.3"],"notes":["c.test"],"hashes":[")" +
                    sha1 + R"("]}})");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "host b.test", "ipv4 192.0.2.3", "sha1 " + sha1}));
  const FeedLog phish =
      read_feed("online-valid.json",
                R"([{"phish_id":"8","url":"http://bank.test/a","phish_detail_url":"http://pt.test/8","verified":"yes",)"
                R"("details":[{"ip_address":"192.0.2.9"}],"target":"Other"}])");
  EXPECT_EQ(phish.texts(), Strings{"url http://bank.test/a"});
}

TEST(JsonTable, below_any_wrapper) {
  const FeedLog log = read_feed(
      "r.json",
      R"({"meta":{"query_time":0.1},"resources":[{"id":"7","indicator":"a.test","type":"domain","actors":["BEAR"],"malicious_confidence":"high"}]})");
  EXPECT_EQ(log.texts(), Strings{"host a.test"});
  EXPECT_EQ(log.claims[0].threat, "BEAR");
  EXPECT_EQ(log.claims[0].confidence, 85);
}

TEST(JsonTable, what_any_program_writes_is_none) {
  EXPECT_EQ(recognised("package.json", R"({"name":"a","url":"https://a.test/","repository":{"type":"git","url":"x"}})"),
            "-");
  EXPECT_EQ(recognised("c.json", R"({"values":[{"value":"a.test","meta":{},"uuid":"u"}],"type":"x"})"), "-");
  EXPECT_EQ(recognised("l.json", R"({"list":["a.test"],"name":"n","type":"hostname"})"), "-");
}

TEST(JsonTable, what_is_listed_as_harmless_or_a_victims_is_no_attackers) {
  const FeedLog log = read_feed(
      "a.json",
      R"({"iocs":{"domains":["a.test"]},"allowlist":{"domains":["b.test"]},"victims":{"domains":["c.test"]},)"
      R"("falsePositives":[{"type":"domain","value":"d.test"}],"list":{"whitelist":true,"domains":["e.test"]},)"
      R"("other":{"category":"whitelist","hosts":["f.test"]}})");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "host b.test (benign)", "host c.test (victim)", "host d.test (benign)",
                                  "host e.test (benign)", "host f.test (benign)"}));
}

TEST(JsonTable, a_marking_holds_for_all_that_stands_beside_and_below_it) {
  const auto tlp = [](std::string_view json) {
    const FeedLog log = read_feed("a.json", std::string(json));
    return log.claims.empty() ? std::optional<Tlp>() : log.claims.back().tlp;
  };
  EXPECT_EQ(tlp(R"({"tlp":"red","indicators":[{"type":"domain","value":"a.test","tlp":"green"}]})"), Tlp::red);
  EXPECT_EQ(tlp(R"({"iocs":{"domains":["a.test"]},"metadata":{"tlp":"TLP:RED"}})"), Tlp::red);
  EXPECT_EQ(tlp(R"({"iocs":{"domains":["a.test"]},"meta":{"tags":["x","tlp:amber"]}})"), Tlp::amber);
  EXPECT_EQ(tlp(R"x({"title":"Report (TLP:AMBER)","iocs":{"domains":["a.test"]}})x"), Tlp::amber);
  EXPECT_EQ(tlp(R"({"tlp":"violet","iocs":{"domains":["a.test"]}})"), Tlp::amber_strict);
  EXPECT_EQ(tlp(R"({"iocs":{"domains":["a.test"]},"b":{"tlp":"red","ips":[]}})"), std::nullopt);
  // Of a row: in an object, in a list, said twice, said late.
  EXPECT_EQ(tlp(R"([{"indicator":"a.test","type":"domain","meta":{"tlp":"red"}}])"), Tlp::red);
  EXPECT_EQ(tlp(R"([{"indicator":"a.test","type":"domain","markings":[{"name":"TLP:RED"}]}])"), Tlp::red);
  EXPECT_EQ(tlp(R"([{"indicator":"a.test","type":"domain","tlp":["white","red"]}])"), Tlp::red);
  EXPECT_EQ(tlp(R"([{"indicator":"a.test","type":"domain","tlp":"white","tlp":"red"}])"), Tlp::red);
  std::string late = "[";
  for (int i = 0; i < 200; ++i) late += R"({"indicator":"a.test","type":"domain"},)";
  EXPECT_EQ(tlp(late + R"({"indicator":"b.test","type":"domain","tlp":"red"}])"), Tlp::red);
  // Lost with what is missing.
  EXPECT_EQ(tlp(R"({"indicators":[{"type":"domain","value":"a.test"},{"type":"dom)"), Tlp::amber_strict);
}

TEST(JsonTable, a_page_withdraws_nothing) {
  const std::string rows = R"("rows":[{"indicator":"a.test","type":"domain"}]})";
  EXPECT_EQ(read_feed("a.json", R"({"next":"https://x.test/?page=2",)" + rows).notes,
            Strings{"truncated https://x.test/?page=2"});
  EXPECT_EQ(read_feed("a.json", R"({"next":null,)" + rows).notes, Strings{});
}

TEST(JsonTable, keys_without_end) {
  std::string json = R"([{"indicator":"a.test","type":"domain")";
  for (int i = 0; i < 1000; ++i) json += ",\"k" + std::to_string(i) + "\":\"v\"";
  const FeedLog log = read_feed("a.json", json + R"(,"tlp":"red"}])");
  EXPECT_EQ(log.texts(), Strings{"host a.test"});
  EXPECT_EQ(log.claims[0].tlp, Tlp::red);
}

TEST(JsonValues, one_after_another_over_several_lines) {
  const std::string row = "{\n  \"indicator\": \"a.test\",\n  \"type\": \"domain\"\n}\n";
  EXPECT_EQ(read_feed("a.json", row + row).claims.size(), 2U);
  EXPECT_EQ(read_feed("a.json", row + row).notes, Strings{});
  const std::string broken = "{\n  \"indicator\": oops,\n  \"type\": \"domain\"\n}\n";
  EXPECT_EQ(read_feed("a.json", row + broken + row).claims.size(), 2U);
  const FeedLog events = read_feed("m.json",
                                   "{\n \"Event\": {\"info\": \"a\", \"Attribute\": [\n  {\"type\": \"domain\", "
                                   "\"value\": \"a.test\", \"to_ids\": true}\n ]}\n}\n"
                                   "{\n \"Event\": {\"info\": \"b\", \"Attribute\": [\n  {\"type\": \"domain\", "
                                   "\"value\": \"b.test\", \"to_ids\": true}\n ]}\n}\n");
  EXPECT_EQ(events.texts(), (Strings{"host a.test", "host b.test"}));
  EXPECT_EQ(events.notes, Strings{});
}

TEST(OpenIoc, version_1_1) {
  const FeedLog log = read_feed(
      "x.ioc",
      R"(<?xml version="1.0" encoding="utf-8"?><OpenIOC id="i" last-modified="2024-05-01T00:00:00Z" xmlns="http://openioc.org/schemas/OpenIOC_1.1">)"
      R"(<metadata><short_description>Some Bot</short_description><authored_date>2024-04-01T00:00:00Z</authored_date>)"
      R"(<links><link rel="tlp">green</link></links></metadata><criteria><Indicator operator="OR" id="top">)"
      R"(<IndicatorItem id="1" condition="is" preserve-case="false" negate="false"><Context search="FileItem/Md5sum"/><Content type="md5">)" +
          md5 +
          R"(</Content></IndicatorItem>)"
          R"(<IndicatorItem id="2" condition="matches"><Context search="DnsEntryItem/Host"/><Content>a|b.test</Content></IndicatorItem>)"
          R"(<IndicatorItem id="3" condition="is" negate="true"><Context search="DnsEntryItem/Host"/><Content>c.test</Content></IndicatorItem>)"
          R"(<Indicator operator="AND" id="4"><IndicatorItem id="5" condition="is"><Context search="FileItem/FileName"/><Content>x</Content></IndicatorItem>)"
          R"(<IndicatorItem id="6" condition="greater-than"><Context search="FileItem/SizeInBytes"/><Content>9</Content></IndicatorItem></Indicator>)"
          R"(</Indicator></criteria><parameters><param id="7" ref-id="1" name="comment"><value type="string">dropped</value></param>)"
          R"(<param id="8" ref-id="6" name="yara/count"><value>100</value></param></parameters></OpenIOC>)");
  EXPECT_EQ(log.texts(), Strings{"md5 " + md5});
  EXPECT_EQ(log.claims[0].threat, "Some Bot");
  EXPECT_EQ(log.claims[0].comment, "dropped");
  EXPECT_EQ(log.claims[0].tlp, Tlp::green);
  EXPECT_EQ(to_rfc3339(*log.claims[0].created), "2024-04-01T00:00:00Z");
  EXPECT_EQ(
      log.patterns,
      (Strings{
          "openioc not_a_single_value: DnsEntryItem/Host matches \"a|b.test\"",
          "openioc negated: NOT DnsEntryItem/Host is \"c.test\"",
          "openioc and: (FileItem/FileName is \"x\" AND FileItem/SizeInBytes greater-than \"9\" {yara/count: 100})"}));
}

}  // namespace
}  // namespace testudo
