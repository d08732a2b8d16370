// Warning lists: every type, every way to meet an entry, damaged images.
#include "intel/warning/warning_lists.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "intel/network.h"
#include "shared_data.h"

namespace testudo {
namespace {

using How = WarningHit::How;

class Lists {
 public:
  explicit Lists(const WarningListBuilder& builder)
      : image_(builder.compile()), lists_(WarningLists::open(as_bytes(image_)).value()) {}
  // "list entry how" of each hit, in the order of the lists.
  std::vector<std::string> find(Kind kind, std::string_view value) const {
    constexpr std::string_view how[] = {"equal", "below", "overlaps", "host", "part"};
    std::vector<WarningHit> hits;
    lists_.find(kind, value, hits);
    std::vector<std::string> out;
    for (const WarningHit& hit : hits)
      out.push_back(std::string(hit.list) + " " + hit.entry + " " + std::string(how[static_cast<int>(hit.how)]));
    return out;
  }
  const std::string& image() const { return image_; }
  const WarningLists& lists() const { return lists_; }

 private:
  std::string image_;
  WarningLists lists_;
};
using Strings = std::vector<std::string>;

Lists one(std::string_view type, const std::vector<std::string>& entries) {
  WarningListBuilder builder;
  builder.add("l", type, WarningVerdict::annotate, {}, entries);
  return Lists(builder);
}

TEST(WarningLists, strings_are_compared_whole_in_any_case) {
  const Lists lists = one("string", {"Evil.Test", "ABCDEF"});
  EXPECT_EQ(lists.find(Kind::host, "evil.test"), Strings{"l evil.test equal"});
  EXPECT_EQ(lists.find(Kind::host, "a.evil.test"), Strings{});
  EXPECT_EQ(lists.find(Kind::url, "evil.test/x"), Strings{"l evil.test host"});
  EXPECT_EQ(lists.find(Kind::md5, "AbCdEf"), Strings{"l abcdef equal"});
}

TEST(WarningLists, host_names_stand_for_those_below) {
  const Lists lists = one("hostname", {"evil.test", "*.wild.test", ".dot.test."});
  EXPECT_EQ(lists.find(Kind::host, "a.b.evil.test"), Strings{"l evil.test below"});
  EXPECT_EQ(lists.find(Kind::host, "notevil.test"), Strings{});
  EXPECT_EQ(lists.find(Kind::host, "x.wild.test"), Strings{"l wild.test below"});
  EXPECT_EQ(lists.find(Kind::host, "dot.test"), Strings{"l dot.test equal"});
  EXPECT_EQ(lists.find(Kind::email, "me@a.evil.test"), Strings{"l evil.test host"});
  EXPECT_EQ(lists.find(Kind::url, "a.evil.test:8443/x"), Strings{"l evil.test host"});
}

// A leading dot means the names below, whatever the type of the list says.
TEST(WarningLists, leading_dot_in_a_list_of_strings) {
  const Lists lists = one("string", {".google.test"});
  EXPECT_EQ(lists.find(Kind::host, "google.test"), Strings{"l google.test equal"});
  EXPECT_EQ(lists.find(Kind::host, "mail.google.test"), Strings{"l google.test below"});
}

TEST(WarningLists, networks_equal_inside_and_around) {
  const Lists lists = one("cidr", {"198.51.100.0/24", "203.0.113.7", "2001:db8::/32"});
  EXPECT_EQ(lists.find(Kind::ipv4, "198.51.100.9"), Strings{"l 198.51.100.0/24 below"});
  EXPECT_EQ(lists.find(Kind::cidr, "198.51.100.0/24"), Strings{"l 198.51.100.0/24 equal"});
  EXPECT_EQ(lists.find(Kind::cidr, "198.51.100.128/25"), Strings{"l 198.51.100.0/24 below"});
  EXPECT_EQ(lists.find(Kind::cidr, "198.51.0.0/16"), Strings{"l 198.51.100.0/24 overlaps"});
  EXPECT_EQ(lists.find(Kind::ipv4, "198.51.101.9"), Strings{});
  EXPECT_EQ(lists.find(Kind::ipv4, "203.0.113.7"), Strings{"l 203.0.113.7/32 equal"});
  EXPECT_EQ(lists.find(Kind::ipv6, "2001:db8:1::1"), Strings{"l 2001:db8::/32 below"});
  EXPECT_EQ(lists.find(Kind::cidr, "2001:d00::/24"), Strings{"l 2001:db8::/32 overlaps"});
  EXPECT_EQ(lists.find(Kind::url, "198.51.100.9/x"), Strings{"l 198.51.100.0/24 host"});
}

// Against the slow way, over all networks around some entries.
TEST(WarningLists, networks_agree_with_a_linear_search) {
  std::vector<std::string> entries;
  for (unsigned i = 0; i < 200; ++i)
    entries.push_back(std::to_string(i * 37 % 256) + "." + std::to_string(i * 91 % 256) + ".0.0/" +
                      std::to_string(8 + i % 17));
  const Lists lists = one("cidr", entries);
  std::vector<Network> networks;
  for (const std::string& entry : entries) {
    const Network network = *parse_network(entry);
    networks.push_back(network.masked(network.prefix));
  }
  unsigned met = 0;
  for (unsigned i = 0; i < 4000; ++i) {
    Network value;
    value.address[0] = static_cast<std::uint8_t>(i * 13);
    value.address[1] = static_cast<std::uint8_t>(i * 7);
    value.prefix = 8 + i % 25;
    value = value.masked(value.prefix);
    const bool meets = std::ranges::any_of(networks, [&](const Network& listed) {
      const unsigned prefix = std::min(listed.prefix, value.prefix);
      return listed.masked(prefix) == value.masked(prefix);
    });
    const Kind kind = value.prefix == 32 ? Kind::ipv4 : Kind::cidr;
    std::string text = value.text();
    if (kind == Kind::ipv4) text.resize(text.find('/'));
    EXPECT_EQ(!lists.find(kind, text).empty(), meets) << text;
    met += meets;
  }
  EXPECT_GT(met, 100U);
}

TEST(WarningLists, parts_of_names_stand_alone) {
  const Lists lists = one("substring", {"mail.test", "ab"});
  EXPECT_EQ(lists.find(Kind::email, "me@mail.test"), Strings{"l mail.test part"});
  EXPECT_EQ(lists.find(Kind::email, "me@hotmail.test"), Strings{});
  EXPECT_EQ(lists.find(Kind::host, "x.mail.test"), Strings{"l mail.test part"});
  EXPECT_EQ(lists.find(Kind::process, "xaby"), Strings{"l ab part"});
}

TEST(WarningLists, expressions) {
  const Lists lists = one("regex", {"/^(abuse|soc)\\@.*\\..*$/i", "/((((/"});
  EXPECT_EQ(lists.find(Kind::email, "abuse@evil.test"), Strings{"l /^(abuse|soc)\\@.*\\..*$/i part"});
  EXPECT_EQ(lists.find(Kind::email, "me@evil.test"), Strings{});
}

TEST(WarningLists, json_of_misp) {
  WarningListBuilder builder;
  ASSERT_TRUE(builder.add_json(R"({"name":"List of RFC 1918 CIDR blocks","type":"cidr","version":1,"description":"d",
      "matching_attributes":["ip-src","ip-dst"],"list":["10.0.0.0/8"]})"));
  EXPECT_FALSE(builder.add_json("{}"));
  EXPECT_FALSE(builder.add_json("["));
  EXPECT_FALSE(builder.add_json(R"({"name":"x","list":{}})"));
  const Lists lists(builder);
  ASSERT_EQ(lists.lists().lists().size(), 1U);
  EXPECT_EQ(lists.lists().lists()[0].verdict, WarningVerdict::suppress);
  EXPECT_EQ(lists.lists().lists()[0].entries, 1U);
  EXPECT_EQ(lists.find(Kind::ipv4, "10.1.2.3").size(), 1U);
  EXPECT_EQ(lists.find(Kind::host, "10.0.0.0/8"), Strings{});
}

TEST(WarningLists, suppression_stops_at_the_listed_thing) {
  std::vector<WarningHit> hits{{"a", "x.test", WarningVerdict::suppress, How::host}};
  const WarningHit* by = nullptr;
  EXPECT_EQ(strongest_verdict(hits, &by), WarningVerdict::exact);
  hits.push_back({"b", "x.test", WarningVerdict::suppress, How::equal});
  EXPECT_EQ(strongest_verdict(hits, &by), WarningVerdict::suppress);
  EXPECT_EQ(by->list, "b");
  EXPECT_EQ(strongest_verdict({}), WarningVerdict::annotate);
}

TEST(WarningLists, core_lists) {
  std::vector<WarningHit> hits;
  core_warnings().find(Kind::ipv4, "192.168.1.1", hits);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].list, "reserved networks");
  EXPECT_EQ(hits[0].entry, "192.168.0.0/16");
  hits.clear();
  core_warnings().find(Kind::sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hits);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].verdict, WarningVerdict::suppress);
}

TEST(WarningLists, cut_and_damaged_images_are_errors_or_find_less) {
  WarningListBuilder builder;
  builder.add("l", "cidr", WarningVerdict::annotate, {}, {"198.51.100.0/24"});
  builder.add("m", "substring", WarningVerdict::annotate, {}, {"evil"});
  builder.add("n", "regex", WarningVerdict::annotate, {}, {"/a+/"});
  builder.add("o", "hostname", WarningVerdict::annotate, {}, {"evil.test"});
  const std::string image = builder.compile();
  const auto use = [](const WarningLists& lists) {
    std::vector<WarningHit> hits;
    lists.find(Kind::host, "aa.evil.test", hits);
    lists.find(Kind::cidr, "198.51.0.0/16", hits);
    static_cast<void>(lists.lists());
  };
  for (std::size_t size = 0; size < image.size(); ++size)
    EXPECT_FALSE(WarningLists::open(as_bytes(std::string_view(image).substr(0, size)))) << size;
  for (std::size_t at = 0; at < image.size(); ++at)
    for (const char with : {'\0', '\x7f', '\xff'}) {
      std::string damaged = image;
      damaged[at] = with;
      if (auto opened = WarningLists::open(as_bytes(damaged))) use(*opened);
    }
}

TEST(WarningLists, all_published_lists) {
  const auto folder = test::shared_data() / "intel/misp-warninglists/lists";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  WarningListBuilder builder;
  for (const auto& file : test::files_below(folder)) {
    if (file.filename() != "list.json") continue;
    EXPECT_TRUE(builder.add_json(test::content_of(file))) << file;
  }
  EXPECT_EQ(builder.lists(), 51U);
  const Lists lists(builder);
  const Strings google = lists.find(Kind::host, "mail.google.de");
  EXPECT_NE(std::ranges::find(google, "List of known google domains google.de below"), google.end());
  EXPECT_FALSE(lists.find(Kind::email, "abuse@evil.test").empty());
  EXPECT_FALSE(lists.find(Kind::ipv4, "8.8.8.8").empty());
  for (const WarningList& list : lists.lists().lists()) EXPECT_FALSE(list.name.empty());
}

}  // namespace
}  // namespace testudo
