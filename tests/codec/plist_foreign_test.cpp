// Property lists against other readers and writers: Python's plistlib, plistutil, the regression corpus of libplist,
// and lists of real phones.
#include <cstdio>
#include <memory>
#include <set>

#include <unistd.h>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "base/text.h"
#include "codec/plist.h"
#include "shared_data.h"

namespace testudo {
namespace {

namespace fs = std::filesystem;

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string out;
  std::array<char, 4096> buffer;
  while (const std::size_t got = pipe ? std::fread(buffer.data(), 1, buffer.size(), pipe.get()) : 0)
    out.append(buffer.data(), got);
  return out;
}

std::string oracle(const std::string& arguments) {
  return output_of("python3 '" TESTUDO_SOURCE_DIR "/tests/codec/plist_oracle.py' " + arguments + " 2>/dev/null");
}

// What plistlib reads from each of the files.
std::vector<std::string> read_by_plistlib(const std::vector<fs::path>& files) {
  std::string arguments = "read";
  for (const fs::path& file : files) arguments += " '" + file.string() + "'";
  const std::string out = oracle(arguments);
  std::vector<std::string> lines;
  for (const std::string_view line : split(out, '\n')) lines.emplace_back(line);
  lines.resize(files.size());
  return lines;
}

bool has(const char* program) { return !output_of("command -v " + std::string(program)).empty(); }

using simdjson::dom::element_type;

void expect_same(simdjson::dom::element a, simdjson::dom::element b, const std::string& where);

// We keep every entry of a key and answer with the first, plistlib keeps the last.
bool repeats_a_key(const simdjson::dom::object& object) {
  std::set<std::string_view> keys;
  for (const auto& [key, value] : object)
    if (!keys.insert(key).second) return true;
  return false;
}

void expect_same_members(const simdjson::dom::object& a, const simdjson::dom::object& b, const std::string& where) {
  if (repeats_a_key(a)) return;
  EXPECT_EQ(a.size(), b.size()) << where;
  for (const auto& [key, value] : a) {
    const std::string name(key);
    bool found = false;
    for (const auto& [other_key, other] : b) {
      if (other_key != key || found) continue;
      found = true;
      expect_same(value, other, where + "/" + name);
    }
    EXPECT_TRUE(found) << where << "/" << name;
  }
}

void expect_same_items(const simdjson::dom::array& a, const simdjson::dom::array& b, const std::string& where) {
  ASSERT_EQ(a.size(), b.size()) << where;
  auto other = b.begin();
  for (const auto value : a) {
    expect_same(value, *other, where + "/item");
    ++other;
  }
}

// JSON compared by value: members in any order, numbers by what they mean.
void expect_same(simdjson::dom::element a, simdjson::dom::element b, const std::string& where) {
  const bool real = a.type() == element_type::DOUBLE || b.type() == element_type::DOUBLE;
  if (a.is_number() && b.is_number() && real) {
    EXPECT_DOUBLE_EQ(double(a), double(b)) << where;
  } else if (a.type() == element_type::OBJECT && b.type() == element_type::OBJECT) {
    expect_same_members(simdjson::dom::object(a), simdjson::dom::object(b), where);
  } else if (a.type() == element_type::ARRAY && b.type() == element_type::ARRAY) {
    expect_same_items(simdjson::dom::array(a), simdjson::dom::array(b), where);
  } else {
    EXPECT_EQ(simdjson::minify(a), simdjson::minify(b)) << where;
  }
}

void expect_same_json(const std::string& ours, const std::string& theirs, const std::string& where) {
  simdjson::dom::parser first, second;
  auto a = first.parse(ours);
  auto b = second.parse(theirs);
  ASSERT_EQ(a.error(), simdjson::SUCCESS) << where;
  ASSERT_EQ(b.error(), simdjson::SUCCESS) << where;
  expect_same(a.value(), b.value(), where);
}

TEST(PlistDifferential, ReadsWhatPlistlibWrites) {
  if (!has("python3")) GTEST_SKIP() << "python3";
  const fs::path folder = fs::temp_directory_path() / ("testudo-plist-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  constexpr int count = 60;
  oracle("generate 7 " + std::to_string(count) + " '" + folder.string() + "'");
  for (int i = 0; i < count; ++i) {
    const std::string expected = test::content_of(folder / (std::to_string(i) + ".json"));
    ASSERT_FALSE(expected.empty());
    for (const char* form : {".bplist", ".xml"}) {
      const std::string name = std::to_string(i) + form;
      const std::string octets = test::content_of(folder / name);
      const auto list = Plist::parse(as_bytes(octets));
      ASSERT_TRUE(list.ok()) << name;
      EXPECT_TRUE(list.value().anomalies().empty()) << name;
      expect_same_json(to_json(list.value().root()), expected, name);
    }
  }
  fs::remove_all(folder);
}

// Every list of a real phone gives no anomaly and what plistlib reads; without its end it still gives texts.
TEST(PlistDifferential, ReadsListsOfRealPhones) {
  const auto files = test::files_below(test::shared_data() / "fixtures/plaso/ios");
  std::size_t lists = 0;
  for (const fs::path& file : files) {
    if (file.extension() != ".plist") continue;
    ++lists;
    const std::string octets = test::content_of(file);
    const auto list = Plist::parse(as_bytes(octets));
    ASSERT_TRUE(list.ok()) << file;
    EXPECT_TRUE(list.value().anomalies().empty()) << file;
    const std::string theirs = read_by_plistlib({file}).front();
    if (!theirs.empty()) expect_same_json(to_json(list.value().root()), theirs, file.filename());
    const std::size_t step = std::max<std::size_t>(1, octets.size() / 500);
    for (std::size_t size = 0; size < octets.size(); size += step) {
      const auto part = Plist::parse(as_bytes(octets).first(size));
      if (part.ok()) static_cast<void>(to_json(part.value().root()));
    }
  }
  if (lists == 0) GTEST_SKIP() << "fixtures/plaso/ios";
}

TEST(PlistCorpus, HostileListsDoNoHarm) {
  const auto files = test::files_below(test::shared_data() / "hostile/libplist");
  if (files.empty()) GTEST_SKIP() << "hostile/libplist";
  for (const fs::path& file : files) {
    const std::string octets = test::content_of(file);
    const auto list = Plist::parse(as_bytes(octets));
    if (!list.ok()) continue;
    EXPECT_LE(list.value().anomalies().size(), 64U);
    const std::string json = to_json(list.value().root());
    EXPECT_LT(json.size(), std::size_t{32} << 20) << file;
    simdjson::dom::parser parser;
    EXPECT_EQ(parser.parse(json).error(), simdjson::SUCCESS) << file;
    for (const std::string_view text : all_texts(list.value())) EXPECT_TRUE(is_utf8(text)) << file;
  }
}

// Where both read a list of the corpus without complaint, they read the same.
TEST(PlistCorpus, AgreesWithPlistlib) {
  const auto files = test::files_below(test::shared_data() / "hostile/libplist");
  if (files.empty()) GTEST_SKIP() << "hostile/libplist";
  const auto read = read_by_plistlib(files);
  std::size_t compared = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const fs::path& file = files[i];
    const std::string& theirs = read[i];
    const std::string octets = test::content_of(file);
    const auto list = Plist::parse(as_bytes(octets));
    if (theirs.empty() || !list.ok() || !list.value().anomalies().empty()) continue;
    ++compared;
    expect_same_json(to_json(list.value().root()), theirs, file.filename());
  }
  EXPECT_GT(compared, has("python3") ? 20U : 0U);
}

TEST(PlistDifferential, PlistutilReadsTheSame) {
  if (!has("plistutil") || !has("python3")) GTEST_SKIP() << "plistutil";
  const auto files = test::files_below(test::shared_data() / "hostile/libplist/test-data");
  if (files.empty()) GTEST_SKIP() << "hostile/libplist";
  for (const fs::path& file : files) {
    if (file.extension() != ".bplist" || file.filename() == "recursion.bplist") continue;
    const std::string xml = output_of("plistutil -i '" + file.string() + "' -f xml 2>/dev/null");
    if (xml.empty()) continue;
    const std::string octets = test::content_of(file);
    const auto ours = Plist::parse(as_bytes(octets));
    const auto theirs = Plist::parse(as_bytes(xml));
    ASSERT_TRUE(ours.ok()) << file;
    if (!theirs.ok()) continue;  // plistutil says its complaints on the same channel
    expect_same_json(to_json(ours.value().root()), to_json(theirs.value().root()), file.filename());
  }
}

}  // namespace
}  // namespace testudo
