// The UK Sanctions List as it is published since OFSI's own list closed in January 2026: its oddities, in XML and CSV.
#include <gtest/gtest.h>

#include <algorithm>

#include "intel/screen/sanction_list.h"

namespace testudo {
namespace {

using Texts = std::vector<std::string>;

// An alias before the primary name, "ALias" and "Primary name" as some records spell them, dates without day and month.
constexpr std::string_view xml =
    R"(<?xml version="1.0" encoding="utf-8"?><Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<DateGenerated>10/09/2026</DateGenerated><Designation><LastUpdated>14/04/2026</LastUpdated><DateDesignated>25/01/2021</DateDesignated>
<UniqueID>TST0006</UniqueID><OFSIGroupID>7172</OFSIGroupID><UNReferenceNumber>TTi.002</UNReferenceNumber><Names>
<Name><Name6>Vanya</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
<Name><Name1>Vano</Name1><Name6>Testov</Name6><NameType>Alias</NameType><AliasStrength>Good quality a.k.a</AliasStrength></Name>
<Name><Name1>IVAN</Name1><Name2>PETROVICH</Name2><Name6>TESTOV</Name6><NameType>Primary name</NameType></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Иван Тестов</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>Testland</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip><IndividualDetails><Individual>
<DOBs><DOB>dd/mm/1945</DOB><DOB>01/03/1958</DOB></DOBs><NationalIdentifierDetails><NationalIdentifier>
<NationalIdentifierNumber>N-12</NationalIdentifierNumber></NationalIdentifier></NationalIdentifierDetails>
<Genders><Gender>Male</Gender></Genders></Individual></IndividualDetails></Designation>
<Designation><UniqueID>TST0007</UniqueID><Names><Name><Name6>Romashka LLC</Name6><NameType>Primary Name</NameType></Name></Names>
<IndividualEntityShip>Entity</IndividualEntityShip><EntityDetails><Entity><BusinessRegistrationNumbers>
<BusinessRegistrationNumber>BR-9</BusinessRegistrationNumber></BusinessRegistrationNumbers></Entity></EntityDetails></Designation></Designations>)";

// The order of columns as published; those that nothing reads are left out.
constexpr std::string_view csv =
    "Report Date: 13-Feb-2026\r\n"
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Title,Name non-latin script,Regime Name,Designation Type,Address Country,Date Designated,D.O.B,"
    "Nationality(/ies),National Identifier number,Passport number,Gender,Business registration number (s),IMO number,"
    "Current believed flag of ship\r\n"
    "14/04/2026,TST0006,7172,TTi.002,TESTOV,IVAN,PETROVICH,,,,Primary Name,,,Иван Тестов,Testland,Individual,,"
    "25/01/2021,dd/mm/1945,Russia,N-12,AB1,Male,,,\r\n"
    "14/04/2026,TST0006,,TTi.002,Vanya,,,,,,ALias,Low quality a.k.a,,,Testland,Individual,,25/01/2021,01/03/1958,"
    "Russia,N-12,AB1,Male,,,\r\n"
    "14/04/2026,TST0008,,,Test Petrel 8,,,,,,Primary name,,,,Testland,Ship,,03/10/2022,,,,,,,IMO9562233,Comoros\r\n";

void expect_ivan(const ScreenEntity& ivan) {
  EXPECT_EQ(ivan.id, "TST0006");
  EXPECT_EQ(ivan.schema, "Person");
  EXPECT_EQ(ivan.names[0].text, "IVAN PETROVICH TESTOV");
  for (const ScreenName& name : ivan.names) EXPECT_EQ(name.weak, name.text == "Vanya") << name.text;
  EXPECT_EQ(ivan.births, (Texts{"1945", "1958-03-01"}));
  EXPECT_EQ(ivan.listed_on, "2021-01-25");
  EXPECT_EQ(ivan.gender, "male");
  EXPECT_NE(std::find(ivan.identifiers.begin(), ivan.identifiers.end(), "national id:N-12"), ivan.identifiers.end());
  EXPECT_NE(std::find(ivan.identifiers.begin(), ivan.identifiers.end(), "un:TTi.002"), ivan.identifiers.end());
}

TEST(UkSanctionsList, AsXml) {
  const auto list = read_sanction_list(xml);
  ASSERT_TRUE(list.ok()) << list.error().what;
  EXPECT_EQ(list->format, "uk-xml");
  EXPECT_EQ(list->date, "2026-09-10");
  ASSERT_EQ(list->entities.size(), 2U);
  expect_ivan(list->entities[0]);
  EXPECT_EQ(list->entities[0].names.size(), 4U);
  EXPECT_EQ(list->entities[1].identifiers, Texts{"registration:BR-9"});
  EXPECT_TRUE(list->notes.empty());
}

TEST(UkSanctionsList, AsCsv) {
  const auto list = read_sanction_list(csv);
  ASSERT_TRUE(list.ok()) << list.error().what;
  EXPECT_EQ(list->format, "uk-csv");
  EXPECT_EQ(list->date, "2026-02-13");
  // One entity although only one of its rows has OFSI's number.
  ASSERT_EQ(list->entities.size(), 2U);
  expect_ivan(list->entities[0]);
  EXPECT_EQ(list->entities[0].countries, Texts{"ru"});
  const ScreenEntity& ship = list->entities[1];
  EXPECT_EQ(ship.schema, "Vessel");
  EXPECT_EQ(ship.identifiers, Texts{"imo:IMO9562233"});
  EXPECT_EQ(ship.countries, Texts{"km"});
  EXPECT_TRUE(list->notes.empty());
}

TEST(EuList, UnknownCountryIsNone) {
  const auto list = read_sanction_list(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><export><sanctionEntity euReferenceNumber=\"EU.1\">"
      "<subjectType code=\"person\"/><nameAlias wholeName=\"Jos\xE9 Testov\"/><citizenship countryIso2Code=\"00\"/>"
      "<address countryIso2Code=\"LB\"/></sanctionEntity></export>");
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(list->entities[0].countries, Texts{"lb"});
  EXPECT_EQ(list->entities[0].names[0].text, "José Testov");
}

}  // namespace
}  // namespace testudo
