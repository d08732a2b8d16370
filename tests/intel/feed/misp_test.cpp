// MISP's events and CSV, OpenIOC.
#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"
#include "intel/feed/misp.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::recognised;
using test::Strings;

std::string event(std::string_view members) {
  return R"({"Event":{"uuid":"11111111-1111-4111-8111-111111111111","info":"Campaign","date":"2024-05-06",)" +
         std::string(members) + "}}";
}

TEST(Misp, attributes_and_marks) {
  const FeedLog log = read_feed(
      "e.json",
      event(
          R"("Tag":[{"name":"tlp:amber"},{"name":"admiralty-scale:source-reliability=\"b\""},)"
          R"({"name":"misp-galaxy:threat-actor=\"Some Actor\""},{"name":"misp-galaxy:malpedia=\"Some Spyware\""}],)"
          R"("Attribute":[{"uuid":"u1","type":"domain|ip","value":"evil.test|192.0.2.1","to_ids":true,"comment":"c","timestamp":"1700000000"},)"
          R"({"uuid":"u2","type":"filename|sha256","value":"x.apk|)" +
          std::string(64, 'a') +
          R"(","to_ids":"1","Tag":[{"name":"tlp:red"},{"name":"misp:confidence-level=\"fairly-confident\""}]},)"
          R"({"uuid":"u3","type":"ip-dst|port","value":"2001:db8::1|443","to_ids":true,"deleted":true},)"
          R"({"uuid":"u4","type":"hostname","value":"shared.test","to_ids":false},)"
          R"({"uuid":"u5","type":"mutex","value":"Global\\x"},)"
          R"({"uuid":"u6","type":"yara","value":"rule x { condition: true }"},)"
          R"({"uuid":"u7","type":"link","value":"https://r.test/"},)"
          R"({"uuid":"u8","type":"target-email","value":"who@v.test","category":"Targeting data"},)"
          R"({"uuid":"u9","type":"regkey|value","value":"HKLM\\X|5"},)"
          R"({"uuid":"ua","type":"domain","value":""},7],"ShadowAttribute":[{"value":"p"}])"));
  EXPECT_EQ(log.texts(),
            (Strings{"host evil.test", "ipv4 192.0.2.1", "sha256 " + std::string(64, 'a'), "ipv6 2001:db8::1",
                     "host shared.test (context)", "email who@v.test (victim)", "registry_key HKLM\\X"}));
  const FeedLog::Claim& first = log.claims[0];
  EXPECT_EQ(first.object, "u1");
  EXPECT_EQ(first.threat, "Some Spyware");
  EXPECT_EQ(first.comment, "c");
  EXPECT_EQ(first.tlp, Tlp::amber);
  EXPECT_EQ(first.confidence, 75);
  EXPECT_EQ(to_rfc3339(*first.modified), "2023-11-14T22:13:20Z");
  EXPECT_EQ(to_rfc3339(*first.created), "2024-05-06T00:00:00Z");
  EXPECT_EQ(log.claims[2].tlp, Tlp::red);
  EXPECT_EQ(log.claims[2].confidence, 50);
  EXPECT_EQ(log.claims[2].comment, "x.apk");
  EXPECT_TRUE(log.claims[3].revoked);
  EXPECT_EQ(log.claims[6].comment, "5");
  EXPECT_EQ(log.threats[0], (std::pair<std::uint64_t, std::string>{0, "Some Actor"}));
  EXPECT_EQ(log.patterns, (Strings{"misp kind_without_indicators: mutex: Global\\x",
                                   "yara rule: rule x { condition: true }", "misp reference: link: https://r.test/"}));
  EXPECT_EQ(log.objects, Strings{"misp-event 11111111-1111-4111-8111-111111111111"});
  EXPECT_EQ(log.defects.at("not_for_detection"), 1);
  EXPECT_EQ(log.defects.at("empty_value"), 1);
  EXPECT_EQ(log.defects.at("not_an_object"), 1);
  EXPECT_EQ(log.defects.at("proposal"), 1);
}

TEST(Misp, objects_sightings_and_applications) {
  const FeedLog log = read_feed(
      "e.json",
      event(
          R"("Object":[{"name":"android-app","meta-category":"file","uuid":"o1","comment":"oc","Attribute":[)"
          R"({"uuid":"a","type":"text","object_relation":"name","value":"TopSpy","to_ids":false},)"
          R"({"uuid":"b","type":"text","object_relation":"appid","value":"com.topspy","to_ids":false},)"
          R"({"uuid":"c","type":"sha1","object_relation":"certificate","value":")" +
          std::string(40, 'a') +
          R"(","to_ids":true},{"uuid":"d","type":"domain","object_relation":"domain","value":"a.test","to_ids":true,)"
          R"("Sighting":[{"type":"0","date_sighting":"1700000000"},{"type":"1","date_sighting":"1"},{"type":2,"date_sighting":1800000000}]}]}])"));
  EXPECT_EQ(log.texts(), (Strings{"app_id com.topspy", "cert_sha1 " + std::string(40, 'a'), "host a.test"}));
  EXPECT_EQ(log.claims[0].threat, "TopSpy");
  EXPECT_EQ(log.claims[0].comment, "oc");
  EXPECT_EQ(to_rfc3339(*log.claims[2].last_seen), "2023-11-14T22:13:20Z");
  EXPECT_EQ(to_rfc3339(*log.claims[2].valid_until), "2027-01-15T08:00:00Z");
  EXPECT_EQ(log.objects, (Strings{"misp-event 11111111-1111-4111-8111-111111111111", "misp-object o1"}));
  EXPECT_EQ(log.defects.at("sighted_as_false_positive"), 1);
}

TEST(Misp, shapes_of_files) {
  const std::string inner = event(R"("Attribute":[{"type":"domain","value":"a.test"}])");
  const Strings one{"host a.test"};
  EXPECT_EQ(read_feed("a.json", R"({"response":[)" + inner + "]}").texts(), one);
  EXPECT_EQ(read_feed("a.json", "[" + inner + "]").texts(), one);
  EXPECT_EQ(read_feed("a.json", R"({"info":"x","Attribute":[{"type":"domain","value":"a.test"}]})").texts(), one);
  EXPECT_EQ(
      read_feed("a.json", R"({"response":{"Attribute":[{"type":"domain","value":"a.test","category":"x"}]}})").texts(),
      one);
  EXPECT_EQ(
      read_feed("manifest.json", R"({"11111111-1111-4111-8111-111111111111":{"Orgc":{"name":"o"},"info":"x"}})").notes,
      Strings{"index_of_feed 1 events"});
  EXPECT_EQ(read_feed("hashes.csv", std::string(32, 'a') + ",11111111-1111-4111-8111-111111111111\n").notes,
            Strings{"index_of_feed hashes"});
}

TEST(Misp, broken_json_costs_the_broken_object) {
  const FeedLog broken =
      read_feed("e.json", event(R"("Tag":[],"Attribute":[{"type":"domain","value":"a.test"},)"
                                R"({"type":"domain","value":tru},{"type":"domain","value":"b.test"}])"));
  EXPECT_EQ(broken.texts(), (Strings{"host a.test", "host b.test"}));
  EXPECT_EQ(broken.defects.at("malformed_object"), 1);
  const std::string a = R"({"type":"domain","value":"a.test"})", b = R"({"type":"domain","value":"b.test"})";
  for (const std::string& between : {std::string(R"(,{"type":"domain","value":"x.test",)"), std::string(R"(},)"),
                                     "," + std::string(3000, '[') + R"("]")" + std::string(3000, ']') + ","}) {
    const FeedLog around = read_feed("e.json", event(R"("Tag":[],"Attribute":[)" + a + between + b + "]"));
    EXPECT_EQ(around.texts(), (Strings{"host a.test", "host b.test"})) << between.substr(0, 40);
  }
  const FeedLog last = read_feed(
      "e.json", event(R"("Tag":[],"Attribute":[)" + a + R"(,{"type":"domain","value":"x.test"],"Object":[])"));
  EXPECT_EQ(last.texts(), Strings{"host a.test"});
  EXPECT_EQ(last.defects.at("malformed_object"), 1);
  std::string cut = event(R"("Attribute":[{"type":"domain","value":"a.test"},{"type":"domain","value":"b.test"}])");
  cut.resize(cut.size() - 12);
  const FeedLog short_one = read_feed("e.json", cut);
  EXPECT_EQ(short_one.texts(), Strings{"host a.test"});
  EXPECT_EQ(short_one.claims[0].tlp, Tlp::amber_strict);
  EXPECT_EQ(short_one.defects.at("truncated"), 1);
  EXPECT_EQ(short_one.defects.at("marking_may_be_lost"), 1);
}

TEST(MispCsv, both_headers) {
  const FeedLog old = read_feed("x.csv",
                                "uuid,event_id,category,type,value,comment,to_ids,date\n"
                                "\"u\",1,\"Network activity\",\"domain\",\"a.test\",\"c\",1,\"20140924\"\n,,,,,,,\n"
                                "\"v\",1,\"Payload\",\"mutex\",\"m\",\"\",0,\"20140924\"\n");
  EXPECT_EQ(old.texts(), Strings{"host a.test"});
  EXPECT_EQ(to_rfc3339(*old.claims[0].created), "2014-09-24T00:00:00Z");
  EXPECT_EQ(old.patterns, Strings{"misp kind_without_indicators: mutex: m"});
  EXPECT_EQ(old.notes, Strings{"line 3: empty_row"});
  const FeedLog now =
      read_feed("x.csv",
                "uuid,event_id,category,type,value,comment,to_ids,timestamp,object_relation,attribute_tag\n"
                "u,1,Network activity,ip-dst,192.0.2.1,,0,1700000000,,\"tlp:green,x\"\n");
  EXPECT_EQ(now.texts(), Strings{"ipv4 192.0.2.1 (context)"});
  EXPECT_EQ(now.claims[0].tlp, Tlp::green);
}

TEST(Misp, proposals_of_an_attribute_are_named) {
  const FeedLog log =
      read_feed("e.json", R"({"Event":{"info":"x","published":true,"Attribute":[{"uuid":"u",)"
                          R"("type":"domain","category":"Network activity","value":"a.test","to_ids":true,)"
                          R"("ShadowAttribute":[{"type":"domain","value":"b.test"}]}]}})");
  EXPECT_EQ(log.texts(), Strings{"host a.test"});
  EXPECT_EQ(log.notes, Strings{R"(u: proposal {"type":"domain","value":"b.test"})"});
}

TEST(OpenIoc, leaves_of_or_and_trees_of_and) {
  const FeedLog log = read_feed(
      "x.ioc",
      R"(<?xml version="1.0"?><!DOCTYPE ioc [<!ENTITY e "expanded">]>)"
      R"(<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="i" last-modified="2014-01-02T03:04:05">)"
      R"(<short_description>Name</short_description><links><link rel="tlp">GREEN</link></links><definition>)"
      R"(<Indicator operator="OR" id="r"><IndicatorItem id="1" condition="is"><Context search="DnsEntryItem/Host"/><Content type="string">evil[.]test</Content></IndicatorItem>)"
      R"(<IndicatorItem id="2" condition="contains"><Context search="FileItem/FileName"/><Content>bad</Content></IndicatorItem>)"
      R"(<IndicatorItem id="3" condition="is"><Context search="FileItem/Md5sum"/><Content>&e;</Content></IndicatorItem>)"
      R"(<IndicatorItem id="4" condition="is"><Context search="ProcessItem/HandleList/Handle/Name"/><Content>m</Content></IndicatorItem>)"
      R"(<Indicator operator="AND" id="5"><IndicatorItem condition="is"><Context search="FileItem/FileName"/><Content>a</Content></IndicatorItem>)"
      R"(<IndicatorItem condition="is"><Context search="FileItem/Md5sum"/><Content>b</Content></IndicatorItem></Indicator>)"
      R"(<Indicator operator="AND" id="6"><IndicatorItem id="7" condition="is"><Context search="PortItem/remoteIP"/><Content>192.0.2.1</Content></IndicatorItem></Indicator>)"
      R"(</Indicator></definition></ioc>)");
  EXPECT_EQ(log.texts(), (Strings{"host evil.test", "md5 &e;", "ipv4 192.0.2.1"}));
  EXPECT_EQ(log.claims[0].threat, "Name");
  EXPECT_EQ(log.claims[0].tlp, Tlp::green);
  EXPECT_EQ(to_rfc3339(*log.claims[0].modified), "2014-01-02T03:04:05Z");
  EXPECT_EQ(log.patterns, (Strings{"openioc not_a_single_value: FileItem/FileName contains \"bad\"",
                                   "openioc kind_without_indicators: ProcessItem/HandleList/Handle/Name is \"m\"",
                                   "openioc and: (FileItem/FileName is \"a\" AND FileItem/Md5sum is \"b\")"}));
  EXPECT_EQ(log.defects.at("entity_not_expanded"), 1);
}

std::string ioc_of(std::string_view items) {
  return R"(<?xml version="1.0"?><ioc xmlns="http://schemas.mandiant.com/2010/ioc"><definition>)"
         R"(<Indicator operator="OR">)" +
         std::string(items) + "</Indicator></definition></ioc>";
}

std::string ioc_item(std::string_view id, std::string_view content) {
  return R"(<IndicatorItem id=")" + std::string(id) + R"(" condition="is"><Context search="Network/DNS"/><Content>)" +
         std::string(content) + "</Content></IndicatorItem>";
}

TEST(OpenIoc, a_broken_item_costs_itself_alone) {
  const std::string first = ioc_item("1", "a.test"), last = ioc_item("3", "c.test");
  for (
      const std::string& broken :
      {ioc_item("2", "b.test<d.test"),
       std::string(
           R"(<IndicatorItem id="2" condition="is"><Context search="Network/DNS"><Content>b.test</Content></IndicatorItem>)"),
       std::string(
           R"(<IndicatorItem id="2" condition="is"><Context search="Network/DNS"/><Content>b.test</Content>)")}) {
    const FeedLog log = read_feed("x.ioc", ioc_of(first + broken + last));
    EXPECT_EQ(log.texts(), (Strings{"host a.test", "host c.test"})) << broken;
    ASSERT_EQ(log.notes.size(), 1U) << broken;
    EXPECT_TRUE(log.notes[0].starts_with("2: broken_object <IndicatorItem")) << log.notes[0];
  }
}

TEST(OpenIoc, a_cut_text_is_no_value) {
  const std::string whole = ioc_of(ioc_item("1", "a.test") + ioc_item("2", "b.test.other.test"));
  const FeedLog log = read_feed("x.ioc", whole.substr(0, whole.find(".other")));
  EXPECT_EQ(log.texts(), Strings{"host a.test"});
  EXPECT_EQ(log.defects.at("broken_object"), 1);
  EXPECT_EQ(log.defects.at("malformed_xml"), 1);
}

TEST(OpenIoc, an_and_with_a_broken_item_stays_one) {
  const FeedLog log = read_feed("x.ioc", ioc_of(R"(<Indicator operator="AND">)" + ioc_item("1", "a.test") +
                                                ioc_item("2", "b<c") + "</Indicator>"));
  EXPECT_EQ(log.texts(), Strings{});
  EXPECT_EQ(log.patterns, Strings{"openioc and: (Network/DNS is \"a.test\" AND ?)"});
}

TEST(OpenIoc, a_deep_branch_costs_itself_alone) {
  std::string deep = ioc_item("2", "b.test");
  for (int i = 0; i < 300; ++i) deep = R"(<Indicator operator="OR">)" + deep + "</Indicator>";
  const FeedLog log = read_feed("x.ioc", ioc_of(ioc_item("1", "a.test") + deep + ioc_item("3", "c.test")));
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "host c.test"}));
  EXPECT_EQ(log.notes, Strings{"nested_too_deep"});
}

TEST(OpenIoc, declared_encoding) {
  const FeedLog log =
      read_feed("x.ioc",
                "<?xml version='1.0' encoding='windows-1252'?><ioc><definition><Indicator operator='OR'>"
                "<IndicatorItem condition='is'><Context search='FileItem/FileName'/><Content>caf\xE9\x80.exe</Content>"
                "</IndicatorItem></Indicator></definition></ioc>");
  EXPECT_EQ(log.texts(), Strings{"file_name caf\xC3\xA9\xE2\x82\xAC.exe"});
  EXPECT_EQ(log.notes, Strings{"not_utf8 windows-1252"});
}

TEST(OpenIoc, marking_that_cannot_be_told) {
  const std::string links = R"(<links><link rel="tlp">restricted</link></links><definition>)";
  std::string text = ioc_of(ioc_item("1", "a.test"));
  text.replace(text.find("<definition>"), 12, links);
  const FeedLog log = read_feed("x.ioc", text);
  EXPECT_EQ(log.claims.at(0).tlp, Tlp::amber_strict);
  EXPECT_EQ(log.notes, Strings{"unreadable_tlp restricted"});
}

TEST(MispIndex, events_that_do_not_lie_beside_it) {
  const std::string a = "00000000-0000-4000-8000-00000000000a", b = "00000000-0000-4000-8000-00000000000b";
  const std::string manifest = "{\"" + a + "\":{\"info\":\"A\",\"Orgc\":{}},\"" + b + "\":{\"info\":\"B\"}}";
  FeedLog log;
  FeedText text{"manifest.json", manifest};
  ASSERT_TRUE(feed_format("misp")->read(text, log));
  EXPECT_EQ(log.notes, Strings{"index_of_feed 2 events"});
  text.lies_beside = [](void*, std::string_view name) { return name == "00000000-0000-4000-8000-00000000000a.json"; };
  FeedLog beside;
  ASSERT_TRUE(feed_format("misp")->read(text, beside));
  EXPECT_EQ(beside.notes, (Strings{"index_of_feed 2 events", b + ": missing_event B"}));
}

TEST(Misp, templates_of_who_was_attacked_make_victims) {
  const FeedLog log = read_feed(
      "e.json", event(R"("Object":[{"name":"victim","uuid":"o","meta-category":"misc","Attribute":[)"
                      R"({"type":"email-dst","value":"who@v.test","to_ids":false,"object_relation":"email"},)"
                      R"({"type":"domain","value":"v.test","to_ids":true,"object_relation":"domain"}]},)"
                      R"({"name":"target-system","uuid":"p","Attribute":[{"type":"ip-src","value":"192.0.2.1"}]}])"));
  EXPECT_EQ(log.texts(), (Strings{"email who@v.test (victim)", "host v.test (victim)", "ipv4 192.0.2.1 (victim)"}));
}

TEST(Misp, single_values_of_stix_patterns_are_claims) {
  const FeedLog log = read_feed(
      "e.json",
      event(
          R"("Tag":[{"name":"tlp:amber"}],"Attribute":[)"
          R"({"uuid":"u1","type":"stix2-pattern","value":"[app:id = 'com.evil.app' OR domain-name:value = 'a.test']"},)"
          R"({"uuid":"u2","type":"stix2-pattern","value":"[domain-name:value = 'b.test' AND file:name = 'c']"},)"
          R"({"uuid":"u3","type":"stix2-pattern","value":"[domain-name:value = 'd.test'","to_ids":false}])"));
  EXPECT_EQ(log.texts(), (Strings{"app_id com.evil.app", "host a.test"}));
  EXPECT_EQ(log.claims[0].object, "u1");
  EXPECT_EQ(log.claims[0].tlp, Tlp::amber);
  EXPECT_EQ(log.patterns.size(), 3U);
  EXPECT_EQ(log.notes, Strings{"u3: malformed_pattern column 30: an observation ends with ']': "
                               "[domain-name:value = 'd.test'"});
}

TEST(Misp, a_bar_in_a_name_before_a_digest) {
  const std::string digest(32, 'a');
  const FeedLog log =
      read_feed("e.json", event(R"("Attribute":[{"type":"filename|md5","value":"a|b.apk|)" + digest + "\"}]"));
  EXPECT_EQ(log.texts(), Strings{"md5 " + digest});
  EXPECT_EQ(log.claims[0].comment, "a|b.apk");
}

TEST(Misp, commas_too_many_or_missing_cost_no_attribute) {
  const FeedLog log = read_feed("e.json", event(R"("Tag":[{"name":"tlp:green"},],"Attribute":[)"
                                                R"({"type":"domain","value":"a.test",},)"
                                                R"({"type":"domain","value":"b.test"})"
                                                R"({"type":"domain" "value":"lost.test"},)"
                                                R"({"type":"domain","value":"c.test"} , ],)"));
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "host b.test", "host c.test"}));
  EXPECT_EQ(log.claims[0].tlp, Tlp::green);
  EXPECT_EQ(log.defects,
            (std::map<std::string, int>{
                {"malformed_object", 1}, {"misplaced_comma", 4}, {"missing_comma", 1}, {"not_an_object", 1}}));
}

TEST(Misp, remarks_of_a_word_or_two_keep_victims) {
  const FeedLog log = read_feed(
      "e.json",
      event(R"("Attribute":[{"type":"domain","value":"a.test","to_ids":true,"comment":"compromised website"},)"
            R"({"type":"domain","value":"b.test","to_ids":true,"comment":"Victim"},)"
            R"({"type":"domain","value":"c.test","to_ids":true,"comment":"C2 of the compromised routers"},)"
            R"({"type":"domain","value":"d.test","to_ids":true,"comment":"false positive"}])"));
  EXPECT_EQ(log.texts(),
            (Strings{"host a.test (victim)", "host b.test (victim)", "host c.test", "host d.test (benign)"}));
}

FeedLog read_in_pieces(std::string_view text, std::size_t most) {
  FeedLog log;
  EXPECT_TRUE(read_misp({.name = "e.json", .text = text}, log, most)) << most;
  return log;
}

// Whatever is taken apart: the event, its lists, the list of events, or nothing.
TEST(Misp, a_large_text_says_the_same_in_pieces) {
  const std::string one = event(
      R"("Attribute":[{"uuid":"u1","type":"domain","value":"a.test","to_ids":true,"comment":"c"},)"
      R"({"uuid":"u2","type":"domain","value":"b.test","to_ids":true,"Tag":[{"name":"tlp:red"}]},7],)"
      R"("Object":[{"uuid":"o1","name":"x-app","Attribute":[{"type":"text","object_relation":"name","value":"App"},)"
      R"({"uuid":"u3","type":"domain","value":"c.test","to_ids":true}]},"none"],"Tag":[{"name":"tlp:amber"}])");
  const std::string other = event(R"("Tag":[],"Attribute":[{"uuid":"u9","type":"ip-dst","value":"192.0.2.9"}])");
  const std::string list = " [" + one + " ,\n" + other + ", {\"x\":1}]\n";
  const std::string response = R"({"response": )" + list + "}";
  for (const std::string& text : {one, list, response}) {
    const FeedLog whole = read_in_pieces(text, text.size());
    ASSERT_GE(whole.claims.size(), 3U);
    for (std::size_t most = 0; most < text.size(); most += 7) {
      const FeedLog log = read_in_pieces(text, most);
      ASSERT_EQ(log.texts(), whole.texts()) << most;
      ASSERT_EQ(log.objects, whole.objects) << most;
      ASSERT_EQ(log.notes, whole.notes) << most;
      for (std::size_t i = 0; i < log.claims.size(); ++i) {
        ASSERT_EQ(log.claims[i].tlp, whole.claims[i].tlp) << most;
        ASSERT_EQ(log.claims[i].threat, whole.claims[i].threat) << most;
        ASSERT_EQ(log.claims[i].created, whole.claims[i].created) << most;
      }
    }
  }
}

TEST(Misp, a_broken_piece_of_a_large_text_costs_itself) {
  const std::string text = event(
      R"("Tag":[{"name":"tlp:green"}],"Attribute":[{"uuid":"u1","type":"domain","value":"a.test","to_ids":true},)"
      R"({"uuid":"u2","type":"domain","value":"b\q.test"},{"uuid":"u3","type":"domain","value":"c.test","to_ids":1}])");
  for (const std::size_t most : {text.size(), std::size_t{40}}) {
    const FeedLog log = read_in_pieces(text, most);
    EXPECT_EQ(log.texts(), (Strings{"host a.test", "host c.test"})) << most;
    EXPECT_EQ(log.defects.at("malformed_object"), 1) << most;
  }
}

}  // namespace
}  // namespace testudo
