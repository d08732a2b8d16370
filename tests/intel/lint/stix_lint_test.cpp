// Defects that only the objects of a STIX feed show, and the mends of its patterns.
#include <gtest/gtest.h>

#include "intel/lint/lint_fixture.h"

namespace testudo {
namespace {

using test::lint;
using test::Linted;
using Strings = std::vector<std::string>;

std::string uuid(int n) {
  char text[40];
  std::snprintf(text, sizeof text, "%08d-1111-4111-8111-111111111111", n);
  return text;
}

std::string object(std::string_view type, int n, std::string_view more) {
  return R"({"type":")" + std::string(type) + R"(","spec_version":"2.1","id":")" + std::string(type) + "--" + uuid(n) +
         R"(","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z")" + std::string(more) + "}";
}

std::string indicator(int n, std::string_view pattern, std::string_view more = "") {
  return object("indicator", n,
                R"(,"pattern_type":"stix","valid_from":"2024-01-01T00:00:00Z","pattern":")" + std::string(pattern) +
                    "\"" + std::string(more));
}

std::string tie(int n, std::string_view type, const std::string& from, const std::string& to) {
  return object("relationship", n,
                R"(,"relationship_type":")" + std::string(type) + R"(","source_ref":")" + from + R"(","target_ref":")" +
                    to + "\"");
}

Linted lint_objects(const std::vector<std::string>& objects) {
  std::string text = R"({"type":"bundle","id":"bundle--)" + uuid(0) + R"(","objects":[)";
  for (std::size_t i = 0; i < objects.size(); ++i) text += (i == 0 ? "" : ",\n") + objects[i];
  return lint({{"a.stix2", text + "]}"}});
}

std::string id(std::string_view type, int n) { return std::string(type) + "--" + uuid(n); }

TEST(StixLint, identifiers) {
  const Linted found = lint_objects({
      R"({"type":"malware","spec_version":"2.1","id":"malware--1","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","name":"a","is_family":true})",
      R"({"type":"malware","spec_version":"2.1","id":"tool--)" + uuid(3) +
          R"(","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","name":"a","is_family":true})",
      object("malware", 4, R"(,"name":"a","is_family":true)"),
      object("malware", 4, R"(,"name":"a","is_family":true)"),
  });
  EXPECT_EQ(found.of("invalid_id"), Strings{"malware--1: malware--1 -> "});
  EXPECT_EQ(found.of("id_of_other_type"), Strings{id("tool", 3) + ": malware -> " + id("malware", 3)});
  EXPECT_EQ(found.count("duplicate_id"), 1U);
}

TEST(StixLint, required_properties) {
  const Linted found = lint_objects({
      R"({"type":"indicator","spec_version":"2.1","id":")" + id("indicator", 1) +
          R"(","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","pattern":"[domain-name:value='a.example.net']"})",
      object("location", 2, ""),
      object("location", 3, R"(,"country":"XX")"),
      object("grouping", 4, R"(,"context":"suspicious-activity","object_refs":[")" + id("location", 3) + "\"]"),
      R"({"type":"domain-name","id":"domain-name--)" + uuid(5) + R"("})",
  });
  EXPECT_EQ(found.of("missing_property"),
            (Strings{id("indicator", 1) + ": pattern_type -> \"pattern_type\": \"stix\"",
                     id("indicator", 1) + ": valid_from -> add \"valid_from\" to this indicator",
                     id("location", 2) + ": region -> add \"region\" to this location",
                     id("domain-name", 5) + ": value -> add \"value\" to this domain-name"}));
}

TEST(StixLint, unknown_types) {
  const Linted found = lint_objects({object("spyware", 1, ""), object("spyware", 2, R"(,"extensions":{})")});
  EXPECT_EQ(found.of("unknown_type"), Strings{id("spyware", 1) + ": spyware -> "});
}

TEST(StixLint, times) {
  const Linted found = lint_objects({
      object("malware", 1, R"(,"name":"a","is_family":true,"first_seen":"2024-01-02 10:00:00")"),
      R"({"type":"malware","spec_version":"2.1","id":")" + id("malware", 2) +
          R"(","created":"2024-02-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.123456Z","name":"a","is_family":true})",
      indicator(3, "[domain-name:value='a.example.net']", R"(,"valid_until":"2024-01-01T00:00:00Z")"),
      object("malware", 4, R"(,"name":"a","is_family":true,"first_seen":"2024-01-02T00:00:00+02:00")"),
  });
  const Strings bad = found.of("bad_timestamp");
  ASSERT_EQ(bad.size(), 2U);
  EXPECT_EQ(bad[1], id("malware", 4) +
                        ": first_seen: 2024-01-02T00:00:00+02:00 -> \"first_seen\": \"2024-01-01T22:00:00.000Z\"");
  EXPECT_EQ(found.of("modified_before_created"),
            Strings{id("malware", 2) + ": 2024-01-01T00:00:00.123456Z -> \"modified\": \"2024-02-01T00:00:00.000Z\""});
  EXPECT_EQ(found.of("timestamp_precision"),
            Strings{": 2024-01-01T00:00:00.123456Z and 0 more -> 2024-01-01T00:00:00.123Z"});
  EXPECT_EQ(found.count("ends_before_it_begins"), 1U);
}

TEST(StixLint, references) {
  const Linted found = lint_objects({
      object("malware", 1, R"(,"name":"a","is_family":false,"created_by_ref":")" + id("identity", 9) + "\""),
      indicator(2, "[domain-name:value='a.example.net']",
                R"(,"object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"])"),
      tie(3, "indicates", id("indicator", 2), id("malware", 8)),
      tie(4, "indicates", id("malware", 1), id("indicator", 2)),
      tie(5, "related-to", id("malware", 1), id("malware", 1)),
      tie(6, "indicates", id("indicator", 2), id("malware", 1)),
      tie(7, "indicates", id("indicator", 2), id("malware", 1)),
  });
  EXPECT_EQ(found.of("dangling_reference"),
            Strings{id("malware", 1) + ": created_by_ref: " + id("identity", 9) + " -> "});
  EXPECT_TRUE(found.has("a.stix2", id("relationship", 3), "dangling_relationship"));
  EXPECT_TRUE(found.has("a.stix2", id("relationship", 4), "relationship_backwards"));
  EXPECT_TRUE(found.has("a.stix2", id("relationship", 5), "self_relationship"));
  EXPECT_TRUE(found.has("a.stix2", id("relationship", 7), "duplicate_relationship"));
  EXPECT_TRUE(found.has("a.stix2", id("malware", 1), "is_family_false"));
  EXPECT_EQ(found.count("no_tlp"), 0U);
}

TEST(StixLint, cycles) {
  const auto malware = [](int n) { return object("malware", n, R"(,"name":"a","is_family":true)"); };
  const Linted found =
      lint_objects({malware(1), malware(2), malware(3), tie(4, "derived-from", id("malware", 1), id("malware", 2)),
                    tie(5, "derived-from", id("malware", 2), id("malware", 3)),
                    tie(6, "derived-from", id("malware", 3), id("malware", 1)),
                    tie(7, "communicates-with", id("malware", 3), id("malware", 1))});
  EXPECT_EQ(found.of("cycle"),
            Strings{id("relationship", 6) + ": derived-from: " + id("malware", 1) + " -> " + id("malware", 2) + " -> " +
                    id("malware", 3) + " -> " + id("malware", 1) + " -> "});
}

// A chain as long as a hostile feed likes, closed into a ring.
TEST(StixLint, a_long_ring_is_one_cycle) {
  std::vector<std::string> objects;
  constexpr int size = 20'000;
  for (int i = 0; i < size; ++i)
    objects.push_back(tie(i, "derived-from", id("malware", i), id("malware", (i + 1) % size)));
  EXPECT_EQ(lint_objects(objects).count("cycle"), 1U);
}

TEST(StixLint, corrected_patterns) {
  const std::string digest(64, 'a');
  const Linted found = lint_objects({
      indicator(1, "[domain-name:value='a.example.net/x']"),
      indicator(2, "[domain-name:value='185.0.0.7']"),
      indicator(3, "[domain-name:value='B.Example.net.']"),
      indicator(4, "[file:hashes.sha256='" + digest + "']"),
      indicator(5, "[app:id='com.spy']"),
      indicator(6, "[domain-name:value='c.example.net:8443']"),
      indicator(7, "domain-name:value = 'd.example.net'"),
      indicator(8, "[domain-name:value == 'e.example.net'"),
      indicator(9, "[domain-name:value='f[.]example[.]net']"),
      indicator(10, "[file:path='/data/local/x/']"),
  });
  EXPECT_EQ(found.of("url_in_domain"),
            Strings{id("indicator", 1) + ": a.example.net/x -> [url:value = 'http://a.example.net/x']"});
  EXPECT_EQ(found.of("address_in_domain"),
            Strings{id("indicator", 2) + ": 185.0.0.7 -> [ipv4-addr:value = '185.0.0.7']"});
  EXPECT_EQ(found.of("upper_case"),
            Strings{id("indicator", 3) + ": B.Example.net. -> [domain-name:value = 'b.example.net']"});
  EXPECT_EQ(found.of("trailing_dot"),
            Strings{id("indicator", 3) + ": B.Example.net. -> [domain-name:value = 'b.example.net']"});
  EXPECT_EQ(found.of("hash_key_spelling"), Strings{id("indicator", 4) + ": [file:hashes.sha256='" + digest +
                                                   "'] -> [file:hashes.'SHA-256' = '" + digest + "']"});
  ASSERT_EQ(found.of("custom_object_type").size(), 1U);
  EXPECT_NE(found.of("custom_object_type")[0].find("-> [software:extensions."), std::string::npos);
  EXPECT_EQ(found.of("port_in_host"),
            Strings{id("indicator", 6) + ": c.example.net:8443 -> [domain-name:value = 'c.example.net']"});
  const Strings malformed = found.of("malformed_pattern");
  ASSERT_EQ(malformed.size(), 2U);
  EXPECT_TRUE(malformed[0].ends_with("-> [domain-name:value = 'd.example.net']")) << malformed[0];
  EXPECT_EQ(found.of("defanged"),
            Strings{id("indicator", 9) + ": f[.]example[.]net -> [domain-name:value = 'f.example.net']"});
  EXPECT_EQ(found.of("directory_prefix"),
            Strings{id("indicator", 10) + ": /data/local/x/ -> [file:path LIKE '/data/local/x/%']"});
}

TEST(StixLint, a_complete_feed_has_no_defect) {
  const std::string author =
      R"(,"created_by_ref":")" + id("identity", 1) +
      R"(","object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"],"confidence":85)";
  const Linted found = lint_objects({
      object("identity", 1, R"(,"name":"desk","identity_class":"organization")"),
      object("malware", 2,
             R"(,"name":"Spy","is_family":true,"external_references":[{"source_name":"report"}])" + author),
      indicator(3, "[domain-name:value = 'spyware-delivery.net']",
                R"(,"name":"delivery","valid_until":"2027-01-01T00:00:00Z")" + author),
      tie(4, "indicates", id("indicator", 3), id("malware", 2)),
      object("sighting", 5, R"(,"sighting_of_ref":")" + id("indicator", 3) + "\""),
  });
  for (const LintFinding& f : found.findings) ADD_FAILURE() << f.defect << " " << f.object << " " << f.value;
}

TEST(StixLint, cut_anywhere_it_returns) {
  const std::string text = R"({"type":"bundle","id":"bundle--1","objects":[)" +
                           indicator(1, "[domain-name:value='a.example.net']") + "," +
                           tie(2, "derived-from", id("malware", 1), id("malware", 1)) + "]}";
  for (std::size_t size = 0; size <= text.size(); ++size) lint({{"a.stix2", text.substr(0, size)}});
}

}  // namespace
}  // namespace testudo
