// Delimited feeds whose columns have names that no list holds, and the words of their cells.
#include <gtest/gtest.h>

#include "intel/feed/claim_words.h"
#include "intel/feed/feed_log.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::recognised;
using test::Strings;

const std::string sha256(64, 'a'), sha1(40, 'b'), md5(32, 'c');

TEST(CsvColumns, by_a_word_of_the_name) {
  const FeedLog log =
      read_feed("x.csv",
                "domain,c2_ip,File SHA256,payload_url,cert_fingerprint,sender,Install path,JA3 hash\n"
                "a.test,192.0.2.1," +
                    sha256 + ",http://b.test/x," + sha1 + ",m@c.test,/data/local/tmp/x," + md5 + "\nd.test,-,,,,,,\n");
  EXPECT_EQ(log.texts(),
            (Strings{"host a.test", "ipv4 192.0.2.1 (attacker)", "sha256 " + sha256, "url http://b.test/x (attacker)",
                     "cert_sha1 " + sha1, "email m@c.test", "path /data/local/tmp/x", "ja3 " + md5, "host d.test"}));
  EXPECT_EQ(log.notes, Strings{});
}

TEST(CsvColumns, by_the_looks_of_nearly_all_cells) {
  std::string text = "domain,foo,bar,baz,app,qux\n";
  for (int i = 0; i < 10; ++i) {
    const std::string n = std::to_string(i);
    text += "h" + n + ".test," + std::string(63, 'd') + n + ",192.0.2." + n + ",hxxp://l" + n + "[.]test/,com.x.spy" +
            n + ",w" + n + ".test\n";
  }
  const FeedLog log = read_feed("x.csv", text);
  ASSERT_EQ(log.claims.size(), 50U);
  EXPECT_EQ(log.claims[0].text, "host h0.test");
  EXPECT_EQ(log.claims[1].text, "sha256 " + std::string(63, 'd') + "0");
  EXPECT_EQ(log.claims[2].text, "ipv4 192.0.2.0");
  EXPECT_EQ(log.claims[3].text, "url http://l0.test/");
  EXPECT_EQ(log.claims[4].text, "app_id com.x.spy0");
  // Names of hosts stand in columns of providers and reporters, too.
  EXPECT_EQ(log.notes, Strings{"line 2: unknown_key qux: w0.test"});
}

TEST(CsvColumns, several_values_in_a_cell_stand_on_lines_too) {
  const FeedLog log = read_feed("x.csv", "domain,note\n\"a.test\r\nb.test\",x\n\"c.test\nd.test\",y\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "host b.test", "host c.test", "host d.test"}));
}

TEST(CsvColumns, lists_of_certificates_and_of_ja3) {
  const std::string frame = "# Certificate Blacklist (SHA1 Fingerprints)\n#\n";
  const FeedLog certificates = read_feed(
      "sslbl.csv", frame + "# Listingdate,SHA1,Listingreason\n2024-05-05 10:12:34," + sha1 + ",Bad Bot C&C\n");
  EXPECT_EQ(certificates.texts(), Strings{"cert_sha1 " + sha1});
  EXPECT_EQ(certificates.claims[0].threat, "Bad Bot C&C");
  EXPECT_EQ(to_rfc3339(*certificates.claims[0].created), "2024-05-05T10:12:34Z");
  const FeedLog ja3 = read_feed("ja3.csv", "# ja3_md5,Firstseen,Lastseen,Listingreason\n" + md5 +
                                               ",2024-05-05 10:12:34,2024-05-06 10:12:34,Bad Bot\n");
  EXPECT_EQ(ja3.texts(), Strings{"ja3 " + md5});
  EXPECT_EQ(to_rfc3339(*ja3.claims[0].last_seen), "2024-05-06T10:12:34Z");
  EXPECT_EQ(ja3.notes, Strings{});
}

TEST(CsvColumns, values_called_data) {
  const std::string serial(40, 'd');
  const FeedLog log =
      read_feed("x.csv", "Indicator_type,Data,Notes\nDescription,of a campaign,https://blog.test/1\nsha256," + sha256 +
                             ",com.a.spy\ncertificate_serial," + serial +
                             ",\nfilename,com.a.spy,\ndomain_port,a.test:8181,C2 server\n");
  EXPECT_EQ(log.texts(), (Strings{"sha256 " + sha256, "file_name com.a.spy", "host a.test:8181"}));
  EXPECT_EQ(log.claims[0].comment, "com.a.spy");
  EXPECT_EQ(log.patterns, (Strings{"csv kind_without_indicators: Description: of a campaign",
                                   "csv kind_without_indicators: certificate_serial: " + serial}));
  const FeedLog other =
      read_feed("x.csv", "Indicator,Data,Note\nDescription,https://blog.test/1 ,Indicators of May\nSHA256," + sha256 +
                             ",WIN: x.msi\nURL,a.test/images/,Used for staging\nURL,b[.]test,C2\n");
  EXPECT_EQ(other.texts(), (Strings{"sha256 " + sha256, "url a.test/images/", "url b.test"}));
  EXPECT_EQ(other.patterns, Strings{"csv kind_without_indicators: Description: https://blog.test/1"});
  EXPECT_EQ(read_feed("x.csv", "value,entity_type,description\n" + sha256 + " ,file,X\n").notes, Strings{});
}

TEST(CsvColumns, a_name_beside_the_digest_of_its_file_is_a_remark) {
  const FeedLog log =
      read_feed("x.csv", "sha256_hash,file_name,signature\n" + sha256 + ",invoice.exe,Bad Bot\n,y.exe,n/a\n");
  EXPECT_EQ(log.texts(), (Strings{"sha256 " + sha256, "file_name y.exe"}));
  EXPECT_EQ(log.claims[0].comment, "invoice.exe");
  EXPECT_EQ(log.claims[0].threat, "Bad Bot");
  EXPECT_EQ(log.claims[1].threat, "");
}

TEST(CsvColumns, what_stands_beside_indicators_is_none) {
  const FeedLog log = read_feed("x.csv",
                                "domain,reference_url,Source,reporter,contact email,imphash,event_id,Resolver IP\n"
                                "a.test,https://blog.test/1,https://news.test/2,lab.test,cert@lab.test," +
                                    md5 + "," + sha1 + ",192.0.2.53\n");
  EXPECT_EQ(log.texts(), Strings{"host a.test"});
  EXPECT_EQ(log.defects.at("unknown_key"), 7);
  EXPECT_EQ(log.notes[0], "line 2: unknown_key reference_url: https://blog.test/1");
}

TEST(CsvColumns, cells_decide_where_the_word_of_a_name_is_of_something_else) {
  const FeedLog log = read_feed("x.csv",
                                "url,url_status,ip_country,hash_type,process id\n"
                                "http://a.test/,online,NL,sha256,7\n");
  EXPECT_EQ(log.texts(), Strings{"url http://a.test/"});
  EXPECT_EQ(log.defects.at("unknown_key"), 4);
}

TEST(CsvColumns, a_cell_of_other_looks_is_named) {
  const FeedLog log = read_feed("x.csv",
                                "domain,c2 address\na.test,192.0.2.1\nb.test,see notes\nc.test,m@d.test\n"
                                "d.test,192.0.2.4\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "ipv4 192.0.2.1 (attacker)", "host b.test", "host c.test",
                                  "host d.test", "ipv4 192.0.2.4 (attacker)"}));
  EXPECT_EQ(log.notes, (Strings{"line 3: unrecognised_value see notes", "line 4: unrecognised_value m@d.test"}));
}

TEST(CsvColumns, an_id_of_an_application_is_a_value) {
  EXPECT_EQ(
      read_feed("x.csv", "domain,Android app id,Subdomain,target_email\na.test,com.x.spy,b.a.test,v@c.test\n").texts(),
      (Strings{"host a.test", "app_id com.x.spy", "host b.a.test", "email v@c.test (victim)"}));
}

TEST(CsvColumns, header_in_another_language) {
  const FeedLog log = read_feed("x.csv", "Dom\xC3\xA4ne;IP-Adresse;Datum\na.test;192.0.2.1;1.5.2026\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "ipv4 192.0.2.1"}));
  EXPECT_EQ(log.notes, Strings{"line 2: unknown_key Datum: 1.5.2026"});
}

TEST(CsvColumns, without_header_every_column_of_values) {
  const FeedLog log = read_feed(
      "x.csv", "a.test,192.0.2.1,lab.test,https://blog.test/1\nb.test,192.0.2.2,lab.test,https://blog.test/2\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "ipv4 192.0.2.1", "host b.test", "ipv4 192.0.2.2"}));
  EXPECT_EQ(log.notes, (Strings{"no_header", "line 1: unknown_key column 3: lab.test",
                                "line 1: unknown_key column 4: https://blog.test/1"}));
}

TEST(CsvColumns, tables_of_other_things_are_no_feed) {
  EXPECT_EQ(recognised("t.txt", "process id,host count,url length\n1,2,3\n4,5,6\n"), "-");
}

TEST(CsvColumns, one_value_among_many_rows_makes_no_feed) {
  EXPECT_EQ(recognised("t.csv", "room,Server IP,floor\n1,192.0.2.1,\n2,,\n3,,\n4,,\n"), "-");
  EXPECT_EQ(recognised("t.csv", "1,192.0.2.1,\n2,,\n3,,\n4,,\n"), "-");
}

TEST(CsvRows, line_that_names_the_delimiter) {
  const FeedLog log = read_feed("x.csv", "sep=;\r\nindicator;type\r\na.test;domain\r\n");
  EXPECT_EQ(log.texts(), Strings{"host a.test"});
  EXPECT_EQ(log.notes, Strings{});
}

TEST(CsvRoles, victims_by_type_role_column_and_tag) {
  EXPECT_EQ(
      read_feed("x.csv",
                "domain,type\na.test,C2 domain\nb.test,compromised domain\nc.test,victim domain\n"
                "d.test,domain (benign)\n")
          .texts(),
      (Strings{"host a.test (attacker)", "host b.test (victim)", "host c.test (victim)", "host d.test (benign)"}));
  const FeedLog asked = read_feed("x.csv", "domain,Victim\na.test,no\nb.test,yes\n");
  EXPECT_EQ(asked.texts(), (Strings{"host a.test", "host b.test (victim)"}));
  EXPECT_EQ(asked.notes, Strings{});
  EXPECT_EQ(read_feed("x.csv", "C2,Victim site\na.test,b.test\n").texts(),
            (Strings{"host a.test (attacker)", "host b.test (victim)"}));
  EXPECT_EQ(read_feed("x.csv",
                      "domain,status,tags\na.test,compromised,\nb.test,,\"x,watering-hole\"\n"
                      "c.test,,sent to compromised phones\n")
                .texts(),
            (Strings{"host a.test (victim)", "host b.test (victim)", "host c.test"}));
}

TEST(CsvRoles, what_cannot_be_told_is_not_blocked) {
  const FeedLog log = read_feed("x.csv",
                                "domain,role\na.test,watering hole\nb.test,legit\nc.test,sinkhole\n"
                                "d.test,hacked\ne.test,purple\nf.test,not malicious\ng.test,C2\n");
  EXPECT_EQ(log.texts(),
            (Strings{"host a.test (victim)", "host b.test (benign)", "host c.test (context)", "host d.test (victim)",
                     "host e.test (context)", "host f.test (context)", "host g.test (attacker)"}));
  EXPECT_EQ(log.notes, (Strings{"line 6: unreadable_role purple", "line 7: unreadable_role not malicious"}));
}

TEST(CsvRoles, a_status_takes_from_what_is_blocked) {
  EXPECT_EQ(read_feed("x.tsv",
                      "Domain Name\tFirst Seen\tStatus\na.test\t2026-01-01\tfalse positive\nb.test\t\twhitelisted\n"
                      "c.test\t\tBenign\nd.test\t\tinactive\ne.test\t\tactive\nf.test\t\tlikely benign\n"
                      "g.test\t\tsinkholed\nh.test\t\tmalicious\ni.test\t\tExpired\nj.test\t\tFP\nk.test\t\toffline\n")
                .texts(),
            (Strings{"host a.test (benign)", "host b.test (benign)", "host c.test (benign)", "host d.test (context)",
                     "host e.test", "host f.test (benign)", "host g.test (context)", "host h.test",
                     "host i.test (context)", "host j.test (benign)", "host k.test"}));
  // Of several words the one that blocks least.
  EXPECT_EQ(
      read_feed("x.csv",
                "domain,type,role,verdict,tags\na.test,C2 domain,attacker,false positive,\n"
                "b.test,C2 domain,,,\"apt,false-positive\"\nc.test,C2 domain,victim,benign,\n"
                "d.test,C2 domain,attacker,malicious,apt\n")
          .texts(),
      (Strings{"host a.test (benign)", "host b.test (benign)", "host c.test (victim)", "host d.test (attacker)"}));
  EXPECT_EQ(read_feed("x.csv", "domain,False positive\na.test,yes\nb.test,no\n").texts(),
            (Strings{"host a.test (benign)", "host b.test"}));
  EXPECT_TRUE(read_feed("x.csv", "domain,status\na.test,revoked\n").claims[0].revoked);
  // A remark of more words tells of something else.
  EXPECT_EQ(read_feed("x.csv", "domain,comment\na.test,fake legit app\nb.test,false positive\n").texts(),
            (Strings{"host a.test", "host b.test (benign)"}));
}

TEST(ClaimWords, an_infected_file_is_the_attackers) {
  EXPECT_EQ(role_of("infected host"), Role::victim);
  EXPECT_EQ(role_of("infected document"), std::nullopt);
  EXPECT_EQ(role_of("indicators of compromise"), std::nullopt);
}

TEST(ClaimWords, markings) {
  for (const std::string_view red :
       {"TLP:RED", "TLP RED", "tlp-red", "TLP: RED", "TLP:RED (limited)", "red", "TLP 2.0 RED",
        "\xEF\xBC\xB4\xEF\xBC\xAC\xEF\xBC\xB0\xEF\xBC\x9A\xEF\xBC\xB2\xEF\xBC\xA5\xEF\xBC\xA4"})
    EXPECT_EQ(tlp_of(red), Tlp::red) << red;
  for (const std::string_view strict : {"TLP:AMBER+STRICT", "amber-strict", "AMBER STRICT", "amber_strict"})
    EXPECT_EQ(tlp_of(strict), Tlp::amber_strict) << strict;
  EXPECT_EQ(tlp_of("TLP:WHITE"), Tlp::clear);
  for (const std::string_view other : {"R", "restricted", "TLP:EX:CHR", "green (internal)", "not red", "TLP:", ""})
    EXPECT_EQ(tlp_of(other), std::nullopt) << other;
}

TEST(CsvMarkings, what_cannot_be_told_may_be_strict) {
  const FeedLog log = read_feed("x.csv",
                                "domain,tlp,tags\na.test,TLP RED,\nb.test,restricted,\nc.test,,\"x, tlp: ex:chr\"\n"
                                "d.test,,apt tlp:green pegasus\ne.test,,\n");
  ASSERT_EQ(log.claims.size(), 5U);
  EXPECT_EQ(log.claims[0].tlp, Tlp::red);
  EXPECT_EQ(log.claims[1].tlp, Tlp::amber_strict);
  EXPECT_EQ(log.claims[2].tlp, Tlp::amber_strict);
  EXPECT_EQ(log.claims[3].tlp, Tlp::green);
  EXPECT_EQ(log.claims[4].tlp, std::nullopt);
  EXPECT_EQ(log.notes, (Strings{"line 3: unreadable_tlp restricted", "line 4: unreadable_tlp tlp: ex:chr"}));
}

TEST(CsvRevoked, in_every_spelling) {
  const FeedLog log =
      read_feed("x.csv", "domain,revoked\na.test,true\nb.test,1\nc.test,yes\nd.test,0\ne.test,\nf.test,mine\n");
  std::vector<bool> revoked;
  for (const FeedLog::Claim& claim : log.claims) revoked.push_back(claim.revoked);
  EXPECT_EQ(revoked, (std::vector<bool>{true, true, true, false, false, false}));
  EXPECT_EQ(log.notes, (Strings{"line 2: revoked true", "line 3: revoked 1", "line 4: revoked yes",
                                "line 7: unrecognised_value mine"}));
}

TEST(CsvCells, formulas_outside_the_values_are_named) {
  EXPECT_EQ(read_feed("x.csv", "domain,comment\na.test,=HYPERLINK(1)\n").notes,
            Strings{"line 2: formula_cell =HYPERLINK(1)"});
}

TEST(CsvColumns, digests_of_other_things_are_no_files) {
  const FeedLog log = read_feed("x.csv", "Indicator type,Indicator\nFileHash-IMPHASH," + md5 + "\nFileHash-PEHASH," +
                                             sha1 + "\nFileHash-MD5," + md5 + "\n");
  EXPECT_EQ(log.texts(), Strings{"md5 " + md5});
  EXPECT_EQ(log.patterns, (Strings{"csv kind_without_indicators: FileHash-IMPHASH: " + md5,
                                   "csv kind_without_indicators: FileHash-PEHASH: " + sha1}));
  const FeedLog column = read_feed("x.csv", "SHA256,PE hash,vhash\n" + sha256 + "," + sha1 + "," + md5 + "\n");
  EXPECT_EQ(column.texts(), Strings{"sha256 " + sha256});
  EXPECT_EQ(column.notes, (Strings{"line 2: unknown_key PE hash: " + sha1, "line 2: unknown_key vhash: " + md5}));
}

TEST(CsvColumns, digests_of_apps_are_of_files) {
  EXPECT_EQ(read_feed("x.csv", "Domain,Android hash,App hash\na.test," + sha256 + "," + md5 + "\n").texts(),
            (Strings{"host a.test", "sha256 " + sha256, "md5 " + md5}));
}

TEST(CsvColumns, what_a_defender_lets_pass_and_until_when) {
  const FeedLog log =
      read_feed("x.csv",
                "IndicatorType,IndicatorValue,ExpirationTime,Action\nDomainName,a.test,2026-03-01T00:00:00Z,Block\n"
                "DomainName,b.test,,Allowed\n");
  EXPECT_EQ(log.texts(), (Strings{"host a.test", "host b.test (benign)"}));
  EXPECT_EQ(log.claims[0].valid_until, parse_rfc3339("2026-03-01T00:00:00Z"));
  EXPECT_EQ(log.notes, Strings{"line 2: unknown_key Action: Block"});
}

TEST(CsvRows, of_one_cell_and_titles_hide_no_header) {
  const FeedLog ragged = read_feed("x.csv", "\"domain\";\"note\"\n\"a.test\";\"a;b\"\n\"b.test\"\n");
  EXPECT_EQ(ragged.texts(), (Strings{"host a.test", "host b.test"}));
  EXPECT_EQ(ragged.claims[0].comment, "a;b");
  EXPECT_EQ(ragged.defects.at("ragged_row"), 1);
  const FeedLog titled = read_feed("x.csv",
                                   "Report X\nDate,2026-01-01\n\nIndicator,Type,Comment\na[.]test,domain,x\n"
                                   "b.test,domain,compromised website\n");
  EXPECT_EQ(titled.texts(), (Strings{"host a.test", "host b.test (victim)"}));
  EXPECT_EQ(titled.notes, (Strings{"line 1: unrecognised_value Report X", "line 2: unrecognised_value Date"}));
}

TEST(CsvRows, of_values_that_begin_with_their_kind_are_no_header) {
  EXPECT_EQ(read_feed("x.csv", "Type;Wert;Text\ndomain;a[.]test;x\nip;192[.]0[.]2[.]1;y\n").texts(),
            (Strings{"host a.test", "ipv4 192.0.2.1"}));
}

TEST(CsvRows, values_between_strokes) {
  EXPECT_EQ(read_feed("x.csv", "Domain,SHA256 / MD5\na.test," + sha256 + " / " + md5 + "\n").texts(),
            (Strings{"host a.test", "sha256 " + sha256, "md5 " + md5}));
}

}  // namespace
}  // namespace testudo
