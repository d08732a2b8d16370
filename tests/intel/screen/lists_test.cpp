// Sanction lists: small ones with exact values, damage, and the laboratory's in all formats.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "intel/screen/country_codes.h"
#include "intel/screen/entity_index.h"
#include "intel/screen/list_builder.h"
#include "shared_data.h"

namespace testudo {
namespace {

constexpr std::string_view eu =
    R"(<?xml version="1.0"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2025-11-01T10:00:00">
<sanctionEntity euReferenceNumber="EU.1" logicalId="7"><regulation publicationDate="2014-03-17" programme="UKR"><publicationUrl>https://oj.example/1</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/><nameAlias firstName="Ivan" middleName="" lastName="Testov" wholeName="Ivan Testov" gender="M" strong="true"/>
<nameAlias wholeName="Vanya" strong="false"/><citizenship countryIso2Code="RU"/><birthdate birthdate="1970-05-21" year="1970"/>
<identification number="AB1" identificationTypeCode="passport"/></sanctionEntity>
<sanctionEntity euReferenceNumber="EU.2" logicalId="8"><subjectType classificationCode="E"/><nameAlias wholeName="Romashka &amp; Co"/></sanctionEntity></export>)";

TEST(SanctionList, EuXml) {
  const auto list = read_sanction_list(eu);
  ASSERT_TRUE(list.ok()) << list.error().what;
  EXPECT_EQ(list->format, "eu-xml");
  EXPECT_EQ(list->date, "2025-11-01");
  ASSERT_EQ(list->entities.size(), 2U);
  const ScreenEntity& ivan = list->entities[0];
  EXPECT_EQ(ivan.id, "EU.1");
  EXPECT_EQ(ivan.list, "eu-fsf");
  EXPECT_EQ(ivan.schema, "Person");
  EXPECT_EQ(ivan.programme, "UKR");
  EXPECT_EQ(ivan.names[0].text, "Ivan Testov");
  EXPECT_TRUE(ivan.names[1].weak);
  EXPECT_EQ(ivan.births, std::vector<std::string>{"1970-05-21"});
  EXPECT_EQ(ivan.countries, std::vector<std::string>{"ru"});
  EXPECT_EQ(ivan.gender, "male");
  EXPECT_EQ(ivan.identifiers, std::vector<std::string>{"passport:AB1"});
  EXPECT_EQ(ivan.listed_on, "2014-03-17");
  EXPECT_EQ(ivan.source, "https://oj.example/1");
  EXPECT_EQ(list->entities[1].names[0].text, "Romashka & Co");
  EXPECT_TRUE(list->notes.empty());
}

TEST(SanctionList, ExpandsNoEntities) {
  const auto list = read_sanction_list(
      "<!DOCTYPE export [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
      "<export><sanctionEntity euReferenceNumber=\"E\"><nameAlias wholeName=\"&b;&x;\"/></sanctionEntity></export>");
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->notes[0].name, "doctype");
  EXPECT_EQ(list->entities[0].names[0].text, "&b;&x;");
}

TEST(SanctionList, OfacCsvWithItsAliases) {
  auto sdn = read_sanction_list(
      "7,\"TESTOV, Ivan\",\"individual\",\"SDGT] [IFSR\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 21 May 1970; alt. "
      "DOB 1971; nationality Russia; Gender Male; Passport "
      "AB1 (Russia); a.k.a. 'VANYA'.\"\r\n\x1A");
  ASSERT_TRUE(sdn.ok());
  EXPECT_EQ(sdn->format, "ofac-csv");
  ASSERT_EQ(sdn->entities.size(), 1U);
  EXPECT_EQ(sdn->entities[0].programme, "SDGT; IFSR");
  EXPECT_EQ(sdn->entities[0].births, (std::vector<std::string>{"1970-05-21", "1971"}));
  EXPECT_EQ(sdn->entities[0].countries, std::vector<std::string>{"ru"});
  EXPECT_EQ(sdn->entities[0].identifiers, std::vector<std::string>{"passport:AB1"});
  EXPECT_TRUE(sdn->entities[0].names[1].weak);
  const auto alt = read_sanction_list("7,12,\"aka\",\"TESTOF, Ivan\",-0- \r\n");
  ASSERT_TRUE(alt.ok());
  std::vector<ScreenEntity> all = sdn->entities;
  all.insert(all.end(), alt->entities.begin(), alt->entities.end());
  merge_entities(all);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].names.size(), 3U);
  EXPECT_EQ(all[0].schema, "Person");
}

TEST(SanctionList, DatesAsListsWriteThem) {
  const std::pair<const char*, const char*> dates[] = {
      {"1970-05-21", "1970-05-21"}, {"1970-05-21T00:00:00", "1970-05-21"},
      {"21/05/1970", "1970-05-21"}, {"00/00/1970", "1970"},
      {"00/05/1970", "1970-05"},    {"dd/mm/1970", "1970"},
      {"dd/05/1970", "1970-05"},    {"21 May 1970", "1970-05-21"},
      {"May 1970", "1970-05"},      {"circa 1970", "1970"},
      {"1955 to 1957", "1955"},     {"1970", "1970"},
      {"1970-13-40", "1970"}};
  for (const auto& [text, date] : dates) EXPECT_EQ(list_date(text), date) << text;
  for (const char* text : {"", "unknown", "99", "0001-01-01", "12345"}) EXPECT_FALSE(list_date(text)) << text;
}

TEST(SanctionList, CountriesBecomeCodes) {
  for (const char* name : {"RU", "ru", "RUS", "Russia", "Russian Federation", "RUSSIAN FEDERATION"})
    EXPECT_EQ(country_code(name), "ru") << name;
  EXPECT_EQ(country_code("Iran (Islamic Republic of)"), "ir");
  EXPECT_EQ(country_code("Korea, North"), "kp");
  EXPECT_EQ(country_code("Yugoslavia"), "yugoslavia");
  EXPECT_EQ(country_code(""), "");
}

std::vector<std::string> births_in(std::string_view text) {
  const auto list = read_sanction_list(text);
  return list.ok() && !list->entities.empty() ? list->entities[0].births : std::vector<std::string>{"unread"};
}

TEST(SanctionList, KeepsARangeOfBirthsARange) {
  const std::string un =
      "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Ivan</FIRST_NAME>"
      "<INDIVIDUAL_DATE_OF_BIRTH>";
  const std::string un_end = "</INDIVIDUAL_DATE_OF_BIRTH></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>";
  using Texts = std::vector<std::string>;
  EXPECT_EQ(births_in(un + "<FROM_YEAR>1970</FROM_YEAR><TO_YEAR>1975</TO_YEAR>" + un_end), Texts{"1970/1975"});
  EXPECT_EQ(births_in(un + "<FROM_YEAR>1970</FROM_YEAR>" + un_end), Texts{"1970"});
  EXPECT_EQ(births_in("<export><sanctionEntity euReferenceNumber=\"EU.1\"><nameAlias wholeName=\"Ivan Testov\"/>"
                      "<birthdate yearRangeFrom=\"1960\" yearRangeTo=\"1969\"/></sanctionEntity></export>"),
            Texts{"1960/1969"});
  const auto remarks = [](const std::string& text) {
    return births_in("1,\"TESTOV, Ivan\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB " + text +
                     ".\"\r\n");
  };
  EXPECT_EQ(remarks("1955 to 1957"), Texts{"1955/1957"});
  EXPECT_EQ(remarks("circa 1955-1957"), Texts{"1955/1957"});
  EXPECT_EQ(remarks("1955 or 1957"), (Texts{"1955", "1957"}));
  EXPECT_EQ(remarks("21 May 1955"), Texts{"1955-05-21"});
}

TEST(SanctionList, RefusesWhatIsNone) {
  for (const char* text : {"", "hello", "<html><body/></html>", "{}", "a,b,c\n1,2,3\n"}) {
    const auto list = read_sanction_list(text);
    ASSERT_FALSE(list.ok()) << text;
    EXPECT_EQ(list.error().fault, Fault::unsupported) << text;
  }
  EXPECT_FALSE(read_sanction_list("x", "no-such-format").ok());
  for (const ListFormat& format : list_formats())
    EXPECT_FALSE(read_sanction_list("garbage", format.name).ok()) << format.name;
}

TEST(SanctionList, CslJsonHasCountriesInAddresses) {
  const auto list = read_sanction_list(
      R"({"results":[{"id":"1","source":"Entity List","name":"Testcorp","alt_names":[],)"
      R"("addresses":[{"city":"Somewhere","country":"IL"},{"country":null},7,{"country":"GR"},{"country":"IL"}]}]})");
  ASSERT_TRUE(list.ok()) << list.error().what;
  ASSERT_EQ(list->entities.size(), 1U);
  EXPECT_EQ(list->entities[0].countries, (std::vector<std::string>{"il", "gr"}));
}

TEST(SanctionList, NotesThatLoseNames) {
  for (const char* lossy : {"truncated", "bad_line", "bad_row", "no_id", "row_too_long", "too_many_entities"})
    EXPECT_TRUE(ListNote{lossy}.loses_names()) << lossy;
  for (const char* harmless : {"doctype", "bad_date", "no_name", "short_row"})
    EXPECT_FALSE(ListNote{harmless}.loses_names()) << harmless;
}

TEST(SanctionList, KeepsGoodLinesOfJson) {
  const auto list = read_sanction_list(
      "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ivan Testov\"],\"birthDate\":[\"1970\"]}}\nnot "
      "json\n"
      "{\"id\":\"m\",\"schema\":\"Sanction\",\"properties\":{\"entity\":[\"a\"],\"program\":[\"UKR\"],\"startDate\":["
      "\"2014-03-17\"]}}\n{\"id\":\"b\",\"schema\":\"Pers");
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->entities.size(), 1U);
  EXPECT_EQ(list->entities[0].programme, "UKR");
  EXPECT_EQ(list->entities[0].listed_on, "2014-03-17");
  ASSERT_EQ(list->notes.size(), 2U);
  EXPECT_EQ(list->notes[0].name, "bad_line");
  EXPECT_EQ(list->notes[1].name, "truncated");
}

// The laboratory's files, made from one set of entities.
const std::vector<std::pair<std::string, std::string>>& lab_files() {
  static const std::vector<std::pair<std::string, std::string>> files = [] {
    std::vector<std::pair<std::string, std::string>> found;
    const std::string folder = std::string(TESTUDO_BINARY_DIR) + "/lab-lists",
                      lab = std::string(TESTUDO_BINARY_DIR) + "/testudo-lab";
    if (!std::filesystem::exists(lab)) return found;
    if (std::system(("'" + lab + "' lists --out '" + folder + "' --seed 5 --entities 40 >/dev/null").c_str()) != 0)
      return found;
    for (const auto& path : test::files_below(folder))
      found.emplace_back(path.filename().string(), test::content_of(path));
    return found;
  }();
  return files;
}

// Births and programmes of all entities, whatever the order of the format.
std::vector<std::string> facts_of(const SanctionList& list) {
  std::vector<std::string> facts;
  for (const ScreenEntity& e : list.entities)
    facts.push_back((e.births.empty() ? "" : e.births[0]) + " " + e.programme);
  std::sort(facts.begin(), facts.end());
  return facts;
}

TEST(LabLists, AllFormatsTellTheSame) {
  if (lab_files().empty()) GTEST_SKIP() << "testudo-lab is not built";
  EXPECT_LE(lab_files().size(), list_formats().size());
  std::vector<std::string> formats;
  for (const auto& [name, content] : lab_files()) {
    const auto list = read_sanction_list(content);
    ASSERT_TRUE(list.ok()) << name << list.error().what;
    EXPECT_TRUE(list->notes.empty()) << name << " " << (list->notes.empty() ? "" : list->notes[0].name);
    formats.push_back(list->format);
    if (list->format == "ofac-alt-csv") continue;
    ASSERT_EQ(list->entities.size(), 40U) << name;
    EntityIndex index;
    for (const ScreenEntity& e : list->entities) index.add(e);
    index.finish();
    const auto first = read_sanction_list(lab_files()[0].second);
    // Every entity of one format is found by its name in every other.
    for (const ScreenEntity& e : first->entities)
      EXPECT_FALSE(screen(index, e.names[0].text).empty()) << name << " " << e.names[0].text;
    EXPECT_EQ(facts_of(*list), facts_of(*first)) << name;
  }
  std::sort(formats.begin(), formats.end());
  EXPECT_EQ(std::unique(formats.begin(), formats.end()), formats.end());
}

// Cut anywhere: it returns, and what it gives is a beginning of the whole; the last entity may lack parts.
TEST(LabLists, TruncationAtEveryOctet) {
  if (lab_files().empty()) GTEST_SKIP() << "testudo-lab is not built";
  for (const auto& [name, content] : lab_files()) {
    const auto whole = read_sanction_list(content);
    ASSERT_TRUE(whole.ok());
    const std::size_t until = std::min<std::size_t>(content.size(), 2500);
    for (std::size_t size = 0; size < until; ++size) {
      const auto part = read_sanction_list(std::string_view(content).substr(0, size), whole->format);
      if (!part.ok()) continue;
      ASSERT_LE(part->entities.size(), whole->entities.size());
      for (std::size_t i = 0; i + 1 < part->entities.size(); ++i)
        ASSERT_EQ(part->entities[i].id, whole->entities[i].id) << name << " " << size;
    }
  }
}

TEST(LabLists, EndureFlippedOctets) {
  if (lab_files().empty()) GTEST_SKIP() << "testudo-lab is not built";
  for (const auto& [name, content] : lab_files()) {
    const std::string format(read_sanction_list(content)->format);
    for (std::size_t at = 0; at < std::min<std::size_t>(content.size(), 3000); at += 5) {
      std::string damaged = content.substr(0, 8000);
      damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
      (void)read_sanction_list(damaged, format).ok();
    }
  }
}

}  // namespace
}  // namespace testudo
