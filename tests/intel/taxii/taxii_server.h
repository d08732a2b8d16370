// A TAXII service over a store in a folder of its own, and what the tests ask of it.
#pragma once

#include <gtest/gtest.h>
#include <simdjson.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "intel/taxii/message.h"
#include "intel/taxii/service.h"
#include "intel/taxii/taxii_store.h"

namespace testudo::test {

class TaxiiFolder {
 public:
  TaxiiFolder() {
    char name[] = "/tmp/testudo-taxii-XXXXXX";
    path_ = ::mkdtemp(name);
  }
  ~TaxiiFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TaxiiFolder(const TaxiiFolder&) = delete;
  TaxiiFolder& operator=(const TaxiiFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A UUID that ends in a number.
inline std::string uuid_of(unsigned n) {
  std::string digits = std::to_string(n);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

// An indicator, number `n`, with its last change in a second of the year 2026.
inline std::string indicator(unsigned n, const std::string& modified = "2026-01-01T00:00:00.000Z",
                             const std::string& spec = R"("spec_version":"2.1",)") {
  return R"({"type":"indicator",)" + spec + R"("id":"indicator--)" + uuid_of(n) +
         R"(","created":"2026-01-01T00:00:00.000Z","modified":")" + modified +
         R"(","pattern":"[domain-name:value = 'a)" + std::to_string(n) +
         R"(.test']","pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z"})";
}
inline std::string indicator_id(unsigned n) { return "indicator--" + uuid_of(n); }

inline std::string envelope(const std::vector<std::string>& objects) {
  std::string text = "{\"objects\":[";
  for (std::size_t i = 0; i < objects.size(); ++i) text += (i == 0 ? "" : ",") + objects[i];
  return text + "]}";
}

inline std::string header_value(const TaxiiResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

// alice reads and writes the collection "shared", bob reads it, carol writes it, dave may do nothing.
class TaxiiServer {
 public:
  explicit TaxiiServer(bool users = true, std::uint64_t max_content_length = 1U << 20)
      : store(std::move(TaxiiStore::open(folder.path())).value()),
        service(store, {.users = users, .max_content_length = max_content_length}) {
    id = store.add_collection({.name = "shared", .title = "Shared", .description = "for tests"}).value().id;
    EXPECT_TRUE(store.allow(id, "alice", {.read = true, .write = true}));
    EXPECT_TRUE(store.allow(id, "bob", {.read = true}));
    EXPECT_TRUE(store.allow(id, "carol", {.write = true}));
  }

  TaxiiRequest request(const std::string& method, const std::string& target, const std::string& user = "alice") const {
    const std::size_t question = std::min(target.find('?'), target.size());
    TaxiiRequest asked{method, target.substr(0, question), target.substr(std::min(question + 1, target.size())), {}, {},
                       {},     "https://intel.example:443"};
    if (!user.empty()) asked.user = user;
    asked.headers = {{"Accept", "application/taxii+json;version=2.1"}};
    return asked;
  }
  TaxiiResponse get(const std::string& target, const std::string& user = "alice") {
    return service.answer(request("GET", target, user));
  }
  TaxiiResponse remove(const std::string& target, const std::string& user = "alice") {
    return service.answer(request("DELETE", target, user));
  }
  TaxiiResponse post(const std::string& body, const std::string& user = "alice") {
    TaxiiRequest asked = request("POST", objects(), user);
    asked.headers.emplace_back("Content-Type", "application/taxii+json;version=2.1");
    asked.body = body;
    return service.answer(asked);
  }
  std::string collection() const { return "/api/collections/" + id + "/"; }
  std::string objects() const { return collection() + "objects/"; }

  TaxiiFolder folder;
  TaxiiStore store;
  TaxiiService service;
  std::string id;
};

// Strings of an array of a JSON document: of its elements, or of a member of each.
inline std::vector<std::string> strings(const TaxiiResponse& response, const char* list, const char* member = nullptr) {
  simdjson::dom::parser parser;
  std::vector<std::string> texts;
  simdjson::dom::array array;
  if (parser.parse(response.body)[list].get(array) != simdjson::SUCCESS) return texts;
  for (const simdjson::dom::element one : array) {
    std::string_view text;
    const auto found = member == nullptr ? one.get(text) : one[member].get(text);
    texts.emplace_back(found == simdjson::SUCCESS ? text : "");
  }
  return texts;
}
inline std::vector<std::string> ids(const TaxiiResponse& response) { return strings(response, "objects", "id"); }

inline std::string member(const TaxiiResponse& response, const char* name) {
  simdjson::dom::parser parser;
  simdjson::dom::element found;
  if (parser.parse(response.body)[name].get(found) != simdjson::SUCCESS) return {};
  std::string_view text;
  return found.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::to_string(found);
}

}  // namespace testudo::test
