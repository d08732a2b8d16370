// Links in running text: every disguise, and no link where there is none.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "base/found_links.h"
#include "shared_data.h"

namespace testudo {
namespace {

using test::finds_host;
using test::found_in;
using Found = std::vector<std::string>;

TEST(Links, text_without_signs_has_none) {
  EXPECT_EQ(found_in(""), Found());
  EXPECT_EQ(found_in("no link in this text, only words and (signs) & more!"), Found());
  EXPECT_EQ(found_in("The end. Of it all... Well: yes. 10:30, 3.14 %20 e.g. this [one]"), Found());
}

struct Disguise {
  std::string_view what, text;
};
class Disguised : public testing::TestWithParam<Disguise> {};
TEST_P(Disguised, is_found) { EXPECT_TRUE(finds_host(GetParam().text, "evil.example")) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(
    all, Disguised,
    testing::Values(
        Disguise{"url", "see https://evil.example/x now"}, Disguise{"bare", "see evil.example now"},
        Disguise{"upper_case", "HTTPS://EVIL.EXAMPLE/X"}, Disguise{"capital", "Https://Evil.example"},
        Disguise{"port", "https://evil.example:8443/x"}, Disguise{"bare_port", "evil.example:8443"},
        Disguise{"credentials", "http://u:p@evil.example/x"},
        Disguise{"name_as_user", "http://google.example@evil.example"},
        Disguise{"trailing_dot", "https://evil.example./x"}, Disguise{"end_of_sentence", "Go to evil.example."},
        Disguise{"ideographic_full_stop", "evil。example"}, Disguise{"full_width_full_stop", "https://evil．example/"},
        Disguise{"one_dot_leader", "https://evil․example/x"}, Disguise{"small_full_stop", "evil﹒example"},
        Disguise{"escaped_full_stop", "evil%E3%80%82example"}, Disguise{"escaped_dot_leader", "evil%E2%80%A4example"},
        Disguise{"half_width_full_stop", "evil｡example"}, Disguise{"zero_width_space", "ev\u200Bil.example"},
        Disguise{"zero_width_joiner", "https://evil.exam\u200Dple"}, Disguise{"soft_hyphen", "ev\u00ADil.example"},
        Disguise{"byte_order_mark", "\uFEFFevil.example"}, Disguise{"isolates", "\u2066evil.example\u2069"},
        Disguise{"quotes", "\"evil.example\""}, Disguise{"single_quotes", "'https://evil.example'"},
        Disguise{"curled_quotes", "“evil.example”"}, Disguise{"guillemets", "«https://evil.example»"},
        Disguise{"corner_brackets", "「evil.example」"}, Disguise{"round_brackets", "(https://evil.example)"},
        Disguise{"square_brackets", "[evil.example]"}, Disguise{"angle_brackets", "<https://evil.example>"},
        Disguise{"markdown", "[text](https://evil.example/x)"}, Disguise{"markdown_bold", "**evil.example**"},
        Disguise{"italics_of_chats", "_evil.example_"}, Disguise{"url_in_italics", "so _https://evil.example_ is"},
        Disguise{"mail_in_italics", "_a@evil.example_"},
        Disguise{"markdown_of_links", "[https://evil.example](https://other.example)"},
        Disguise{"html", "<a href=https://evil.example>x</a>"}, Disguise{"comma", "evil.example,ok"},
        Disguise{"ellipsis", "evil.example…"}, Disguise{"three_dots", "evil.example..."},
        Disguise{"three_dots_before", "wait...evil.example"}, Disguise{"exclamation", "evil.example!!!"},
        Disguise{"slash", "evil.example/x"}, Disguise{"slashes_alone", "//evil.example/x"},
        Disguise{"backslashes", "https:\\\\evil.example\\x"}, Disguise{"json", "\"https:\\/\\/evil.example\\/x\""},
        Disguise{"wildcard", "*.evil.example"}, Disguise{"percent_encoded_host", "https://%65vil.example/"},
        Disguise{"in_query", "https://foo.local/?u=https://evil.example/"},
        Disguise{"in_query_encoded", "https://foo.local/?u=https%3A%2F%2Fevil.example%2Fx"},
        Disguise{"in_query_encoded_dot", "https://foo.local/?u=evil%2Eexample"},
        Disguise{"in_query_encoded_twice", "https://foo.local/?u=https%253A%252F%252Fevil.example%252Fx"},
        Disguise{"in_path", "https://archive.example/web/2020/https://evil.example/"},
        Disguise{"in_fragment", "https://foo.local/#evil.example"}, Disguise{"defanged", "hxxps://evil[.]example/x"},
        Disguise{"defanged_round", "evil(.)example"}, Disguise{"defanged_word", "evil[dot]example"},
        Disguise{"defanged_spaces", "evil [.] example"}, Disguise{"defanged_colon", "hxxp[:]//evil.example"},
        Disguise{"defanged_slashes", "hxxp[://]evil[.]example"}, Disguise{"defanged_half", "evil[.example"},
        Disguise{"defanged_backslash", "evil\\.example"}, Disguise{"defanged_behind_encoding", "u=evil%5B.%5Dexample"},
        Disguise{"chinese_around", "请访问evil.example谢谢"},
        Disguise{"chinese_around_url", "请访问https://evil.example谢谢"},
        Disguise{"japanese_around", "これです。evil.exampleを見て"}, Disguise{"korean_particle", "evil.example에서"},
        Disguise{"thai_around", "ไปที่evil.exampleนะ"}, Disguise{"hebrew_prefix", "בevil.example"},
        Disguise{"arabic_comma", "evil.example، نعم"}, Disguise{"emoji_around", "👉evil.example👈"},
        Disguise{"next_sentence", "See evil.example.Thanks"},
        Disguise{"url_next_sentence", "https://evil.example.Thanks a lot"},
        Disguise{"scheme_after_full_stop", "Look.https://evil.example"}, Disguise{"mail", "a@evil.example"},
        Disguise{"mail_with_dots", "a.b+c@evil.example"}, Disguise{"handle", "@evil.example"},
        Disguise{"intent", "intent://evil.example#Intent;end"},
        Disguise{"view_source", "view-source:https://evil.example"},
        Disguise{"odd_credentials", "https://a'b@evil.example/"}, Disguise{"new_line", "x\nevil.example\ny"},
        Disguise{"behind_bytes_that_are_not_utf8", "\xFF\xC3https://evil.example\xE3"}),
    [](const auto& info) { return std::string(info.param.what); });

struct Case {
  std::string_view text;
  Found expected;
};

TEST(Links, are_what_they_are) {
  const std::vector<Case> cases = {
      {"https://foo.local/?q=800health.test", {"url foo.local", "host 800health.test"}},
      {"http://1101.201.213.2109/", {"broken http://1101.201.213.2109/"}},
      {"1101.201.213.2109", {}},
      {"1.2.3.4.5", {}},
      {"v1.2.3.4", {}},
      {"app-1.2.3.4", {}},
      {"1.2.3.4", {"ipv4 1.2.3.4"}},
      {"192。0。2。1 19\u200B2.0.2.2", {"ipv4 192.0.2.1", "ipv4 192.0.2.2"}},
      {"地址1.2.3.4端口", {"ipv4 1.2.3.4"}},
      {"from 10.0.0.1-10.0.0.9", {"ipv4 10.0.0.1", "ipv4 10.0.0.9"}},
      {"192.0.2.0/24", {"ipv4 192.0.2.0"}},
      {"192.0.2.1:8080/x", {"url 192.0.2.1"}},
      {"192.0.2.01 and 192.0.2.256 and 3221225985", {}},
      {"http://3221225985/", {"url 192.0.2.1"}},
      {"http://0xC0.0.2.1/", {"url 192.0.2.1"}},
      {"http://[2001:DB8::1]:80/x", {"url 2001:db8::1"}},
      {"[2001:DB8::1] 2001:db8::2", {"ipv6 2001:db8::1", "ipv6 2001:db8::2"}},
      {"::ffff:192.0.2.1", {"ipv6 ::ffff:192.0.2.1"}},
      {"12:30:45 std::vector aa:bb:cc:dd:ee:ff", {}},
      {"http://localhost/x", {"url localhost"}},
      {"john.doe+x@evil.example", {"email john.doe+x@evil.example"}},
      {"mailto:q@evil.example", {"email q@evil.example"}},
      {"google.com@localhost", {"email google.com@localhost"}},
      {"müller.example", {"host xn--mller-kva.example"}},
      {"http://evil.example谢谢 http://例子.example谢谢", {"url evil.example", "url xn--fsqu00a.example"}},
      {"例子.中国", {"host xn--fsqu00a.xn--fiqs8s"}},
      {"你好。谢谢", {}},
      {"file:///private/var/tmp/x", {}},
      {"evil%2Eexample", {"host evil.example"}},
      {"evil.example%2Eother.test", {"host evil.example.other.test"}},
      {"evil.example[.]other.test", {"host evil.example.other.test"}},
      {"https://evil.example.other.test/", {"url evil.example.other.test"}},
      {"notevil.example", {"host notevil.example"}},
      {"evil.example2", {"host evil.example2"}},
      {"evil.example-x", {"host evil.example-x"}},
  };
  for (const Case& c : cases) EXPECT_EQ(found_in(c.text), c.expected) << c.text;
}

TEST(Links, spans_end_where_the_link_does) {
  const auto first = [](std::string_view text) {
    std::string found;
    find_links(text, [&](const FoundLink& link) { return found = std::string(link.text), false; });
    return found;
  };
  EXPECT_EQ(first("(see https://evil.example/a_(b)?c=d#e)."), "https://evil.example/a_(b)?c=d#e");
  EXPECT_EQ(first("\"https://evil.example/x\", he said"), "https://evil.example/x");
  EXPECT_EQ(first("https://evil.example/x。下一句"), "https://evil.example/x");
  EXPECT_EQ(first("evil.example/x?y=1!"), "evil.example/x?y=1");
  EXPECT_EQ(first("Is it evil.example?"), "evil.example");
}

TEST(Links, stop_when_told) {
  int calls = 0;
  find_links("a.example b.example%2F c[.]example d.example", [&](const FoundLink&) { return ++calls, false; });
  EXPECT_EQ(calls, 1);
}

// A hostile text costs time in proportion to its length: these end at once, or the test does not end.
TEST(Links, hostile_texts_end) {
  const auto repeated = [](std::string_view part, std::size_t size) {
    std::string text;
    while (text.size() < size) text += part;
    return text;
  };
  for (std::string_view part :
       {"a.",   "a",    "http://",  "http://a/", "http://a.b/(", ":",    "a:",       "::", "%",
        "%25",  "%2E",  "[.]",      "[",         "a@",           "a.b@", "@",        "。", "例。",
        "例",   "a例",  "a例.",     "\u200B",    "a\u200B.",     "-",    "1.2.3.4-", "1.", ")",
        "x.y)", "\xE3", "\xEF\xBC", "hxxp[:]//", "a.b+",         "://"}) {
    std::size_t found = 0;
    find_links(repeated(part, 300'000), [&](const FoundLink& link) { return found += link.text.size() != 0, true; });
    find_links("https://evil.example/" + repeated(part, 300'000), [&](const FoundLink&) { return ++found, true; });
    EXPECT_GT(found, 0U) << part;
  }
}

TEST(Links, survive_every_cut) {
  const std::string text = "看https://u:p@ev\u200Bil。example:80/%2E%2e?x=[.]a@b.example&192.0.2.1…[2001:db8::1]";
  for (std::size_t i = 0; i <= text.size(); ++i) {
    found_in(text.substr(0, i));
    found_in(text.substr(i));
  }
}

// -- real indicators, where they are present
// ---------------------------------------------------------------------------

std::set<std::string> real_domains() {
  std::set<std::string> domains;
  for (const auto& path : test::files_below(test::shared_data() / "indicators")) {
    if (path.extension() != ".stix2") continue;
    const std::string json = test::content_of(path);
    constexpr std::string_view mark = "[domain-name:value='";
    for (auto at = json.find(mark); at != std::string::npos; at = json.find(mark, at + 1)) {
      const auto begin = at + mark.size();
      domains.insert(json.substr(begin, json.find('\'', begin) - begin));
    }
  }
  return domains;
}

std::string without_dots(std::string_view domain, std::string_view dot) {
  std::string out;
  for (char c : domain) c == '.' ? out += dot : out += c;
  return out;
}

TEST(Links, real_domains_are_found_in_every_disguise) {
  const std::set<std::string> domains = real_domains();
  if (domains.empty()) GTEST_SKIP() << "no indicators/*.stix2 in the shared data";
  using Wrap = std::function<std::string(const std::string&)>;
  const std::vector<std::pair<std::string_view, Wrap>> disguises = {
      {"bare", [](auto& d) { return "look at " + d + " now"; }},
      {"url", [](auto& d) { return "https://" + d + "/x"; }},
      {"upper",
       [](auto& d) {
         std::string u = "HTTPS://" + d + "/X";
         for (char& c : u) c = static_cast<char>(std::toupper(c));
         return u;
       }},
      {"port", [](auto& d) { return "https://" + d + ":8443/x"; }},
      {"credentials", [](auto& d) { return "http://u:p@" + d + "/x"; }},
      {"trailing dot", [](auto& d) { return "https://" + d + "./x"; }},
      {"ideographic dot", [](auto& d) { return without_dots(d, "。"); }},
      {"zero-width space", [](auto& d) { return d.substr(0, 2) + "\u200B" + d.substr(2); }},
      {"quoted", [](auto& d) { return "\"https://" + d + "\""; }},
      {"markdown", [](auto& d) { return "[x](http://" + d + "/)"; }},
      {"ellipsis", [](auto& d) { return "(http://" + d + "…)"; }},
      {"defanged", [](auto& d) { return "hxxp://" + without_dots(d, "[.]") + "/"; }},
      {"encoded", [](auto& d) { return "https://foo.local/?u=https%3A%2F%2F" + without_dots(d, "%2E") + "%2F"; }},
      {"encoded twice", [](auto& d) { return "https://foo.local/?u=https%253A%252F%252F" + d + "%252F"; }},
      {"chinese", [](auto& d) { return "请访问" + d + "谢谢"; }},
  };
  std::size_t names = 0;
  for (const std::string& domain : domains) {
    const auto host = normalise_host(domain);
    if (!host) continue;  // one feed has a URL in a domain pattern
    ++names;
    for (const auto& [name, wrap] : disguises) {
      const bool one_label = domain.find('.') == std::string::npos;  // is a link only where a scheme says so
      if (one_label && wrap(domain).find("//") == std::string::npos) continue;
      if (one_label && name.starts_with("encoded")) continue;
      EXPECT_TRUE(finds_host(wrap(domain), host->text)) << name << ": " << wrap(domain);
    }
  }
  EXPECT_GT(names, 4'900U);
}

TEST(Links, every_dot_is_seen_wherever_it_stands) {
  for (const std::string_view dot : {".", "。", "．", "｡", "․", "﹒"})
    for (std::size_t before = 0; before < 20; ++before)
      for (const std::size_t after : {0U, 40U}) {
        const std::string text =
            std::string(before, ' ') + "evil" + std::string(dot) + "example" + std::string(after, ' ');
        EXPECT_TRUE(finds_host(text, "evil.example")) << dot << " " << before << " " << after;
      }
}

TEST(Links, naughty_strings_do_no_harm) {
  const auto path = test::shared_data() / "hostile/blns/blns.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no hostile/blns/blns.json in the shared data";
  const std::string all = test::content_of(path);
  for (std::string_view line : split(all, '\n')) {
    found_in(line);
    normalise_host(line);
    parse_url(line);
    normalise_url(line);
  }
}

}  // namespace
}  // namespace testudo
