// Binary property lists and keyed archives: values, defects, truncation. The claims F1 to F12 stand in
// docs/formats/plist.md.
#include "codec/plist.h"

#include <gtest/gtest.h>

#include "codec/plist_builder.h"

namespace testudo {
namespace {

using test::big_endian;
using test::PlistBuilder;

std::vector<std::string> anomalies_of(const Plist& list) {
  std::vector<std::string> names;
  for (const PlistAnomaly& anomaly : list.anomalies()) names.emplace_back(anomaly.name);
  return names;
}

Plist parsed(const std::string& octets, PlistLimits limits = {}) {
  auto list = Plist::parse(as_bytes(octets), limits);
  EXPECT_TRUE(list.ok()) << (list.ok() ? "" : list.error().what);
  return std::move(list).value();
}

// Array of the objects that come next, numbered from 1.
std::string list_of(const std::vector<std::string>& objects, std::vector<std::uint64_t> items = {}) {
  PlistBuilder b;
  if (items.empty())
    for (std::size_t i = 1; i <= objects.size(); ++i) items.push_back(i);
  b.array(items);
  for (const std::string& object : objects) b.raw(object);
  return b.list();
}

TEST(BinaryPlist, ReadsEveryScalarType) {  // F1
  const std::string octets =
      list_of({std::string(1, '\0'), "\x08", "\x09",                                       // null, false, true
               "\x10\xff",                                                                 // one octet is unsigned
               std::string("\x13") + big_endian(~std::uint64_t{0}, 8),                     // eight octets are signed
               std::string("\x14") + big_endian(0, 8) + big_endian(~std::uint64_t{0}, 8),  // 2^64 - 1
               std::string("\x14") + big_endian(0, 8) + big_endian(7, 8),
               std::string("\x23") + big_endian(0x3ff8000000000000, 8),  // 1.5
               std::string("\x22") + big_endian(0xbf000000, 4),          // -0.5
               std::string("\x33") + big_endian(0x41c0000000000000, 8),  // 2^29 seconds after 2001
               "\x43\x01\x02\x03",
               "\x53"
               "abc",
               std::string("\x81") + big_endian(300, 2)});
  const Plist list = parsed(octets);
  EXPECT_TRUE(list.anomalies().empty());
  const Node root = list.root();
  ASSERT_EQ(root.type(), Node::Type::array);
  ASSERT_EQ(root.size(), 13U);
  EXPECT_EQ(root[0].type(), Node::Type::null);
  EXPECT_EQ(root[1].boolean(), false);
  EXPECT_EQ(root[2].boolean(), true);
  EXPECT_EQ(root[3].integer(), 255);
  EXPECT_EQ(root[4].integer(), -1);
  EXPECT_EQ(root[5].type(), Node::Type::integer);
  EXPECT_EQ(root[5].integer(), std::nullopt);
  EXPECT_EQ(root[6].integer(), 7);
  EXPECT_EQ(root[7].real(), 1.5);
  EXPECT_EQ(root[8].real(), -0.5);
  EXPECT_EQ(root[3].real(), 255.0);
  ASSERT_TRUE(root[9].date());
  EXPECT_EQ(to_rfc3339(*root[9].date()), "2018-01-05T18:48:32Z");
  ASSERT_TRUE(root[10].data());
  EXPECT_EQ(as_text(*root[10].data()), "\x01\x02\x03");
  EXPECT_EQ(root[11].text(), "abc");
  EXPECT_EQ(root[12].uid(), 300U);
  EXPECT_EQ(to_json(root),
            "[null,false,true,255,-1,18446744073709551615,7,1.5,-0.5,\"2018-01-05T18:48:32Z\",\"AQID\","
            "\"abc\",{\"CF$UID\":300}]");
}

TEST(BinaryPlist, AnswersOnlyForItsOwnType) {
  const std::string octets =
      list_of({"\x53"
               "abc",
               "\x09"});
  const Plist list = parsed(octets);
  const Node text = list.root()[0];
  EXPECT_FALSE(text.integer() || text.boolean() || text.real() || text.date() || text.data() || text.uid());
  EXPECT_EQ(text.size(), 0U);
  EXPECT_FALSE(list.root()[2]);
  EXPECT_FALSE(list.root()["key"]["more"][3]["end"].text());
  EXPECT_EQ(Node().type(), Node::Type::none);
  EXPECT_EQ(to_json(Node()), "null");
}

TEST(BinaryPlist, BorrowsAsciiAndDecodesTheRest) {  // F2
  PlistBuilder b;
  b.array({1, 2, 3, 4});
  b.text("plain text");
  b.utf16(u"Zo\u00eb \U0001F600");
  b.utf16(std::u16string(1, u'\xd800') + u"x");
  b.raw(
      "\x54"
      "a\xff"
      "bc");
  const std::string octets = b.list();
  const Plist list = parsed(octets);
  const std::string_view plain = *list.root()[0].text();
  EXPECT_EQ(plain, "plain text");
  EXPECT_TRUE(plain.data() > octets.data() && plain.data() < octets.data() + octets.size());
  EXPECT_EQ(list.root()[1].text(), "Zo\u00eb \U0001F600");
  EXPECT_EQ(list.root()[2].text(), "\ufffdx");
  EXPECT_EQ(list.root()[3].text(),
            "a\ufffd"
            "bc");
  EXPECT_EQ(anomalies_of(list), std::vector<std::string>{"plist_bad_text"});
  EXPECT_EQ(list.anomalies()[0].offset, list.root()[3].offset());
}

TEST(BinaryPlist, ReadsDictionariesSetsAndEveryReferenceSize) {  // F3
  for (int ref_size = 1; ref_size <= 8; ++ref_size) {
    PlistBuilder b(ref_size);
    b.dict({1, 2, 1}, {3, 4, 2});
    b.text("one");
    b.text("two");
    b.integer(1, 0);
    b.array({1, 2}, 0xc0);
    const std::string octets = b.list(0, 9 - ref_size);
    const Plist list = parsed(octets);
    const Node root = list.root();
    ASSERT_EQ(root.size(), 3U) << ref_size;
    EXPECT_EQ(root["one"].integer(), 1);  // the first entry of two with this key
    EXPECT_EQ(root["two"].type(), Node::Type::set);
    EXPECT_EQ(root["two"][1].text(), "two");
    EXPECT_EQ(root.key(2), "one");
    EXPECT_EQ(root[2].text(), "two");
    EXPECT_FALSE(root["three"]);
    EXPECT_EQ(root.key(3), "");
  }
}

TEST(BinaryPlist, NamesReferencesBeyondTheTable) {
  PlistBuilder b;
  b.array({1, 200});
  b.text("here");
  const std::string octets = b.list();
  const Plist list = parsed(octets);
  EXPECT_EQ(list.root().size(), 2U);
  EXPECT_EQ(list.root()[0].text(), "here");
  EXPECT_FALSE(list.root()[1]);
  EXPECT_EQ(anomalies_of(list), std::vector<std::string>{"plist_bad_reference"});
}

TEST(BinaryPlist, CutsCycles) {  // F4
  PlistBuilder b;
  b.array({1, 2});
  b.array({2, 0});
  b.text("leaf");
  const std::string octets = b.list();
  const Plist list = parsed(octets);
  EXPECT_EQ(to_json(list.root()), "[[\"leaf\",null],\"leaf\"]");
  EXPECT_EQ(anomalies_of(list), std::vector<std::string>{"plist_cycle"});

  PlistBuilder self;
  self.array({0});
  const std::string own = self.list();
  EXPECT_EQ(to_json(parsed(own).root()), "[null]");
}

TEST(BinaryPlist, AnObjectThatIsSharedIsNotACycle) {
  PlistBuilder b;
  b.array({2, 2, 1});
  b.array({2});
  b.array({3});
  b.text("shared");
  const std::string octets = b.list();
  const Plist list = parsed(octets);
  EXPECT_TRUE(list.anomalies().empty());
  EXPECT_EQ(to_json(list.root()), "[[\"shared\"],[\"shared\"],[[\"shared\"]]]");
  EXPECT_EQ(all_texts(list), std::vector<std::string_view>{"shared"});
}

// 2^60 paths over 61 objects.
TEST(BinaryPlist, SharedReferencesDoNotBlowUp) {  // F5
  PlistBuilder b;
  for (std::uint64_t i = 0; i < 60; ++i) b.array({i + 1, i + 1});
  b.text("lol");
  const std::string octets = b.list();
  const Plist list = parsed(octets);
  EXPECT_TRUE(list.anomalies().empty());
  EXPECT_EQ(all_texts(list), std::vector<std::string_view>{"lol"});
  EXPECT_LT(to_json(list.root(), {.objects = 100'000}).size(), 2'000'000U);
  EXPECT_LT(to_json(list.root()).size(), std::size_t{40} << 20);
}

TEST(BinaryPlist, ObjectsThatOverlapAreReadOnce) {
  std::string octets = "bplist00" + PlistBuilder::marker(0x60, 5000) + std::string(10'000, 'A');
  const std::uint64_t table_at = octets.size();
  constexpr std::uint64_t count = 20'000;
  for (std::uint64_t i = 0; i < count; ++i) octets += big_endian(8, 2);
  octets += std::string(6, '\0') + "\x02\x02" + big_endian(count, 8) + big_endian(0, 8) + big_endian(table_at, 8);
  const Plist list = parsed(octets);
  EXPECT_EQ(all_texts(list).size(), 1U);
  EXPECT_EQ(list.anomalies().front().name, "plist_overlap");
  EXPECT_LE(list.anomalies().size(), 64U);
}

TEST(BinaryPlist, NestingBeyondTheLimitIsCut) {  // F6
  PlistBuilder b(4);
  constexpr std::uint64_t deep = 200'000;
  for (std::uint64_t i = 0; i < deep; ++i) b.array({i + 1});
  b.text("bottom");
  const std::string octets = b.list();
  const Plist list = parsed(octets);
  EXPECT_EQ(list.anomalies().front().name, "plist_depth");
  std::size_t levels = 0;
  for (Node node = list.root(); node; node = node[0]) ++levels;
  EXPECT_LE(levels, 513U);
  EXPECT_GE(levels, 1U);

  PlistBuilder shallow(2);
  for (std::uint64_t i = 0; i < 512; ++i) shallow.array({i + 1});
  shallow.text("bottom");
  const std::string whole = shallow.list();
  EXPECT_TRUE(parsed(whole).anomalies().empty());
}

TEST(BinaryPlist, ObjectsBeyondTheLimitAreLeftOut) {
  const std::string octets =
      list_of({"\x51"
               "a",
               "\x51"
               "b",
               "\x51"
               "c"});
  const Plist list = parsed(octets, {.objects = 3});
  EXPECT_EQ(list.root()[1].text(), "b");
  EXPECT_FALSE(list.root()[2]);
  EXPECT_EQ(list.anomalies().front().name, "plist_too_many_objects");
}

TEST(BinaryPlist, HostileCountsAreRefused) {  // F7
  for (const int type : {0x40, 0x50, 0x60, 0xa0, 0xc0, 0xd0}) {
    const std::string octets =
        list_of({std::string(1, static_cast<char>(type | 15)) + "\x13" + big_endian(0x7fffffffffffffff, 8), "\x51x"});
    const Plist list = parsed(octets);
    EXPECT_FALSE(list.root()[0]) << type;
    EXPECT_EQ(list.root()[1].text(), "x");
    EXPECT_EQ(anomalies_of(list), std::vector<std::string>{"plist_truncated"});
  }
}

TEST(BinaryPlist, AKeyThatIsNoTextIsEmpty) {
  PlistBuilder b;
  b.dict({1, 9}, {2, 2});
  b.integer(5, 0);
  b.text("value");
  const std::string octets = b.list();
  const Plist list = parsed(octets);
  EXPECT_EQ(list.root().key(0), "");
  EXPECT_EQ(list.root()[0].text(), "value");
  EXPECT_EQ(anomalies_of(list), (std::vector<std::string>{"plist_bad_key", "plist_bad_reference"}));
}

TEST(BinaryPlist, SaysWhyNothingCouldBeRead) {
  const auto fault_of = [](std::string_view octets) { return Plist::parse(as_bytes(octets)).error().fault; };
  EXPECT_EQ(fault_of(""), Fault::truncated);
  EXPECT_EQ(fault_of("bplist00"), Fault::truncated);
  EXPECT_EQ(fault_of("bplist00\xf0"), Fault::malformed);
  EXPECT_EQ(fault_of("bplist16\xd0"), Fault::unsupported);
  EXPECT_EQ(fault_of("SQLite format 3"), Fault::malformed);
  EXPECT_EQ(fault_of("{ old = style; }"), Fault::malformed);
}

// What a keyed archive looks like as a backup stores it for each file.
std::string archive() {
  PlistBuilder b;
  b.dict({1, 2, 3, 4}, {5, 6, 7, 8});
  b.text("$version");
  b.text("$archiver");
  b.text("$top");
  b.text("$objects");
  b.integer(100'000, 2);
  b.text("NSKeyedArchiver");
  b.dict({9}, {10});
  b.array({11, 12, 20, 21, 25, 28});
  b.text("root");
  b.raw("\x80\x01");
  b.text("$null");
  b.dict({13, 14, 15, 16}, {17, 18, 19, 19});  // object 1
  b.text("$class");
  b.text("name");
  b.text("when");
  b.text("nothing");
  b.raw("\x80\x02");
  b.raw("\x80\x03");
  b.raw(std::string("\x80\x00", 2));
  b.dict({29}, {30});          // object 2: class
  b.dict({22, 13}, {23, 17});  // object 3: NSMutableString
  b.text("NS.string");
  b.text("https://example.test/x");
  b.integer(0, 0);
  b.dict({26}, {27});  // object 4: date
  b.text("NS.time");
  b.raw(std::string("\x23") + big_endian(0x41c0000000000000, 8));
  b.raw("\x80\x05");  // object 5 refers to itself
  b.text("$classname");
  b.text("MBFile");
  return b.list();
}

TEST(KeyedArchive, ResolvesObjects) {  // F8
  const std::string octets = archive();
  const Plist list = parsed(octets);
  const auto keyed = KeyedArchive::of(list.root());
  ASSERT_TRUE(keyed);
  const Node root = keyed->top();
  EXPECT_EQ(keyed->class_name(root), "MBFile");
  EXPECT_EQ(keyed->text(root["name"]), "https://example.test/x");
  EXPECT_EQ(keyed->text(keyed->get(root, "name")), "https://example.test/x");
  EXPECT_FALSE(keyed->get(root, "when"));
  EXPECT_FALSE(keyed->get(root, "absent"));
  EXPECT_FALSE(keyed->top("other"));
  const Node objects = list.root()["$objects"];
  EXPECT_EQ(to_rfc3339(*keyed->date(objects[4])), "2018-01-05T18:48:32Z");
  EXPECT_FALSE(keyed->resolve(objects[5]));
  EXPECT_FALSE(KeyedArchive::of(root));
  EXPECT_FALSE(KeyedArchive::of(Node()));
}

// Whatever is cut off, the call returns, no node lies outside, and texts are those of the whole or the start of one.
TEST(BinaryPlist, SurvivesTruncationAtEveryOctet) {  // F9
  for (const int ref_size : {1, 2, 3, 4}) {
    PlistBuilder b(ref_size);
    b.dict({1, 2}, {3, 4});
    b.text("first key");
    b.text("second key");
    b.text("first value");
    b.array({5, 6, 1});
    b.utf16(u"sec\u00f6nd");
    b.integer(77);
    const std::string whole = b.list();
    const Plist full = parsed(whole);
    const auto all = all_texts(full);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::string part = whole.substr(0, size);
      const auto list = Plist::parse(as_bytes(part));
      if (!list.ok()) continue;
      EXPECT_FALSE(list.value().anomalies().empty()) << size;
      static_cast<void>(to_json(list.value().root()));
      // Only lists with more than 255 objects have larger references; so short a one misleads.
      for (const std::string_view text : all_texts(list.value()))
        EXPECT_TRUE(ref_size > 1 || std::any_of(all.begin(), all.end(), [&](auto t) { return t.starts_with(text); }))
            << text;
    }
    // With the table gone every object is still found.
    const std::string lost = whole.substr(0, whole.size() - 40);
    const Plist list = parsed(lost);
    EXPECT_EQ(to_json(list.root()), to_json(full.root())) << ref_size;
    EXPECT_EQ(list.anomalies().front().name, "plist_no_trailer");
  }
}

TEST(BinaryPlist, SurvivesEveryChangedOctet) {
  const std::string whole = archive();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int value : {0x00, 0x01, 0x7f, 0x80, 0xd1, 0xff}) {
      std::string changed = whole;
      changed[i] = static_cast<char>(value);
      const auto list = Plist::parse(as_bytes(changed));
      if (!list.ok()) continue;
      static_cast<void>(to_json(list.value().root()));
      static_cast<void>(all_texts(list.value()));
      if (const auto keyed = KeyedArchive::of(list.value().root())) static_cast<void>(keyed->text(keyed->top()));
    }
  }
}

}  // namespace
}  // namespace testudo
