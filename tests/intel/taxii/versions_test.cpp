// Versions and filters. Cases marked "reference" are behaviours that the tests of the OASIS reference server
// (medallion, oasis-open/cti-taxii-server) publish; the data is ours.
#include "intel/taxii/taxii_server.h"

namespace testudo::test {
namespace {

using Strings = std::vector<std::string>;

std::string malware(unsigned n, const std::string& modified, const std::string& spec) {
  return R"({"type":"malware",)" + spec + R"("id":"malware--)" + uuid_of(n) +
         R"(","created":"2017-01-27T13:49:53.997Z","modified":")" + modified + R"(","name":"m","is_family":false})";
}

constexpr const char* v1 = "2016-11-03T12:30:59.000Z";
constexpr const char* v2 = "2016-12-25T12:30:59.444Z";
constexpr const char* v3 = "2017-01-27T13:49:53.935Z";
const std::string spec21 = R"("spec_version":"2.1",)", spec20;
const std::string marking = R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--)" +
                            uuid_of(30) + R"(","created":"2017-01-20T00:00:00.000Z","definition_type":"tlp"})";

// Nine versions of six objects, as in the reference: one with three versions, one whose later version is of STIX 2.0.
class TaxiiVersions : public testing::Test {
 protected:
  void SetUp() override {
    const Strings objects = {indicator(1, v1),
                             indicator(2),
                             indicator(1, v2),
                             marking,
                             malware(3, "2017-01-27T13:49:53.997Z", spec21),
                             malware(3, "2018-02-23T18:30:00.000Z", spec20),
                             indicator(1, v3),
                             malware(4, v1, spec21),
                             indicator(5)};
    ASSERT_EQ(member(server.post(envelope(objects)), "success_count"), "9");
  }
  Strings get(const std::string& query) { return ids(server.get(server.objects() + query)); }
  Strings versions(const std::string& id, const std::string& query = "") {
    return strings(server.get(server.objects() + id + "/versions/" + query), "versions");
  }
  TaxiiServer server;
  const std::string one = indicator_id(1), two = indicator_id(2), mark = "marking-definition--" + uuid_of(30),
                    three = "malware--" + uuid_of(3), four = "malware--" + uuid_of(4), five = indicator_id(5);
};

TEST_F(TaxiiVersions, LastIsTheDefault) {
  const Strings last = {two, mark, three, one, four, five};
  EXPECT_EQ(get(""), last);
  EXPECT_EQ(get("?match[version]=last"), last);
}

TEST_F(TaxiiVersions, First) { EXPECT_EQ(get("?match[version]=first"), (Strings{one, two, mark, three, four, five})); }

// reference: of the versions that are left, the latest specification wins, so the 2.0 version of `three` is not there
TEST_F(TaxiiVersions, All) {
  EXPECT_EQ(get("?match[version]=all"), (Strings{one, two, one, mark, three, one, four, five}));
  EXPECT_EQ(get("?match[version]=all&match[spec_version]=2.0,2.1").size(), 9U);
}

TEST_F(TaxiiVersions, OfATime) {
  EXPECT_EQ(get(std::string("?match[version]=") + v2), Strings{one});
  EXPECT_EQ(get("?match[version]=2016-12-25T12:30:59.444000Z"), Strings{one});  // the same time, written otherwise
  EXPECT_EQ(get(std::string("?match[version]=first,") + v2 + "&match[id]=" + one), (Strings{one, one}));
  EXPECT_EQ(get("?match[version]=first,last&match[id]=" + one), (Strings{one, one}));
  EXPECT_EQ(get("?match[version]=1999-01-01T00:00:00Z"), Strings());
}

// reference
TEST_F(TaxiiVersions, OfASpecification) {
  EXPECT_EQ(get("?match[spec_version]=2.0"), Strings{three});
  EXPECT_EQ(get("?match[spec_version]=2.1").size(), 5U);  // the last version of `three` is of 2.0
  EXPECT_EQ(get("?match[spec_version]=2.0,2.1").size(), 6U);
  EXPECT_EQ(server.get(server.objects() + three + "/?match[spec_version]=2.1").body, "{}");
  EXPECT_EQ(get(three + "/"), Strings{three});
}

TEST_F(TaxiiVersions, ByIdAndType) {
  EXPECT_EQ(get("?match[id]=" + four), Strings{four});
  EXPECT_EQ(get("?match[id]=" + five + "," + two + ",indicator--" + uuid_of(99)), (Strings{two, five}));
  EXPECT_EQ(get("?match[type]=indicator"), (Strings{two, one, five}));
  EXPECT_EQ(get("?match[type]=malware,marking-definition"), (Strings{mark, three, four}));
  EXPECT_EQ(get("?match[type]=malware&match[id]=" + one), Strings());
}

// reference: versions in the order of their addition; the default is those of the latest specification
TEST_F(TaxiiVersions, OfOneObject) {
  EXPECT_EQ(versions(one), (Strings{v1, v2, v3}));
  EXPECT_EQ(versions(three), Strings{"2017-01-27T13:49:53.997Z"});
  EXPECT_EQ(versions(three, "?match[spec_version]=2.0"), Strings{"2018-02-23T18:30:00.000Z"});
  EXPECT_EQ(versions(three, "?match[spec_version]=2.0,2.1").size(), 2U);
  const TaxiiResponse first = server.get(server.objects() + one + "/versions/?limit=1");
  EXPECT_EQ(strings(first, "versions"), Strings{v1});
  EXPECT_EQ(member(first, "more"), "true");
  EXPECT_EQ(versions(one, "?limit=5&next=" + member(first, "next")), (Strings{v2, v3}));
  EXPECT_EQ(server.get(server.objects() + one + "/versions/?added_after=2999-01-01T00:00:00Z").body, "{}");
}

// reference
TEST_F(TaxiiVersions, OneObjectInPages) {
  const TaxiiResponse first = server.get(server.objects() + one + "/?match[version]=all&limit=2");
  EXPECT_EQ(strings(first, "objects", "modified"), (Strings{v1, v2}));
  const TaxiiResponse rest =
      server.get(server.objects() + one + "/?match[version]=all&limit=2&next=" + member(first, "next"));
  EXPECT_EQ(strings(rest, "objects", "modified"), Strings{v3});
  EXPECT_EQ(member(rest, "more"), "false");
}

// reference
TEST_F(TaxiiVersions, AreDeletedOneByOne) {
  const std::string object = server.objects() + one + "/";
  EXPECT_EQ(server.remove(object + "?match[version]=" + v2).status, 200);
  EXPECT_EQ(versions(one), (Strings{v1, v3}));
  EXPECT_EQ(server.remove(object + "?match[version]=first").status, 200);
  EXPECT_EQ(versions(one), Strings{v3});
  EXPECT_EQ(server.remove(object + "?match[version]=last").status, 200);
  EXPECT_EQ(server.get(object).status, 404);
  EXPECT_EQ(server.remove(object).status, 404);
}

TEST_F(TaxiiVersions, AreDeletedTogether) {
  EXPECT_EQ(server.remove(server.objects() + three + "/?match[spec_version]=2.0").status, 200);
  EXPECT_EQ(versions(three, "?match[spec_version]=2.0,2.1"), Strings{"2017-01-27T13:49:53.997Z"});
  EXPECT_EQ(server.remove(server.objects() + one + "/").status, 200);  // no filter: all of them
  EXPECT_EQ(server.get(server.objects() + one + "/versions/").status, 404);
  EXPECT_EQ(get(""), (Strings{two, mark, three, four, five}));
}

// reference: what is there already is a success, and nothing is added
TEST_F(TaxiiVersions, ComeOnce) {
  const std::string last = header_value(server.get(server.objects()), "X-TAXII-Date-Added-Last");
  const TaxiiResponse again = server.post(envelope({indicator(1, v2), indicator(1, "2016-12-25T12:30:59.444000Z")}));
  EXPECT_EQ(member(again, "success_count"), "2");
  EXPECT_EQ(strings(again, "successes", "version"), (Strings{v2, v2}));
  EXPECT_EQ(header_value(server.get(server.objects()), "X-TAXII-Date-Added-Last"), last);
}

// 3.4: an object without `modified` has the version of its creation; one without both, the moment it was added.
TEST_F(TaxiiVersions, OfObjectsThatHaveNone) {
  EXPECT_EQ(versions(mark), Strings{"2017-01-20T00:00:00.000Z"});
  const std::string id = "artifact--" + uuid_of(40);
  const std::string artifact = R"({"type":"artifact","id":")" + id + R"(","mime_type":"application/zip"})";
  ASSERT_EQ(server.post(envelope({artifact})).status, 202);
  const Strings found = versions(id);
  ASSERT_EQ(found.size(), 1U);
  const TaxiiResponse manifest = server.get(server.collection() + "manifest/?match[id]=" + id);
  EXPECT_EQ(strings(manifest, "objects", "date_added"), found);
  EXPECT_EQ(strings(manifest, "objects", "media_type"), Strings{"application/stix+json;version=2.1"});
  EXPECT_EQ(strings(server.post(envelope({artifact})), "successes", "version"), found);  // it is there
  EXPECT_EQ(versions(id), found);
  for (const std::string query : {"all", "first", "last", found[0].c_str()})
    EXPECT_EQ(get(id + "/?match[version]=" + query), Strings{id}) << query;
}

}  // namespace
}  // namespace testudo::test
