// Lists as their publishers write them today: encodings, companion files, and what each format says in its own way.
#include <gtest/gtest.h>

#include <algorithm>

#include "intel/screen/country_codes.h"
#include "intel/screen/sanction_list.h"

namespace testudo {
namespace {

using Texts = std::vector<std::string>;

// What the only list of a text holds; a list without entities where it cannot be read.
SanctionList read(std::string_view text) {
  auto list = read_sanction_list(text);
  EXPECT_TRUE(list.ok()) << (list.ok() ? "" : list.error().what);
  return list.ok() ? std::move(*list) : SanctionList{};
}

ScreenEntity first_of(const SanctionList& list) {
  EXPECT_FALSE(list.entities.empty());
  return list.entities.empty() ? ScreenEntity{} : list.entities[0];
}

Texts names_of(const ScreenEntity& entity) {
  Texts names;
  for (const ScreenName& name : entity.names) names.push_back(name.text + (name.weak ? " (weak)" : ""));
  return names;
}

std::string utf16(std::string_view ascii, bool big) {
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) big ? out.append(1, '\0').push_back(c) : out.append(1, c).push_back('\0');
  return out;
}

constexpr std::string_view eu_xml =
    R"(<?xml version="1.0" encoding="UTF-16"?><export generationDate="2026-08-05T16:47:04.449+02:00"><sanctionEntity euReferenceNumber="EU.1.1">
<subjectType classificationCode="P"/><nameAlias wholeName="Ivan Testov" strong="true"/></sanctionEntity></export>)";

TEST(PublishedLists, Utf16) {
  for (const bool big : {false, true}) {
    const SanctionList list = read(utf16(eu_xml, big));
    EXPECT_EQ(list.date, "2026-08-05");
    EXPECT_EQ(names_of(first_of(list)), Texts{"Ivan Testov"});
    EXPECT_EQ(names_of(first_of(read(utf16("7,\"TESTOV, Ivan\",\"individual\",\"T\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- "
                                           ",-0- \r\n",
                                           big)))),
              Texts{"TESTOV, Ivan"});
  }
}

TEST(PublishedLists, Windows1252) {
  const std::string row = "7,\"T\xD6STOV, \x8Ama\",\"individual\",\"T\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
  EXPECT_EQ(names_of(first_of(read(row))), Texts{"TÖSTOV, Šma"});
  EXPECT_EQ(names_of(first_of(read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><export><sanctionEntity "
                                   "euReferenceNumber=\"E\"><nameAlias wholeName=\"T\xF6stov\"/></sanctionEntity>"
                                   "</export>"))),
            Texts{"Töstov"});
  // UTF-8 that was cut inside a character stays UTF-8.
  const SanctionList cut = read("7,\"TÖSTOV, Šma\",\"individual\",\"T\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"x\xC5");
  EXPECT_EQ(names_of(first_of(cut)), Texts{"TÖSTOV, Šma"});
}

TEST(PublishedLists, ReferencesOfWebPagesInNames) {
  const std::pair<const char*, const char*> cases[] = {
      {"Test &amp; Co", "Test & Co"},
      {"O&#39;Test &#x27;X&#x27;", "O'Test 'X'"},
      {"A&B; &unknown; &#; &#9999999; &amp", "A&B; &unknown; &#; &#9999999; &amp"},
      {"&amp;amp;", "&amp;"}};
  for (const auto& [written, read_as] : cases)
    EXPECT_EQ(names_of(first_of(
                  read(std::string(R"({"id":"a","schema":"Company","properties":{"name":[")") + written + R"("]}})"))),
              Texts{read_as});
}

TEST(PublishedLists, EuXmlRemarksDatesAndCountries) {
  const ScreenEntity ivan = first_of(read(
      R"(<export generationDate="2026-08-05"><sanctionEntity euReferenceNumber="EU.1.1"><subjectType classificationCode="P"/>
<nameAlias wholeName="Ivan Testov" strong="true"/><nameAlias wholeName="The Clerk" strong="true"><remark>(low quality alias)</remark></nameAlias>
<nameAlias wholeName="Vano Testov" strong="true"><remark>good quality alias</remark></nameAlias>
<birthdate circa="true" year="1960"/><birthdate circa="false" year="1961" monthOfYear="3"/><birthdate circa="false" year="1962" monthOfYear="3" dayOfMonth="21"/>
<citizenship countryDescription="SYRIA"/><address countryIso2Code="00" countryDescription="UNKNOWN"/><address countryIso2Code="CS"/></sanctionEntity></export>)"));
  EXPECT_EQ(names_of(ivan), (Texts{"Ivan Testov", "The Clerk (weak)", "Vano Testov"}));
  EXPECT_EQ(ivan.births, (Texts{"1960", "1958/1962", "1961-03", "1962-03-21"}));
  EXPECT_EQ(ivan.countries, (Texts{"sy", "rs"}));
}

TEST(PublishedLists, EuCsvRangesAndRemarks) {
  const ScreenEntity ivan =
      first_of(read("\xEF\xBB\xBF"
                    "fileGenerationDate;Entity_LogicalId;Entity_SubjectType;NameAlias_WholeName;NameAlias_Remark;"
                    "BirthDate_BirthDate;BirthDate_Day;BirthDate_Month;BirthDate_Year;BirthDate_YearRangeFrom;"
                    "BirthDate_YearRangeTo;BirthDate_Circa;Citizenship_CountryIso2Code;Address_CountryDescription\r\n"
                    "05/08/2026;13;P;Ivan Testov;;;;;;;;;;\r\n05/08/2026;13;P;The Clerk;low quality;;;;;;;;;\r\n"
                    "05/08/2026;13;P;;;;;;;1953;1958;true;;\r\n05/08/2026;13;P;;;;;3;1961;;;false;;\r\n"
                    "05/08/2026;13;P;;;;;;1970;;;true;;\r\n05/08/2026;13;P;;;;;;;;;;RU;IRAQ\r\n"));
  EXPECT_EQ(names_of(ivan), (Texts{"Ivan Testov", "The Clerk (weak)"}));
  EXPECT_EQ(ivan.births, (Texts{"1953/1958", "1961-03", "1970", "1968/1972"}));
  EXPECT_EQ(ivan.countries, (Texts{"ru", "iq"}));
}

TEST(PublishedLists, UkCsvShowsThePrimaryName) {
  const ScreenEntity now =
      first_of(read("Report Date: 13-Feb-2026\r\nUnique ID,OFSI Group ID,Name 6,Name 1,Name type,Alias strength\r\n"
                    "T1,,Vano,,Alias,Good quality a.k.a\r\nT1,,TESTOV,IVAN,Primary Name,\r\nT1,,Testov,Ivan,Primary "
                    "name variation,\r\n"));
  EXPECT_EQ(names_of(now), (Texts{"IVAN TESTOV", "Vano", "Ivan Testov"}));
  const ScreenEntity before =
      first_of(read("Last Updated,03/06/2025\r\nName 6,Name 1,Alias Type,Alias Quality,Group ID\r\nVANO,,AKA,Good,7\r\n"
                    "TESTOV,Ivan,Primary name,,7\r\n"));
  EXPECT_EQ(names_of(before), (Texts{"Ivan TESTOV", "VANO"}));
}

TEST(PublishedLists, UnDatesInNotesAndAbout) {
  const ScreenEntity ivan = first_of(read(
      "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>IVAN</FIRST_NAME>"
      "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Nov. 1973 </NOTE></INDIVIDUAL_DATE_OF_BIRTH>"
      "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/><NOTE>not known</NOTE></INDIVIDUAL_DATE_OF_BIRTH>"
      "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1961</YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
      "</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"));
  EXPECT_EQ(ivan.births, (Texts{"1973-11", "1961", "1959/1963"}));
}

TEST(PublishedLists, OfacDatesInWords) {
  const ScreenEntity ivan = first_of(
      read("1,\"TESTOV, Ivan\",\"individual\",\"T\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB circa 1955; alt. DOB "
           "1960s; alt. DOB Early 1970s; alt. DOB 01 Jan 1981 to 31 Dec 1982; alt. DOB Sep 1985; alt. DOB 1990 to "
           "1992.\"\r\n"));
  EXPECT_EQ(ivan.births, (Texts{"1955", "1953/1957", "1960/1969", "1970/1979", "1981/1982", "1985-09", "1990/1992"}));
}

TEST(PublishedLists, OfacCsvAndItsCompanions) {
  std::vector<ScreenEntity> all;
  std::vector<std::string> formats;
  for (const std::string_view file : {"7,25,\"Test Str.\",\"Tehran\",\"Iran\",-0- \r\n7,26,-0- ,\"Test "
                                      "Strip\",\"undetermined\",-0- \r\n8,27,-0- ,-0- ,-0- ,-0- \r\n",
                                      "7,12,\"aka\",\"TESTOF, Ivan\",-0- \r\n",
                                      "7,\"TESTOV, Ivan\",\"individual\",\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- "
                                      ",\"DOB 1970; a.k.a. 'ONE'; POB\"\r\n",
                                      "7,\" Tver; nationality Russia; a.k.a. 'TWO'.\"\r\n"}) {
    SanctionList list = read(file);
    formats.emplace_back(list.format);
    std::ranges::move(list.entities, std::back_inserter(all));
  }
  EXPECT_EQ(formats, (Texts{"ofac-add-csv", "ofac-alt-csv", "ofac-csv", "ofac-comments-csv"}));
  merge_entities(all);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(names_of(all[0]), (Texts{"TESTOV, Ivan", "ONE (weak)", "TESTOF, Ivan", "TWO (weak)"}));
  EXPECT_EQ(all[0].countries, (Texts{"ir", "ru"}));
  EXPECT_EQ(all[0].schema, "Person");
  EXPECT_FALSE(read_sanction_list("1,name.test\r\n2,other.test\r\n").ok());
}

TEST(PublishedLists, OfacEnhancedXml) {
  const SanctionList list = read(
      R"(<?xml version="1.0" encoding="utf-8"?><sanctionsData xmlns="https://ofac.test/ENHANCED_XML">
<publicationInfo><dataAsOf>2026-07-27T00:00:00</dataAsOf></publicationInfo><entities><entity id="9640">
<generalInfo><identityId>1979</identityId><entityType refId="600">Individual</entityType></generalInfo>
<sanctionsLists><sanctionsList datePublished="2014-10-10">Consolidated List</sanctionsList><sanctionsList datePublished="2006-04-12">Non-SDN Test List</sanctionsList></sanctionsLists>
<sanctionsPrograms><sanctionsProgram>NS-TEST</sanctionsProgram></sanctionsPrograms><names>
<name><isPrimary>false</isPrimary><isLowQuality>true</isLowQuality><translations><translation><isPrimary>true</isPrimary><formattedFullName>VANO</formattedFullName></translation></translations></name>
<name><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
<translation><isPrimary>false</isPrimary><script>Cyrillic</script><formattedFullName>ТЕСТОВ, Иван</formattedFullName></translation>
<translation><isPrimary>true</isPrimary><script>Latin</script><formattedFullName>TESTOV, Ivan</formattedFullName><formattedLastName>TESTOV</formattedLastName><formattedFirstName>Ivan</formattedFirstName></translation></translations></name></names>
<addresses><address><country>Palestinian</country></address></addresses><features>
<feature><type>Birthdate</type><value>1951</value></feature><feature><type>Gender</type><value>Male</value></feature>
<feature><type>Nationality Country</type><value>Iran</value></feature></features>
<identityDocuments><identityDocument><type>Passport</type><documentNumber>AB1</documentNumber></identityDocument></identityDocuments></entity>
<entity id="2"><generalInfo><entityType>Vessel</entityType></generalInfo><names><name><isPrimary>true</isPrimary><translations><translation><formattedFullName>TEST STAR</formattedFullName></translation></translations></name></names></entity>
</entities></sanctionsData>)");
  EXPECT_EQ(list.format, "ofac-enhanced-xml");
  EXPECT_EQ(list.date, "2026-07-27");
  ASSERT_EQ(list.entities.size(), 2U);
  const ScreenEntity& ivan = list.entities[0];
  EXPECT_EQ(names_of(ivan), (Texts{"Ivan TESTOV", "VANO (weak)", "ТЕСТОВ, Иван"}));
  EXPECT_EQ(ivan.id + ivan.schema + ivan.programme + ivan.gender, "9640PersonNS-TESTmale");
  EXPECT_EQ(ivan.list, "us-ofac-cons");
  EXPECT_EQ(list.entities[1].list, "us-ofac-sdn");
  EXPECT_EQ(ivan.births, Texts{"1951"});
  EXPECT_EQ(ivan.countries, (Texts{"ps", "ir"}));
  EXPECT_EQ(ivan.identifiers, Texts{"passport:AB1"});
  EXPECT_EQ(ivan.listed_on, "2006-04-12");
  EXPECT_EQ(list.entities[1].schema, "Vessel");
  // What changed since yesterday is no list.
  EXPECT_FALSE(
      read_sanction_list("<sanctionsData xmlns=\"https://ofac.test/DeltaFile/1.0\"><entities/></sanctionsData>").ok());
}

TEST(PublishedLists, OfacAdvancedXmlShowsThePrimaryNameAndNamesTheList) {
  const SanctionList list = read(
      R"(<Sanctions><DateOfIssue><Year>2026</Year><Month>7</Month><Day>27</Day></DateOfIssue><ReferenceValueSets>
<ListValues><List ID="1550">SDN List</List><List ID="91512">Consolidated List</List></ListValues>
<NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType></NamePartTypeValues></ReferenceValueSets>
<DistinctParties><DistinctParty FixedRef="7"><Profile ID="70" PartySubTypeID="4"><Identity>
<Alias AliasTypeID="1400" Primary="false" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="1">MUSTROV</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID="1">TESTOV</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="2">Ivan</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="1520"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1521"/></MasterNamePartGroup></NamePartGroups></Identity></Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ProfileID="70" ListID="91512"><EntryEvent><Date><Year>2014</Year><Month>10</Month><Day>1</Day></Date></EntryEvent></SanctionsEntry></SanctionsEntries></Sanctions>)");
  EXPECT_EQ(list.date, "2026-07-27");
  const ScreenEntity ivan = first_of(list);
  EXPECT_EQ(names_of(ivan), (Texts{"Ivan TESTOV", "MUSTROV"}));
  EXPECT_EQ(ivan.list, "us-ofac-cons");
}

TEST(PublishedLists, SeveralNationalities) {
  EXPECT_EQ(
      first_of(
          read("<ArrayOfFinancialSanctionsTarget><FinancialSanctionsTarget><GroupID>7</GroupID><Name6>TESTOV</Name6>"
               "<Individual_Nationality>(1) Egypt. (2) Syria.</Individual_Nationality>"
               "</FinancialSanctionsTarget></ArrayOfFinancialSanctionsTarget>"))
          .countries,
      (Texts{"eg", "sy"}));
  EXPECT_EQ(first_of(read("1,\"TESTOV, Ivan\",\"individual\",\"T\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"nationality "
                          "Iran; alt. nationality Syria; citizen Egypt; alt. citizen Cuba.\"\r\n"))
                .countries,
            (Texts{"ir", "sy", "eg", "cu"}));
}

TEST(PublishedLists, CslEntriesWithoutANumber) {
  const SanctionList list = read(
      "source,entity_number,type,programs,name,addresses,start_date,alt_names,dates_of_birth,ids\n"
      "Denied Persons List,,,, IVAN TESTOV,\"1 Test Rd, X, AZ, 85043, US; Y, IL; Somewhere, ZIP 12\",2017-10-16,,,\n"
      "SDN,9,Individual,T,\"TESTOV, Oleg\",,,,1952,\"Male, Gender; RU, 503, Tax ID No.\"\n");
  ASSERT_EQ(list.entities.size(), 2U);
  EXPECT_TRUE(list.notes.empty());
  EXPECT_EQ(list.entities[0].id, "IVAN TESTOV");
  EXPECT_EQ(list.entities[0].countries, (Texts{"us", "il"}));
  EXPECT_EQ(list.entities[1].gender, "male");
  EXPECT_EQ(read(R"([{"source":"DPL","name":"Testcorp","alt_names":[]}])").entities.size(), 1U);
}

TEST(PublishedLists, OpenSanctionsInItsOtherForms) {
  const ScreenEntity nested = first_of(read(
      R"({"id":"NK-1","caption":"Ivan Testov","schema":"Person","datasets":["us_test"],"properties":{"name":["Ivan Testov"],)"
      R"("sanctions":[{"id":"s","schema":"Sanction","properties":{"program":["UKR"],"listingDate":["2019-05-05"]}}]}})"));
  EXPECT_EQ(nested.programme, "UKR");
  EXPECT_EQ(nested.listed_on, "2019-05-05");

  const SanctionList statements = read(
      "canonical_id,entity_id,prop,prop_type,schema,value,dataset,lang,original_value,external,first_seen,last_seen,"
      "id\n"
      "NK-1,a-1,name,name,LegalEntity,Ivan Testov,us_test,,,f,2021-01-02,2026-01-01,x\n"
      "s-1,s-1,program,string,Sanction,UKR,us_test,,,f,2021-01-02,2026-01-01,y\n"
      "NK-1,b-1,birthDate,date,Person,1960,eu_test,,,f,2020-01-02,2026-01-01,z\n"
      "NK-1,b-1,weakAlias,name,Person,Vano,eu_test,,,f,2020-01-02,2026-01-01,w\n"
      "Q-2,w-2,name,name,Person,Oleg Testov,wd_test,,,t,2020-01-02,2026-01-01,v\n");
  EXPECT_EQ(statements.format, "statements-csv");
  ASSERT_EQ(statements.entities.size(), 1U);
  EXPECT_EQ(statements.entities[0].id + statements.entities[0].schema, "NK-1Person");
  EXPECT_EQ(names_of(statements.entities[0]), (Texts{"Ivan Testov", "Vano (weak)"}));
  EXPECT_EQ(statements.entities[0].births, Texts{"1960"});

  const SanctionList senzing = read(
      R"({"DATA_SOURCE":"OS_TEST","RECORD_ID":"NK-1","RECORD_TYPE":"PERSON","NAMES":[{"NAME_TYPE":"ALIAS","NAME_FULL":"Vano T."},)"
      R"({"NAME_TYPE":"PRIMARY","NAME_FULL":"Ivan Testov"}],"DATES":[{"DATE_OF_BIRTH":"1972"},{"DATE_OF_DEATH":"2020"}],)"
      R"("COUNTRIES":[{"NATIONALITY":"us"}],"GENDER":"M","IDENTIFIERS":[{"TAX_ID_NUMBER":"5"}],"URL":"https://os.test/NK-1"})");
  EXPECT_EQ(senzing.format, "senzing-json");
  const ScreenEntity ivan = first_of(senzing);
  EXPECT_EQ(ivan.id + ivan.list + ivan.schema, "NK-1os_testPerson");
  EXPECT_EQ(names_of(ivan), (Texts{"Ivan Testov", "Vano T."}));
  EXPECT_EQ(ivan.births, Texts{"1972"});
  EXPECT_EQ(ivan.countries, Texts{"us"});
  EXPECT_EQ(ivan.gender, "male");
  EXPECT_EQ(ivan.identifiers, Texts{"tax_id:5"});
}

TEST(PublishedLists, OpenSanctionsCsvQuotesInsideACell) {
  const ScreenEntity firm =
      first_of(read("\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"dataset\"\n"
                    "\"a\",\"Company\",\"Test; Mustro & Co\",\"\"\"Test; Mustro\"\";\"\"The "
                    "\"\"\"\"Test\"\"\"\"\"\";TMC\",\"\",\"de;fr\",\"eu_test\"\n"));
  EXPECT_EQ(names_of(firm), (Texts{"Test; Mustro & Co", "Test; Mustro", "The \"Test\"", "TMC"}));
  EXPECT_EQ(firm.countries, (Texts{"de", "fr"}));
}

TEST(PublishedLists, CountriesAsTheyAreWritten) {
  const std::pair<const char*, const char*> countries[] = {{"Congo (Democratic Republic)", "cd"},
                                                           {"Congo, Republic of the", "cg"},
                                                           {"Palestinian", "ps"},
                                                           {"Myanmar", "mm"},
                                                           {"Bahamas, The", "bs"},
                                                           {"Saint Kitts and Nevis", "kn"},
                                                           {"Brunei Darussalam", "bn"},
                                                           {"Kosovo", "xk"}};
  for (const auto& [name, code] : countries) EXPECT_EQ(country_code(name), code) << name;
}

}  // namespace
}  // namespace testudo
