// URLs: parts and the spelling under which they are compared; hosts against Node's parser where there is one.
#include "base/url.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <vector>

#include "base/json_text.h"

namespace testudo {
namespace {

std::string host_of(std::string_view text) {
  const auto url = parse_url(text);
  return url ? url->host.text : "(none)";
}
std::string normal(std::string_view text) { return normalise_url(text).value_or("(none)"); }

TEST(Url, parts) {
  const auto url = parse_url("  HTTPS://User:pa@ss@Evil.Example:8443/a/b?q=1#f ");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->userinfo, "User:pa@ss");
  EXPECT_EQ(url->host.text, "evil.example");
  EXPECT_EQ(url->port, 8443U);
  EXPECT_EQ(url->path_and_rest, "/a/b?q=1#f");
}

TEST(Url, hosts) {
  EXPECT_EQ(host_of("http:\\\\evil.example\\x"), "evil.example");
  EXPECT_EQ(host_of("http:evil.example"), "evil.example");
  EXPECT_EQ(host_of("http:////evil.example"), "evil.example");
  EXPECT_EQ(host_of("//evil.example/x"), "evil.example");
  EXPECT_EQ(host_of("evil.example/x"), "evil.example");
  EXPECT_EQ(host_of("evil.example:80"), "evil.example");
  EXPECT_EQ(host_of("\"https://evil.example\""), "evil.example");
  EXPECT_EQ(host_of("<https://evil.example>"), "evil.example");
  EXPECT_EQ(host_of("“https://evil.example”"), "evil.example");
  EXPECT_EQ(host_of("https://evil.example)"), "evil.example");
  EXPECT_EQ(host_of("https://evil.example…"), "evil.example");
  EXPECT_EQ(host_of("https://google.example@evil.example/"), "evil.example");
  EXPECT_EQ(host_of("https://%65vil.example/"), "evil.example");
  EXPECT_EQ(host_of("https://evil。example/"), "evil.example");
  EXPECT_EQ(host_of("https://ev\nil.example/"), "evil.example");
  EXPECT_EQ(host_of("https://[2001:DB8::1]:80/"), "2001:db8::1");
  EXPECT_EQ(host_of("[2001:DB8::1]:80/"), "2001:db8::1");
  EXPECT_EQ(host_of("http://3221225985/"), "192.0.2.1");
  EXPECT_EQ(host_of("tg://evil.example/x"), "evil.example");
  EXPECT_EQ(host_of("http://localhost"), "localhost");
}

TEST(Url, no_host) {
  for (std::string_view text : {"",
                                " ",
                                "about:blank",
                                "mailto:a@evil.example",
                                "a@evil.example",
                                "12",
                                "1.5",
                                "foo",
                                "foo/bar.html",
                                "tel:5550100",
                                "file:///private/var/x.plist",
                                "javascript:alert(1)",
                                "https://",
                                "https:///",
                                "://",
                                "/a/b",
                                "#evil.example",
                                "http://1101.201.213.2109/",
                                "a b.example",
                                "blob:https://evil.example/1",
                                "http://[::1/"})
    EXPECT_FALSE(parse_url(text)) << text;
}

TEST(Url, ports) {
  EXPECT_EQ(parse_url("http://evil.example:/x")->port, std::nullopt);
  EXPECT_EQ(parse_url("http://evil.example:65535/x")->port, 65535U);
  EXPECT_EQ(parse_url("http://evil.example:65536/x")->port, std::nullopt);
  EXPECT_EQ(parse_url("http://evil.example:99999999999999999999/x")->port, std::nullopt);
}

TEST(Url, compared_spelling) {
  EXPECT_EQ(normal("HTTP://EVIL.example"), "evil.example/");
  EXPECT_EQ(normal("https://evil.example:443/a?b#c"), "evil.example/a?b");
  EXPECT_EQ(normal("http://evil.example:80"), "evil.example/");
  EXPECT_EQ(normal("http://evil.example:8080/A"), "evil.example:8080/A");
  EXPECT_EQ(normal("http://evil.example?q"), "evil.example/?q");
  EXPECT_EQ(normal("http://evil.example#f"), "evil.example/");
  EXPECT_EQ(normal("http://u:p@evil.example./x"), "evil.example/x");
  EXPECT_EQ(normal("http:\\\\evil.example\\x"), "evil.example/x");
  EXPECT_EQ(normal("http://[2001:db8::1]:8080/x"), "[2001:db8::1]:8080/x");
  EXPECT_EQ(normal("nothing here"), "(none)");
}

TEST(Url, without_path) {
  const auto bare = [](std::string_view text) { return url_without_path(text, "***"); };
  EXPECT_EQ(bare("https://www.search.test/find?q=my+illness"), "https://www.search.test/***");
  EXPECT_EQ(bare("HTTPS://user:word@Search.test:8443?q#f"), "https://search.test:8443/***");
  EXPECT_EQ(bare("http://[2001:db8::1]/x"), "http://[2001:db8::1]/***");
  EXPECT_EQ(bare("https://search.test/"), "https://search.test/");
  EXPECT_EQ(bare("https://search.test"), "https://search.test");
  EXPECT_EQ(bare("search.test/what I typed"), "search.test/***");
  EXPECT_EQ(bare("mailto:somebody@person.test"), "mailto:***");
  EXPECT_EQ(bare("data:text/plain,secret"), "data:***");
  EXPECT_EQ(bare("what I typed"), "***");
  EXPECT_EQ(bare(""), "");
  for (std::string_view text : {"https://a.test:1/b", "mailto:a@b.test", "typed", "a.test/b"})
    EXPECT_EQ(bare(bare(text)), bare(text)) << text;
}

TEST(Url, comparing_is_idempotent) {
  for (std::string_view text : {"HTTP://EVIL.example", "https://evil.example:444/a?b#c", "http://[2001:db8::1]:8080/x",
                                "http://3221225985/?x", "//evil。example\\y"}) {
    const std::string once = normal(text);
    EXPECT_EQ(normal(once), once) << text;
  }
}

// Authorities made of parts that meet at every boundary of the parser.
std::vector<std::string> generated_urls() {
  constexpr std::array schemes = {"http://", "HTTPS://", "http:\\\\", "https:/"};
  constexpr std::array users = {"", "u@", "u:p@", "a.example@", "u@v@"};
  constexpr std::array hosts = {"evil.example",
                                "EVIL.Example.",
                                "evil。example",
                                "ev\u200Bil.example",
                                "ev\u00ADil.example",
                                "müller.example",
                                "faß.example",
                                "例子.中国",
                                "☃.example",
                                "ＥＶＩＬ.example",
                                "%65vil.example",
                                "evil%2Eexample",
                                "0x7f.1",
                                "017700000001",
                                "2130706433",
                                "1.2.3",
                                "1.2.3.4",
                                "256.1.1.1",
                                "1.2.3.4.5",
                                "[::1]",
                                "[2001:DB8:0:0:0:0:0:1]",
                                "[::FFFF:1.2.3.4]",
                                "a_b.example",
                                "a--b.example",
                                "ab--c.example",
                                "-a.example",
                                "xn--mller-kva.example",
                                "localhost",
                                "foo.0x1",
                                "",
                                "evil..example",
                                "I❤.example",
                                "ﬃ.example",
                                "mu\u0308ller.example",
                                "ÉCOLE.example",
                                "بيت.example",
                                "שלום.example"};
  constexpr std::array ends = {"", "/", ":80/", ":8443/x?y#z", "?q", "#f", "\\x"};
  std::vector<std::string> urls;
  for (const char* scheme : schemes)
    for (const char* user : users)
      for (const char* host : hosts)
        for (const char* end : ends) urls.push_back(std::string(scheme) + user + host + end);
  return urls;
}

std::vector<std::string> node_hosts(const std::vector<std::string>& urls) {
  const auto folder = std::filesystem::temp_directory_path() / ("testudo_url_" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const std::string list = folder / "list.json", script = folder / "hosts.js";
  std::string json;
  JsonText out(json);
  out.array();
  for (const std::string& url : urls) out.string(url);
  out.end();
  std::ofstream(list) << json;
  std::ofstream(script) << "for (const u of JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8')))"
                           " { let h = '(none)'; try { h = new URL(u).hostname; } catch (e) {} console.log(h); }\n";
  std::vector<std::string> hosts;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(
      ::popen(("node " + script + " " + list + " 2>/dev/null").c_str(), "r"), ::pclose);
  std::string all;
  std::array<char, 4096> buffer{};
  while (const std::size_t got = pipe ? std::fread(buffer.data(), 1, buffer.size(), pipe.get()) : 0)
    all.append(buffer.data(), got);
  std::istringstream lines(all);
  for (std::string line; std::getline(lines, line);) hosts.push_back(line);
  std::filesystem::remove_all(folder);
  return hosts;
}

// Node writes IPv6 in brackets and mapped addresses in hexadecimal, and keeps a trailing dot.
std::string as_ours(std::string node) {
  if (node.starts_with('[')) return canonical_ipv6(node).value_or("(none)");
  if (node.ends_with('.')) node.pop_back();
  return node.empty() ? "(none)" : node;
}

TEST(Url, hosts_agree_with_node) {
  if (std::system("node --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "node is not installed";
  const std::vector<std::string> urls = generated_urls();
  const std::vector<std::string> expected = node_hosts(urls);
  ASSERT_EQ(expected.size(), urls.size());
  for (std::size_t i = 0; i < urls.size(); ++i) {
    if (urls[i].find("evil..example") != std::string::npos) continue;  // no resolver knows an empty label
    EXPECT_EQ(host_of(urls[i]), as_ours(expected[i])) << urls[i];
  }
}

}  // namespace
}  // namespace testudo
