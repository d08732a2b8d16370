// Lists of values, delimited feeds, block lists and Zeek's files.
#include <gtest/gtest.h>

#include "intel/feed/address_range.h"
#include "intel/feed/defang.h"
#include "intel/feed/feed_lines.h"
#include "intel/feed/feed_log.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::recognised;
using test::Strings;

TEST(Defang, undoes_what_reports_write) {
  EXPECT_EQ(refang("hxxps[:]//evil[.]test/a"), "https://evil.test/a");
  EXPECT_EQ(refang("hXXp://a(.)test"), "http://a.test");
  EXPECT_EQ(refang("h**p://a{.}test"), "http://a.test");
  EXPECT_EQ(refang("fxp://a[dot]test"), "ftp://a.test");
  EXPECT_EQ(refang("a(dot)b[DOT]test"), "a.b.test");
  EXPECT_EQ(refang("a [.] test"), "a.test");
  EXPECT_EQ(refang("who[at]a[.]test"), "who@a.test");
  EXPECT_EQ(refang("who[@]a.test"), "who@a.test");
  EXPECT_EQ(refang("http[://]a.test"), "http://a.test");
  EXPECT_EQ(refang("a\\.test"), "a.test");
  EXPECT_EQ(refang("a\\[.\\]test"), "a.test");
  EXPECT_EQ(refang("a\\[.]test"), "a.test");
  EXPECT_EQ(refang("a\\[\\.\\]test"), "a.test");
  EXPECT_EQ(refang("a\\(dot\\)test"), "a.test");
  EXPECT_EQ(refang("hxxps\\[:\\]//a\\[.\\]test"), "https://a.test");
  EXPECT_EQ(refang("hxxp\\://a.test"), "http://a.test");
  EXPECT_EQ(refang("C:\\[x]\\y"), "C:\\[x]\\y");
  EXPECT_EQ(refang("a[.test"), "a.test");
  EXPECT_EQ(refang("a\xEF\xBC\x8Etest"), "a.test");
  EXPECT_EQ(refang("a. b (see c)"), "a. b (see c)");
  EXPECT_EQ(refang(""), "");
  EXPECT_FALSE(is_defanged("plain text. With (dots)."));
  EXPECT_FALSE(is_defanged("(.)"));
  EXPECT_TRUE(is_defanged("192.0.2[.]1"));
}

TEST(Defang, comes_back_unchanged_the_second_time) {
  for (const std::string_view text : {"hxxps[:]//evil[.]test", "a [.] b", "[[.]]", "x[at]y[.]test", "[.]", "\\.\\."}) {
    const std::string once = refang(text);
    EXPECT_EQ(refang(once).size() <= once.size(), true) << text;
  }
}

TEST(ValueKind, by_looks) {
  const std::vector<std::pair<std::string, std::optional<Kind>>> cases{{"evil.test", Kind::host},
                                                                       {"*.evil.test", Kind::host},
                                                                       {"evil.test:8443", Kind::host},
                                                                       {"denel.co.za", Kind::host},
                                                                       {"evil.test/x", Kind::url},
                                                                       {"https://evil.test/", Kind::url},
                                                                       {"192.0.2.1", Kind::ipv4},
                                                                       {"192.0.2.1:80", Kind::ipv4},
                                                                       {"192.0.2.0/24", Kind::cidr},
                                                                       {"2001:db8::1", Kind::ipv6},
                                                                       {"a@evil.test", Kind::email},
                                                                       {std::string(32, 'a'), Kind::md5},
                                                                       {std::string(40, 'A'), Kind::sha1},
                                                                       {std::string(64, '0'), Kind::sha256},
                                                                       {"CVE-2021-30860", Kind::cve},
                                                                       {"AS64500", Kind::asn},
                                                                       {"/private/var/tmp/x", Kind::path},
                                                                       {"C:\\Windows\\x.dll", Kind::path},
                                                                       {"HKLM\\Software\\X", Kind::registry_key},
                                                                       {"com.example.spyware", Kind::app_id},
                                                                       {"roleaccountd.plist", std::nullopt},
                                                                       {"despachosnegocios", std::nullopt},
                                                                       {"two words", std::nullopt},
                                                                       {"", std::nullopt}};
  for (const auto& [text, kind] : cases) EXPECT_EQ(kind_of_value(text), kind) << text;
}

TEST(ValueKind, by_file_name) {
  EXPECT_EQ(kind_of_file_name("v4_validation_domains.txt"), Kind::host);
  EXPECT_EQ(kind_of_file_name("package_cert_hashes.txt"), Kind::cert_sha256);
  EXPECT_EQ(kind_of_file_name("package_names.txt"), Kind::app_id);
  EXPECT_EQ(kind_of_file_name("ip-addresses.txt"), Kind::ipv4);
  EXPECT_EQ(kind_of_file_name("samples.sha1"), Kind::sha1);
  EXPECT_EQ(kind_of_file_name("config_profiles.txt"), Kind::profile_id);
  EXPECT_EQ(kind_of_file_name("README.md"), std::nullopt);
}

TEST(AddressRange, fewest_networks) {
  EXPECT_EQ(networks_of_range("192.0.2.4-192.0.2.11"), (Strings{"192.0.2.4/30", "192.0.2.8/30"}));
  EXPECT_EQ(networks_of_range("192.0.2.1 - 192.0.2.2"), (Strings{"192.0.2.1", "192.0.2.2"}));
  EXPECT_EQ(networks_of_range("192.0.2.0-255"), Strings{"192.0.2.0/24"});
  EXPECT_EQ(networks_of_range("0.0.0.0-255.255.255.255"), Strings{"0.0.0.0/0"});
  EXPECT_EQ(networks_of_range("192.0.2.2-192.0.2.1"), Strings{});
  EXPECT_EQ(networks_of_range("a-b.test"), Strings{});
}

TEST(TextList, values_comments_and_ranges) {
  const FeedLog log = read_feed("feed.txt",
                                "# a list\r\nevil.test  \r\n\r\nhxxps://a[.]test/x # seen\r\n192.0.2.4-192.0.2.7\r\n"
                                "b.test|192.0.2.9\r\n; end\r\n// end\r\nd41d8cd98f00b204e9800998ecf8427e  name.apk\r\n"
                                "what is this\r\n");
  EXPECT_EQ(log.texts(), (Strings{"host evil.test", "url https://a.test/x", "cidr 192.0.2.4/30", "host b.test",
                                  "ipv4 192.0.2.9", "md5 d41d8cd98f00b204e9800998ecf8427e"}));
  ASSERT_EQ(log.claims.size(), 6U);
  EXPECT_EQ(log.claims[1].comment, "seen");
  EXPECT_EQ(log.claims[5].comment, "name.apk");
  EXPECT_EQ(log.notes, Strings{"line 10: unrecognised_value what is this"});
}

TEST(TextList, name_of_the_file_tells_the_kind) {
  EXPECT_EQ(read_feed("processes.txt", "bh\ncom.apple.avcapture\n").texts(),
            (Strings{"process bh", "process com.apple.avcapture"}));
  EXPECT_EQ(read_feed("domains.txt", "despachosnegocios\nevil.test\n192.0.2.1\n").texts(),
            (Strings{"host despachosnegocios", "host evil.test", "host 192.0.2.1"}));
  EXPECT_EQ(read_feed("package_cert_hashes.txt", std::string(64, 'a') + "\n").texts(),
            Strings{"cert_sha256 " + std::string(64, 'a')});
  EXPECT_EQ(read_feed("file_paths.txt", "/data/local/tmp/wd/\n").texts(), Strings{"path /data/local/tmp/wd/"});
  EXPECT_EQ(
      read_feed("processes.txt", "evild\nbh\nroleaboutd\nevil proc\ncom.apple.evil\n").texts(),
      (Strings{"process evild", "process bh", "process roleaboutd", "process evil proc", "process com.apple.evil"}));
  EXPECT_EQ(recognised("processes.txt", "What a process is.\nSee the manual for more of this:\nhere, and there.\n"),
            "-");
  EXPECT_EQ(read_feed("domains.txt", "").notes, Strings{"empty_feed"});
  EXPECT_EQ(read_feed("x_domains_high_confidence.txt", "evil.test\n").notes, Strings{"confidence_in_file_name high"});
}

TEST(TextList, checksums_of_files) {
  const std::string a(64, 'a'), b(32, 'b');
  for (const std::string_view name : {"sha256sum.txt", "SHA256SUMS", "sha256.txt"}) {
    const FeedLog log = read_feed(name, a + "  ./a file.bin\n" + b + " *b.bin\n");
    EXPECT_EQ(log.texts(), (Strings{"sha256 " + a, "md5 " + b})) << name;
    ASSERT_EQ(log.claims.size(), 2U);
    EXPECT_EQ(log.claims[0].comment, "./a file.bin");
    EXPECT_EQ(log.claims[1].comment, "b.bin");
  }
  const FeedLog bsd = read_feed("sums.txt", "SHA256 (a (1).bin) = " + a + "\nMD5 (b) = " + b + "\n");
  EXPECT_EQ(bsd.texts(), (Strings{"sha256 " + a, "md5 " + b}));
  EXPECT_EQ(bsd.claims.at(0).comment, "a (1).bin");
}

TEST(TextList, expressions_of_scans_are_kept) {
  const FeedLog log = read_feed("fingerprint-1.0.txt", "/HTTP\\/1.1 200 OK\\r\\n\\r\\n/\n");
  EXPECT_EQ(log.patterns, Strings{"pcre not_a_single_value: /HTTP\\/1.1 200 OK\\r\\n\\r\\n/"});
}

TEST(TextList, prose_is_no_list) {
  EXPECT_EQ(recognised("README.md", "# Title\n\nSee https://example.org/report for more.\n"), "-");
  EXPECT_EQ(recognised("LICENSE", "Permission is hereby granted, free of charge,\nto any person\n"), "-");
}

TEST(TextList, encodings) {
  const std::string utf16(
      "\xFF\xFE"
      "e\0v\0.\0t\0e\0s\0t\0\n\0",
      18);
  EXPECT_EQ(read_feed("domains.txt", utf16).texts(), Strings{"host ev.test"});
  EXPECT_EQ(read_feed("domains.txt",
                      "\xEF\xBB\xBF"
                      "evil.test\n")
                .texts(),
            Strings{"host evil.test"});
  const FeedLog latin = read_feed("domains.txt", "evil.test\nm\xFCnchen.test\n");
  EXPECT_EQ(latin.claims.size(), 2U);
  EXPECT_EQ(latin.defects.count("not_utf8"), 1U);
  EXPECT_EQ(read_feed("domains.txt", "a.test\rb.test\r\nc.test").texts(),
            (Strings{"host a.test", "host b.test", "host c.test"}));
}

TEST(TextList, notes_are_capped) {
  std::string text = "evil.test\n";
  for (int i = 0; i < 250; ++i) text += "not a value\n";
  const FeedLog log = read_feed("x.txt", text, "text");
  EXPECT_EQ(log.notes.size(), 101U);
  EXPECT_EQ(log.notes.back(), "unrecognised_value 150 more");
}

TEST(Csv, columns_by_name) {
  const FeedLog log = read_feed("feed.csv",
                                "indicator_type,indicator_value,comment,ds\n"
                                "domain,evil[.]test,\"a, \"\"b\"\"\",2021-12-16\n"
                                "ip,2001:db8::1,,\nmutex,Global\\x,,\n,,,\n\"domain\",b.test,x,not a date\n");
  EXPECT_EQ(log.texts(), (Strings{"host evil.test", "ipv6 2001:db8::1", "host b.test"}));
  EXPECT_EQ(log.claims[0].comment, "a, \"b\"");
  EXPECT_EQ(to_rfc3339(*log.claims[0].created), "2021-12-16T00:00:00Z");
  EXPECT_EQ(log.patterns, Strings{"csv kind_without_indicators: mutex: Global\\x"});
  EXPECT_EQ(log.notes, (Strings{"line 5: empty_row", "line 6: unreadable_time not a date"}));
}

TEST(Csv, several_values_a_row) {
  const FeedLog log =
      read_feed("samples.csv", "SHA256,Package Name,Certificate,Version,App\r\n" + std::string(64, 'a') +
                                   ",com.spy.x," + std::string(40, 'B') + ",9,TopSpy\r\n");
  EXPECT_EQ(log.texts(),
            (Strings{"sha256 " + std::string(64, 'a'), "app_id com.spy.x", "cert_sha1 " + std::string(40, 'B')}));
  EXPECT_EQ(log.claims[2].threat, "TopSpy");
}

TEST(Csv, scan_of_servers) {
  const FeedLog log =
      read_feed("ff.csv", "IP,Provider,1.0,Customer Guess,Month First Seen\n192.0.2.5,Example,Y,Nowhere,8/2012\n");
  EXPECT_EQ(log.texts(), Strings{"ipv4 192.0.2.5"});
  EXPECT_EQ(to_rfc3339(*log.claims[0].first_seen), "2012-08-01T00:00:00Z");
  EXPECT_EQ(log.claims[0].comment, "Nowhere");
}

TEST(Csv, without_header_one_column) {
  const FeedLog log = read_feed("x.csv", "1;evil.test;some words\n2;b.test;c\n");
  EXPECT_EQ(log.texts(), (Strings{"host evil.test", "host b.test"}));
  EXPECT_EQ(log.notes, Strings{"no_header"});
}

TEST(Csv, odd_cells) {
  const FeedLog log =
      read_feed("x.csv",
                "domain,tlp,confidence,tags\n=HYPERLINK(1),,,\n'=x,,,\na.test,red,high,\"x, tlp:green\"\n"
                "b.test\n\"open.test,,,\nc.test,,,\n");
  EXPECT_EQ(log.defects.at("formula_cell"), 1);
  EXPECT_EQ(log.defects.at("ragged_row"), 1);
  EXPECT_EQ(log.defects.at("unterminated_quote"), 1);
  ASSERT_GE(log.claims.size(), 4U);
  EXPECT_EQ(log.claims[0].text, "host =x") << "an apostrophe makes it plain text";
  EXPECT_EQ(log.claims[1].text, "host a.test");
  EXPECT_EQ(log.claims[1].tlp, Tlp::red);
  EXPECT_EQ(log.claims[1].confidence, 85);
  EXPECT_EQ(log.claims.back().text, "host c.test");
}

TEST(Csv, our_own_export_is_taken_as_it_stands) {
  const FeedLog log = read_feed("x.csv",
                                "type,value,shown,role,sources,comment,escaped\n"
                                "file_name,\"hxxp a[.]b, c; d\",,attacker,victim.test,of a victim,\n"
                                "path,Library/x.plist,,,,,\nfile_name,'=a\\x0ab,,,,'=c,\nfile_name,'=a\\x0ab,,,,,true\n"
                                "url,a.test/b,http://A.test/b,,,,\nurl,c.test/b,http://A.test/b,,,,\n");
  EXPECT_EQ(log.texts(), (Strings{"file_name hxxp a[.]b, c; d (attacker)", "path Library/x.plist", "file_name =a\\x0ab",
                                  "file_name =a\nb", "url http://A.test/b", "url c.test/b"}));
  EXPECT_EQ(log.notes, Strings{});
}

TEST(Csv, other_tables_are_no_feed) {
  EXPECT_EQ(recognised("t.csv", "Group ID,Group name,Known TLV,Function\n64,drives all get,x,\n"), "-");
}

TEST(Blocklists, hosts) {
  const FeedLog log = read_feed("hosts",
                                "127.0.0.1 localhost\n::1 localhost ip6-localhost\n0.0.0.0 a.test b.test # c\n"
                                "0.0.0.0\n127.0.0.1 d.test\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "host b.test", "host d.test"}));
  EXPECT_EQ(log.claims[1].comment, "c");
  EXPECT_EQ(log.notes, Strings{"line 4: address_without_name 0.0.0.0"});
  EXPECT_EQ(recognised("hosts", "a.test\nb.test\n"), "hosts");
  EXPECT_EQ(read_feed("hosts", "a.test\nb.test\n").texts(), (Strings{"host a.test", "host b.test"}));
}

TEST(Blocklists, adblock) {
  const FeedLog log =
      read_feed("list.txt", "[Adblock Plus]\n! x\n||a.test^\n@@||b.test^\n||c.test^$third-party\n##.ad\n/x/\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "host b.test (benign)", "host c.test"}));
  EXPECT_EQ(log.defects.at("filter_not_a_host"), 1);
}

TEST(Blocklists, dnsmasq_and_unbound) {
  EXPECT_EQ(read_feed("x.conf", "address=/a.test/b.test/0.0.0.0\nserver=/c.test/\nserver=/d.test/192.0.2.1\n").texts(),
            (Strings{"host a.test", "host b.test", "host c.test"}));
  EXPECT_EQ(
      read_feed("x.conf", "server:\nlocal-zone: \"a.test.\" always_nxdomain\nlocal-zone: \"b.test\" transparent\n")
          .texts(),
      (Strings{"host a.test.", "host b.test (benign)"}));
}

TEST(Zeek, table) {
  const FeedLog log =
      read_feed("intel.dat",
                "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.url\n"
                "evil.test\tIntel::DOMAIN\tfeed\tC2 \\x26 more\t-\n192.0.2.0/24\tIntel::SUBNET\tfeed\t-\t-\n"
                "curl\tIntel::SOFTWARE\tfeed\t-\t-\nshort\n" +
                    std::string(40, 'a') + "\tIntel::CERT_HASH\tfeed\t-\thttps://r.test/\n");
  EXPECT_EQ(log.texts(), (Strings{"host evil.test", "cidr 192.0.2.0/24", "cert_sha1 " + std::string(40, 'a')}));
  EXPECT_EQ(log.claims[0].comment, "C2 & more");
  EXPECT_EQ(log.claims[2].comment, "https://r.test/");
  EXPECT_EQ(log.patterns, Strings{"zeek kind_without_indicators: Intel::SOFTWARE: curl"});
  EXPECT_EQ(log.defects.at("row_without_value"), 1);
}

// Formats look at so many lines and no more: what stands behind them, or that something does, changes no share.
TEST(Likeness, counts_the_first_lines_alone) {
  const auto lines = [](std::initializer_list<std::pair<int, std::string>> runs) {
    std::string text;
    int host = 0;
    for (const auto& [n, rest] : runs)
      for (int i = 0; i < n; ++i) text += "h" + std::to_string(host++) + ".test" + rest + "\n";
    return text;
  };
  const std::string list = lines({{180, ""}, {20, " and words"}, {50, " and words"}});
  EXPECT_EQ(feed_format("text")->likeness(FeedHead("x.txt", list)), 70);
  const std::string zone = lines({{150, " CNAME ."}, {150, " A 192.0.2.1"}, {50, " A 192.0.2.1"}});
  EXPECT_EQ(feed_format("rpz")->likeness(FeedHead("x.zone", zone)), 90);
}

TEST(TextLists, headings_keep_the_role_of_victims) {
  const FeedLog log = read_feed("iocs.txt",
                                "Domains:\na.test\n\nVictims (do not block):\nb.test\n\nC2:\nc.test\n"
                                "# compromised sites\nd.test\n# Domains that attack compromised devices\ne.test\n"
                                "# C2\nf.test\ng.test # victim\nh.test # benign\n");
  EXPECT_EQ(log.texts(),
            (Strings{"host a.test", "host b.test (victim)", "host c.test", "host d.test (victim)",
                     "host e.test (victim)", "host f.test", "host g.test (victim)", "host h.test (benign)"}));
  EXPECT_EQ(log.notes, Strings{});
}

TEST(TextLists, headings_need_no_colon) {
  const FeedLog log = read_feed("iocs.txt", "Victims\na.test\nb.test\nc.test\n\nC2 servers\nd.test\ne.test\nf.test\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test (victim)", "host b.test (victim)", "host c.test (victim)", "host d.test",
                                  "host e.test", "host f.test"}));
  EXPECT_EQ(log.notes, (Strings{"line 1: unrecognised_value Victims", "line 6: unrecognised_value C2 servers"}));
}

TEST(TextLists, quotes_and_names_in_front_are_none_of_the_value) {
  const std::string digest(64, 'a');
  EXPECT_EQ(read_feed("domains.txt", "\"a.test\",\n'b.test'\nc.test,\n").texts(),
            (Strings{"host a.test", "host b.test", "host c.test"}));
  EXPECT_EQ(read_feed("sha256.txt", "sha256:" + digest + "\nSHA256: " + digest + "\n").texts(),
            (Strings{"sha256 " + digest, "sha256 " + digest}));
}

TEST(Blocklists, adblock_of_dns_blockers) {
  const FeedLog log = read_feed("l.txt",
                                "[Adblock Plus]\n||*.a.test^\n0.0.0.0 b.test c.test\nd.test\n@@e.test\n"
                                "f.test##.ad\n/ads/x.js\n-banner.\n");
  EXPECT_EQ(log.texts(), (Strings{"host *.a.test", "host b.test", "host c.test", "host d.test"}));
  EXPECT_EQ(log.defects.at("filter_not_a_host"), 4);
}

TEST(Blocklists, short_addresses_and_remarks_of_hosts_files) {
  const FeedLog log = read_feed("hosts", "0.0.0.0 a.test # compromised\n0 b.test\n127.0.0.1 c.test # seen in May\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test (victim)", "host b.test", "host c.test"}));
}

}  // namespace
}  // namespace testudo
