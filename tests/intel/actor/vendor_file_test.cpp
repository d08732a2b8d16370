// The reader of vendor files: what it takes, what it refuses and how it says so.
#include "intel/actor/vendor_file.h"

#include <gtest/gtest.h>

#include "intel/actor/vendor_catalogue.h"
#include "intel/actor/vendor_schema.h"

namespace testudo {
namespace {

constexpr std::string_view head =
    "# A made-up company.\n"
    "id: sample\n"
    "source: a; https://news.test/story; title=One \\[two\\]\\; three; publisher=The Example; date=2021-07; "
    "read=2026-11-21; grade=B2; extent=beginning\n"
    "source: b; https://gov.test/order; title=Order; publisher=Ministry; date=; read=2026-11-21; grade=A1\n"
    "name: Sample Works [a]\n"
    "summary: Sells samples\\; nothing else. [b a]\n";

Result<VendorFile> with(std::string_view lines) {
  return parse_vendor_file("x.txt", std::string(head) + std::string(lines));
}

std::string refusal(std::string_view lines) {
  const auto parsed = with(lines);
  return parsed ? "taken" : parsed.error().what;
}

TEST(VendorFile, ReadsStatements) {
  const auto file =
      with("entity: Sample Ltd\\; Works; country=IL; role=operating; from=2010-02 [a b]\r\n\ncountry: IL [a]");
  ASSERT_TRUE(file.ok()) << file.error().what;
  EXPECT_EQ(file->id, "sample");
  EXPECT_EQ(file->name(), "Sample Works");
  EXPECT_EQ(file->summary(), "Sells samples; nothing else.");
  ASSERT_EQ(file->sources.size(), 2U);
  EXPECT_EQ(file->sources[0].title, "One [two]; three");
  EXPECT_EQ(file->sources[1].date, "");
  EXPECT_TRUE(file->sources[0].beginning);
  EXPECT_FALSE(file->sources[1].beginning);
  ASSERT_EQ(file->statements.size(), 4U);
  const VendorStatement& entity = file->statements[2];
  EXPECT_EQ(entity.field, VendorField::entity);
  EXPECT_EQ(entity.value, "Sample Ltd; Works");
  EXPECT_EQ(entity.attribute("country"), "IL");
  EXPECT_EQ(entity.attribute("role"), "operating");
  EXPECT_EQ(entity.attribute("from"), "2010-02");
  EXPECT_EQ(entity.attribute("to"), "");
  EXPECT_EQ(entity.sources, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(entity.line, 7U);
  EXPECT_EQ(file->statements[1].sources, (std::vector<std::size_t>{1, 0}));
}

TEST(VendorFile, RefusesWithFileLineAndReason) {
  EXPECT_EQ(refusal("alias: X"), "x.txt:7: a statement without a source");
  EXPECT_EQ(refusal("alias: X []"), "x.txt:7: a statement without a source");
  EXPECT_EQ(refusal("alias: X [c]"), "x.txt:7: no such source: c");
  EXPECT_EQ(refusal("alias: X [a a]"), "x.txt:7: a source twice: a");
  EXPECT_EQ(refusal("alias: X [a] more"), "x.txt:7: the source letters do not end the line");
  EXPECT_EQ(refusal("alias: X a]"), "x.txt:7: a closing bracket without an opening one");
  EXPECT_EQ(refusal("\nalias: X; kind=best [a]"), "x.txt:8: not a value for `kind`: best");
  EXPECT_EQ(refusal("alias: X; kind=brand; kind=brand [a]"), "x.txt:7: an attribute twice: kind");
  EXPECT_EQ(refusal("alias: X; colour=red [a]"), "x.txt:7: no such attribute here: colour");
  EXPECT_EQ(refusal("alias: X; by= [a]"), "x.txt:7: an attribute without a value: by");
  EXPECT_EQ(refusal("alias: X; or Y [a]"), "x.txt:7: an attribute without `=`: or Y");
  EXPECT_EQ(refusal("alias: a\\b [a]"), "x.txt:7: a backslash stands before something that needs none");
  EXPECT_EQ(refusal("alias: [a]"), "x.txt:7: a statement without a value");
  EXPECT_EQ(refusal("nickname: X [a]"), "x.txt:7: no such field: nickname");
  EXPECT_EQ(refusal("just text"), "x.txt:7: a line is neither a statement nor a comment");
  EXPECT_EQ(refusal("name: Second [a]"), "x.txt:7: a second one: name");
  EXPECT_EQ(refusal("id: other"), "x.txt:7: a second id");
  EXPECT_EQ(refusal("country: UK [a]"), "x.txt:7: not a value: UK");
  EXPECT_EQ(refusal("cve: CVE-21-1 [a]"), "x.txt:7: not a value: CVE-21-1");
  EXPECT_EQ(refusal("entity: E; from=2021-02-30 [a]"), "x.txt:7: not a value for `from`: 2021-02-30");
  EXPECT_EQ(refusal("entity: E; from=2021; to=2019-05 [a]"), "x.txt:7: it ends before it begins: 2019-05");
  EXPECT_EQ(refusal("customer: C; country=GR [a]"), "x.txt:7: an attribute is missing: basis");
  EXPECT_EQ(refusal("relation: other [a]"), "x.txt:7: an attribute is missing: kind");
  EXPECT_EQ(refusal("alias: X\x01 [a]"), "x.txt:7: a control character");
  EXPECT_EQ(refusal("alias: \xFF [a]"), "x.txt:1: the file is not UTF-8");
  EXPECT_EQ(refusal("source: a; https://x.test/; title=T; publisher=P; read=2026-11-21; grade=A1"),
            "x.txt:7: a source letter twice: a");
  EXPECT_EQ(refusal("source: c; ftp://x.test/; title=T; publisher=P; read=2026-11-21; grade=A1"),
            "x.txt:7: a source without an address");
  EXPECT_EQ(refusal("source: c; https://x.test/; publisher=P; read=2026-11-21; grade=A1"),
            "x.txt:7: an attribute is missing: title");
  EXPECT_EQ(refusal("source: c; https://x.test/; title=T; publisher=P; read=2026-11; grade=A1"),
            "x.txt:7: not a value for `read`: 2026-11");
  EXPECT_EQ(refusal("source: c; https://x.test/; title=T; publisher=P; read=2026-11-21; grade=A1; extent=half"),
            "x.txt:7: not a value for `extent`: half");
  EXPECT_EQ(refusal("source: c; https://x.test/; title=T; publisher=P; read=2026-11-21; grade=G1"),
            "x.txt:7: not a value for `grade`: G1");
}

TEST(VendorFile, RefusesIncompleteFiles) {
  EXPECT_EQ(parse_vendor_file("x.txt", "").error().what, "x.txt:0: no id");
  EXPECT_EQ(parse_vendor_file("x.txt", "name: X [a]\n").error().what, "x.txt:1: the id does not come first");
  EXPECT_EQ(parse_vendor_file("x.txt", "id: x\n").error().what, "x.txt:1: missing: name");
  EXPECT_EQ(parse_vendor_file("x.txt", "id: X\n").error().what, "x.txt:1: not an id");
  EXPECT_EQ(parse_vendor_file("x.txt", "id: ../x\n").error().what, "x.txt:1: not an id");
}

TEST(VendorFile, HoldsLimits) {
  EXPECT_EQ(parse_vendor_file("x.txt", std::string(vendor_file_limit + 1, '#')).error().fault, Fault::limit);
  EXPECT_EQ(refusal("alias: " + std::string(vendor_line_limit, 'x') + " [a]"), "x.txt:7: a line is too long");
  EXPECT_EQ(refusal("alias: " + std::string(4000, ';') + " [a]"), "x.txt:7: a statement without a value");
}

TEST(VendorFile, SurvivesTruncationAtEveryOctet) {
  const std::string whole = std::string(head) + "customer: C; country=GR; basis=leaked; product=P\\;Q [a b]\n";
  for (std::size_t n = 0; n < whole.size(); ++n) {
    const auto parsed = parse_vendor_file("x.txt", std::string_view(whole).substr(0, n));
    if (!parsed) {
      EXPECT_TRUE(parsed.error().what.starts_with("x.txt:")) << n;
    }
  }
}

TEST(VendorFile, SurvivesAnyOctetAnywhere) {
  const std::string whole = std::string(head) + "measure: M; kind=ban; country=US; on=2021 [a]\n";
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const char octet : {'\0', ';', '[', ']', '\\', '=', ':', '\n', '\xFF'}) {
      std::string changed = whole;
      changed[at] = octet;
      const auto parsed = parse_vendor_file("x.txt", changed);
      for (const VendorStatement& s : parsed ? parsed->statements : std::vector<VendorStatement>())
        EXPECT_FALSE(s.sources.empty());
    }
}

TEST(VendorSchema, Dates) {
  for (const char* good : {"2021", "2021-12", "2024-02-29", "1999-01-31"}) EXPECT_TRUE(is_vendor_date(good)) << good;
  for (const char* bad : {"", "21", "1899", "2100", "2021-", "2021-13", "2021-00", "2023-02-29", "2021-1-1",
                          "2021-01-1", "2021/01/01", "2021-01-011", "20 1"})
    EXPECT_FALSE(is_vendor_date(bad)) << bad;
}

TEST(VendorSchema, Countries) {
  for (const char* good : {"IL", "GR", "VG", "MK", "GB", "HK"}) EXPECT_TRUE(is_country_code(good)) << good;
  for (const char* bad : {"", "UK", "il", "EU", "XX", "ISR"}) EXPECT_FALSE(is_country_code(bad)) << bad;
}

TEST(VendorSchema, InversesAreInverse) {
  for (const char* kind : {"owns", "successor-of", "subsidiary-of", "supplies", "founded-by-former-staff-of",
                           "competitor-bought", "same-group", "partner-of"})
    EXPECT_EQ(inverse_relation(inverse_relation(kind)), kind);
}

std::string small_file(std::string_view id, std::string_view lines) {
  return "id: " + std::string(id) + "\nsource: a; https://n.test/s; title=T; publisher=P; read=2026-11-21; grade=C3\n" +
         "name: Société " + std::string(id) + " [a]\nsummary: S " + std::string(id) + ". [a]\n" + std::string(lines);
}

TEST(VendorCatalogue, FindsByAnyNameAndTellsAmbiguousOnes) {
  const std::string one =
      small_file("one", "product: Remote Thing (RT); kind=spyware [a]\nalias: Ünë Lab S.p.A. [a]\n");
  const std::string two = small_file("two",
                                     "product: Remote Thing [a]\nrelation: one; kind=owned-by; from=2020 [a]\n"
                                     "relation: Third Party; kind=supplies [a]\n");
  const std::vector<EmbeddedFile> files{{"two.txt", two}, {"one.txt", one}};
  const auto catalogue = VendorCatalogue::load_from(files);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().what;
  EXPECT_EQ(catalogue->vendors().front().id, "one");
  ASSERT_EQ(catalogue->find("societe ONE").size(), 1U);
  EXPECT_EQ(catalogue->find("une lab").front().vendor->id, "one");
  EXPECT_EQ(catalogue->find("RT").front().kind, VendorNameKind::product);
  EXPECT_EQ(catalogue->find("remote-thing").size(), 2U);
  EXPECT_TRUE(catalogue->find("").empty());
  EXPECT_TRUE(catalogue->find_beginning("").empty());
  EXPECT_TRUE(catalogue->find(";;;").empty());
  const auto relations = catalogue->relations(*catalogue->find_id("one"));
  ASSERT_EQ(relations.size(), 1U);
  EXPECT_EQ(relations[0].kind, "owns");
  EXPECT_EQ(relations[0].from, "2020");
  EXPECT_EQ(relations[0].other->id, "two");
  const auto back = catalogue->relations(*catalogue->find_id("two"));
  ASSERT_EQ(back.size(), 2U);
  EXPECT_EQ(back[1].other, nullptr);
  EXPECT_EQ(back[1].name, "Third Party");
}

// People type "Ltd" for "Limited", leave the form out, or know a surname alone.
TEST(VendorCatalogue, ALegalFormDoesNotCountAndAPartOfANameIsFound) {
  const std::string one = small_file("one",
                                     "entity: Orbis Works Limited [a]\nperson: Alex Middle Example [a]\n"
                                     "product: kit for phones of Example make [a]\n");
  const std::string two = small_file("two", "owner: Example Capital [a]\nperson: Al Exampleson [a]\n");
  const std::vector<EmbeddedFile> files{{"two.txt", two}, {"one.txt", one}};
  const auto catalogue = VendorCatalogue::load_from(files);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().what;
  for (const char* name : {"Orbis Works Ltd", "orbis works", "Orbis Works Ltd."}) {
    ASSERT_EQ(catalogue->find(name).size(), 1U) << name;
    EXPECT_EQ(catalogue->find(name).front().spelled, "Orbis Works Limited");
  }
  EXPECT_TRUE(catalogue->find("Ltd").empty());
  EXPECT_TRUE(catalogue->find("example").empty());
  const auto part = catalogue->find_part("EXAMPLE");
  ASSERT_EQ(part.size(), 2U);
  EXPECT_EQ(part[0].spelled, "Alex Middle Example");
  EXPECT_EQ(part[1].kind, VendorNameKind::owner);
  EXPECT_EQ(catalogue->find_part("orbis works").size(), 1U);
  EXPECT_TRUE(catalogue->find_part("works orbis").empty());
  EXPECT_TRUE(catalogue->find_part("phones").empty());  // of a product's description
  EXPECT_TRUE(catalogue->find_part("Al").empty());
  EXPECT_TRUE(catalogue->find_part("").empty());
}

// Two companies sell under one word: neither hides the other. A company's own name still wins over a product.
TEST(VendorCatalogue, ABrandIsAsGoodANameAsAProduct) {
  const std::string one = small_file("one", "alias: Helix; kind=brand [a]\nalias: Orbis; kind=short [a]\n");
  const std::string two = small_file("two", "product: Helix [a]\nproduct: Orbis [a]\n");
  const std::vector<EmbeddedFile> files{{"two.txt", two}, {"one.txt", one}};
  const auto catalogue = VendorCatalogue::load_from(files);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().what;
  EXPECT_EQ(catalogue->find("helix").size(), 2U);
  ASSERT_EQ(catalogue->find("orbis").size(), 1U);
  EXPECT_EQ(catalogue->find("orbis").front().vendor->id, "one");
}

TEST(VendorCatalogue, AVulnerabilityIsFoundByWhoExploitsIt) {
  const std::string one = small_file("one", "product: Thing [a]\ncve: CVE-2021-00001; product=Thing [a]\n");
  const std::string two = small_file("two", "cve: CVE-2021-00001 [a]\ncve: CVE-2021-00002 [a]\n");
  const std::vector<EmbeddedFile> files{{"two.txt", two}, {"one.txt", one}};
  const auto catalogue = VendorCatalogue::load_from(files);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().what;
  const auto both = catalogue->find("cve-2021-00001");
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].kind, VendorNameKind::cve);
  EXPECT_EQ(vendor_name_kind_name(both[0].kind), "cve");
  EXPECT_EQ(catalogue->find("CVE-2021-00002").size(), 1U);
  EXPECT_TRUE(catalogue->find_threat("CVE-2021-00002").empty());
  EXPECT_TRUE(catalogue->find_beginning("CVE-2021").empty());
}

// "Triton" is the name of other malware too: what a company calls its product ties no feed's indicators to it.
TEST(VendorCatalogue, AThreatLeadsToAVendorByWhatFeedsCallItAlone) {
  const std::string one = small_file("one", "product: Triton (a remark of some length) [a]\nentity: Thing Ltd [a]\n");
  const std::string two = small_file("two", "product: Hermes [a]\nthreat: Hermes [a]\nalias: Old Two [a]\n");
  const std::vector<EmbeddedFile> files{{"two.txt", two}, {"one.txt", one}};
  const auto catalogue = VendorCatalogue::load_from(files);
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().what;
  EXPECT_EQ(catalogue->find("triton").size(), 1U);
  EXPECT_TRUE(catalogue->find_threat("triton").empty());
  EXPECT_TRUE(catalogue->find_threat("Thing Ltd").empty());
  ASSERT_EQ(catalogue->find_threat("hermes").size(), 1U);
  EXPECT_EQ(catalogue->find_threat("hermes")[0].kind, VendorNameKind::threat);
  EXPECT_EQ(catalogue->find_threat("old two").size(), 1U);
  ASSERT_EQ(catalogue->find_threat("two").size(), 1U);
  EXPECT_EQ(catalogue->find_threat("two")[0].kind, VendorNameKind::id);
}

TEST(VendorCatalogue, RefusesAnIdTwice) {
  const std::string text = small_file("one", "");
  const std::vector<EmbeddedFile> files{{"a.txt", text}, {"b.txt", text}};
  EXPECT_EQ(VendorCatalogue::load_from(files).error().what, "two vendor files with the id one");
}

}  // namespace
}  // namespace testudo
