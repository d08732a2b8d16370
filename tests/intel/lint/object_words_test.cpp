// Words for objects: STIX, MISP, OpenIOC, lists in JSON.
#include "intel/lint/words.h"

namespace testudo {
namespace {

using test::expect_words;

constexpr std::string_view plain_indicator =
    R"({"type":"indicator","spec_version":"2.1","id":"indicator--1","pattern_type":"stix","pattern":"[domain-name:value='a-spy.net']"})";
constexpr std::string_view plain_attribute = R"({"type":"domain","value":"a-spy.net","to_ids":true})";

// The text with something plain for each '@'.
std::string with(std::string_view text, std::string_view plain) {
  std::string out;
  for (const char c : text) out.append(c == '@' ? plain : std::string_view(&c, 1));
  return out;
}

std::string bundle(std::string_view objects, std::string_view tail = "]}") {
  return R"({"type":"bundle","id":"bundle--1","objects":[)" + with(objects, plain_indicator) + std::string(tail);
}

// `more`: members behind the pattern, which is plain for "*".
std::string indicator(std::string_view pattern, std::string_view more = "") {
  const std::string_view read = pattern == "*" ? "[domain-name:value='a-spy.net']" : pattern;
  return bundle(R"({"type":"indicator","spec_version":"2.1","id":"indicator--1","pattern_type":"stix","pattern":")" +
                std::string(read) + "\"" + std::string(more) + "}");
}

std::string event(std::string_view more) { return R"({"Event":{"info":"x")" + with(more, plain_attribute) + "}}"; }

std::string openioc(std::string_view content) {
  return R"(<ioc xmlns="x"><definition><Indicator id="q" operator="OR"><IndicatorItem id="i" condition="is"><Context search="Network/DNS"/><Content>)" +
         std::string(content) + "</Content></IndicatorItem></Indicator></definition></ioc>";
}

TEST(LintWords, objects_of_stix) {
  expect_words({
      {"unreadable", "a.stix2", R"({"type":"bundle","id":"bundle--1"})", bundle("@"), "stix"},
      {"truncated", "a.stix2", bundle("@", ""), bundle("@")},
      {"not_json", "a.stix2", bundle("@", "]}x"), bundle("@", "]}\n")},
      {"broken_container", "a.stix2", bundle("@", R"(] "x"})"), bundle("@", R"(],"x":1})")},
      {"broken_object", "a.stix2", bundle(R"(@,{"type":"malware" "id":"malware--1"})"), bundle("@")},
      {"not_an_object", "a.stix2", bundle("5,@"), bundle("@")},
      {"not_a_bundle", "a.stix2", "[" + std::string(plain_indicator) + "]", bundle("@")},
      {"missing_comma", "a.stix2", bundle(R"(@ {"type":"malware","id":"malware--1"})"),
       bundle(R"(@, {"type":"malware","id":"malware--1"})")},
      {"object_without_type", "a.stix2", bundle(R"(@,{"id":"malware--1"})"), bundle("@")},
      {"object_without_id", "a.stix2", bundle(R"(@,{"type":"malware"})"), bundle("@")},
      {"object_without_name", "a.stix2", bundle(R"({"type":"malware","id":"malware--1"})"),
       bundle(R"({"type":"malware","id":"malware--1","name":"a"})")},
      {"no_spec_version", "a.stix2",
       bundle(
           R"({"type":"indicator","id":"indicator--1","pattern_type":"stix","pattern":"[domain-name:value='a-spy.net']"})"),
       bundle("@")},
      {"wrong_type", "a.stix2", indicator("*", R"(,"name":5)"), indicator("*", R"(,"name":"5")")},
      {"wrong_value", "a.stix2", bundle(R"(@,{"type":"sighting","id":"sighting--1","count":-1})"),
       bundle(R"(@,{"type":"sighting","id":"sighting--1","count":1})")},
      {"empty_list", "a.stix2", indicator("*", R"(,"labels":[])"), indicator("*", R"(,"labels":["a"])")},
      {"bad_property_name", "a.stix2", indicator("*", R"(,"Own":5)"), indicator("*", R"(,"own":5)")},
      {"reference_of_other_type", "a.stix2", indicator("*", R"(,"created_by_ref":"tool--1")"),
       indicator("*", R"(,"created_by_ref":"identity--1")")},
      {"broken_relationship", "a.stix2",
       bundle(R"(@,{"type":"relationship","id":"relationship--1","source_ref":"indicator--1"})"), bundle("@")},
      {"broken_reference", "a.stix2", bundle(R"({"type":"report","id":"report--1","name":"r","object_refs":[5]})"),
       bundle(R"({"type":"report","id":"report--1","name":"r","object_refs":["report--1"]})")},
      {"revoked_relationship", "a.stix2",
       bundle(
           R"(@,{"type":"malware","id":"malware--00000001-1111-4111-8111-111111111111","name":"a"},{"type":"relationship","id":"relationship--00000001-1111-4111-8111-111111111111","source_ref":"malware--00000001-1111-4111-8111-111111111111","relationship_type":"uses","target_ref":"malware--00000002-1111-4111-8111-111111111111","revoked":true})"),
       bundle("@")},
      {"unknown_marking", "a.stix2",
       indicator("*", R"(,"object_marking_refs":["marking-definition--00000001-1111-4111-8111-111111111111"])"),
       indicator("*", R"(,"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"])")},
      {"indicator_without_pattern", "a.stix2", bundle(R"({"type":"indicator","id":"indicator--1"})"), bundle("@")},
      {"unsupported_pattern_type", "a.stix2",
       bundle(
           R"({"type":"indicator","spec_version":"2.1","id":"indicator--1","pattern_type":"yara","pattern":"rule a { condition: true }"})"),
       bundle("@")},
      {"revoked", "a.stix2", indicator("*", R"(,"revoked":true)"), indicator("*", R"(,"revoked":false)")},
      {"benign", "a.stix2", indicator("*", R"(,"indicator_types":["benign"])"),
       indicator("*", R"(,"indicator_types":["malicious-activity"])")},
      {"compromised_site", "a.stix2", indicator("*", R"(,"indicator_types":["compromised"])"), bundle("@")},
      {"confidence_unreadable", "a.stix2", indicator("*", R"(,"confidence":101)"),
       indicator("*", R"(,"confidence":100)")},
      {"valid_until_unreadable", "a.stix2", indicator("*", R"(,"valid_until":"soon")"),
       indicator("*", R"(,"valid_until":"2027-01-01T00:00:00Z")")},
      {"unsupported_pattern", "a.stix2", indicator("[file:name='a' AND file:size=1]"),
       indicator("[file:name='a' OR file:name='b']")},
      {"unsupported_object_path", "a.stix2", indicator("[mutex:name='a']"), bundle("@")},
      {"upper_case_path", "a.stix2", indicator("[Domain-Name:value='a-spy.net']"), bundle("@")},
      {"custom_object_type", "a.stix2", indicator("[app:id='net.spy']"), indicator("[Domain-Name:value='a-spy.net']")},
      {"hash_of_other_length", "a.stix2", indicator("[file:hashes.MD5='abababababababababababababababababababab']"),
       indicator("[file:hashes.MD5='abababababababababababababababab']")},
      {"other_address_family", "a.stix2", indicator("[ipv4-addr:value='2001:678::1']"),
       indicator("[ipv6-addr:value='2001:678::1']")},
      {"not_text", "a.stix2", indicator(R"([file:name='a\u0000b'])"), indicator("[file:name='ab']")},
      {"surrounding_space", "a.stix2", indicator("[domain-name:value=' a-spy.net']"), bundle("@")},
      {"defanged", "a.stix2", indicator("[domain-name:value='a-spy[.]net']"), bundle("@")},
  });
}

TEST(LintWords, other_objects) {
  expect_words({
      {"empty_feed", "m.json", event(R"(,"published":true,"Attribute":[])"),
       event(R"(,"published":true,"Attribute":[@])")},
      {"malformed_json", "m.json",
       R"({"Event":{"info":"x","Attribute":[{"type":"domain","value":"a-spy.net","to_ids":true}]}]})",
       event(R"(,"Attribute":[@])")},
      {"malformed_object", "m.json", event(R"(,"Attribute":[@,{"type":"domain" "value":"b"}])"),
       event(R"(,"Attribute":[@])")},
      {"marking_may_be_lost", "m.json", event(R"(,"Attribute":[@,{"type":"domain" "value":"b"}])"),
       event(R"(,"Attribute":[@])")},
      {"malformed_xml", "a.ioc", openioc("a-spy.net") + "<ioc", openioc("a-spy.net")},
      {"entity_not_expanded", "a.ioc", R"(<!DOCTYPE ioc [<!ENTITY x "a-spy.net">]>)" + openioc("&x;"),
       "<!DOCTYPE ioc>" + openioc("a-spy.net")},
      {"unknown_element", "a.ioc",
       R"(<ioc xmlns="x"><definition><Indicator id="q" operator="OR"><Item/><IndicatorItem id="i" condition="is"><Context search="Network/DNS"/><Content>a-spy.net</Content></IndicatorItem></Indicator></definition></ioc>)",
       openioc("a-spy.net")},
      {"no_definition", "a.ioc",
       R"(<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="q"><short_description>s</short_description></ioc>)",
       openioc("a-spy.net"), "openioc"},
      {"empty_value", "a.ioc", openioc(" "), openioc("a-spy.net")},
      {"half_of_a_pair", "m.json", event(R"(,"Attribute":[{"type":"domain|ip","value":"a-spy.net|","to_ids":true}])"),
       event(R"(,"Attribute":[{"type":"domain|ip","value":"a-spy.net|185.0.0.7","to_ids":true}])")},
      {"not_for_detection", "m.json", event(R"(,"Attribute":[{"type":"domain","value":"a-spy.net","to_ids":false}])"),
       event(R"(,"Attribute":[@])")},
      {"sighted_as_false_positive", "m.json",
       event(R"(,"Attribute":[{"type":"domain","value":"a-spy.net","to_ids":true,"Sighting":[{"type":"1"}]}])"),
       event(R"(,"Attribute":[{"type":"domain","value":"a-spy.net","to_ids":true,"Sighting":[{"type":"0"}]}])")},
      {"proposal", "m.json", event(R"(,"ShadowAttribute":[@],"Attribute":[@])"), event(R"(,"Attribute":[@])")},
      {"unpublished_event", "m.json", event(R"(,"published":false,"Attribute":[@])"),
       event(R"(,"published":true,"Attribute":[@])")},
      {"not_an_event", "m.json", R"([{"x":1}])", event(R"(,"Attribute":[@])"), "misp"},
      {"index_of_feed", "manifest.json",
       R"({"5e0b4d6c-7c3c-4b7d-8b1a-000000000001":{"info":"x","Orgc":{"name":"a"},"date":"2026-01-01","timestamp":"1700000000"}})",
       event(R"(,"Attribute":[@])")},
      {"attribute_without_type", "m.json", event(R"(,"Attribute":[{"value":"a-spy.net"}])"),
       event(R"(,"Attribute":[@])")},
      {"object_without_attributes", "m.json", event(R"(,"Object":[{"name":"file"}],"Attribute":[@])"),
       event(R"(,"Object":[{"name":"file","Attribute":[]}],"Attribute":[@])")},
      {"object_without_value", "a.json",
       R"({"iocs":[{"type":"domain","tag":"apt","tlp":"white"},{"type":"domain","tag":"apt","tlp":"white","value":"a-spy.net"}]})",
       R"({"iocs":[{"type":"domain","tag":"apt","tlp":"white","value":"a-spy.net"}]})"},
  });
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(LintWords, objects_beyond_limits) {
  const auto nested = [](std::size_t depth) {
    return indicator("*", R"(,"x":)" + repeated("[", depth) + repeated("]", depth));
  };
  const auto described = [](std::size_t size) {
    return indicator("*", R"(,"description":")" + std::string(size, 'a') + "\"");
  };
  const auto named = [](std::size_t size) {
    return bundle(R"({"type":"malware","name":"a","id":"malware--)" + std::string(size, 'a') + "\"}");
  };
  const auto tree = [](std::size_t depth) {
    return R"(<ioc xmlns="x"><definition>)" + repeated(R"(<Indicator operator="OR">)", depth) +
           repeated("</Indicator>", depth) + "</definition></ioc>";
  };
  expect_words({
      {"nested_too_deeply", "a.stix2", nested(1100), nested(900)},
      {"object_too_large", "a.stix2", described(std::size_t{17} << 20), described(std::size_t{1} << 20)},
      {"id_too_long", "a.stix2", named(2000), named(1000)},
      {"nested_too_deep", "a.ioc", tree(250), tree(20)},
  });
}

}  // namespace
}  // namespace testudo
