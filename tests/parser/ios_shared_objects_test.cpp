// Small binary property lists whose objects are named again and again: what a parser takes from them must stay in
// proportion to their size, and the source must say that it stopped.
#include <gtest/gtest.h>

#include <algorithm>

#include "case_runner.h"

namespace testudo {
namespace {

void append_be(std::string& out, std::uint64_t value, int octets) {
  for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 0xFF));
}

// A binary list written object by object, so that references may repeat.
class BinaryList {
 public:
  std::size_t text(const std::string& value) { return add(head(0x50, value.size()) + value); }
  std::size_t data(const std::vector<std::uint8_t>& value) {
    return add(head(0x40, value.size()) + std::string(as_text(value)));
  }
  std::size_t array(const std::vector<std::size_t>& items) { return add(head(0xA0, items.size()) + references(items)); }
  std::size_t dict(const std::vector<std::size_t>& keys, const std::vector<std::size_t>& values) {
    return add(head(0xD0, keys.size()) + references(keys) + references(values));
  }
  std::vector<std::uint8_t> finish(std::size_t root) const {
    std::string out = "bplist00", table;
    for (const std::string& object : objects_) {
      append_be(table, out.size(), 4);
      out += object;
    }
    const std::size_t start = out.size();
    out += table + std::string(6, '\0');
    append_be(out, 4, 1);
    append_be(out, 4, 1);
    append_be(out, objects_.size(), 8);
    append_be(out, root, 8);
    append_be(out, start, 8);
    const Bytes view = as_bytes(out);
    return {view.begin(), view.end()};
  }

 private:
  std::size_t add(std::string object) {
    objects_.push_back(std::move(object));
    return objects_.size() - 1;
  }
  static std::string head(unsigned marker, std::size_t count) {
    std::string out(1, static_cast<char>(marker | 15U));
    out.push_back(0x12);
    append_be(out, count, 4);
    return out;
  }
  static std::string references(const std::vector<std::size_t>& items) {
    std::string out;
    for (const std::size_t item : items) append_be(out, item, 4);
    return out;
  }
  std::vector<std::string> objects_;
};

CaseOutput run(const std::string& parser, const std::string& domain, const std::string& path,
               std::vector<std::uint8_t> bytes) {
  CaseFile file;
  file.domain = domain;
  file.path = path;
  file.bytes = std::move(bytes);
  return run_case(*find_parser(parser), {file}, false);
}

bool has_anomaly(const CaseOutput& out, std::string_view name) {
  return std::ranges::any_of(out.result.anomalies, [&](const Anomaly& a) { return a.name == name; });
}

TEST(SharedObjects, AnEventNamedAgainAndAgain) {
  constexpr std::size_t count = 20'000;
  BinaryList list;
  const auto event = list.dict({list.text("operation")}, {list.text("install " + std::string(20'000, 'x'))});
  const auto item = list.dict({list.text("test.example.profile")}, {event});
  const auto root = list.dict({list.text("ProfileEvents")}, {list.array(std::vector<std::size_t>(count, item))});
  const auto bytes = list.finish(root);
  ASSERT_LT(bytes.size(), 110'000U);
  const CaseOutput out =
      run("ios.profile_events", "HomeDomain", "Library/ConfigurationProfiles/MCProfileEvents.plist", bytes);
  EXPECT_TRUE(has_anomaly(out, "shared_objects"));
  EXPECT_EQ(out.result.status, SourceStatus::partial);
  EXPECT_GT(out.result.records, 100U);
  EXPECT_LT(out.result.records, 500U);
}

TEST(SharedObjects, AddressesUnderEveryService) {
  constexpr std::size_t count = 3'000;
  BinaryList list;
  const auto answer = list.dict({}, {});
  std::vector<std::size_t> addresses, services;
  for (std::size_t i = 0; i < count; ++i) addresses.push_back(list.text("u" + std::to_string(i)));
  const auto users = list.dict(addresses, std::vector<std::size_t>(count, answer));
  for (std::size_t i = 0; i < count; ++i) services.push_back(list.text("s" + std::to_string(i)));
  const auto bytes = list.finish(list.dict(services, std::vector<std::size_t>(count, users)));
  const CaseOutput out =
      run("ios.id_status_cache", "HomeDomain", "Library/IdentityServices/idstatuscache.plist", bytes);
  EXPECT_TRUE(has_anomaly(out, "shared_objects"));
  EXPECT_LT(out.result.records, count * count / 5);
}

TEST(SharedObjects, AValueUnderEverySetting) {
  constexpr std::size_t count = 5'000;
  BinaryList list;
  const auto value = list.array(std::vector<std::size_t>(count, list.text("value of a setting")));
  std::vector<std::size_t> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back(list.text("n" + std::to_string(i)));
  const auto bytes = list.finish(list.dict(names, std::vector<std::size_t>(count, value)));
  const CaseOutput out =
      run("ios.global_preferences", "HomeDomain", "Library/Preferences/.GlobalPreferences.plist", bytes);
  EXPECT_TRUE(has_anomaly(out, "shared_objects"));
  EXPECT_EQ(out.result.records, count);  // the settings stay, without their values
}

// A list inside the list costs what it is long, also where it holds nothing.
CaseOutput application_with(const std::vector<std::uint8_t>& inner, std::size_t count) {
  BinaryList list;
  const auto inside = list.array(std::vector<std::size_t>(count, list.data(inner)));
  const auto entry = list.dict({list.text("iTunesMetadata")}, {list.dict({list.text("inside")}, {inside})});
  const auto entries = list.dict({list.text("test.example.app")}, {entry});
  return run("ios.applications", "", "Info.plist", list.finish(list.dict({list.text("Applications")}, {entries})));
}

TEST(SharedObjects, AListInsideNamedAgainAndAgain) {
  BinaryList empty;
  const auto nothing = empty.array({});
  const CaseOutput out = application_with(empty.finish(empty.array(std::vector<std::size_t>(5'000, nothing))), 20'000);
  EXPECT_TRUE(has_anomaly(out, "shared_objects"));
  EXPECT_EQ(out.result.records, 1U);
}

TEST(SharedObjects, AListInsideThatHoldsMoreThanIsKept) {
  BinaryList full;
  const auto first = full.text(std::string(600'000, 'x')), second = full.text(std::string(600'000, 'y'));
  const CaseOutput out = application_with(full.finish(full.array({first, second})), 1);
  EXPECT_TRUE(has_anomaly(out, "embedded_texts_truncated"));
  EXPECT_FALSE(has_anomaly(out, "shared_objects"));
}

}  // namespace
}  // namespace testudo
