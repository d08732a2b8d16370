// The formats to hunt in: exact facts of small samples, recognition, and damage at every octet.
#include <gtest/gtest.h>

#include "intel/hunt/hunt_file.h"

namespace testudo {
namespace {

struct Read {
  std::vector<std::string> facts;  // "host|tie|value", with "|first" where a time is given
  HuntNotes notes;
};

HuntReceiver receiver(Read& read) {
  return [&read](const HuntFact& fact) {
    std::string row = std::string(fact.host) + "|" + std::string(tie_name(fact.tie)) + "|" + std::string(fact.value);
    if (fact.first) row += "|" + to_rfc3339(*fact.first);
    read.facts.push_back(std::move(row));
  };
}

Read read_as(const HuntFormat& format, std::string_view text) {
  Read read;
  HuntSource(text).read(format, receiver(read), read.notes);
  return read;
}

Read read_any(std::string_view text) { return read_as(HuntSource(text).format(), text); }

// As a compressed file comes: so many octets more each time.
Read read_in_blocks(const HuntFormat& format, std::string_view text, std::size_t size) {
  Read read;
  const HuntReceiver use = receiver(read);
  const auto reader = format.open(use, read.notes);
  std::string block;
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < text.size(); i += size) {
    block += text.substr(i, size);
    const std::size_t taken = reader->read(block, at, i + size >= text.size());
    block.erase(0, taken);
    at += taken;
  }
  EXPECT_EQ(at, text.size());
  return read;
}

using Facts = std::vector<std::string>;

constexpr std::string_view zone_text =
    "$ORIGIN example.\n"
    "$TTL 1h\n"
    "@ IN SOA ns.example. root.example. ( 1 2\n"
    "   3 4 5 ) ; serial and times\n"
    "one 3600 IN NS ns1.host.test.\n"
    "    IN A 203.0.113.5\n"
    "two A 203.0.113.6\n"
    "two 60 AAAA 2001:db8::1\n"
    "alias.example. IN 60 CNAME one\n"
    "txt IN TXT \"a ; b\" ; c\n"
    "mail IN MX 10 mx\n";

TEST(HuntZone, MasterFormat) {
  EXPECT_EQ(hunt_format_of(zone_text).name, "zone");
  EXPECT_EQ(read_any(zone_text).facts,
            (Facts{"one.example|name_server|ns1.host.test", "one.example|address|203.0.113.5",
                   "two.example|address|203.0.113.6", "two.example|address|2001:db8::1",
                   "alias.example|alias|one.example", "mail.example|mail_server|mx.example"}));
  EXPECT_TRUE(read_any(zone_text).notes.all().empty());
}

TEST(HuntZone, RegistryFiles) {
  constexpr std::string_view text =
      "some-name.test.\t172800\tin\tns\tns1.host.test.\nother.test.\t172800\tin\ta\t203.0.113.9\n";
  EXPECT_EQ(hunt_format_of(text).name, "zone");
  EXPECT_EQ(read_any(text).facts,
            (Facts{"some-name.test|name_server|ns1.host.test", "other.test|address|203.0.113.9"}));
}

// A large file is read in pieces; a unit that is longer than a piece is read whole.
TEST(HuntSource, ALargeFileIsReadInPieces) {
  std::string text = "first.test. IN A 203.0.113.1\nlong.test. IN TXT \"" + std::string(5U << 20, 'x') + "\"\n";
  for (int i = 0; i < 300'000; ++i) text += "n" + std::to_string(i) + ".test. IN A 203.0.113.2\n";
  std::size_t facts = 0, done = 0;
  HuntNotes notes;
  HuntSource(text, [&](std::size_t until) {
    EXPECT_GT(until, done);
    done = until;
  }).read(zone_format, [&](const HuntFact&) { ++facts; }, notes);
  EXPECT_EQ(facts, 300'001U);
  EXPECT_TRUE(notes.all().empty());
  EXPECT_GT(done, text.size() - (8U << 20));
  EXPECT_LT(done, text.size());
}

TEST(HuntZone, OpenParenthesisAndForeignLines) {
  const Read read = read_as(zone_format, "a.test. IN A 203.0.113.1\nb.test. IN SOA ( 1 2\n$INCLUDE x\n");
  EXPECT_EQ(read.facts, Facts{"a.test|address|203.0.113.1"});
  EXPECT_EQ(read.notes.all().at("parenthesis_open").first_offset, 25U);
}

constexpr std::string_view certstream =
    R"({"message_type":"heartbeat"}
{"message_type":"certificate_update","data":{"leaf_cert":{"all_domains":["a.test","*.a.test"],"fingerprint":"AB:CD:EF:01:23:45:67:89","serial_number":"0F","not_before":1700000000,"not_after":1707776000,"issuer":{"aggregated":"/O=Example"}}}}
)";

TEST(HuntJson, Certstream) {
  EXPECT_EQ(read_any(certstream).facts,
            (Facts{"a.test|none||2023-11-14T22:13:20Z", "a.test|certificate|abcdef0123456789|2023-11-14T22:13:20Z",
                   "a.test|batch|/O=Example|2023-11-14T22:13:20Z", "*.a.test|none||2023-11-14T22:13:20Z",
                   "*.a.test|certificate|abcdef0123456789|2023-11-14T22:13:20Z",
                   "*.a.test|batch|/O=Example|2023-11-14T22:13:20Z"}));
}

TEST(HuntJson, CrtSh) {
  const Read read = read_any(
      R"([{"issuer_name":"CN=Example","common_name":"x.test","name_value":"x.test\ny.test","serial_number":"0A","not_before":"2024-05-01T10:00:00"}])");
  EXPECT_EQ(read.facts.size(), 9U);
  EXPECT_EQ(read.facts[1], "x.test|certificate|CN=Example 0a|2024-05-01T10:00:00Z");
  EXPECT_EQ(read.facts[5], "y.test|batch|CN=Example|2024-05-01T10:00:00Z");
}

TEST(HuntJson, PassiveDns) {
  EXPECT_EQ(
      read_any(
          R"({"rrname":"a.test.","rrtype":"A","rdata":["203.0.113.1","203.0.113.2"],"time_first":1700000000,"time_last":1700000001,"count":3}
{"rrname":"a.test","rrtype":"MX","rdata":"10 mx.test.","time_first":"1700000000"}
{"rrname":"a.test","rrtype":"TXT","rdata":"203.0.113.9"}
)")
          .facts,
      (Facts{"a.test.|address|203.0.113.1|2023-11-14T22:13:20Z", "a.test.|address|203.0.113.2|2023-11-14T22:13:20Z",
             "a.test|mail_server|mx.test.|2023-11-14T22:13:20Z", "a.test|none|"}));
}

TEST(HuntJson, Scans) {
  const Read shodan = read_any(
      R"({"ip_str":"203.0.113.7","hostnames":["h.test"],"asn":"AS64500","hash":-5,"http":{"title":"A page with a title","html_hash":77},"ssl":{"jarm":"00112233445566778899","cert":{"fingerprint":{"sha256":"00112233445566778899AABB"}}},"timestamp":"2024-05-01T10:00:00.123456"})");
  EXPECT_EQ(shodan.facts.size(), 7U);
  EXPECT_EQ(shodan.facts[0], "h.test|address|203.0.113.7|2024-05-01T10:00:00.123456Z");
  EXPECT_EQ(shodan.facts[1], "h.test|certificate|00112233445566778899aabb|2024-05-01T10:00:00.123456Z");
  const Read censys = read_any(
      R"({"ip":"203.0.113.8","dns":{"names":["c.test"]},"autonomous_system":{"asn":64500},"services":[{"jarm":{"fingerprint":"00112233445566778899"},"http":{"response":{"body_hash":"sha1:aa"}},"tls":{"certificates":{"leaf_data":{"fingerprint":"ffeeddccbbaa99887766","names":["d.test"]}}}}]})");
  EXPECT_EQ(censys.facts,
            (Facts{"c.test|address|203.0.113.8", "c.test|asn|64500", "c.test|certificate|ffeeddccbbaa99887766",
                   "c.test|jarm|00112233445566778899", "c.test|page|html sha1:aa", "d.test|address|203.0.113.8",
                   "d.test|asn|64500", "d.test|certificate|ffeeddccbbaa99887766", "d.test|jarm|00112233445566778899",
                   "d.test|page|html sha1:aa"}));
}

TEST(HuntJson, CensysPortByPort) {
  const Read read = read_any(
      R"({"ip":"203.0.113.8","p443":{"https":{"get":{"body_sha256":"abc"},"tls":{"certificate":{"parsed":)"
      R"({"names":["a.test"],"fingerprint_sha256":"00112233445566778899aabbccddeeff"}}}}},"ports":[443],"p":{"x":1}})");
  EXPECT_EQ(read.facts, (Facts{"a.test|address|203.0.113.8", "a.test|certificate|00112233445566778899aabbccddeeff",
                               "a.test|page|html abc"}));
}

TEST(HuntJson, CertificatesWithTheirDigest) {
  constexpr std::string_view digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
  const Read read = read_any(R"([{"id":"1","dns_names":["a.test","b.test"],"cert_sha256":")" + std::string(digest) +
                             R"(","issuer":{"name":"CA"},"not_before":"2023-11-14T22:13:20Z"}]
{"fingerprint_sha256":")" + std::string(digest) +
                             R"(","names":["c.test"],"parsed":{"issuer_dn":"CN=CA"}})");
  const std::string made = "|2023-11-14T22:13:20Z", cert = "|certificate|" + std::string(digest);
  EXPECT_EQ(read.facts,
            (Facts{"a.test|none|" + made, "a.test" + cert + made, "a.test|batch|CA" + made, "b.test|none|" + made,
                   "b.test" + cert + made, "b.test|batch|CA" + made, "c.test|none|", "c.test" + cert}));
}

// What was searched for is no name that was asked of a resolver.
TEST(HuntJson, AnAnswersQueryIsNoHost) {
  const Read read = read_any(
      R"({"code":200,"result":{"query":"services.port: 443","hits":[{"ip":"203.0.113.8","dns":{"names":["a.test"]}}]}}
{"query":"b.test","domainSearchResults":[{"objectClassName":"domain","ldhName":"c.test","nameservers":[{"ldhName":"ns.test"}]}]}
)");
  EXPECT_EQ(read.facts, (Facts{"a.test|address|203.0.113.8", "c.test|none|", "c.test|name_server|ns.test"}));
}

TEST(HuntJson, StreamsInFrames) {
  const Read read = read_any(R"({"cond":"begin"}
{"obj":{"rrname":"a.test.","rrtype":"A","rdata":["203.0.113.1"],"count":3}}
{"cond":"succeeded"}
{"message_type":"dns_entries","data":["b.test","*.c.test"]}
)");
  EXPECT_EQ(read.facts, (Facts{"a.test.|address|203.0.113.1", "b.test|none|", "*.c.test|none|"}));
  EXPECT_TRUE(read.notes.all().empty());
}

TEST(HuntJson, DnsLogs) {
  const Read read = read_any(
      R"({"timestamp":"2023-11-14T23:13:20.5+0100","event_type":"dns","dns":{"type":"query","rrname":"a.test","rrtype":"A"}}
{"timestamp":"2023-11-14T22:13:20+0000","event_type":"dns","dns":{"type":"answer","rrname":"a.test","rrtype":"A","answers":[{"rrname":"a.test","rrtype":"CNAME","rdata":"b.test"}],"grouped":{"A":["203.0.113.1"]}}}
{"event_type":"dns","dns":{"version":3,"type":"response","queries":[{"rrname":"c.test","rrtype":"AAAA"}],"answers":[{"rrname":"c.test","rrtype":"AAAA","rdata":"2001:db8::1"}]}}
{"event_type":"flow","src_ip":"192.0.2.1"}
{"T":"2023-11-14T22:13:20.123+01:00","QH":"d.test","QT":"HTTPS","IP":"192.0.2.1"}
{"T":"2023-11-14T22:13:20.123+01:00","QH":"1.2.0.192.in-addr.arpa","QT":"PTR"}
)");
  EXPECT_EQ(read.facts, (Facts{"a.test|none||2023-11-14T22:13:20.5Z", "a.test|none||2023-11-14T22:13:20Z",
                               "a.test|none||2023-11-14T22:13:20Z", "a.test|alias|b.test|2023-11-14T22:13:20Z",
                               "a.test|address|203.0.113.1|2023-11-14T22:13:20Z", "c.test|none|", "c.test|none|",
                               "c.test|address|2001:db8::1", "d.test|none||2023-11-14T21:13:20.123Z"}));
  EXPECT_EQ(read.notes.all().at("object_unknown").count, 1U);
}

TEST(HuntJson, AnswersOfInterfaces) {
  const Facts facts{"h.test|address|203.0.113.7"};
  const std::string shodan = R"({"ip_str":"203.0.113.7","hostnames":["h.test"]})";
  const std::string censys = R"({"ip":"203.0.113.7","dns":{"names":["h.test"]}})";
  for (const std::string& answer : {"{\"matches\":[" + shodan + "],\"total\":1}",
                                    "{\"code\":200,\"result\":{\"total\":1,\"hits\":[" + censys + "]}}",
                                    "{\"results\":[" + shodan + "]}", "{\"data\":{\"hits\":[" + censys + "]}}"}) {
    const Read read = read_any(answer);
    EXPECT_EQ(read.facts, facts) << answer;
    EXPECT_TRUE(read.notes.all().empty()) << answer;
  }
  EXPECT_EQ(read_any("{\"matches\":[{\"x\":1},3]}").notes.all().at("object_unknown").count, 2U);
  EXPECT_EQ(read_any(R"({"data":{"data":{"data":{"data":[]}}}})").notes.all().at("object_unknown").count, 1U);
  // What was seen on a port of a host stands inside it.
  const Read host =
      read_any(R"({"ip_str":"203.0.113.7","data":[{"ip_str":"203.0.113.7","hostnames":["p.test"],"data":"a banner",)"
               R"("ssl":{"cert":{"fingerprint":{"sha256":"00112233445566778899aabb"}}}}]})");
  EXPECT_EQ(host.facts, (Facts{"p.test|address|203.0.113.7", "p.test|certificate|00112233445566778899aabb"}));
}

TEST(HuntJson, Rdap) {
  const Read read = read_any(R"({
  "objectClassName": "domain", "ldhName": "R.TEST",
  "events": [{"eventAction": "registration", "eventDate": "2024-05-01T10:00:00Z"}],
  "entities": [{"roles": ["registrar"], "handle": "R-1", "publicIds": [{"type": "IANA Registrar ID", "identifier": "9999"}]},
               {"roles": ["registrant"], "handle": "H-1"}, {"roles": ["technical"], "handle": "REDACTED FOR PRIVACY"}],
  "nameservers": [{"ldhName": "ns1.host.test"}]
})");
  EXPECT_EQ(read.facts,
            (Facts{"R.TEST|none||2024-05-01T10:00:00Z", "R.TEST|registrar|9999|2024-05-01T10:00:00Z",
                   "R.TEST|handle|H-1|2024-05-01T10:00:00Z", "R.TEST|name_server|ns1.host.test|2024-05-01T10:00:00Z",
                   "R.TEST|batch|registrar 9999|2024-05-01T10:00:00Z"}));
}

TEST(HuntJson, BrokenObjectIsLostAlone) {
  const Read read = read_any(
      "{\"rrname\":\"a.test\",\"rrtype\":\"A\",\"rdata\":\"203.0.113.1\"}\n"
      "{\"rrname\":\"b.test\" \"rrtype\"}\n"
      "{\"rrname\":\"c.test\",\"rrtype\":\"A\",\"rdata\":\"203.0.113.3\"}\n{\"x\":1}\n");
  EXPECT_EQ(read.facts, (Facts{"a.test|address|203.0.113.1", "c.test|address|203.0.113.3"}));
  EXPECT_EQ(read.notes.all().at("malformed_json").count, 1U);
  EXPECT_EQ(read.notes.all().at("object_unknown").count, 1U);
}

TEST(HuntLogs, Servers) {
  constexpr std::string_view text =
      "May  1 10:00:00 dnsmasq[1]: query[A] a.test from 192.0.2.1\n"
      "May  1 10:00:00 dnsmasq[1]: reply a.test is 203.0.113.1\n"
      "May  1 10:00:00 dnsmasq[1]: query[PTR] 1.2.0.192.in-addr.arpa from 192.0.2.1\n"
      "01-May-2024 10:00:00.000 queries: info: client @0x1 192.0.2.1#5000 (b.test): query: b.test IN A +E(0)K "
      "(192.0.2.53)\n"
      "[1714557600] unbound[1:0] info: 192.0.2.1 c.test. A IN\n"
      "something else\n";
  EXPECT_EQ(hunt_format_of(text).name, "query-log");
  EXPECT_EQ(read_any(text).facts,
            (Facts{"a.test|none|", "a.test|address|203.0.113.1", "b.test|none|", "c.test.|none|"}));
}

TEST(HuntLogs, Zeek) {
  constexpr std::string_view text =
      "#separator \\x09\n#fields\tts\tuid\tquery\tqtype_name\tanswers\n"
      "1700000000.5\tC1\ta.test\tA\tb.test,203.0.113.1\n1700000000.5\tC2\tx.test\tPTR\t-\n1700000000.5\tC3\t-\t-\t-\n";
  EXPECT_EQ(hunt_format_of(text).name, "zeek-dns");
  EXPECT_EQ(read_any(text).facts,
            (Facts{"a.test|none||2023-11-14T22:13:20.5Z", "a.test|alias|b.test|2023-11-14T22:13:20.5Z",
                   "a.test|address|203.0.113.1|2023-11-14T22:13:20.5Z"}));
}

TEST(HuntTable, Certificates) {
  constexpr std::string_view text =
      "name,issuer,not_before,serial,fingerprint\n\"a.test,b.test\",CN=Example,2024-05-01 10:00:00,0A,\n";
  EXPECT_EQ(hunt_format_of(text).name, "table");
  EXPECT_EQ(
      read_any(text).facts,
      (Facts{"a.test|none|", "a.test|none||2024-05-01T10:00:00Z",
             "a.test|certificate|CN=Example 0a|2024-05-01T10:00:00Z", "a.test|batch|CN=Example|2024-05-01T10:00:00Z",
             "b.test|none|", "b.test|none||2024-05-01T10:00:00Z",
             "b.test|certificate|CN=Example 0a|2024-05-01T10:00:00Z", "b.test|batch|CN=Example|2024-05-01T10:00:00Z"}));
}

TEST(HuntTable, ColumnsInAnySpelling) {
  const Read crt = read_any(
      "crt.sh ID,Not Before,Common Name,Matching Identities,Issuer Name\n1,2023-11-14,a.test,\"a.test\nb.test\",\"C=X, "
      "O=Y\"\n");
  EXPECT_EQ(crt.facts,
            (Facts{"a.test|none|", "a.test|none||2023-11-14T00:00:00Z", "a.test|batch|C=X, O=Y|2023-11-14T00:00:00Z",
                   "b.test|none|", "b.test|none||2023-11-14T00:00:00Z", "b.test|batch|C=X, O=Y|2023-11-14T00:00:00Z"}));
  const Read whois =
      read_any("domainName;nameServers;contactEmail;registrarName\na.test;ns1.test|ns2.test;x@mail.test;R\n");
  EXPECT_EQ(whois.facts, (Facts{"a.test|none|", "a.test|name_server|ns1.test", "a.test|name_server|ns2.test",
                                "a.test|handle|x@mail.test", "a.test|registrar|R"}));
}

TEST(HuntNames, Lists) {
  constexpr std::string_view text = "# a list\n1,a.test\n0.0.0.0 b.test\nc.test\n203.0.113.1\n";
  EXPECT_EQ(hunt_format_of(text).name, "names");
  EXPECT_EQ(read_any(text).facts, (Facts{"a.test|none|", "b.test|none|", "c.test|none|", "203.0.113.1|none|"}));
}

constexpr std::string_view table_text =
    "name,ip\n\"a.test\nb.test\",203.0.113.1\r\n\nc.test,203.0.113.2\n\"d.test\",\"203.0.113.3\"";
constexpr std::string_view log_text =
    "dnsmasq[1]: query[A] a.test from 192.0.2.1\nother\nclient @0x1 192.0.2.1#5 (b.test): query: b.test IN A +E(0)K\n";
constexpr std::string_view names_text =
    "\xEF\xBB\xBF"
    "a.test\n\n# x\nb.test\n \nc.test";
constexpr std::string_view zeek_text =
    "#separator \\x09\n#fields\tts\tquery\tanswers\n1700000000\ta.test\t203.0.113.1\n1700000000\tb.test\t-\n";

TEST(HuntReaders, InBlocksOfEverySizeTheSameIsRead) {
  for (const std::string_view text : {zone_text, certstream, table_text, log_text, names_text, zeek_text}) {
    const HuntFormat& format = hunt_format_of(text);
    const Read whole = read_as(format, text);
    EXPECT_GE(whole.facts.size(), 2U) << format.name;
    for (std::size_t size = 1; size <= text.size(); ++size) {
      const Read parts = read_in_blocks(format, text, size);
      EXPECT_EQ(parts.facts, whole.facts) << format.name << " in blocks of " << size;
      EXPECT_EQ(parts.notes.all().size(), whole.notes.all().size()) << format.name << " in blocks of " << size;
    }
  }
}

// Whatever is cut off or changed, reading returns, and what stands before the damage is found as before.
TEST(HuntReaders, DamageAtEveryOctet) {
  for (const std::string_view whole : {zone_text, certstream}) {
    const HuntFormat& format = hunt_format_of(whole);
    const Facts all = read_as(format, whole).facts;
    for (std::size_t i = 0; i < whole.size(); ++i) {
      const Facts part = read_as(format, std::string(whole.substr(0, i))).facts;
      EXPECT_LE(part.size(), all.size());
      for (const HuntFormat& other : hunt_formats()) {
        std::string changed(whole);
        changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ 0xFF);
        static_cast<void>(read_as(other, changed));
      }
    }
  }
  static_cast<void>(read_as(hunt_json_format, std::string(100000, '[') + "{"));
  static_cast<void>(read_as(zone_format, std::string(100000, '(')));
}

}  // namespace
}  // namespace testudo
