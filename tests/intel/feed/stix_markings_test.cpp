// STIX feeds: who may see what, where markings stand beside the objects or on what they are tied to; versions that
// share their time.
#include <gtest/gtest.h>

#include "intel/bundle.h"
#include "intel/feed/stix_record.h"

namespace testudo {
namespace {

using test::Bundle;
using test::indicator;
using test::read;
using test::Record;
using test::Strings;

TEST(StixRead, markings_of_a_bundle_count_on_either_side_of_its_objects) {
  const std::string red = R"("object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"])";
  const std::string objects = R"("objects":[)" + indicator("00000000-0000-4000-8000-000000000001", "a.test") + "]";
  for (const std::string& members :
       {red + "," + objects, objects + "," + red, objects + "," + red + R"(,"x":{"y":1})"}) {
    const Record record = read(R"({"type":"bundle","id":"bundle--1",)" + members + "}\n");
    ASSERT_EQ(record.raw.size(), 1U) << members;
    EXPECT_EQ(record.raw[0].tlp, Tlp::red) << members;
    EXPECT_FALSE(record.noted("unknown_marking")) << members;
  }
  // Those of the last object are its own.
  std::string last = indicator("00000000-0000-4000-8000-000000000002", "b.test");
  last.insert(last.size() - 1, "," + red);
  const Record record = read(R"({"type":"bundle","id":"bundle--1","objects":[)" +
                             indicator("00000000-0000-4000-8000-000000000001", "a.test") + "," + last + "]}");
  EXPECT_EQ(record.raw.at(0).tlp, std::nullopt);
  EXPECT_EQ(record.raw.at(1).tlp, Tlp::red);
}

TEST(StixRead, the_name_of_a_threat_is_as_secret_as_its_object_and_its_ties) {
  const std::string red = R"("object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"],)";
  const auto tie = [](const std::string& marking, int number, const std::string& threat) {
    return "{" + marking + R"("type":"relationship","id":"relationship--)" + std::to_string(number) +
           R"(","relationship_type":"indicates","source_ref":"indicator--1","target_ref":")" + threat + R"("})";
  };
  const Record record = read(Bundle()
                                 .indicator("indicator--1", "[app:id='a']")
                                 .object("{" + red + R"("type":"malware","id":"malware--1","name":"Secret"})")
                                 .named("malware", "malware--2", "Open")
                                 .named("malware", "malware--3", "Tied")
                                 .object(tie("", 1, "malware--1"))
                                 .object(tie("", 2, "malware--2"))
                                 .object(tie(red, 3, "malware--3"))
                                 .text());
  EXPECT_EQ(record.threats, (Strings{"0 Secret", "0 Open", "0 Tied"}));
  std::vector<std::string> marked;
  for (const std::string& object : record.objects)
    if (object == "Secret" || object == "Tied" || object == "Open") marked.push_back(object);
  EXPECT_EQ(marked, (Strings{"Secret", "Tied"}));
}

TEST(StixRead, a_newer_version_supersedes_all_that_share_an_older_time) {
  const std::string old = R"(,"modified":"2024-01-01T00:00:00Z")", fresh = R"(,"modified":"2024-02-01T00:00:00Z")";
  const Record record = read(Bundle()
                                 .indicator("indicator--1", "[app:id='a']", old)
                                 .indicator("indicator--1", "[app:id='b']", old)
                                 .indicator("indicator--1", "[app:id='c']", fresh)
                                 .text());
  EXPECT_EQ(record.superseded, (Strings{"1", "0"}));
}

}  // namespace
}  // namespace testudo
