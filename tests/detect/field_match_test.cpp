// Fields against indicators: what each kind of field is compared by, each blind spot that other tools have, and no hit
// where there is none. Facts: docs/design/matching.md.
#include "detect/field_match.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>

#include "intel/feed.h"
#include "shared_data.h"

namespace testudo {
namespace {

using Values = std::vector<std::string>;

// A matcher over invented indicators; borrows its own image.
struct Intel {
  explicit Intel(std::initializer_list<std::pair<Kind, std::string_view>> indicators) {
    IndicatorSet set;
    for (const auto& [kind, value] : indicators) EXPECT_TRUE(set.add(kind, value, {"feed", "Threat", "id"})) << value;
    open(set);
  }
  explicit Intel(const IndicatorSet& set) { open(set); }
  Intel(const Intel&) = delete;
  Intel& operator=(const Intel&) = delete;

  // The values of the indicators that a field of one kind meets, by specificity.
  Values meets(Kind kind, std::string_view value) const { return meets(kind, Value::of_text(value)); }
  Values meets(Kind kind, Value value) const {
    Values met;
    for (const FieldHit& hit : hits(kind, value))
      for (const Match& match : hit.matches) met.push_back(matcher.describe(match.indicator).value);
    return met;
  }
  std::vector<FieldHit> hits(Kind kind, Value value) const {
    const FieldInfo info{"field", kind, "a field", Show::plain};
    const RecordType type{"test.record", "", "", {&info, 1}};
    const Row row{&type, {&value, 1}, {}};
    FieldMatcher fields(matcher);
    auto found = fields.hits(row);
    EXPECT_EQ(fields.touches(row), !found.empty()) << value.text();
    return found;
  }

  std::string image;
  Matcher matcher;

 private:
  void open(const IndicatorSet& set) {
    image = set.compile();
    auto opened = Matcher::open(as_bytes(image));
    EXPECT_TRUE(opened.ok());
    if (opened) matcher = *opened;
  }
};

struct Spot {
  std::string_view what;
  Kind kind;
  std::string_view value;
};
class BlindSpot : public testing::TestWithParam<Spot> {};
TEST_P(BlindSpot, is_closed) {
  const Intel intel{{Kind::host, "evil.test"}};
  EXPECT_EQ(intel.meets(GetParam().kind, GetParam().value), Values{"evil.test"}) << GetParam().value;
}

INSTANTIATE_TEST_SUITE_P(
    all, BlindSpot,
    testing::Values(
        Spot{"plain", Kind::url, "https://evil.test/x"}, Spot{"upper_case", Kind::url, "HTTPS://EVIL.TEST/X"},
        Spot{"port", Kind::url, "https://evil.test:8443/x"}, Spot{"credentials", Kind::url, "http://u:p@evil.test/x"},
        Spot{"trailing_dot", Kind::url, "https://evil.test./x"},
        Spot{"deeper_label", Kind::url, "https://a.b.evil.test/x"},
        Spot{"ideographic_full_stop", Kind::url, "https://evil。test/"},
        Spot{"full_width_stop", Kind::url, "https://evil．test/"},
        Spot{"half_width_stop", Kind::url, "https://evil｡test/"},
        Spot{"zero_width_space", Kind::url, "https://ev\u200Bil.test/"},
        Spot{"soft_hyphen", Kind::url, "https://ev\u00ADil.test/"},
        Spot{"joiner", Kind::url, "https://ev\u200Dil.test/"},
        Spot{"byte_order_mark", Kind::url, "\uFEFFhttps://ev\uFEFFil.test/"},
        Spot{"quotes", Kind::url, "\"https://evil.test\""}, Spot{"quote_behind", Kind::url, "https://evil.test\""},
        Spot{"bracket_behind", Kind::url, "https://evil.test)"},
        Spot{"ellipsis_behind", Kind::url, "https://evil.test…"},
        Spot{"angle_brackets", Kind::url, "<https://evil.test>"},
        Spot{"percent_encoded", Kind::url, "https://%65vil%2Etest/"}, Spot{"no_scheme", Kind::url, "evil.test/x"},
        Spot{"blob", Kind::url, "blob:https://evil.test/1-2"},
        Spot{"odd_label_in_front", Kind::url, "https://a'b.evil.test/"},
        Spot{"in_query", Kind::url, "https://foo.local/?u=https://evil.test/"},
        Spot{"in_query_encoded", Kind::url, "https://foo.local/?u=https%3A%2F%2Fevil.test%2F"},
        Spot{"in_query_encoded_twice", Kind::url, "https://foo.local/?u=https%253A%252F%252Fevil.test"},
        Spot{"in_path", Kind::url, "https://archive.local/web/https://evil.test/"},
        Spot{"as_query_value", Kind::url, "https://foo.local/?q=evil.test"},
        Spot{"text", Kind::text, "Look (https://evil.test/x)!"}, Spot{"text_bare", Kind::text, "go to Evil.Test."},
        Spot{"text_markdown", Kind::text, "[gift](https://evil.test/x)"},
        Spot{"text_defanged", Kind::text, "hxxps://evil[.]test/x"},
        Spot{"text_chinese", Kind::text, "请访问evil.test谢谢"},
        Spot{"text_mail", Kind::text, "write to a.b@evil.test"}, Spot{"host", Kind::host, "Evil.test."},
        Spot{"host_below", Kind::host, "a.evil.test"}, Spot{"host_port", Kind::host, "evil.test:443"},
        Spot{"host_as_url", Kind::host, "https://evil.test/"}, Spot{"mail_domain", Kind::email, "Someone@Evil.Test"},
        Spot{"mail_with_name", Kind::email, "Some One <a@evil.test>"}, Spot{"account", Kind::account, "E:a@evil.test"}),
    [](const auto& info) { return std::string(info.param.what); });

TEST(FieldMatch, parts_of_labels_are_no_hit) {
  const Intel intel{{Kind::host, "evil.test"}, {Kind::ipv4, "101.201.213.210"}};
  for (std::string_view text :
       {"https://notevil.test/", "https://evil.test.other.local/", "https://evil.testing/", "https://evil-test/",
        "https://evil.local/", "http://1101.201.213.2109/", "https://foo.local/?q=800notevil.test",
        "https://x-evil.test/", "https://foo.local/evil.test5"}) {
    EXPECT_EQ(intel.meets(Kind::url, text), Values()) << text;
    EXPECT_EQ(intel.meets(Kind::text, text), Values()) << text;
  }
}

TEST(FieldMatch, the_most_specific_comes_first) {
  const Intel intel{{Kind::host, "evil.test"}, {Kind::host, "a.evil.test"}};
  EXPECT_EQ(intel.meets(Kind::url, "https://b.a.evil.test/"), (Values{"a.evil.test", "evil.test"}));
  const auto hits = intel.hits(Kind::url, Value::of_text("https://b.a.evil.test/x"));
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].seen, "https://b.a.evil.test/x");
  EXPECT_EQ(hits[0].normalised, "b.a.evil.test");
  EXPECT_EQ(hits[0].matches[0].how, MatchHow::below);
}

TEST(FieldMatch, each_indicator_once_for_what_was_seen) {
  const Intel intel{{Kind::host, "evil.test"}};
  const auto hits = intel.hits(Kind::text, Value::of_text("evil.test evil.test https://evil.test/%2E evil.test"));
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].seen, "evil.test");
  EXPECT_EQ(hits[1].seen, "https://evil.test/%2E");
}

TEST(FieldMatch, urls) {
  const Intel intel{{Kind::url, "https://evil.test/Stage?id=1"}, {Kind::host, "other.test"}};
  EXPECT_EQ(intel.meets(Kind::url, "HTTP://EVIL.test:80/Stage?id=1#x"), Values{"https://evil.test/Stage?id=1"});
  EXPECT_EQ(intel.meets(Kind::text, "see https://evil.test/Stage?id=1, now"), Values{"https://evil.test/Stage?id=1"});
  EXPECT_EQ(intel.meets(Kind::url, "https://evil.test/stage?id=1"), Values());
  EXPECT_EQ(intel.meets(Kind::url, "https://evil.test/Stage?id=12"), Values());
}

TEST(FieldMatch, a_name_inside_another_address_is_told_from_the_address_itself) {
  const Intel intel{{Kind::host, "evil.test"}};
  const auto mention = [&](Kind kind, std::string_view text) {
    const auto hits = intel.hits(kind, Value::of_text(text));
    return hits.size() == 1 ? std::optional(hits[0].mention) : std::nullopt;
  };
  EXPECT_EQ(mention(Kind::url, "https://evil.test/?q=x"), Mention::own);
  EXPECT_EQ(mention(Kind::text, "https://foo.example/a, then evil.test"), Mention::own);
  EXPECT_EQ(mention(Kind::url, "https://foo.example/?u=https://evil.test/x"), Mention::linked);
  EXPECT_EQ(mention(Kind::url, "https://foo.example/?u=https%3A%2F%2Fevil.test%2Fx"), Mention::linked);
  EXPECT_EQ(mention(Kind::text, "see https://foo.example/?u=https://evil.test/x"), Mention::linked);
  EXPECT_EQ(mention(Kind::url, "https://foo.example/?q=evil.test"), Mention::named);
  EXPECT_EQ(mention(Kind::text, "see https://foo.example/?q=evil.test"), Mention::named);
}

TEST(KnownClean, remembers_whole_values_of_the_kinds_that_come_again) {
  KnownClean clean;
  clean.add(Kind::account, "owner@mail.example");
  EXPECT_TRUE(clean.has(Kind::account, "owner@mail.example"));
  EXPECT_FALSE(clean.has(Kind::email, "owner@mail.example")) << "another kind meets other indicators";
  EXPECT_FALSE(clean.has(Kind::account, "owner@mail.exampl"));
  const std::string text = "see evil.test", longer(KnownClean::longest + 1, 'a');
  clean.add(Kind::text, text);
  clean.add(Kind::account, longer);
  EXPECT_FALSE(clean.has(Kind::text, text));
  EXPECT_FALSE(clean.has(Kind::account, longer));
  // More values than slots: whatever is still there is still right.
  for (int i = 0; i < 5000; ++i) clean.add(Kind::host, "host" + std::to_string(i) + ".example");
  for (int i = 5000; i < 10000; ++i) EXPECT_FALSE(clean.has(Kind::host, "host" + std::to_string(i) + ".example"));
}

TEST(FieldMatch, addresses_by_value) {
  const Intel intel{{Kind::ipv4, "203.0.113.7"}, {Kind::ipv6, "2001:db8::7"}, {Kind::cidr, "198.51.100.0/24"}};
  for (std::string_view url :
       {"http://203.0.113.7/", "http://0xCB007107/", "http://3405803783/x", "http://0313.0.0161.07",
        "http://203.0.28935/", "http://[::ffff:203.0.113.7]/", "http://203。0。113。7/"})
    EXPECT_EQ(intel.meets(Kind::url, url), Values{"203.0.113.7"}) << url;
  EXPECT_EQ(intel.meets(Kind::text, "from 203.0.113.7:80."), Values{"203.0.113.7"});
  EXPECT_EQ(intel.meets(Kind::text, "3405803783 0xCB007107 203.0.28935 1203.0.113.7 203.0.113.7.1 v203.0.113.7"),
            Values());
  EXPECT_EQ(intel.meets(Kind::ipv4, "203.0.113.7"), Values{"203.0.113.7"});
  EXPECT_EQ(intel.meets(Kind::ipv6, "2001:DB8:0::7"), Values{"2001:db8::7"});
  EXPECT_EQ(intel.meets(Kind::url, "http://[2001:DB8:0::7]:8080/"), Values{"2001:db8::7"});
  EXPECT_EQ(intel.meets(Kind::host, "2001:db8::7%en0"), Values{"2001:db8::7"});
  EXPECT_EQ(intel.meets(Kind::text, "peer 198.51.100.9"), Values{"198.51.100.0/24"});
}

TEST(FieldMatch, networks_alone) {
  const Intel intel{{Kind::cidr, "198.51.100.0/24"}};
  EXPECT_EQ(intel.meets(Kind::url, "http://198.51.100.9/"), Values{"198.51.100.0/24"});
}

TEST(FieldMatch, mail) {
  const Intel intel{{Kind::email, "Actor@Evil.test"}};
  EXPECT_EQ(intel.meets(Kind::email, "ACTOR@evil.TEST"), Values{"actor@evil.test"});
  EXPECT_EQ(intel.meets(Kind::email, "mailto:actor@evil.test"), Values{"actor@evil.test"});
  EXPECT_EQ(intel.meets(Kind::email, "\"A\" <actor@evil.test>, b@c.test"), Values{"actor@evil.test"});
  EXPECT_EQ(intel.meets(Kind::account, "e:actor@evil.test"), Values{"actor@evil.test"});
  EXPECT_EQ(intel.meets(Kind::text, "ask actor@evil.test."), Values{"actor@evil.test"});
  EXPECT_EQ(intel.meets(Kind::text, "ask xactor@evil.test or factor@evil.test"), Values());
}

TEST(FieldMatch, phones) {
  const Intel intel{{Kind::phone, "+1 555 0100"}};
  for (std::string_view text : {"+15550100", "+1 (555) 01-00", "0015550100", "tel:+1-555-0100", "+1\u00A0555\u00A00100",
                                "\u202A+1 555 0100\u202C"})
    EXPECT_EQ(intel.meets(Kind::phone, text), Values{"+15550100"}) << text;
  EXPECT_EQ(intel.meets(Kind::account, "p:+15550100"), Values{"+15550100"});
  for (const auto* text : {"+15550100(smsfp)", "+15550100(smsft_fi)", "+15550100(filtered)", "iMessage;-;+15550100",
                           "SMS;-;+15550100(smsft)", "any;-;+1 555 0100"})
    EXPECT_EQ(intel.meets(Kind::account, text), Values{"+15550100"}) << text;
  for (const auto* text : {"+15550100(home)", "(smsfp)", "chat;+15550100", "iMessage;*;+15550100", "iMessage;-;"})
    EXPECT_EQ(intel.meets(Kind::account, text), Values()) << text;
  EXPECT_EQ(intel.meets(Kind::account, "15550100@s.whatsapp.net"), Values{"+15550100"});
  for (std::string_view text : {"+155501001", "15550100", "+1555010", "Bank", "+1555O100", ""})
    EXPECT_EQ(intel.meets(Kind::phone, text), Values()) << text;
}

TEST(FieldMatch, processes) {
  const Intel intel{
      {Kind::process, "evil_agent_with_name"}, {Kind::process, "bh_evil"}, {Kind::path, "/private/var/tmp/evil"}};
  EXPECT_EQ(intel.meets(Kind::process, "bh_evil"), Values{"bh_evil"});
  EXPECT_EQ(intel.meets(Kind::process, "/usr/libexec/bh_evil"), Values{"bh_evil"});
  EXPECT_EQ(intel.meets(Kind::process, "evil_agent_with_"), Values{"evil_agent_with_name"});  // cut at 16
  EXPECT_EQ(intel.meets(Kind::process, "evil_agent_with"), Values());
  EXPECT_EQ(intel.meets(Kind::process, "BH_EVIL"), Values());
  EXPECT_EQ(intel.meets(Kind::process, "bh_evil2"), Values());
  EXPECT_EQ(intel.meets(Kind::process, "/private/var/tmp/evil/x"), Values{"/private/var/tmp/evil"});
  EXPECT_EQ(intel.meets(Kind::app_id, "bh_evil"), Values{"bh_evil"});
}

TEST(FieldMatch, paths) {
  const Intel intel{
      {Kind::path, "/private/var/tmp/evil/"}, {Kind::path, "/Library/SMS/evil.db"}, {Kind::file_name, "evil.bin"}};
  EXPECT_EQ(intel.meets(Kind::path, "/private/var/tmp/evil"), Values{"/private/var/tmp/evil"});
  EXPECT_EQ(intel.meets(Kind::path, "/private/var/tmp/evil/a/b"), Values{"/private/var/tmp/evil"});
  EXPECT_EQ(intel.meets(Kind::path, "/var/tmp/evil/a"), Values{"/private/var/tmp/evil"});
  EXPECT_EQ(intel.meets(Kind::path, "file:///private/var//tmp/./x/../evil"), Values{"/private/var/tmp/evil"});
  EXPECT_EQ(intel.meets(Kind::path, "Library/SMS/evil.db"), Values{"/Library/SMS/evil.db"});
  const Intel at_home{{Kind::path, "/private/var/mobile/Library/SMS/Attachments/evil"},
                      {Kind::path, "/var/mobile/Library/b"}};
  EXPECT_EQ(at_home.meets(Kind::path, "~/Library/SMS/Attachments/evil/z.gif"),
            Values{"/private/var/mobile/Library/SMS/Attachments/evil"});
  EXPECT_EQ(at_home.meets(Kind::path, "~/Library/b"), Values{"/var/mobile/Library/b"});
  EXPECT_EQ(at_home.meets(Kind::path, "~x/Library/b"), Values());
  EXPECT_EQ(intel.meets(Kind::path, "/a/b/evil.bin"), Values{"evil.bin"});
  EXPECT_EQ(intel.meets(Kind::file_name, "evil.bin"), Values{"evil.bin"});
  for (std::string_view text : {"/private/var/tmp/evil2", "/private/var/tmp/evi", "/x/private/var/tmp/evil",
                                "/a/evil.bin/c", "/a/Evil.bin", "/", "..", "/../.."})
    EXPECT_EQ(intel.meets(Kind::path, text), Values()) << text;
}

TEST(FieldMatch, names_in_any_case) {
  const Intel intel{
      {Kind::app_id, "test.evil.app"}, {Kind::property, "ro.test.evil"}, {Kind::profile_id, "test.evil.profile"}};
  EXPECT_EQ(intel.meets(Kind::app_id, "Test.Evil.App"), Values{"test.evil.app"});
  EXPECT_EQ(intel.meets(Kind::property, "RO.test.Evil"), Values{"ro.test.evil"});
  EXPECT_EQ(intel.meets(Kind::profile_id, "Test.Evil.Profile"), Values{"test.evil.profile"});
  EXPECT_EQ(intel.meets(Kind::app_id, "test.evil.app.x"), Values());
}

TEST(FieldMatch, digests) {
  const std::string hex(64, 'a');
  const Intel intel{{Kind::sha256, hex}, {Kind::cert_sha1, std::string(40, 'b')}};
  EXPECT_EQ(intel.meets(Kind::sha256, std::string(64, 'A')), Values{hex});
  const std::vector<std::uint8_t> octets(32, 0xAA);
  EXPECT_EQ(intel.meets(Kind::sha256, Value::of_bytes(octets)), Values{hex});
  EXPECT_EQ(intel.meets(Kind::cert_sha256, hex), Values());
  std::string colons = "BB";
  for (int i = 0; i < 19; ++i) colons += ":BB";
  EXPECT_EQ(intel.meets(Kind::cert_sha1, colons), Values{std::string(40, 'b')});
}

TEST(FieldMatch, other_fields_and_values_meet_nothing) {
  const Intel intel{{Kind::host, "evil.test"}, {Kind::process, "bh_evil"}};
  EXPECT_EQ(intel.meets(Kind::integer, Value::of_integer(1)), Values());
  EXPECT_EQ(intel.meets(Kind::url, Value()), Values());
  EXPECT_EQ(intel.meets(Kind::host, Value::of_integer(1)), Values());
  EXPECT_EQ(intel.meets(Kind::process, "evil.test"), Values());
  EXPECT_EQ(intel.meets(Kind::text, "bh_evil"), Values());
}

TEST(FieldMatch, a_matcher_without_indicators) {
  const Matcher none;
  const FieldInfo info{"field", Kind::text, "", Show::plain};
  const RecordType type{"test.record", "", "", {&info, 1}};
  const Value value = Value::of_text("https://evil.test/");
  FieldMatcher fields(none);
  EXPECT_FALSE(fields.touches({&type, {&value, 1}, {}}));
  EXPECT_TRUE(fields.hits({&type, {&value, 1}, {}}).empty());
}

TEST(FieldMatch, fields_in_order) {
  const Intel intel{{Kind::host, "evil.test"}, {Kind::phone, "+15550100"}};
  const FieldInfo infos[] = {{"from", Kind::phone, "", Show::plain},
                             {"at", Kind::time, "", Show::plain},
                             {"text", Kind::text, "", Show::plain}};
  const RecordType type{"test.record", "", "", infos};
  const Value values[] = {Value::of_text("+1 555 0100"), Value::of_integer(0), Value::of_text("evil.test")};
  FieldMatcher fields(intel.matcher);
  const auto hits = fields.hits({&type, values, {}});
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].field, 0U);
  EXPECT_EQ(hits[1].field, 2U);
}

TEST(FieldMatch, hostile_repetition_is_bounded) {
  const Intel intel{{Kind::host, "evil.test"}};
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + "x.evil.test ";
  EXPECT_EQ(intel.hits(Kind::text, Value::of_text(text)).size(), 200U);
}

TEST(FieldMatch, every_real_indicator_is_met_in_a_message) {
  IndicatorSet set;
  for (const auto& path : test::files_below(test::shared_data() / "indicators")) {
    if (path.extension() != ".stix2") continue;
    EXPECT_TRUE(set.add_stix(path.filename().string(), test::content_of(path)).ok()) << path;
  }
  if (set.size() == 0) GTEST_SKIP() << "no indicators/*.stix2 in the shared data";
  const Intel intel(set);
  std::size_t names = 0;
  for (std::uint32_t i = 0; i < intel.matcher.size(); ++i) {
    const IndicatorRef ref = intel.matcher.describe(i);
    if (ref.type != Kind::host && ref.type != Kind::ipv4 && ref.type != Kind::url) continue;
    ++names;
    for (const std::string& text :
         {"see HTTPS://u:p@" + ref.value + ", ok?", "https://foo.local/?u=http%3A%2F%2F" + ref.value}) {
      const Values met = intel.meets(Kind::text, text);
      EXPECT_NE(std::ranges::find(met, ref.value), met.end()) << text;
    }
  }
  EXPECT_GT(names, 4'900U);
}

// What only kept records have must not decide whether a record is kept: `check` and `case rematch` must agree.
TEST(FieldMatch, remaining_columns_meet_nothing) {
  const Intel intel{{Kind::host, "evil.test"}};
  const FieldInfo info{"extra", Kind::text, "the remaining columns", Show::rest};
  const RecordType type{"test.record", "", "", {&info, 1}};
  const Value value = Value::of_text(R"({"ZURL":"https://evil.test/x"})");
  const Row row{&type, {&value, 1}, {}};
  FieldMatcher fields(intel.matcher);
  EXPECT_FALSE(fields.touches(row));
  EXPECT_TRUE(fields.hits(row).empty());
}

}  // namespace
}  // namespace testudo
