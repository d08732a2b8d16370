// STIX feeds as a sink hears of them: every object is told or noted, whatever is broken beside it.
#include <gtest/gtest.h>

#include <map>

#include "base/text.h"
#include "intel/bundle.h"
#include "intel/export/uuid.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/stix_record.h"

namespace testudo {
namespace {

using test::Bundle;
using test::indicator;
using test::read;
using test::Record;
using test::Strings;
std::string in_bundle(const std::string& objects) {
  return R"({"type":"bundle","id":"bundle--1","objects":[)" + objects + "]}";
}

TEST(StixRead, everything_that_an_indicator_says) {
  const Record record = read(in_bundle(
      R"({"type":"indicator","spec_version":"2.1","id":"indicator--1","created":"2024-01-01T00:00:00Z",)"
      R"("modified":"2024-02-01T00:00:00Z","valid_from":"2024-01-02T00:00:00Z","valid_until":"2025-01-01T00:00:00Z",)"
      R"("confidence":85,"name":"A name","description":"Words","indicator_types":["malicious-activity"],)"
      R"("object_marking_refs":["marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"],"pattern_type":"stix",)"
      R"("pattern":"[domain-name:value='a.test' OR ipv4-addr:value='198.51.100.7']"})"));
  EXPECT_EQ(record.claims, (Strings{"host a.test indicator--1", "ipv4 198.51.100.7 indicator--1"}));
  const FeedClaim& claim = record.raw.at(0);
  EXPECT_EQ(claim.role, Role::attacker);
  EXPECT_EQ(claim.tlp, Tlp::amber_strict);
  EXPECT_EQ(claim.confidence, 85);
  EXPECT_EQ(to_rfc3339(*claim.created) + to_rfc3339(*claim.modified), "2024-01-01T00:00:00Z2024-02-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(*claim.valid_from) + to_rfc3339(*claim.valid_until), "2024-01-02T00:00:00Z2025-01-01T00:00:00Z");
  EXPECT_FALSE(claim.revoked);
  EXPECT_EQ(record.comments.at(0), "A name\nWords");
  EXPECT_EQ(record.objects, Strings{});
  EXPECT_EQ(record.notes, Strings{});
}

// STIX 2.0 has the vocabulary in `labels`; many publishers put words of their own there.
TEST(StixRead, labels_tell_whose_a_value_is) {
  struct Row {
    const char* said;
    Role role;
  };
  const Row rows[] = {{R"("indicator_types":["compromised"])", Role::victim},
                      {R"("labels":["victim"])", Role::victim},
                      {R"("labels":["Compromised site"])", Role::victim},
                      {R"("labels":["False-Positive"])", Role::benign},
                      {R"("labels":["benign"],"indicator_types":["malicious-activity"])", Role::benign},
                      {R"("labels":["benign"],"indicator_types":["compromised"])", Role::victim},
                      {R"("labels":["malicious-activity","pegasus"])", Role::attacker},
                      {R"("labels":["context"])", Role::context},
                      {R"("labels":["sends links to victims of spyware"])", Role::unstated},
                      {R"("labels":["anomalous-activity", 7])", Role::unstated}};
  for (const Row& row : rows) {
    const Record record =
        read(Bundle().indicator("indicator--1", "[domain-name:value='a.test']", std::string(",") + row.said).text());
    ASSERT_EQ(record.raw.size(), 1U) << row.said;
    EXPECT_EQ(record.raw[0].role, row.role) << row.said;
  }
}

TEST(StixRead, what_a_claim_cannot_hold_is_kept_whole) {
  const std::string phases = R"(,"kill_chain_phases":[{"kill_chain_name":"x","phase_name":"y"}])";
  const Record record =
      read(Bundle()
               .indicator("indicator--1", "[domain-name:value='a.test']", phases)
               .indicator("indicator--2", "[file:name='a' AND file:size=1]")
               .indicator("indicator--3", "[broken")
               .indicator("indicator--4", "[mutex:name='m']")
               .indicator("indicator--5", "[app:id='b'] OR [a:b LIKE '%x']")
               .object(R"({"type":"indicator","id":"indicator--6","pattern_type":"yara","pattern":"rule r {}"})")
               .object(R"({"type":"sighting","id":"sighting--1","sighting_of_ref":"indicator--1"})")
               .object(R"({"type":"x-own","id":"x-own--1"})")
               .object(R"({"type":"domain-name","id":"domain-name--1","value":"b.test"})")
               .text());
  EXPECT_EQ(record.claims, (Strings{"host a.test indicator--1", "app_id b indicator--5"}));
  EXPECT_EQ(record.patterns, (Strings{"stix [file:name='a' AND file:size=1] and", "stix [broken malformed",
                                      "stix [mutex:name='m'] unsupported_object_path",
                                      "stix [app:id='b'] OR [a:b LIKE '%x'] like", "yara rule r {} other_language"}));
  EXPECT_EQ(record.objects, (Strings{"indicator--1", "sighting--1", "x-own--1", "domain-name--1"}));
  EXPECT_NE(record.texts.at(0).find("kill_chain_phases"), std::string::npos);
}

TEST(StixRead, a_vulnerability_is_an_indicator_where_our_export_wrote_it) {
  const auto vulnerability = [](const std::string& uuid) {
    return read(Bundle().named("vulnerability", "vulnerability--" + uuid, "CVE-2026-0001").text());
  };
  const Record own = vulnerability(export_uuid("vulnerability", "CVE-2026-0001"));
  ASSERT_EQ(own.raw.size(), 1U);
  EXPECT_EQ(own.raw[0].kind, Kind::cve);
  EXPECT_EQ(vulnerability("00000000-0000-4000-8000-000000000001").raw.size(), 0U);
}

TEST(StixRead, roles_and_markings) {
  const auto claim_of = [](std::string_view more) {
    const Record record = read(Bundle().indicator("indicator--1", "[app:id='x']", more).text());
    return record.raw.at(0);
  };
  EXPECT_EQ(claim_of("").role, Role::unstated);
  EXPECT_EQ(claim_of(R"(,"labels":["compromised","malicious-activity"])").role, Role::victim);
  EXPECT_EQ(claim_of(R"(,"indicator_types":["benign"])").role, Role::benign);
  for (const std::string_view yes : {"true", "\"true\"", "\"True\"", "1", "\"yes\""})
    EXPECT_TRUE(claim_of(",\"revoked\":" + std::string(yes)).revoked) << yes;
  for (const std::string_view no : {"false", "\"false\"", "0", "null"})
    EXPECT_FALSE(claim_of(",\"revoked\":" + std::string(no)).revoked) << no;
  const auto tlp_of = [&](std::string_view uuid) {
    return claim_of(",\"object_marking_refs\":[\"marking-definition--" + std::string(uuid) + "\"]").tlp;
  };
  EXPECT_EQ(tlp_of("613f2e26-407d-48c7-9eca-b8e91df99dc9"), Tlp::clear);
  EXPECT_EQ(tlp_of("34098fce-860f-48ae-8e50-ebd3cc5e41da"), Tlp::green);
  EXPECT_EQ(tlp_of("f88d31f6-486f-44da-b317-01333bde0b82"), Tlp::amber);
  EXPECT_EQ(tlp_of("5e57c739-391a-4eb3-b6be-7d15ca92d5ed"), Tlp::red);
  EXPECT_EQ(tlp_of("94868c89-83c2-464b-929b-a1a8aa3c8487"), Tlp::clear);
  EXPECT_EQ(tlp_of("bab4a63c-aed9-4cf5-a766-dfca5abac2bb"), Tlp::green);
  EXPECT_EQ(tlp_of("55d920b0-5e8b-4f79-9ee9-91f868d9b421"), Tlp::amber);
  EXPECT_EQ(tlp_of("e828b379-4e03-4974-9ac4-e53a884c97c1"), Tlp::red);
  EXPECT_EQ(tlp_of("00000000-0000-0000-0000-000000000000"), Tlp::amber_strict);
  // A feed's own marking, and the strictest of several.
  const Record own = read(
      Bundle()
          .object(
              R"({"type":"marking-definition","id":"marking-definition--9","definition_type":"tlp","definition":{"tlp":"red"}})")
          .indicator("indicator--1", "[app:id='x']",
                     R"(,"object_marking_refs":["marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",)"
                     R"("marking-definition--9"])")
          .text());
  EXPECT_EQ(own.raw.at(0).tlp, Tlp::red);
}

constexpr std::string_view marked_by_nine = R"(,"object_marking_refs":["marking-definition--9"])";

std::optional<Tlp> tlp_by(const std::string& definition) {
  const Record record =
      read(Bundle().indicator("indicator--1", "[app:id='x']", marked_by_nine).object(definition).text());
  EXPECT_FALSE(record.noted("unknown_marking")) << definition;
  return record.raw.at(0).tlp;
}

TEST(StixRead, markings_that_stand_behind_what_they_mark) {
  const std::string head = R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--9",)";
  EXPECT_EQ(tlp_by(head + R"("definition_type":"tlp","definition":{"tlp":"red"}})"), Tlp::red);
  EXPECT_EQ(tlp_by(head + R"("extensions":{"extension-definition--1":{"tlp_2_0":"red"}}})"), Tlp::red);
  EXPECT_EQ(tlp_by(head + R"("name":"TLP:RED"})"), Tlp::red);
  EXPECT_EQ(tlp_by(head + R"("name":"tlp:amber+strict "})"), Tlp::amber_strict);
  EXPECT_EQ(tlp_by(head + R"("name":"TLP:PURPLE"})"), Tlp::amber_strict);
  EXPECT_EQ(tlp_by(head + "\"name\":\"caf\xE9\",\"definition\":{\"tlp\":\"red\"}}"), Tlp::red);
  EXPECT_EQ(tlp_by(head + R"("definition_type":"statement","definition":{"statement":"ours"}})"), std::nullopt);
  EXPECT_EQ(
      tlp_by(R"({"type":"x-odd","id":"x-odd--1","name":"a {"},{"broken"},)" + head + R"("definition":{"tlp":"red"}})"),
      Tlp::red);
  // In another bundle of the same feed, and the stricter of two of one id.
  const std::string marked = in_bundle(R"({"type":"indicator","id":"indicator--1","pattern":"[app:id='x']")" +
                                       std::string(marked_by_nine) + "}");
  const std::string green = in_bundle(head + R"("definition":{"tlp":"green"}})");
  const std::string red = in_bundle(head + R"("definition":{"tlp":"red"}})");
  EXPECT_EQ(read(marked + green).raw.at(0).tlp, Tlp::green);
  EXPECT_EQ(read(marked + red + green).raw.at(0).tlp, Tlp::red);
  EXPECT_EQ(read(green + marked + red).raw.at(0).tlp, Tlp::green);
}

TEST(StixRead, a_marking_that_nobody_defines_is_taken_for_strict) {
  const Record record =
      read(Bundle()
               .indicator("indicator--1", "[app:id='x']", marked_by_nine)
               .indicator("indicator--2", "[app:id='y']", marked_by_nine)
               .indicator("indicator--3", "[app:id='z']", R"(,"object_marking_refs":[7])")
               .indicator("indicator--4", "[app:id='u']",
                          R"(,"object_marking_refs":"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed")")
               .indicator("indicator--5", "[app:id='v']", R"(,"object_marking_refs":null)")
               .text());
  EXPECT_EQ(record.raw.at(0).tlp, Tlp::amber_strict);
  EXPECT_EQ(record.raw.at(1).tlp, Tlp::amber_strict);
  EXPECT_EQ(record.raw.at(2).tlp, Tlp::amber_strict);
  EXPECT_EQ(record.raw.at(3).tlp, Tlp::red);
  EXPECT_EQ(record.raw.at(4).tlp, std::nullopt);
  EXPECT_EQ(std::ranges::count(record.notes, ": unknown_marking: marking-definition--9"), 1);
}

TEST(StixRead, markings_of_parts_and_of_bundles_mark_the_whole) {
  const std::string red = R"("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed")";
  const std::string green = R"("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da")";
  const Record parts = read(Bundle()
                                .indicator("indicator--1", "[app:id='x']",
                                           R"(,"object_marking_refs":[)" + green +
                                               R"(],"granular_markings":[{"lang":"en","selectors":["name"]},)" +
                                               R"({"marking_ref":)" + red + R"(,"selectors":["description"]}])")
                                .text());
  EXPECT_EQ(parts.raw.at(0).tlp, Tlp::red);
  EXPECT_EQ(parts.objects, Strings{"indicator--1"});
  const auto bundle_of = [&](const std::string& marking, std::string_view host) {
    return R"({"type":"bundle","id":"bundle--1","object_marking_refs":[)" + marking + R"(],"objects":[)" +
           indicator("1", host) + "]}";
  };
  const Record bundles = read(bundle_of(red, "a.test") + in_bundle(indicator("2", "b.test")) +
                              bundle_of(R"("marking-definition--9")", "c.test") +
                              R"({"type":"marking-definition","id":"marking-definition--9","name":"TLP:AMBER"})");
  EXPECT_EQ(bundles.raw.at(0).tlp, Tlp::red);
  EXPECT_EQ(bundles.raw.at(1).tlp, std::nullopt);
  EXPECT_EQ(bundles.raw.at(2).tlp, Tlp::amber);
  EXPECT_FALSE(bundles.noted("unknown_marking"));
}

TEST(StixRead, relationships_become_threats_wherever_they_stand) {
  const Record record = read(Bundle()
                                 .relationship("indicator--1", "malware--1")
                                 .relationship("indicator--1", "threat-actor--1",
                                               R"(,"description":"kept"})"
                                               ",{\"type\":\"x\",\"id\":\"x--1\"")
                                 .indicator("indicator--1", "[app:id='a' OR app:id='b']")
                                 .named("threat-actor", "threat-actor--1", "Actor")
                                 .named("malware", "malware--1", "Bad")
                                 .text());
  EXPECT_EQ(record.threats, (Strings{"0 Bad", "0 Actor", "1 Bad", "1 Actor"}));
  EXPECT_EQ(record.objects, (Strings{"relationship--2", "x--1", "threat-actor--1", "malware--1"}));
}

TEST(StixRead, newer_versions_supersede_in_either_order) {
  for (const bool newest_first : {false, true}) {
    const std::string old = R"(,"modified":"2024-01-01T00:00:00Z")", fresh = R"(,"modified":"2024-02-01T00:00:00Z")";
    const Record record = read(Bundle()
                                   .indicator("indicator--1", "[app:id='a']", newest_first ? fresh : old)
                                   .indicator("indicator--1", "[app:id='b']", newest_first ? old : fresh)
                                   .text());
    EXPECT_EQ(record.superseded, Strings{newest_first ? "1" : "0"});
    EXPECT_TRUE(record.noted("superseded_version"));
  }
}

// Each breaks its own object alone: those before and behind it are read.
TEST(StixRead, a_broken_object_costs_itself_alone) {
  for (const std::string broken :
       {R"({"type":"indicator","id":"indicator--x","pattern":"no end)", R"({"type":"indicator","id":"indicator--x)",
        R"({"type":"indicator","id":"indicator--x","labels":["a","pattern":"x"})",
        R"({"type":"indicator","id":"indicator--x","a":{"b":1)", R"({"type":"indicator","id":"indicator--x","a":)",
        R"({"type":"indicator","id":"indicator--x" "a":1})", R"({"type":"indicator","id":"indicator--x","a":1,})",
        R"({"type":"indicator","id":"indicator--x","a":nul})", R"({"type":"indicator","id":"indicator--x","a":01})",
        R"({"type":"indicator","id":"indicator--x","a":"\x"})", R"({"type":"indicator","id":"indicator--x","a":"b"c"})",
        "{\"type\":\"indicator\",\"id\":\"indicator--x\",\"a\":\"b\nc\"}", R"({"id":"indicator--x"]})", R"({])", "}",
        "{\"type\":\"indicator\",\"id\":\"indicator--x\",\"pattern\":\"[file:name='\xE9']\"}", "]]", "x", "{{{{"}) {
    const std::string first = indicator("1", "a.test"), last = indicator("2", "b.test");
    for (const std::string& text :
         {in_bundle(first + "," + broken + "," + last), in_bundle(first + ",\n  " + broken + ",\n  " + last + "\n"),
          first + "\n" + broken + "\n" + last}) {
      Record record;
      ASSERT_TRUE(read(text, record)) << text;
      EXPECT_EQ(record.claims, (Strings{"host a.test indicator--1", "host b.test indicator--2"})) << text;
      EXPECT_FALSE(record.notes.empty()) << text;
    }
  }
}

TEST(StixRead, broken_objects_are_named) {
  const Record record =
      read(in_bundle(indicator("1", "a.test") + R"(,{"type":"indicator","id":"indicator--bad","a":tru})"));
  EXPECT_TRUE(std::ranges::any_of(
      record.notes, [](const std::string& note) { return note.starts_with("indicator--bad: broken_object: octet "); }));
}

TEST(StixRead, commas_around_a_broken_object_are_not_blamed) {
  const std::string broken = R"({"type":"indicator","id":"indicator--bad","a":1,})";
  const Record whole = read(in_bundle(indicator("1", "a.test") + "," + broken + "," + indicator("2", "b.test")));
  EXPECT_FALSE(whole.noted("missing_comma"));
  EXPECT_FALSE(whole.noted("misplaced_comma"));
  EXPECT_TRUE(read(in_bundle(indicator("1", "a.test") + indicator("2", "b.test"))).noted("missing_comma"));
  EXPECT_TRUE(read(in_bundle(indicator("1", "a.test") + ",," + indicator("2", "b.test"))).noted("misplaced_comma"));
}

TEST(StixRead, bombs_are_contained) {
  for (const auto& [open, close] : {std::pair("[", "]"), std::pair(R"({"a":)", "}")}) {
    std::string bomb = R"({"type":"x","id":"x--1","b":)";
    for (int i = 0; i < 100'000; ++i) bomb += open;
    bomb += "1";
    for (int i = 0; i < 100'000; ++i) bomb += close;
    const Record record = read(in_bundle(indicator("1", "a.test") + "," + bomb + "}," + indicator("2", "b.test")));
    EXPECT_EQ(record.claims.size(), 2U);
    EXPECT_TRUE(record.noted("nested_too_deeply"));
  }
  std::string large = R"({"type":"x","id":"x--1","b":")" + std::string(std::size_t{17} << 20, 'x') + "\"}";
  const Record record = read(in_bundle(large + "," + indicator("2", "b.test")));
  EXPECT_EQ(record.claims.size(), 1U);
  EXPECT_TRUE(record.noted("object_too_large"));
}

TEST(StixRead, envelopes_arrays_lines_and_several_bundles) {
  const std::string a = indicator("1", "a.test"), b = indicator("2", "b.test");
  const Strings both = {"host a.test indicator--1", "host b.test indicator--2"};
  for (const std::string& text :
       {in_bundle(a + "," + b), in_bundle(a) + in_bundle(b), in_bundle(a) + "\n\n" + in_bundle(b) + "\n",
        "[" + in_bundle(a) + "," + in_bundle(b) + "]", in_bundle(in_bundle(a) + "," + b), "[" + a + "," + b + "]",
        a + "\n" + b + "\n", "{\"more\":false,\"objects\":[" + a + "," + b + "],\"next\":\"x\"}",
        "{\"objects\":[" + a + "," + b + "],\"id\":\"bundle--1\",\"type\":\"bundle\"}",
        "\xEF\xBB\xBF" + in_bundle(a + "," + b), "\x1E" + a + "\n\x1E" + b + "\n", in_bundle(a + " " + b),
        in_bundle(",," + a + "," + b + ",")}) {
    Record record;
    ASSERT_TRUE(read(text, record)) << text;
    EXPECT_EQ(record.claims, both) << text;
  }
}

TEST(StixRead, encodings) {
  const std::string text = in_bundle(indicator("1", "a.test"));
  std::string wide = "\xFF\xFE";
  for (const char c : text) (wide += c) += '\0';
  EXPECT_EQ(read(wide).claims.size(), 1U);
  EXPECT_TRUE(read(wide).noted("utf16"));
  const Record latin =
      read(in_bundle("{\"type\":\"malware\",\"id\":\"malware--1\",\"name\":\"caf\xE9\"}," + indicator("1", "a.test")));
  EXPECT_TRUE(latin.noted("not_utf8"));
  EXPECT_NE(latin.texts.at(0).find("caf\xC3\xA9"), std::string::npos);
}

TEST(StixRead, other_json_is_an_error_without_a_word) {
  for (const std::string_view text : {"", "x", "{}", "[]", "[1,2]", R"({"type":"bundle"})", R"({"objects":[{"a":1}]})",
                                      R"({"Event":{"objects":[]}})", R"([{"type":"x","id":"y--1"}])"}) {
    Record record;
    EXPECT_FALSE(read(text, record) && text != R"({"type":"bundle"})") << text;
    EXPECT_EQ(record.claims.size() + record.objects.size(), 0U) << text;
  }
}

TEST(StixRead, every_truncation_gives_a_beginning_of_the_whole) {
  const std::string whole = Bundle()
                                .named("malware", "malware--1", "Bad \"one\"")
                                .indicator("indicator--1", "[app:id='a' OR app:id='b']")
                                .relationship("indicator--1", "malware--1")
                                .indicator("indicator--2", "[app:id='c']")
                                .text();
  const Record all = read(whole);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Record record;
    const bool ok = read(std::string_view(whole).substr(0, size), record);
    ASSERT_LE(record.claims.size(), all.claims.size());
    EXPECT_TRUE(std::equal(record.claims.begin(), record.claims.end(), all.claims.begin())) << size;
    EXPECT_TRUE(!ok || record.noted("truncated")) << size;
    EXPECT_EQ(ok, !record.objects.empty()) << size;
  }
}

TEST(StixRead, what_was_read_is_given_back) {
  std::string objects = indicator("1", "a.test");
  while (objects.size() < (std::size_t{10} << 20)) objects += "," + indicator("2", std::string(1000, 'b') + ".test");
  const std::string text = in_bundle(objects);
  static std::size_t released;
  released = 0;
  Record record;
  const FeedText feed{.name = "x", .text = text, .release = [](void*, std::size_t until) {
                        EXPECT_GE(until, released);
                        released = until;
                      }};
  ASSERT_TRUE(read_stix(feed, record).ok());
  EXPECT_GT(released, std::size_t{4} << 20);
  EXPECT_LE(released, text.size());
}

TEST(StixRead, likeness) {
  const auto like = [](std::string_view name, std::string_view head) {
    return stix_format.likeness(FeedHead(name, head));
  };
  EXPECT_GE(like("x.json", in_bundle(indicator("1", "a.test"))), 90);
  EXPECT_GE(like("x.json", R"([{"id":"malware--5f0c2b7a-9d4e-4163-8b1f-7e2a60c39d58"}])"), 50);
  EXPECT_LT(like("x.json", R"({"Event":{"uuid":"5f0c2b7a-9d4e-4163-8b1f-7e2a60c39d58"}})"), 50);
  EXPECT_EQ(like("x.stix2", "a.test\nb.test\n"), 0);
  EXPECT_GE(like("x.stix2", "{\"objects\":["), 50);
}

}  // namespace
}  // namespace testudo
