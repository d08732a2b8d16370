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

TEST(StixLint, malware_that_names_its_samples_is_no_family) {
  const Linted found = lint_objects({object("malware", 1, R"(,"name":"a","is_family":false)"),
                                     object("malware", 2, R"(,"name":"b","is_family":false,"sample_refs":[])")});
  EXPECT_EQ(found.of("is_family_false"), Strings{id("malware", 1) + ": a -> "});
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

TEST(StixLint, values_of_other_types) {
  const Linted found = lint_objects({
      object("malware", 1, R"(,"name":5,"is_family":"true","aliases":"a","malware_types":["a",6],"first_seen":7)"),
      object("x-thing", 2, R"(,"value":5,"summary":"of another kind","labels":"a","name":null)"),
      object("note", 3, R"(,"content":"c","object_refs":["x"],"summary":"an own property")"),
      R"({"type":"file","id":"file--)" + uuid(4) + R"(","size":"5","mtime":"yesterday","hashes":{"MD5":6}})",
  });
  EXPECT_EQ(found.of("wrong_type"),
            (Strings{id("malware", 1) + ": name: 5 -> name: a text",
                     id("malware", 1) + ": is_family: \"true\" -> is_family: true or false",
                     id("malware", 1) + ": aliases: \"a\" -> aliases: a list",
                     id("malware", 1) + ": malware_types[1]: 6 -> malware_types[1]: a text",
                     id("malware", 1) + ": first_seen: 7 -> first_seen: a text",
                     id("x-thing", 2) + ": labels: \"a\" -> labels: a list",
                     id("x-thing", 2) + ": name: null -> name: a value; leave out what is not known",
                     id("file", 4) + ": size: \"5\" -> size: a whole number",
                     id("file", 4) + ": hashes.MD5: 6 -> hashes.MD5: a text"}));
  EXPECT_EQ(found.of("broken_reference"), Strings{id("note", 3) + ": object_refs[0]: x -> "});
  EXPECT_EQ(found.of("bad_timestamp"), Strings{id("file", 4) + ": mtime: yesterday -> "});
}

TEST(StixLint, empty_lists_names_and_bounds) {
  const Linted found = lint_objects({
      object(
          "malware", 1,
          R"(,"name":"a","is_family":true,"aliases":[],"FooBar":1,"x":1,"x_own":[],"external_references":[{"url":"https://r.test/"},{"source_name":"a"}],)"
          R"("kill_chain_phases":[{"kill_chain_name":"k"}],"granular_markings":[{"selectors":[],"marking_ref":"marking-definition--)" +
              uuid(9) + R"("},{"selectors":["name"]}])"),
      object("sighting", 2,
             R"(,"count":-1,"sighting_of_ref":")" + id("bundle", 3) + R"(","where_sighted_refs":[")" +
                 id("malware", 1) + R"("],"spec_version":"3.0")"),
  });
  EXPECT_EQ(
      found.of("empty_list"),
      (Strings{
          id("malware", 1) + ": aliases -> leave aliases out", id("malware", 1) + ": x_own -> leave x_own out",
          id("malware", 1) + ": granular_markings[0].selectors -> name what is marked, or leave the marking out"}));
  EXPECT_EQ(found.of("bad_property_name"),
            (Strings{id("malware", 1) + ": FooBar -> foobar", id("malware", 1) + ": x -> x_x"}));
  EXPECT_EQ(found.of("missing_property"),
            (Strings{id("malware", 1) + ": external_references[0].source_name -> add \"source_name\"",
                     id("malware", 1) +
                         ": external_references[1].description -> add \"description\", \"url\" or \"external_id\"",
                     id("malware", 1) + ": kill_chain_phases[0].phase_name -> add \"phase_name\"",
                     id("malware", 1) + ": granular_markings[1].marking_ref -> add \"marking_ref\" or \"lang\""}));
  EXPECT_EQ(found.of("wrong_value"), (Strings{id("sighting", 2) + ": count: -1 -> 0 to 999999999",
                                              id("sighting", 2) + ": spec_version: 3.0 -> \"spec_version\": \"2.1\""}));
  const Strings other = found.of("reference_of_other_type");
  ASSERT_EQ(other.size(), 2U);
  EXPECT_TRUE(other[0].starts_with(id("sighting", 2) + ": sighting_of_ref: " + id("bundle", 3))) << other[0];
  EXPECT_EQ(other[1],
            id("sighting", 2) + ": where_sighted_refs[0]: " + id("malware", 1) + " -> an id of: identity location");
}

TEST(StixLint, what_needs_what_and_names_that_are_kept) {
  const Linted found = lint_objects({
      object("location", 1, R"(,"latitude":1.5)"),
      R"({"type":"artifact","id":"artifact--)" + uuid(2) + R"(","url":"https://a.test/"})",
      R"({"type":"ipv4-addr","id":"ipv4-addr--)" + uuid(3) + R"(","value":"2001:db8::1"})",
      R"({"type":"ipv4-addr","id":"ipv4-addr--)" + uuid(4) + R"(","value":"198.51.100.0/24"})",
      object("malware", 5, R"(,"name":"a","is_family":true,"severity":"high")"),
  });
  EXPECT_EQ(found.of("missing_property"),
            (Strings{id("location", 1) + ": longitude -> add \"longitude\" to this location",
                     id("artifact", 2) + ": hashes -> add \"hashes\" to this artifact"}));
  EXPECT_EQ(found.of("wrong_value"),
            Strings{id("ipv4-addr", 3) + ": value: 2001:db8::1 -> an address or network of this family"});
  EXPECT_EQ(found.of("bad_property_name"), Strings{id("malware", 5) + ": severity -> x_severity"});
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

// Where a word is asked for, and where a key is no name.
TEST(StixLint, empty_texts_and_keys) {
  const Linted found = lint_objects({
      R"({"type":"opinion","spec_version":"","id":")" + id("opinion", 1) +
          R"(","created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z","opinion":"","object_refs":[")" +
          id("malware", 2) + R"("],"":""})",
      object("extension-definition", 3, R"(,"name":"a","schema":"s","version":"1","extension_types":[""])"),
  });
  EXPECT_EQ(found.of("wrong_value"),
            (Strings{id("opinion", 1) + ": spec_version:  -> \"spec_version\": \"2.1\"",
                     id("opinion", 1) + ": opinion:  -> a word of opinion-enum",
                     id("extension-definition", 3) + ": extension_types:  -> a word of extension-type-enum"}));
  EXPECT_EQ(found.of("bad_property_name"), Strings{id("opinion", 1) + ":  -> x_"});
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
            Strings{id("indicator", 10) + ": /data/local/x/ -> [file:path = '/data/local/x']"});
}

// Whatever `intel eval` refuses; the feed's own reader takes most of these.
TEST(StixLint, patterns_that_tools_refuse) {
  struct Case {
    const char *pattern, *begins, *mend;
  };
  constexpr Case cases[] = {
      {R"([domain-name:value = \"a-spy.net\"])", "column 22: strings stand in", "[domain-name:value = 'a-spy.net']"},
      {R"([file:name = \"it's\"])", "column 14: ", R"([file:name = 'it\'s'])"},
      {"[domain-name:value='a-spy.net' or domain-name:value='b-spy.net']",
       "column 32: ", "[domain-name:value='a-spy.net' OR domain-name:value='b-spy.net']"},
      {"[x-a:in = 'a' and in:or = true or not:b = TRUE]",
       "column 15: ", "[x-a:in = 'a' AND in:or = true OR not:b = true]"},
      {"[file:hashes.SHA-256 = 'ab']", "column 14: ", "[file:hashes.'SHA-256' = 'ab']"},
      {"[file:extensions.windows-pebinary-ext.imphash = 'a']",
       "column 18: ", "[file:extensions.'windows-pebinary-ext'.imphash = 'a']"},
      {R"([directory:path = 'C:\\Users\\a'])", "column 22: only", R"([directory:path = 'C:\\Users\\a'])"},
      {"[domain-name:value = 'a-spy.net'] WITHIN 0 SECONDS", "column 42: ", ""},
      {"[domain-name:value = 'a-spy.net'] REPEATS 2 TIMES REPEATS 2 TIMES", "column 51: ", ""},
      {"[file:name MATCHES '(']", "column 20: regular expression", ""},
      {"[email-message:date = t'2020-02-30T00:00:00Z']", "column 23: ", ""},
      {"[artifact:payload_bin = h'012']", "column 25: ", ""},
      {"[file:size = 007]", "column 14: ", ""},
      {"[domain-name:value IN ('a-spy.net', 5)]", "column 37: ", ""},
      {"[domain-name:value = a-spy.net]", "column 22: ", ""},
  };
  for (const Case& one : cases) {
    const Linted found = lint_objects({indicator(1, one.pattern)});
    const Strings said = found.of("malformed_pattern");
    ASSERT_EQ(said.size(), 1U) << one.pattern;
    EXPECT_TRUE(said[0].starts_with(id("indicator", 1) + ": " + one.begins)) << said[0];
    EXPECT_TRUE(said[0].ends_with(std::string(" -> ") + one.mend)) << said[0];
  }
  for (const char* good :
       {"[domain-name:value == 'a-spy.net']", "[file:name MATCHES '^a$']", R"([file:name = 'it\\'s'])",
        "[domain-name:value = 'a-spy.net'] WITHIN 0.5 SECONDS REPEATS 2 TIMES", "[file:size > 7]"})
    EXPECT_EQ(lint_objects({indicator(1, good)}).count("malformed_pattern"), 0U) << good;
  // Of these nobody reads the pattern.
  for (const char* more : {R"(,"revoked":true)", R"(,"indicator_types":["benign"])"})
    EXPECT_EQ(lint_objects({indicator(1, "[a:b = 'x", more)}).count("malformed_pattern"), 0U) << more;
}

TEST(StixLint, versions_of_an_object) {
  const auto version = [](std::string_view modified) {
    return R"({"type":"malware","spec_version":"2.1","id":")" + id("malware", 1) +
           R"(","created":"2024-01-01T00:00:00.000Z","modified":")" + std::string(modified) +
           R"(","name":"a","is_family":true})";
  };
  const std::string one = version("2024-01-01T00:00:00.000Z"), two = version("2024-01-02T00:00:00.000Z");
  EXPECT_EQ(lint_objects({one, two}).count("duplicate_id"), 0U);
  EXPECT_EQ(lint_objects({one, one}).count("duplicate_id"), 1U);
  EXPECT_EQ(lint_objects({one, two, two}).count("duplicate_id"), 1U);
  EXPECT_EQ(lint_objects({one, two, one}).count("duplicate_id"), 1U);
  const std::string old = indicator(1, "[domain-name:value='a-spy.net']");
  std::string newer = old;
  newer.replace(newer.find(R"("modified":"2024-01-01)") + 20, 2, "02");
  EXPECT_EQ(lint_objects({old, newer}).of("superseded_version"),
            Strings{id("indicator", 1) + ": 2024-01-01T00:00:00Z -> "});
  EXPECT_EQ(lint_objects({old, newer}).count("duplicate_id"), 0U);
}

TEST(StixLint, lists_that_hold_nothing) {
  const auto report = [](std::string_view refs) {
    return object("report", 1,
                  R"(,"name":"r","published":"2024-01-01T00:00:00Z","object_refs":[)" + std::string(refs) + "]");
  };
  EXPECT_EQ(lint_objects({report("")}).of("report_without_objects"), Strings{id("report", 1) + ":  -> "});
  EXPECT_EQ(lint_objects({report("\"" + id("report", 1) + "\"")}).count("report_without_objects"), 0U);
  EXPECT_EQ(lint_objects({}).of("bundle_without_objects"), Strings{":  -> "});
  EXPECT_EQ(lint_objects({report("")}).count("bundle_without_objects"), 0U);
  EXPECT_EQ(lint_objects({"7"}).count("bundle_without_objects"), 0U);
}

TEST(StixLint, commas_before_the_end_of_a_list) {
  const std::string text = R"({"type":"bundle","id":"bundle--)" + uuid(0) + "\",\n\"objects\":[" +
                           indicator(1, "[domain-name:value IN ('a-spy.net','],]')]");
  EXPECT_EQ(lint({{"a.stix2", text + ",\n]}"}}).of("misplaced_comma"), Strings{"line 2:  -> "});
  EXPECT_EQ(lint({{"a.stix2", text + "]}"}}).count("misplaced_comma"), 0U);
  EXPECT_EQ(lint({{"a.stix2", text + ",,{}]}"}}).count("misplaced_comma"), 1U);
}

// What has run out when the feed was made; no clock is asked.
TEST(StixLint, what_had_run_out) {
  const auto until = [](std::string_view time) {
    return lint_objects(
               {indicator(1, "[domain-name:value='a-spy.net']", R"(,"valid_until":")" + std::string(time) + "\""),
                R"({"type":"malware","spec_version":"2.1","id":")" + id("malware", 2) +
                    R"(","created":"2024-03-01T00:00:00.000Z","modified":"2024-03-01T00:00:00.000Z","name":"a","is_family":true})"})
        .of("expired");
  };
  EXPECT_EQ(until("2024-02-01T00:00:00Z"), Strings{id("indicator", 1) + ": 2024-02-01T00:00:00Z -> "});
  EXPECT_EQ(until("2024-04-01T00:00:00Z"), Strings{});
}

TEST(StixLint, one_value_is_no_mend_of_several) {
  const Linted found = lint_objects({indicator(1, "[app:id = 'com.spy' OR app:id = 'com.spy.two']")});
  EXPECT_EQ(found.of("custom_object_type"),
            Strings{id("indicator", 1) + ": [app:id = 'com.spy' OR app:id = 'com.spy.two'] -> "});
}

TEST(StixLint, a_complete_feed_has_no_defect) {
  const std::string author =
      R"(,"created_by_ref":")" + id("identity", 1) +
      R"(","object_marking_refs":["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"],"confidence":85)";
  const Linted found = lint_objects({
      object("identity", 1, R"(,"name":"desk","identity_class":"organization")"),
      object(
          "malware", 2,
          R"(,"name":"Spy","is_family":true,"external_references":[{"source_name":"report","url":"https://r.test/"}])" +
              author),
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
