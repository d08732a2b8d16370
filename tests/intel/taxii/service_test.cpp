// Requests and the answers that TAXII 2.1 wants; the numbers are sections of the OASIS Standard of 10 June 2021.
#include "intel/taxii/taxii_server.h"

#include "base/text.h"

namespace testudo::test {
namespace {

using Strings = std::vector<std::string>;

// 3.6: status codes, one request a row.
struct Row {
  const char* what;
  const char* method;
  std::string target;
  const char* user;  // empty: nobody
  int status;
};

TEST(TaxiiService, StatusOfRequests) {
  TaxiiServer server;
  ASSERT_EQ(server.post(envelope({indicator(1)})).status, 202);
  const std::string shared = server.collection(), objects = server.objects();
  const std::string object = objects + indicator_id(1) + "/", absent = objects + indicator_id(9) + "/";
  const std::string nowhere = "/api/collections/" + uuid_of(7) + "/";
  const Row rows[] = {
      {"discovery", "GET", "/taxii2/", "alice", 200},
      {"discovery without a slash", "GET", "/taxii2", "alice", 200},
      {"discovery to nobody", "GET", "/taxii2/", "", 401},
      {"root", "GET", "/api/", "alice", 200},
      {"another root", "GET", "/trustgroup2/", "alice", 404},
      {"nothing of TAXII", "GET", "/index.html", "alice", 404},
      {"the server itself", "GET", "/", "alice", 404},
      {"no path", "GET", "", "alice", 404},
      {"empty part", "GET", "/api//collections/", "alice", 404},
      {"unknown path to nobody", "GET", "/index.html", "", 401},
      {"collections", "GET", "/api/collections/", "dave", 200},
      {"collections of another root", "GET", "/carbon1/collections/", "alice", 404},
      {"collection", "GET", shared, "bob", 200},
      {"collection by alias", "GET", "/api/collections/shared/", "bob", 200},
      {"collection that one may only write", "GET", shared, "carol", 200},
      {"collection that one may not use", "GET", shared, "dave", 403},
      {"alias that one may not use", "GET", "/api/collections/shared/", "dave", 404},
      {"no such collection", "GET", nowhere, "alice", 404},
      {"manifest", "GET", shared + "manifest/", "bob", 200},
      {"manifest, writer", "GET", shared + "manifest/", "carol", 403},
      {"manifest of an object", "GET", shared + "manifest/" + indicator_id(1) + "/", "bob", 404},
      {"objects", "GET", objects, "bob", 200},
      {"objects, writer", "GET", objects, "carol", 403},
      {"objects, nobody", "GET", objects, "", 401},
      {"objects of no collection", "GET", nowhere + "objects/", "alice", 404},
      {"object", "GET", object, "bob", 200},
      {"object without a slash", "GET", objects + indicator_id(1), "bob", 200},
      {"object, percent-encoded", "GET", objects + "indicator%2D%2D" + uuid_of(1) + "/", "bob", 200},
      {"broken percent-encoding", "GET", objects + "indicator%2/", "bob", 404},
      {"absent object", "GET", absent, "bob", 404},
      {"versions", "GET", object + "versions/", "bob", 200},
      {"versions of an absent object", "GET", absent + "versions/", "bob", 404},
      {"below versions", "GET", object + "versions/1/", "bob", 404},
      {"status that is none", "GET", "/api/status/22101993/", "alice", 404},
      {"status, nobody", "GET", "/api/status/2223/", "", 401},
      {"method that the collection lacks", "POST", shared, "alice", 405},
      {"method that discovery lacks", "DELETE", "/taxii2/", "alice", 405},
      {"method that objects lack", "DELETE", objects, "alice", 405},
      {"method that no resource has", "PATCH", object, "alice", 405},
      {"delete, reader", "DELETE", object, "bob", 403},
      {"delete, writer who may not read", "DELETE", object, "carol", 403},
      {"delete an absent object", "DELETE", absent, "alice", 404},
      {"limit below 1", "GET", objects + "?limit=0", "bob", 400},
      {"negative limit", "GET", objects + "?limit=-20", "bob", 400},
      {"limit that is no number", "GET", objects + "?limit=ten", "bob", 400},
      {"empty limit", "GET", objects + "?limit=", "bob", 400},
      {"huge limit", "GET", objects + "?limit=99999999999999999999999", "bob", 200},
      {"time that is none", "GET", objects + "?added_after=yesterday", "bob", 400},
      {"time without zone", "GET", objects + "?added_after=2026-01-01T00:00:00", "bob", 400},
      {"time of another zone", "GET", objects + "?added_after=2026-01-01T00:00:00%2B02:00", "bob", 400},
      {"time", "GET", objects + "?added_after=2026-01-01T00:00:00.000001Z", "bob", 200},
      {"cursor of nobody", "GET", objects + "?next=abc", "bob", 400},
      {"version that is none", "GET", objects + "?match[version]=newest", "bob", 400},
      {"percent-encoded brackets", "GET", objects + "?match%5Btype%5D=indicator", "bob", 200},
      {"a parameter twice", "GET", objects + "?match[type]=indicator&match[type]=malware", "bob", 400},
      {"match field that is none", "GET", objects + "?match[colour]=red", "bob", 400},
      {"match field of another endpoint", "GET", object + "?match[type]=indicator", "bob", 400},
      {"version filter of versions", "GET", object + "versions/?match[version]=all", "bob", 400},
      {"delete with a filter that it lacks", "DELETE", object + "?match[id]=" + indicator_id(9), "alice", 400},
      {"parameter that is not of TAXII", "GET", objects + "?_=12345", "bob", 200},
      {"empty value in a list", "GET", objects + "?match[type]=indicator,,malware", "bob", 400},
      {"query that is no UTF-8", "GET", objects + "?match[type]=%ff", "bob", 400},
  };
  for (const Row& row : rows) {
    const TaxiiResponse response = server.service.answer(server.request(row.method, row.target, row.user));
    EXPECT_EQ(response.status, row.status) << row.what << "\n" << response.body;
    EXPECT_EQ(header_value(response, "Content-Type"), "application/taxii+json;version=2.1") << row.what;
    if (row.status < 400) continue;
    EXPECT_EQ(member(response, "http_status"), std::to_string(row.status)) << row.what;  // 3.6.1
    EXPECT_NE(member(response, "title"), "") << row.what;
  }
}

TEST(TaxiiService, AsksWhoItIs) {
  TaxiiServer server;
  const TaxiiResponse response = server.get("/taxii2/", "");
  Strings schemes;
  for (const auto& [name, value] : response.headers)
    if (name == "WWW-Authenticate") schemes.push_back(value.substr(0, value.find(' ')));
  EXPECT_EQ(schemes, (Strings{"Basic", "Bearer"}));
  EXPECT_EQ(header_value(server.remove("/api/collections/"), "Allow"), "GET, HEAD");
  EXPECT_EQ(header_value(server.remove(server.objects()), "Allow"), "GET, HEAD, POST");
}

TEST(TaxiiService, MediaTypes) {
  TaxiiServer server;
  const std::pair<const char*, int> accepts[] = {
      {"application/taxii+json;version=2.1", 200},
      {"application/taxii+json; version=2.1", 200},
      {"application/taxii+json ; version = \"2.1\"", 200},
      {"APPLICATION/TAXII+JSON;VERSION=2.1", 200},
      {"application/taxii+json", 200},
      {"application/taxii+json;version=2.1;q=0.5, text/html", 200},
      {"text/html, */*;q=0.1", 200},
      {"application/*", 200},
      {"", 200},
      {"application/taxii+json;version=2.0", 406},
      {"application/vnd.oasis.taxii+json; version=2.0", 406},
      {"application/json", 406},
      {"text/html", 406},
      {"application/taxii+json;version=2.1;q=0, */*", 406},
      {"*/*;q=0", 406},
      {"application/taxii+json;q=0, application/taxii+json;version=2.1", 200},
      {"application/taxii+json;version=2.1, application/taxii+json;q=0", 200},
      {"application/taxii+json, application/taxii+json;version=2.1;q=0", 406},
      {"*/*;q=0, application/*", 200},
      {"application/*;q=0, */*", 406},
      {"application/stix+json;version=2.1", 406},
      {"application/taxii+jsonx", 406},
  };
  for (const auto& [accept, status] : accepts) {
    TaxiiRequest request = server.request("GET", server.objects());
    request.headers = {{"accept", accept}};
    EXPECT_EQ(server.service.answer(request).status, status) << accept;
  }
  const std::pair<const char*, int> contents[] = {
      {"application/taxii+json;version=2.1", 202},
      {"application/taxii+json; version=\"2.1\"", 202},
      {"application/taxii+json", 202},
      {"application/taxii+json;charset=utf-8", 202},
      {"application/json", 415},
      {"application/taxii+json;version=2.0", 415},
      {"*/*", 415},
      {"", 415},
  };
  for (const auto& [content, status] : contents) {
    TaxiiRequest request = server.request("POST", server.objects());
    request.headers.emplace_back("Content-Type", content);
    request.body = envelope({indicator(1)});
    EXPECT_EQ(server.service.answer(request).status, status) << content;
  }
  for (const auto& [coding, status] : {std::pair("gzip", 415), {"identity, br", 415}, {"Identity", 202}, {"", 202}}) {
    TaxiiRequest request = server.request("POST", server.objects());
    request.headers.emplace_back("Content-Type", "application/taxii+json;version=2.1");
    request.headers.emplace_back("Content-Encoding", coding);
    request.body = envelope({indicator(1)});
    const TaxiiResponse response = server.service.answer(request);
    EXPECT_EQ(response.status, status) << coding;
    EXPECT_EQ(header_value(response, "Accept-Encoding"), status == 415 ? "identity" : "") << coding;
  }
}

// 4.1, 4.2, 5.1, 5.2
TEST(TaxiiService, DescribesItself) {
  TaxiiServer server;
  EXPECT_EQ(strings(server.get("/taxii2/"), "api_roots"), Strings{"https://intel.example:443/api/"});
  EXPECT_EQ(member(server.get("/taxii2/"), "default"), "https://intel.example:443/api/");
  EXPECT_EQ(strings(server.get("/api/"), "versions"), Strings{"application/taxii+json;version=2.1"});
  EXPECT_EQ(member(server.get("/api/"), "max_content_length"), "1048576");
  EXPECT_EQ(strings(server.get("/api/collections/"), "collections", "id"), Strings{server.id});
  EXPECT_EQ(server.get("/api/collections/", "dave").body, "{}");
  const TaxiiResponse bob = server.get(server.collection(), "bob");
  EXPECT_EQ(member(bob, "can_read") + member(bob, "can_write"), "truefalse");
  const TaxiiResponse carol = server.get(server.collection(), "carol");
  EXPECT_EQ(member(carol, "can_read") + member(carol, "can_write"), "falsetrue");
  EXPECT_EQ(member(bob, "title"), "Shared");
  EXPECT_EQ(member(bob, "alias"), "shared");
}

// Without users: what is for everybody may be read, nothing may be written.
TEST(TaxiiService, WithoutUsers) {
  TaxiiServer server(false);
  EXPECT_EQ(server.get("/taxii2/", "").status, 200);
  EXPECT_EQ(server.get("/api/collections/", "").body, "{}");
  EXPECT_EQ(server.get(server.objects(), "").status, 403);
  ASSERT_TRUE(server.store.allow(server.id, TaxiiStore::everybody, {.read = true, .write = true}));
  EXPECT_EQ(server.get(server.objects(), "").status, 200);
  EXPECT_EQ(server.post(envelope({indicator(1)}), "").status, 403);
}

// 5.4
TEST(TaxiiService, TakesWhatIsNoEnvelopeForWhatItIs) {
  TaxiiServer server;
  for (const std::string body : {"", "{", "[]", "null", "\"objects\"", "{}", "{\"objects\":{}}", "{\"objects\":[}",
                                 "{\"objects\":[1", "{\"objects\":[]} {}", "{\"objects\":[],}"})
    EXPECT_EQ(server.post(body).status, 422) << body;
  EXPECT_EQ(server.post(indicator(1)).status, 422);  // an object is no envelope
  const std::string whole = envelope({indicator(1)});
  for (std::size_t size = 0; size < whole.size(); ++size)
    ASSERT_EQ(server.post(whole.substr(0, size)).status, 422) << size;
  EXPECT_EQ(server.get(server.objects()).body, "{}");
  EXPECT_EQ(server.post(envelope({})).status, 202);
}

TEST(TaxiiService, LosesABrokenObjectAlone) {
  TaxiiServer server;
  std::string deep = R"({"type":"indicator","id":")" + indicator_id(3) + R"(","x":)";
  for (int i = 0; i < 5000; ++i) deep += '[';
  for (int i = 0; i < 5000; ++i) deep += ']';
  deep += '}';
  const Strings objects = {
      indicator(1),
      "17",
      "{}",
      R"({"type":"indicator"})",
      R"({"type":"indicator","id":"indicator--1"})",
      R"({"type":"malware","id":")" + indicator_id(2) + R"("})",
      R"({"type":"bundle","id":"bundle--)" + uuid_of(2) + R"(","objects":[]})",
      indicator(2, "soon"),
      R"({"type":"Indicator","id":"Indicator--)" + uuid_of(2) + R"("})",
      R"({"type":"indicator","spec_version":"new","id":")" + indicator_id(2) + R"("})",
      R"({"type":"note","id":"note--)" + uuid_of(4) + "\",\"content\":\"\xff\"}",
      deep,
      indicator(5),
  };
  const TaxiiResponse response = server.post(envelope(objects));
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(member(response, "status"), "complete");
  EXPECT_EQ(member(response, "total_count"), "13");
  EXPECT_EQ(member(response, "success_count"), "2");
  EXPECT_EQ(member(response, "failure_count"), "11");
  EXPECT_EQ(member(response, "pending_count"), "0");
  EXPECT_EQ(strings(response, "successes", "id"), (Strings{indicator_id(1), indicator_id(5)}));
  EXPECT_EQ(strings(response, "failures", "id")[4], indicator_id(2));
  EXPECT_EQ(ids(server.get(server.objects())), (Strings{indicator_id(1), indicator_id(5)}));
  EXPECT_EQ(strings(response, "failures", "id")[10], indicator_id(3));
  EXPECT_EQ(strings(response, "failures", "message")[10], "it is nested too deeply");
  // 4.3: the same is told again, to the one who asked for it.
  const std::string status = "/api/status/" + member(response, "id") + "/";
  EXPECT_EQ(server.get(status).body, response.body);
  EXPECT_EQ(server.get(status, "bob").status, 404);
}

// What cannot be parsed is named all the same, and why is told.
TEST(TaxiiService, NamesObjectsThatAreNoJson) {
  TaxiiServer server;
  const auto with = [](unsigned n, const std::string& value) {
    return R"({"x":{"id":"other"},"n":)" + value + R"(,"type":"indicator", "id" : ")" + indicator_id(n) + R"("})";
  };
  const TaxiiResponse response =
      server.post(envelope({with(1, "01"), with(2, R"("\ud800")"), with(3, "1.5e999"), with(4, "\"\xff\""),
                            with(5, "tru"), R"({"id":"\ud800"})", "[1]"}));
  EXPECT_EQ(response.status, 202);
  EXPECT_EQ(strings(response, "failures", "id"),
            (Strings{indicator_id(1), indicator_id(2), indicator_id(3), indicator_id(4), indicator_id(5), "", ""}));
  const std::string number = "a number is malformed",
                    escape = "a text holds an escape that is no character, such as half of a surrogate pair";
  EXPECT_EQ(strings(response, "failures", "message"),
            (Strings{number, escape, number, "a text is not UTF-8", "this is not JSON", escape,
                     "this is not a JSON object"}));
}

TEST(TaxiiService, KeepsObjectsAsTheyCame) {
  TaxiiServer server;
  const std::string odd =
      R"({"id":"x-odd-thing--)" + uuid_of(1) +
      R"(", "type" : "x-odd-thing","n":1.50,"big":9007199254740993,"long":12345678901234567890123,"text":"\u00e9\n\"","o":{"b":1,"a":[]}})";
  ASSERT_EQ(member(server.post(envelope({odd})), "success_count"), "1");
  const std::string body = server.get(server.objects()).body;
  EXPECT_NE(body.find(odd), std::string::npos) << body;
}

TEST(TaxiiService, RefusesLargeBodies) {
  TaxiiServer server(true, 2048);
  EXPECT_EQ(server.post(envelope({indicator(1)})).status, 202);
  EXPECT_EQ(server.post(std::string(2049, ' ')).status, 413);
  TaxiiRequest request = server.request("POST", server.objects());
  request.headers.emplace_back("Content-Type", "application/taxii+json;version=2.1");
  EXPECT_EQ(server.service.refuse_early(request, 2049)->status, 413);
  EXPECT_FALSE(server.service.refuse_early(request, 2048));
  EXPECT_FALSE(server.service.refuse_early(request, std::nullopt));
  request.user.reset();
  EXPECT_EQ(server.service.refuse_early(request, 2049)->status, 401);  // who it is comes first
}

TEST(TaxiiService, ManifestTellsWhatThereIs) {
  TaxiiServer server;
  ASSERT_EQ(server.post(envelope({indicator(1), indicator(2, "2026-01-02T00:00:00.5Z", "")})).status, 202);
  const TaxiiResponse manifest = server.get(server.collection() + "manifest/");
  EXPECT_EQ(ids(manifest), (Strings{indicator_id(1), indicator_id(2)}));
  EXPECT_EQ(strings(manifest, "objects", "version"), (Strings{"2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.5Z"}));
  EXPECT_EQ(strings(manifest, "objects", "media_type"),
            (Strings{"application/stix+json;version=2.1", "application/stix+json;version=2.0"}));
  const Strings added = strings(manifest, "objects", "date_added");
  EXPECT_EQ(added[0].size(), std::string("2026-01-01T00:00:00.000000Z").size());  // 3.1.1: six digits
  EXPECT_EQ(header_value(manifest, "X-TAXII-Date-Added-First"), added[0]);
  EXPECT_EQ(header_value(manifest, "X-TAXII-Date-Added-Last"), added[1]);
  EXPECT_LT(added[0], added[1]);
}

TEST(TaxiiService, EmptyPagesHaveNoDates) {
  TaxiiServer server;
  ASSERT_EQ(server.post(envelope({indicator(1)})).status, 202);
  for (const char* query : {"?added_after=2999-01-01T00:00:00Z", "?match[type]=malware", "?match[spec_version]=2.0"}) {
    const TaxiiResponse response = server.get(server.objects() + query);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "{}");
    EXPECT_EQ(header_value(response, "X-TAXII-Date-Added-Last"), "");
  }
}

}  // namespace
}  // namespace testudo::test
