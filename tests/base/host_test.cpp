// Host names and addresses: every spelling that browsers resolve, and nothing else.
#include "base/host.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "base/idn.h"
#include "base/text.h"

namespace testudo {
namespace {

std::string host(std::string_view spelling) {
  const auto found = normalise_host(spelling);
  return found ? found->text : "(none)";
}

struct Spelling {
  std::string_view what, spelling, expected;
};
class HostSpelling : public testing::TestWithParam<Spelling> {};
TEST_P(HostSpelling, is_normalised) { EXPECT_EQ(host(GetParam().spelling), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    all, HostSpelling,
    testing::Values(
        Spelling{"plain", "evil.example", "evil.example"}, Spelling{"upper_case", "EVIL.Example", "evil.example"},
        Spelling{"trailing_dot", "evil.example.", "evil.example"},
        Spelling{"two_trailing_dots", "evil.example..", "(none)"}, Spelling{"empty_label", "evil..example", "(none)"},
        Spelling{"leading_dot", ".evil.example", "(none)"}, Spelling{"empty", "", "(none)"},
        Spelling{"dot", ".", "(none)"}, Spelling{"space", "evil example", "(none)"},
        Spelling{"quote", "evil.example\"", "(none)"}, Spelling{"slash", "evil.example/", "(none)"},
        Spelling{"single_label", "localhost", "localhost"},
        Spelling{"underscore", "_dmarc.evil.example", "_dmarc.evil.example"},
        Spelling{"hyphens", "-a--b-.example", "-a--b-.example"},
        Spelling{"ideographic_full_stop", "evil。example", "evil.example"},
        Spelling{"full_width_full_stop", "evil．example", "evil.example"},
        Spelling{"half_width_full_stop", "evil｡example", "evil.example"},
        Spelling{"one_dot_leader", "evil․example", "evil.example"},
        Spelling{"small_full_stop", "evil﹒example", "evil.example"},
        Spelling{"ideographic_trailing_dot", "evil.example。", "evil.example"},
        Spelling{"full_width_letters", "ＥＶＩＬ.example", "evil.example"},
        Spelling{"mathematical_letters", "𝐞𝐯𝐢𝐥.example", "evil.example"},
        Spelling{"zero_width_space", "ev\u200Bil.example", "evil.example"},
        Spelling{"zero_width_joiner", "ev\u200Dil.example", "evil.example"},
        Spelling{"zero_width_non_joiner", "ev\u200Cil.example", "evil.example"},
        Spelling{"word_joiner", "ev\u2060il.example", "evil.example"},
        Spelling{"soft_hyphen", "ev\u00ADil.example", "evil.example"},
        Spelling{"byte_order_mark", "\uFEFFevil.exam\uFEFFple", "evil.example"},
        Spelling{"direction_marks", "\u202Eevil\u2066.example\u2069", "evil.example"},
        Spelling{"variation_selector", "evil\uFE0F.example", "evil.example"},
        Spelling{"percent_encoded", "%65vil%2Eexample", "evil.example"},
        Spelling{"percent_encoded_slash", "evil.example%2Fx", "(none)"},
        Spelling{"percent_encoded_nul", "evil%00.example", "(none)"},
        Spelling{"percent_broken", "evil%6.example", "(none)"},
        Spelling{"percent_encoded_utf8", "m%C3%BCller.example", "xn--mller-kva.example"},
        Spelling{"umlaut", "MÜLLER.example", "xn--mller-kva.example"},
        Spelling{"decomposed_umlaut", "mu\u0308ller.example", "xn--mller-kva.example"},
        Spelling{"sharp_s_is_kept", "faß.example", "xn--fa-hia.example"},
        Spelling{"a_label", "XN--mller-KVA.example", "xn--mller-kva.example"},
        Spelling{"han", "例子.中国", "xn--fsqu00a.xn--fiqs8s"}, Spelling{"emoji", "☃.example", "xn--n3h.example"},
        Spelling{"emoji_and_capitals", "I❤.example", "xn--i-7iq.example"},
        Spelling{"cyrillic_homograph", "еvil.example", "xn--vil-qdd.example"},
        Spelling{"not_utf8", "evil\xFF.example", "(none)"}, Spelling{"tab", "ev\til.example", "evil.example"}),
    [](const auto& info) { return std::string(info.param.what); });

INSTANTIATE_TEST_SUITE_P(
    addresses, HostSpelling,
    testing::Values(
        Spelling{"quad", "192.0.2.1", "192.0.2.1"}, Spelling{"quad_with_dot", "192.0.2.1.", "192.0.2.1"},
        Spelling{"decimal", "3221225985", "192.0.2.1"}, Spelling{"hexadecimal", "0xC0000201", "192.0.2.1"},
        Spelling{"octal", "0300.0.02.01", "192.0.2.1"}, Spelling{"mixed", "0xC0.0.513", "192.0.2.1"},
        Spelling{"short_form", "192.513", "192.0.2.1"}, Spelling{"full_width_digits", "１９２.0.2.1", "192.0.2.1"},
        Spelling{"ideographic_dots", "192。0。2。1", "192.0.2.1"},
        Spelling{"percent_digits", "%3192.0.2.1", "192.0.2.1"}, Spelling{"octet_too_large", "192.0.2.256", "(none)"},
        Spelling{"four_digits", "1101.201.213.2109", "(none)"}, Spelling{"five_parts", "1.2.3.4.5", "(none)"},
        Spelling{"more_than_32_bits", "4294967296", "(none)"}, Spelling{"name_that_ends_in_number", "evil.1", "(none)"},
        Spelling{"bad_octal", "08.0.0.1", "(none)"}, Spelling{"v6", "[2001:DB8:0:0:0::1]", "2001:db8::1"},
        Spelling{"v6_bare", "2001:db8::1", "2001:db8::1"}, Spelling{"v6_zone", "fe80::1%en0", "fe80::1"},
        Spelling{"v6_mapped", "::FFFF:c000:201", "::ffff:192.0.2.1"},
        Spelling{"v6_one_zero_group", "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        Spelling{"v6_longest_run", "2001:0:0:1:0:0:0:1", "2001:0:0:1::1"}, Spelling{"v6_all", "::", "::"},
        Spelling{"v6_loopback", "0:0:0:0:0:0:0:1", "::1"}, Spelling{"v6_open_bracket", "[::1", "(none)"},
        Spelling{"v6_two_runs", "1::2::3", "(none)"}, Spelling{"v6_nine_groups", "1:2:3:4:5:6:7:8:9", "(none)"}),
    [](const auto& info) { return std::string(info.param.what); });

TEST(Host, types) {
  EXPECT_EQ(normalise_host("evil.example")->type, HostName::Type::name);
  EXPECT_EQ(normalise_host("0x7f.1")->type, HostName::Type::ipv4);
  EXPECT_EQ(normalise_host("[::1]")->type, HostName::Type::ipv6);
}

TEST(Host, lengths) {
  EXPECT_EQ(host(std::string(63, 'a') + ".example"), std::string(63, 'a') + ".example");
  EXPECT_EQ(host(std::string(64, 'a') + ".example"), "(none)");
  std::string longest;
  while (longest.size() < 250) longest += "a.";
  EXPECT_EQ(host(longest + "aaa"), longest + "aaa");  // 253
  EXPECT_EQ(host(longest + "aaaa"), "(none)");
  EXPECT_EQ(host(std::string(1 << 20, 'a')), "(none)");
  std::string han;
  for (int i = 0; i < 100'000; ++i) han += "例";
  EXPECT_EQ(host(han), "(none)");
}

TEST(Host, strict_quads) {
  EXPECT_EQ(canonical_ipv4("192.0.2.1"), "192.0.2.1");
  for (std::string_view text : {"192.0.2", "192.0.2.1.", "192.0.2.01", "192.0.2.256", "1101.201.213.2109", "1.2.3.4.5",
                                "0x1.2.3.4", "", "....", "1..2.3", "192.0.2.1 ", "-1.2.3.4"})
    EXPECT_FALSE(canonical_ipv4(text)) << text;
}

TEST(Host, signs_of_ascii_that_no_name_holds) {
  for (int c = 1; c < 0x80; ++c) {
    const char sign = static_cast<char>(c);
    const bool letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9');
    const bool held = letter || std::string_view("-_.\t\r\n").find(sign) != std::string_view::npos;
    EXPECT_EQ(normalise_host(std::string("a") + sign + "b.test").has_value(), held) << c;
  }
}

TEST(Host, signs_that_become_a_dot) {
  EXPECT_TRUE(may_hold_dot("a.test"));
  EXPECT_TRUE(may_hold_dot("a。test"));
  EXPECT_FALSE(may_hold_dot("✔ tést"));
  std::size_t dots = 0;
  for (char32_t c = 0x80; c < 0x10000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string name = "a";
    append_utf8(name, c);
    const auto ascii = to_ascii_name(name + "b");
    if (!ascii || ascii->find('.') == std::string::npos) continue;
    EXPECT_TRUE(may_hold_dot(name)) << static_cast<unsigned>(c);
    ++dots;
  }
  EXPECT_EQ(dots, 5U);
}

TEST(Host, normalising_is_idempotent) {
  std::uint64_t state = 1;
  const auto next = [&] { return state = state * 6364136223846793005U + 1442695040888963407U, state >> 33; };
  constexpr std::string_view parts[] = {"a",   "B",   "-",    "_",  ".",      "1",      "0x", "9", "ü",
                                        "ß",   "例",  "。",   "．", "\u200B", "\u200D", "☃",  "I", "xn--",
                                        "kva", "%41", "ＡＢ", "ﬃ",  "①",      "א",      "ب",  "."};
  std::size_t accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string name;
    for (std::uint64_t n = next() % 12; n-- > 0;) name += parts[next() % std::size(parts)];
    const auto once = normalise_host(name);
    if (!once) continue;
    ++accepted;
    const auto twice = normalise_host(once->text);
    ASSERT_TRUE(twice) << name << " -> " << once->text;
    EXPECT_EQ(twice->text, once->text) << name;
    EXPECT_EQ(twice->type, once->type) << name;
    EXPECT_EQ(lower_ascii(once->text), once->text);
  }
  EXPECT_GT(accepted, 2000U);
}

TEST(PublicSuffix, list) {
  load_host_tables();
  for (std::string_view name : {"com", "co.uk", "github.io", "no-such-top-level-domain"})
    EXPECT_TRUE(is_public_suffix(name)) << name;
  for (std::string_view name : {"example.com", "example.co.uk", "a.github.io", ""})
    EXPECT_FALSE(is_public_suffix(name)) << name;
  EXPECT_TRUE(is_listed_suffix("рф"));
  EXPECT_TRUE(is_listed_suffix("xn--p1ai"));
  EXPECT_FALSE(is_listed_suffix("no-such-top-level-domain"));
}

TEST(PublicSuffix, registrable_domain) {
  EXPECT_EQ(registrable_domain("www.a.example.co.uk"), "example.co.uk");
  EXPECT_EQ(registrable_domain("example.co.uk"), "example.co.uk");
  EXPECT_EQ(registrable_domain("x.y.github.io"), "y.github.io");
  EXPECT_FALSE(registrable_domain("co.uk"));
  EXPECT_FALSE(registrable_domain("localhost"));
  EXPECT_FALSE(registrable_domain("192.0.2.1"));
  EXPECT_FALSE(registrable_domain("2001:db8::1"));
  EXPECT_FALSE(registrable_domain(""));
}

TEST(PublicSuffix, threads_share_it) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([] {
      for (int n = 0; n < 1000; ++n) EXPECT_EQ(registrable_domain("a.example.co.uk"), "example.co.uk");
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace testudo
