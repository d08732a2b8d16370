// Feeds whose every word tries to act in some output.
#pragma once

#include "intel/export/export_fixture.h"

namespace testudo::test {

// What must never come true in any output: a host that nobody listed, a rule that nobody wrote.
inline constexpr std::string_view forged = "forged.test";

inline VectorSource hostile_source() {
  VectorSource source;
  const std::vector<std::string> words = {
      "x\n0.0.0.0 forged.test\nlocal-zone: \"forged.test.\" always_nxdomain\nlocal=/forged.test/\n||forged.test^",
      "x\r\nforged.test CNAME .\r\n$INCLUDE /etc/passwd",
      "\"; sid:1; rev:1;) alert ip any any -> any any (msg:\"forged.test\"; sid:2;",
      "*/ } rule forged { condition: true } /*",
      "\" } rule forged { condition: true } //",
      "\\\" + \" \\",
      "=cmd|' /C calc'!A0",
      "+1+1",
      "-1+1",
      "@SUM(1)",
      "\t=1+1",
      "'=1+1",
      "a\tIntel::DOMAIN\tforged.test",
      "\"\n  - \"forged.test\"\n---\ntitle: forged",
      "'] OR [domain-name:value = 'forged.test",
      "\xE2\x80\xAE"
      "txt.exe \xE2\x80\xA8 forged.test",
      "</script><script>forged.test</script>",
      "not \xFF utf-8",
      std::string("nul\0forged.test", 15),
      "# ! ; // comment",
      "$all,domain=forged.test",
      "",
  };
  for (const std::string& word : words) {
    StoredClaim by = claim(word, word, {word});
    by.comment = word;
    source.indicators.push_back(listed(Kind::host, "real" + std::to_string(source.indicators.size()) + ".test", by));
    source.indicators.push_back(listed(Kind::sha256, to_hex(sha256(as_bytes(word))), by));
    source.indicators.push_back(listed(Kind::ipv4, "198.51.100." + std::to_string(source.indicators.size()), by));
    if (!is_utf8(word) || word.find('\0') != std::string::npos || word.empty()) continue;
    for (const Kind kind : {Kind::file_name, Kind::path, Kind::process, Kind::app_id, Kind::property, Kind::profile_id,
                            Kind::account, Kind::registry_key, Kind::email, Kind::host, Kind::ja3})
      source.indicators.push_back(listed(kind, word, by));
    StoredIndicator url = listed(Kind::url, "pages.test/" + word, by);
    url.shown = "https://pages.test/" + word;
    source.indicators.push_back(url);
  }
  for (const char* host :
       {"a;b.test", "a\".test", "a b.test", "$origin.test", "*.test", "a,b.test", "a|b.test", "-x.test", "a..test",
        ".test", "test", "1.2.3.4", "a\\.test", "a/b.test", "a^b.test", "a'b.test"})
    source.indicators.push_back(listed(Kind::host, host));
  source.indicators.push_back(listed(Kind::host, std::string(64, 'l') + ".test"));
  std::string longest;
  for (int i = 0; i < 4; ++i) longest += std::string(61, 'n') + ".";
  source.indicators.push_back(listed(Kind::host, longest + "test"));
  for (const char* url : {"pages.test/a;b\"c|d", "pages.test/a;b|c", "pages.test/a*b", "pages.test/a^",
                          "pages.test/a$all", "pages.test/!a", "pages.test/a'b", "pages.test/a=b&c={d}",
                          "pages.test:8443/a", "198.51.100.9/a", "pages.test?a"})
    source.indicators.push_back(listed(Kind::url, url));
  StoredIndicator mad = listed(Kind::host, "times.test");
  StoredClaim& times = mad.claims.front();
  times.created = times.modified = Time{std::numeric_limits<std::int64_t>::max()};
  times.valid_from = times.first_seen = Time{std::numeric_limits<std::int64_t>::max() / 2};
  times.valid_until = Time{std::numeric_limits<std::int64_t>::max() - 1};
  times.last_seen = Time{std::numeric_limits<std::int64_t>::min()};
  times.confidence = 255;
  mad.sightings = {{.at = Time{std::numeric_limits<std::int64_t>::min()}}, {.at = Time{0}}};
  source.indicators.push_back(mad);
  const auto rule = [&](std::string text, std::string language = "yara") {
    source.patterns.push_back({words[0], std::move(language), std::move(text), words[2], words[3], "", {}, false});
  };
  rule("rule same { condition: false }");
  rule("rule same { condition: filesize > 10 }\nrule uses { condition: same }");
  rule("include \"/etc/passwd\"\nrule a { condition: true }");
  rule("rule b { condition: true } include \"/etc/passwd\"");
  rule("rule c { condition: true } /* open");
  rule("rule d { strings: $a = \"open } condition: $a }");
  rule("rule e { condition: true");
  rule("global rule forged { condition: false }");
  rule("import \"forged\" rule f { condition: true }");
  rule(
      "rule g { strings: $r = /a\\/\\/{2}\"/ $h = { 00 01 02 03 04 05 /* } */ [2-4] ( 01 | 02 ) } condition: $r or $h "
      "or 4 \\ 2 == 3 }");
  rule("rule h { strings: $a = \"q\\\"}\" // }\n condition: $a and hash.md5(0, filesize) == \"x\" }");
  rule("stray text");
  rule("rule same { condition: false }");
  rule("'] OR [domain-name:value = 'forged.test", "stix");
  rule("", "stix");
  rule("alert ip any any -> any any (sid:1;)\n", "suricata");
  return source;
}

}  // namespace testudo::test
