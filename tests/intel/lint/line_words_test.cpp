// Words for what stands in lines: values, lists, tables, prose, rules, zones.
#include "intel/lint/words.h"

namespace testudo {
namespace {

using test::expect_words;

std::string table(std::string_view rows) { return "value,type\n" + std::string(rows) + "\n"; }

std::string zone(std::string_view records) {
  return "$ORIGIN rpz.\n@ SOA a. b. 1 2 3 4 5\na-spy.net CNAME .\n" + std::string(records);
}

std::string utf_16(std::string_view text) {
  std::string out = "\xFF\xFE";
  for (const char c : text) out.append({c, '\0'});
  return out;
}

TEST(LintWords, values_of_tables) {
  expect_words({
      {"not_a_host", "a.csv", table("a..net,domain"), table("a-spy.net,domain")},
      {"not_an_address", "a.csv", table("256.1.1.1,ip"), table("185.0.0.7,ip")},
      {"not_a_url", "a.csv", table("not a url,url"), table("http://a-spy.net/x,url")},
      {"not_an_email", "a.csv", table("a-spy.net,email"), table("x@a-spy.net,email")},
      {"not_a_hash", "a.csv", table("zz,md5"), table("0123456789abcdef0123456789abcdef,md5")},
      {"not_a_phone_number", "a.csv", table("abc,phone"), table("+15550100,phone")},
      {"not_a_cve", "a.csv", table("CVE-2023-1,cve"), table("CVE-2023-41064,cve")},
      {"not_an_asn", "a.csv", table("ASx,asn"), table("AS64500,asn")},
      {"kind_without_indicators", "a.csv", table("x,mutex"), table("x,filename")},
      {"value_too_general", "a.csv", table("0.0.0.0/0,cidr"), table("185.0.0.0/24,cidr")},
      {"special_address", "a.csv", table("192.168.0.1,ip"), table("185.0.0.7,ip")},
      {"single_label", "a.csv", table("spyhost,domain"), table("a-spy.net,domain")},
      {"single_label_email", "a.csv", table("x@spyhost,email"), table("x@a-spy.net,email")},
      {"punycode", "a.csv", table("xn--bcher-kva.net,domain"), table("bcher.net,domain")},
      {"host_bits_in_network", "a.csv", table("185.0.0.7/24,cidr"), table("185.0.0.0/24,cidr")},
      {"empty_file_hash", "a.csv", table("d41d8cd98f00b204e9800998ecf8427e,md5"),
       table("d41d8cd98f00b204e9800998ecf8427f,md5")},
      {"test_file_hash", "a.csv", table("44d88612fea8a8f36de82e1278abb02f,md5"),
       table("44d88612fea8a8f36de82e1278abb02e,md5")},
      {"generic_name", "a.csv", table("launchd,process"), table("spyd,process")},
      {"file_name_in_path", "a.csv", table("spy.exe,filepath"), table("/a/spy.exe,filepath")},
      {"path_in_file_name", "a.csv", table("/a/spy.exe,filename"), table("spy.exe,filename")},
      {"path_in_process_name", "a.csv", table("/a/spyd,process"), table("spyd,process")},
      {"shared_platform", "a.csv", table("sites.google.com,domain"), table("a-spy.net,domain")},
      {"public_suffix", "a.csv", table("github.io,domain"), table("a-spy.github.io,domain")},
      {"well_known_host", "a.csv", table("google.com,domain"), table("google.com.a-spy.net,domain")},
      {"host_in_url", "a.csv", table("a-spy.net,url"), table("http://a-spy.net/,url")},
      {"domain_in_address", "a.csv", table("a-spy.net,ip"), table("185.0.0.7,ip")},
      {"url_in_domain", "a.csv", table("http://a-spy.net/x,domain"), table("a-spy.net,domain")},
      {"address_in_domain", "a.csv", table("185.0.0.7,domain"), table("a-spy.net,domain")},
      {"value_too_long", "a.csv", "value,type\n" + std::string(5000, 'a') + ",filename\n", table("a,filename")},
      {"empty_row", "a.csv", table("a-spy.net,domain\n,"), table("a-spy.net,domain")},
      {"ragged_row", "a.csv", table("a-spy.net"), table("a-spy.net,")},
      {"row_without_value", "a.csv", table(",domain\na-spy.net,domain"), table("a-spy.net,domain")},
      {"formula_cell", "a.csv", table("=1+1,domain\na-spy.net,domain"), table("a-spy.net,domain")},
  });
}

TEST(LintWords, lines) {
  expect_words({
      {"empty_feed", "domains.txt", "# none\n", "a-spy.net\n", "text"},
      {"not_utf8", "domains.txt", "a-spy.net\n# caf\xE9\n", "a-spy.net\n# caf\xC3\xA9\n"},
      {"utf16", "domains.txt", utf_16("a-spy.net\n"), "a-spy.net\n"},
      {"unrecognised_value", "domains.txt", "a-spy.net\nblah blah\n", "a-spy.net\n# blah blah\n"},
      {"defanged_text", "r.md", "# C2\n\n- `a-spy[.]net`\n", "# C2\n\n- `a-spy.net`\n", "prose"},
      {"value_not_defanged", "r.md", "# R\n\n## C2\n\n- `b-spy[.]net`\n- a-spy.net\n",
       "# R\n\n## C2\n\n- `b-spy[.]net`\n", "prose"},
      {"no_indicator_in_prose", "r.md", "# Report\n\nNothing.\n", "# C2\n\n- `a-spy[.]net`\n", "prose"},
      {"unclosed_block", "r.md", "# C2\n\n```\na-spy.net\n", "# C2\n\n```\na-spy.net\n```\n", "prose"},
      {"block_not_a_list", "r.md", "# R\n\n## C2\n\n```\na-spy.net\nx = 1\ny = 2\nz = 3\n```\n",
       "# R\n\n## C2\n\n```\na-spy.net\nb-spy.net\n```\n", "prose"},
      {"trailing_dot", "domains.txt", "a-spy.net.\n", "a-spy.net\n"},
      {"warning_list", "ips.txt", "8.8.8.8\n", "185.0.0.7\n"},
      {"confidence_in_file_name", "high_confidence.txt", "a-spy.net\n", std::nullopt},
      {"victim_unmarked", "a.csv", "value,comment\na-spy.net,a compromised news site\n",
       "value,comment\na-spy.net,a server\n"},
      {"victim_site", "a.csv", "value,role\na-spy.net,victim\n", "value,role\na-spy.net,attacker\n"},
      {"unterminated_quote", "a.csv", table(R"(a-spy.net,"domain)"), table(R"(a-spy.net,"domain")")},
      {"unreadable_tlp", "a.csv", "value,tlp\na-spy.net,pink\n", "value,tlp\na-spy.net,TLP:AMBER+STRICT\n"},
      {"unreadable_confidence", "a.csv", "value,confidence\na-spy.net,so so\n", "value,confidence\na-spy.net,high\n"},
      {"unreadable_role", "a.csv", "value,role\na-spy.net,odd\n", "value,role\na-spy.net,c2\n"},
      {"unreadable_time", "a.csv", "value,first_seen\na-spy.net,soon\n", "value,first_seen\na-spy.net,2026-05-01\n"},
      {"no_header", "a.csv", "a-spy.net,x\nb-spy.net,y\n", "domain,comment\na-spy.net,x\n"},
      {"ends_before_it_begins", "a.csv", "value,first_seen,last_seen\na-spy.net,2026-01-02,2026-01-01\n",
       "value,first_seen,last_seen\na-spy.net,2026-01-01,2026-01-02\n"},
      {"modified_before_created", "a.csv", "value,created,modified\na-spy.net,2026-01-02,2026-01-01\n",
       "value,created,modified\na-spy.net,2026-01-01,2026-01-02\n"},
      {"row_before_header", "intel.dat",
       "a-spy.net\tIntel::DOMAIN\n#fields\tindicator\tindicator_type\na-spy.net\tIntel::DOMAIN\n",
       "#fields\tindicator\tindicator_type\na-spy.net\tIntel::DOMAIN\n", "zeek"},
      {"unknown_key", "ioc.yaml", "- name: A\n  type: stalkerware\n  websites:\n  - a-spy.net\n  colour: red\n",
       "- name: A\n  type: stalkerware\n  websites:\n  - a-spy.net\n"},
      {"value_without_family", "ioc.yaml",
       "websites:\n- b-spy.net\n- name: A\n  type: stalkerware\n  websites:\n  - a-spy.net\n",
       "- name: A\n  type: stalkerware\n  websites:\n  - a-spy.net\n", "stalkerware"},
      {"yaml_outside_subset", "ioc.yaml",
       "- name: A\n  type: stalkerware\n  websites:\n  - a-spy.net\n  packages: {a: b}\n",
       "- name: A\n  type: stalkerware\n  websites:\n  - a-spy.net\n", "stalkerware"},
      {"unterminated_rule", "a.yar", "rule a { condition: true\n", "rule a { condition: true }\n", "yara"},
      {"rule_without_condition", "a.yar", "rule a { strings: $x = \"y\" }\n", "rule a { condition: true }\n", "yara"},
      {"text_outside_rules", "a.yar", "rule a { condition: true }\nstray\n", "rule a { condition: true }\n// stray\n"},
      {"duplicate_rule_id", "a.rules",
       "alert dns any any -> any any (msg:\"x\"; dns.query; dotprefix; content:\".a-spy.net\"; endswith; "
       "sid:1;)\nalert dns any any -> any any (msg:\"x\"; dns.query; dotprefix; content:\".b-spy.net\"; endswith; "
       "sid:1;)\n",
       "alert dns any any -> any any (msg:\"x\"; dns.query; dotprefix; content:\".a-spy.net\"; endswith; "
       "sid:1;)\nalert dns any any -> any any (msg:\"x\"; dns.query; dotprefix; content:\".b-spy.net\"; endswith; "
       "sid:2;)\n"},
      {"malformed_rule", "a.rules",
       "alert dns any any -> any any (msg:\"x\"; dns.query; dotprefix; content:\".a-spy.net\"; endswith; "
       "sid:1;)\nalert dns any any -> any any (msg:\"x\"; dns.query; dotprefix; content:\".b-spy.net\"; endswith; "
       "sid:2;)\nalert dns any any -> any any (msg:\"x\n",
       "alert dns any any -> any any (msg:\"x\"; dns.query; dotprefix; content:\".a-spy.net\"; endswith; "
       "sid:1;)\nalert dns any any -> any any (msg:\"x\"; dns.query; dotprefix; content:\".b-spy.net\"; endswith; "
       "sid:2;)\n"},
      {"malformed_record", "a.rpz", zone("b-spy.net 60\n"), zone("")},
      {"malformed_trigger", "a.rpz", zone("32.1.2.3.300.rpz-ip CNAME .\n"), zone("32.7.0.0.185.rpz-ip CNAME .\n")},
      {"record_of_zone_itself", "a.rpz", zone("@ CNAME .\n"), zone("@ NS a.\n")},
      {"record_without_policy", "a.rpz", zone("b-spy.net MX 5 a.\n"), zone("")},
      {"trigger_on_client", "a.rpz", zone("32.7.0.0.185.rpz-client-ip CNAME .\n"), zone("")},
      {"unknown_directive", "a.rpz", zone("$GENERATE 1-2 a CNAME .\n"), zone("$TTL 60\n")},
      {"include_refused", "a.rpz", zone("$INCLUDE x\n"), zone("")},
      {"unclosed_parenthesis", "a.rpz", "$ORIGIN rpz.\n@ SOA a. b. (1 2 3 4 5\na-spy.net CNAME .\n",
       "$ORIGIN rpz.\n@ SOA a. b. (1 2 3 4 5)\na-spy.net CNAME .\n"},
      {"address_without_name", "hosts", "0.0.0.0 a-spy.net\n0.0.0.0\n", "0.0.0.0 a-spy.net\n"},
      {"filter_not_a_host", "a.txt", "||a-spy.net^\n/banner/*\n", "||a-spy.net^\n! /banner/*\n"},
      {"setting_without_name", "dnsmasq.conf", "address=/a-spy.net/0.0.0.0\nserver=185.0.0.7\n",
       "address=/a-spy.net/0.0.0.0\n"},
  });
}

TEST(LintWords, lines_beyond_limits) {
  const auto long_line = [](std::size_t size) { return "a-spy.net\n# " + std::string(size, 'a') + "\n"; };
  const auto long_row = [](std::size_t size) { return table("a-spy.net,\"" + std::string(size, 'a') + "\""); };
  const auto block = [](std::size_t lines) {
    std::string text = "# R\n\n## C2\n\n```\n";
    for (std::size_t i = 0; i < lines; ++i) text += "\n";
    return text + "a-spy.net\n```\n";
  };
  constexpr std::size_t mebibyte = std::size_t{1} << 20;
  expect_words({
      {"line_too_long", "domains.txt", long_line(2 * mebibyte), long_line(1000), "text"},
      {"row_too_long", "a.csv", long_row(2 * mebibyte), long_row(1000)},
      {"block_too_long", "r.md", block(70'000), block(1000), "prose"},
  });
}

}  // namespace
}  // namespace testudo
