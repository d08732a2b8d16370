// The marking that a file, a row or a value gives itself, in every format.
#include <gtest/gtest.h>

#include "intel/feed/feed_log.h"
#include "intel/feed/normalising_sink.h"
#include "intel/feed/tlp_said.h"

namespace testudo {
namespace {

using test::FeedLog;
using test::read_feed;
using test::Strings;

using Markings = std::vector<std::optional<Tlp>>;

Markings markings(const FeedLog& log) {
  Markings all;
  for (const FeedLog::Claim& claim : log.claims) all.push_back(claim.tlp);
  return all;
}

// As the store is told: remarks on values are read, too.
Markings stored(std::string_view name, std::string_view text) {
  FeedLog log;
  NormalisingSink sink(&log);
  EXPECT_TRUE(recognise_feed(name, text)->read({name, text}, sink)) << text;
  return markings(log);
}

TEST(TlpSaid, statements) {
  for (const std::string_view red :
       {"TLP:RED", "# TLP:RED", "**TLP:RED** - not for sharing", ":tlp: RED", "tlp = \"RED\"", "[TLP:RED]",
        "TLP\xE2\x80\x93RED", "TLP:\xC2\xA0RED", "\xF0\x9F\x94\xB4 TLP:RED", "Threat Report TLP:RED", "TLP 2.0: RED",
        "Sharing: TLP:RED", "Report TLP:RED for you alone", "This list is marked TLP:RED, do not share",
        "Traffic Light Protocol: RED", "Traffic Light Protocol (TLP): RED", "Classification level: TLP-RED",
        "tags: tlp:red", "\xEF\xBC\xB4\xEF\xBC\xAC\xEF\xBC\xB0\xEF\xBC\x9A\xEF\xBC\xB2\xEF\xBC\xA5\xEF\xBC\xA4"})
    EXPECT_EQ(tlp_said(red).stated(), Tlp::red) << red;
  EXPECT_EQ(tlp_said("TLP:AMBER+STRICT").stated(), Tlp::amber_strict);
  EXPECT_EQ(tlp_said("TLP:CLEAR").stated(), Tlp::clear);
  EXPECT_EQ(tlp_said("TLP:WHITE: Disclosure is not limited. Sources may use TLP:WHITE when risk is low").stated(),
            Tlp::clear);
  for (const std::string_view unreadable : {"TLP:EX:CHR", "TLP:ROT", "TLP:GREEN (internal)", "TLP level: pink"}) {
    EXPECT_EQ(tlp_said(unreadable).stated(), Tlp::amber_strict) << unreadable;
    EXPECT_TRUE(tlp_said(unreadable).unreadable) << unreadable;
  }
}

TEST(TlpSaid, in_passing_or_not_at_all) {
  for (const std::string_view passing :
       {"this TLP:RED report was leaked", "The TLP:RED report", "The report TLP:RED was leaked",
        "We removed all TLP:RED values", "See the TLP definitions", "TLP definitions and usage"}) {
    EXPECT_TRUE(tlp_said(passing).named) << passing;
    EXPECT_EQ(tlp_said(passing).stated(), std::nullopt) << passing;
  }
  for (const std::string_view none :
       {"tlp-red.test", "https://www.first.test/tlp/red", "tlp.green", "help red", "", "/tlp/red"})
    EXPECT_FALSE(tlp_said(none).named) << none;
}

TEST(TlpSaid, one_part_of_a_line) {
  const auto part = [](std::string_view line) { return tlp_said_in_parts(line, Brackets::part).stated(); };
  EXPECT_EQ(part("Report on X (TLP:GREEN)"), Tlp::green);
  EXPECT_EQ(part("TLP:GREEN | Report 7"), Tlp::green);
  EXPECT_EQ(part("Report 7 - TLP:AMBER"), Tlp::amber);
  EXPECT_EQ(part("tags: [apt, tlp:red]"), Tlp::red);
  EXPECT_EQ(part("TLP:GREEN (internal)"), Tlp::amber_strict);
  EXPECT_EQ(part("Report - TLP:GREEN internal only"), Tlp::amber_strict);
  EXPECT_EQ(part("Evil list, TLP:GREEN, 2026"), Tlp::green);
  EXPECT_EQ(part("Operation Blue TLP:RED"), Tlp::red);
  EXPECT_EQ(part("Source: CERT-X TLP:AMBER"), Tlp::amber);
  for (const std::string_view passing :
       {"a.test,TLP:RED", "a.test TLP:RED", "removed what was TLP:RED", "no longer TLP:RED",
        "Analysis of the leaked TLP:RED", "Operation Blue TLP:RED was leaked"})
    EXPECT_EQ(part(passing), std::nullopt) << passing;
  EXPECT_EQ(tlp_said_in_parts("The report (TLP:RED) was leaked", Brackets::pass).stated(), std::nullopt);
}

TEST(FileMarking, holds_for_all_values) {
  const std::pair<std::string_view, std::string_view> files[]{
      {"a.txt", "# TLP:RED\na1.test\na2.test\n"},
      {"a.txt", "TLP:RED\na1.test\na2.test\n"},
      {"hosts", "# TLP:RED\n0.0.0.0 a1.test\n0.0.0.0 a2.test\n"},
      {"a.csv", "# TLP:RED\ndomain,comment\na1.test,x\na2.test,y\n"},
      {"a.csv", "TLP:RED,\ndomain,comment\na1.test,x\na2.test,y\n"},
      {"a.csv", "TLP,RED\ndomain,comment\na1.test,x\na2.test,y\n"},
      {"z.rpz", "; TLP:RED\n@ SOA a. b. 1 2 3 4 5\na1.test CNAME .\na2.test CNAME .\n"},
      {"f.txt", "[Adblock Plus]\n! TLP:RED\n||a1.test^\n||a2.test^\n"},
      {"r.md", "# X\n\n**TLP:RED** - not for sharing\n\na1[.]test and a2[.]test\n"},
      {"r.md", "---\ntags: [apt, tlp:red]\n---\n# X\n\na1[.]test and a2[.]test\n"},
      {"r.md", "# X (TLP:RED)\n\na1[.]test and a2[.]test\n"},
      {"r.md", "# X\n\n## TLP\n\nRED\n\n## C2\n\na1[.]test and a2[.]test\n"},
      {"r.md", "# X\n\n| TLP | RED |\n|---|---|\n| Date | 2026 |\n\na1[.]test and a2[.]test\n"},
      {"a.csv", "Report 7 - TLP:RED;;\ndomain;comment;x\na1.test;x;\na2.test;y;\n"},
      {"a.csv", "TLP:;RED;\ndomain;comment;x\na1.test;x;\na2.test;y;\n"},
      {"r.md", "# X\n\n| TLP | Date |\n|---|---|\n| RED | 2026 |\n\na1[.]test and a2[.]test\n"},
      {"r.adoc", "= X\n:tlp: RED\n\na1[.]test and a2[.]test\n"},
      {"d.conf", "# TLP:RED\naddress=/a1.test/0.0.0.0\naddress=/a2.test/0.0.0.0\n"},
      {"i.dat", "# TLP:RED\n#fields\tindicator\tindicator_type\na1.test\tIntel::DOMAIN\na2.test\tIntel::DOMAIN\n"},
      {"s.yaml", "# TLP:RED\n- name: A\n  websites:\n  - a1.test\n  - a2.test\n"},
      {"m.csv",
       "# TLP:RED\nuuid,event_id,category,type,value,comment,to_ids,date\n"
       "u1,1,N,domain,a1.test,,1,\nu2,1,N,domain,a2.test,,1,\n"}};
  for (const auto& [name, text] : files) {
    const FeedLog log = read_feed(name, text);
    EXPECT_EQ(markings(log), (Markings{Tlp::red, Tlp::red})) << text;
    EXPECT_EQ(log.defects.count("tlp_in_text"), 0U) << text;
    EXPECT_EQ(log.defects.count("unrecognised_value"), 0U) << text;
  }
}

TEST(FileMarking, at_the_end_and_in_utf_16) {
  std::string text;
  for (int i = 0; i < 9000; ++i) text += "host" + std::to_string(i) + ".test\n";
  EXPECT_EQ(read_feed("a.txt", text + "# TLP:AMBER\n").claims[0].tlp, Tlp::amber);
  const FeedLog parts = read_feed("a.txt", text + "# TLP:RED\nlast.test\n" + text);
  EXPECT_EQ(parts.claims[0].tlp, std::nullopt);
  EXPECT_EQ(parts.claims[9000].tlp, Tlp::red);
  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view("# TLP:RED\na1.test\na2.test\n")) wide.append({c, '\0'});
  EXPECT_EQ(markings(read_feed("a.txt", wide)), (Markings{Tlp::red, Tlp::red}));
}

TEST(FileMarking, the_strictest_counts_and_what_cannot_be_told_is_strict) {
  const FeedLog log = read_feed("a.csv", "# TLP:GREEN\ndomain,tlp\na1.test,RED\na2.test,CLEAR\na3.test,\n");
  EXPECT_EQ(markings(log), (Markings{Tlp::red, Tlp::green, Tlp::green}));
  const FeedLog odd = read_feed("a.txt", "# TLP:PINK\na1.test\n");
  EXPECT_EQ(markings(odd), Markings{Tlp::amber_strict});
  EXPECT_EQ(odd.notes, Strings{"line 1: unreadable_tlp TLP:PINK"});
}

TEST(FileMarking, names_in_passing_are_noted_and_values_are_no_markings) {
  const FeedLog log = read_feed("r.md", "# X\n\nThis TLP:RED report was leaked.\n\na1[.]test\n");
  EXPECT_EQ(markings(log), Markings{std::nullopt});
  EXPECT_EQ(log.notes, Strings{"line 3: tlp_in_text This TLP:RED report was leaked."});
  const FeedLog list = read_feed("domains.txt", "# see https://tlp.test/red\ntlp-red.test\ntlp.test\n# tlp-red.test\n");
  EXPECT_EQ(markings(list), (Markings{std::nullopt, std::nullopt}));
  EXPECT_EQ(list.notes, Strings{});
  // Rows and rules that are commented out speak of themselves.
  EXPECT_EQ(markings(read_feed("a.csv", "domain,tlp\n#a0.test,TLP:RED\na1.test,TLP:GREEN\nTLP:RED,x\n"))[0],
            Tlp::green);
}

TEST(RowMarking, columns_of_any_header) {
  for (const std::string_view text :
       {"Indikator;Typ;TLP\na1.test;Domain;TLP:RED\n", "Irgendwas;Art;TLP\na1.test;Domain;RED\n",
        "domain,sharing\na1.test,TLP:RED\n", "domain,Sharing\na1.test,red\n", "domain,status\na1.test,TLP:RED\n",
        "domain,meta.tlp\na1.test,RED\n", "domain,TLP Level\na1.test,RED\n",
        "domain,trafficLightProtocol\na1.test,RED\n", "domain,tlpColor\na1.test,red\n", "a1.test,TLP:RED\nb,TLP:RED\n",
        "domain,tags\na1.test,\"x,TLP RED\"\n"}) {
    const FeedLog log = read_feed("a.csv", text);
    ASSERT_EQ(log.texts(), Strings{"host a1.test"}) << text;
    EXPECT_EQ(markings(log), Markings{Tlp::red}) << text;
  }
  EXPECT_EQ(read_feed("a.csv", "domain,sharing\na1.test,members\n").notes,
            Strings{"line 2: unknown_key sharing: members"});
}

TEST(RowMarking, zeek_columns_and_our_own_export) {
  const FeedLog log = read_feed("i.dat",
                                "#fields\tindicator\tindicator_type\tmeta.source\tmeta.tlp\n"
                                "a1.test\tIntel::DOMAIN\tf\tTLP:RED\na2.test\tIntel::DOMAIN\tf\t-\n"
                                "a3.test\tIntel::DOMAIN\tf\tpink\nx\tIntel::SOFTWARE\tf\tTLP:RED\n");
  EXPECT_EQ(markings(log), (Markings{Tlp::red, std::nullopt, Tlp::amber_strict}));
  EXPECT_EQ(log.pattern_tlps, Markings{Tlp::red});
  EXPECT_EQ(log.notes, Strings{"line 4: unreadable_tlp pink"});
  const FeedLog own = read_feed("i.dat",
                                "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\tmeta.url\tmeta.do_notice\n"
                                "a1.test\tIntel::DOMAIN\tour.csv\tSpy (victim) TLP:red\t-\tF\n"
                                "a2.test\tIntel::DOMAIN\tour.csv\tSpy\t-\tT\n"
                                "a3.test\tIntel::DOMAIN\tour.csv\t\\x28attacker) TLP:amber+strict\t-\tT\n"
                                "a4.test\tIntel::DOMAIN\tour.csv\tTLP:red\t-\tT\n");
  EXPECT_EQ(own.texts(), (Strings{"host a1.test (victim)", "host a2.test", "host a3.test (attacker)", "host a4.test"}));
  EXPECT_EQ(markings(own), (Markings{Tlp::red, std::nullopt, Tlp::amber_strict, Tlp::red}));
  EXPECT_EQ(own.claims[0].threat, "Spy");
  EXPECT_EQ(own.claims[1].threat, "Spy");
  EXPECT_EQ(own.claims[2].threat, "");
  EXPECT_EQ(own.claims[3].threat, "");
}

TEST(RowMarking, tables_and_lines_of_prose) {
  const FeedLog log = read_feed("r.md",
                                "# X\n\n| Domain | TLP |\n|---|---|\n| a1[.]test | RED |\n| a2[.]test | |\n"
                                "| a3[.]test | pink |\n\n- a4[.]test, from a TLP:AMBER source\n");
  EXPECT_EQ(markings(log), (Markings{Tlp::red, std::nullopt, Tlp::amber_strict, Tlp::amber}));
}

TEST(ValueMarking, a_remark_on_one_value) {
  EXPECT_EQ(stored("domains.txt", "a1.test # TLP:RED\na2.test\n"), (Markings{Tlp::red, std::nullopt}));
  EXPECT_EQ(stored("z.rpz", "@ SOA a. b. 1 2 3 4 5\na1.test CNAME . ; TLP:RED\na2.test CNAME .\n"),
            (Markings{Tlp::red, std::nullopt}));
  EXPECT_EQ(stored("d.conf", "address=/a1.test/0.0.0.0 # TLP:RED\naddress=/a2.test/0.0.0.0\n"),
            (Markings{Tlp::red, std::nullopt}));
  EXPECT_EQ(stored("hosts", "0.0.0.0 a1.test # TLP:RED\n0.0.0.0 a2.test # seen in May\n"),
            (Markings{Tlp::red, std::nullopt}));
  EXPECT_EQ(stored("a.csv", "domain,comment\na1.test,TLP:RED\na2.test,from a TLP:RED report\n"),
            (Markings{Tlp::red, std::nullopt}));
}

TEST(KeptMarking, yara_meta_tags_and_comments) {
  const std::string body = "condition: true }\n";
  const FeedLog log =
      read_feed("r.yar", "rule a { meta: tlp = \"TLP:RED\" hash = \"" + std::string(64, 'a') + "\" " + body +
                             "rule b { meta: sharing = \"TLP:AMBER\" " + body + "rule c { meta: tlp = \"pink\" " +
                             body + "rule d : tlp_red { " + body + "rule e { " + body);
  EXPECT_EQ(log.pattern_tlps, (Markings{Tlp::red, Tlp::amber, Tlp::amber_strict, Tlp::red, std::nullopt}));
  EXPECT_EQ(markings(log), Markings{Tlp::red});
  EXPECT_EQ(read_feed("r.yar", "/*\n  TLP: RED\n*/\nrule e { " + body).pattern_tlps, Markings{Tlp::red});
}

TEST(KeptMarking, suricata_metadata) {
  const auto rule = [](std::string_view more) {
    return "alert dns any any -> any any (msg:\"x\"; dns.query; content:\"a1.test\"; endswith; " + std::string(more) +
           " sid:1;)\n";
  };
  const FeedLog log = read_feed("r.rules", rule("metadata: tlp red, created_at 2026_01_01;"));
  EXPECT_EQ(log.pattern_tlps, Markings{Tlp::red});
  EXPECT_EQ(markings(log), Markings{Tlp::red});
  EXPECT_EQ(read_feed("r.rules", "# TLP:AMBER\n" + rule("")).pattern_tlps, Markings{Tlp::amber});
  EXPECT_EQ(read_feed("r.rules", "#" + rule("metadata: a b, tlp red;") + rule("")).pattern_tlps,
            (Markings{Tlp::red, std::nullopt}));
}

TEST(ObjectMarking, misp_tables_of_tags) {
  const FeedLog log = read_feed(
      "e.json",
      R"({"Event":{"uuid":"00000000-0000-4000-8000-000000000001","info":"x","EventTag":[{"Tag":{"name":"tlp:amber"}}],)"
      R"("Attribute":[{"type":"domain","category":"N","value":"a1.test","to_ids":true},)"
      R"({"type":"domain","category":"N","value":"a2.test","to_ids":true,"AttributeTag":[{"Tag":{"name":"TLP:RED"}}]}]}})");
  EXPECT_EQ(markings(log), (Markings{Tlp::amber, Tlp::red}));
  EXPECT_EQ(markings(read_feed("e.json", R"({"Event":{"info":"[TLP:RED] x","Attribute":[)"
                                         R"({"type":"domain","category":"N","value":"a1.test","to_ids":true}]}})")),
            Markings{Tlp::red});
}

TEST(ObjectMarking, stix_labels_statements_and_other_members) {
  const auto bundle = [](std::string_view members, std::string_view more = "") {
    return R"({"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[)" + std::string(more) +
           R"({"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-000000000002",)" +
           R"("pattern":"[domain-name:value = 'a1.test']","pattern_type":"stix",)" + std::string(members) + "}]}";
  };
  EXPECT_EQ(markings(read_feed("b.json", bundle(R"("labels":["x","tlp:red"])"))), Markings{Tlp::red});
  EXPECT_EQ(markings(read_feed("b.json", bundle(R"("labels":["tlp:pink"])"))), Markings{Tlp::amber_strict});
  EXPECT_EQ(markings(read_feed("b.json", bundle(R"("x_acme_tlp":"RED")"))), Markings{Tlp::red});
  EXPECT_EQ(markings(read_feed("b.json", bundle(R"("labels":["apt"])"))), Markings{std::nullopt});
  const auto statement = [&](std::string_view text) {
    return bundle(
        R"("object_marking_refs":["marking-definition--00000000-0000-4000-8000-000000000003"])",
        R"({"type":"marking-definition","spec_version":"2.1","id":"marking-definition--00000000-0000-4000-8000-000000000003",)"
        R"("definition_type":"statement","definition":{"statement":")" +
            std::string(text) + R"("}},)");
  };
  EXPECT_EQ(markings(read_feed("b.json", statement("TLP:RED"))), Markings{Tlp::red});
  EXPECT_EQ(markings(read_feed("b.json", statement("Copyright by us, under TLP:GREEN"))), Markings{Tlp::green});
  EXPECT_EQ(markings(read_feed("b.json", statement("By us, TLP:GREEN within the group"))), Markings{Tlp::amber_strict});
  EXPECT_EQ(markings(read_feed("b.json", statement("Copyright by us"))), Markings{std::nullopt});
}

}  // namespace
}  // namespace testudo
