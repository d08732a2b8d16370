// The XML formats (lists.h). Elements and attributes as docs/formats/sanction-lists.md has them.
#include <string_view>

#include "lists.h"

namespace testudo::lab {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}
std::string tag(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + escaped(text) + "</" + std::string(name) + ">";
}
std::string value(std::string_view name, std::string_view text) {
  return " " + std::string(name) + "=\"" + escaped(text) + "\"";
}
std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }
std::string iso_birth(const ListedEntity& e) {
  return e.month == 0 ? std::to_string(e.year) : std::to_string(e.year) + "-" + two(e.month) + "-" + two(e.day);
}
constexpr const char* month_names[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

}  // namespace

std::string eu_xml(const std::vector<ListedEntity>& all) {
  std::string out(declaration);
  out +=
      "<export xmlns=\"http://eu.europa.ec/fpi/fsd/export\" generationDate=\"2025-11-01T09:00:00.000+01:00\" "
      "globalFileId=\"1\">\n";
  for (const ListedEntity& e : all) {
    const std::string id = std::to_string(e.number);
    out += "<sanctionEntity designationDetails=\"\" euReferenceNumber=\"EU." + id + "\" logicalId=\"" + id + "\">";
    out += "<regulation regulationType=\"regulation\" organisationType=\"council\"" +
           value("publicationDate", e.listed_on) + value("programme", e.programme) + " logicalId=\"" + id +
           "\"><publicationUrl>https://oj.example/" + id + "</publicationUrl></regulation>";
    const bool person = e.kind == Listed::person;
    out += std::string("<subjectType code=\"") + (person ? "person" : "enterprise") + "\" classificationCode=\"" +
           (person ? "P" : "E") + "\"/>";
    out += "<nameAlias" + value("firstName", e.given) + " middleName=\"\"" + value("lastName", person ? e.family : "") +
           value("wholeName", e.name) + value("gender", e.gender.substr(0, 1)) + " strong=\"true\"/>";
    if (!e.native.empty())
      out += "<nameAlias firstName=\"\" lastName=\"\"" + value("wholeName", e.native) + " strong=\"true\"/>";
    for (const ListedAlias& alias : e.aliases) {
      out += "<nameAlias firstName=\"\" lastName=\"\"" + value("wholeName", alias.text) +
             value("strong", alias.weak ? "false" : "true") + "/>";
    }
    out += "<citizenship" + value("countryIso2Code", e.country) + value("countryDescription", e.country_name) + "/>";
    if (person)
      out += "<birthdate circa=\"false\" calendarType=\"GREGORIAN\"" +
             (e.month ? value("birthdate", iso_birth(e)) : "") + value("year", std::to_string(e.year)) + "/>";
    out += "<identification" + value("number", e.passport) + " identificationTypeCode=\"" +
           (person ? "passport" : "regnumber") + "\"/>";
    out += "</sanctionEntity>\n";
  }
  return out + "</export>\n";
}

std::string ofac_xml(const std::vector<ListedEntity>& all) {
  std::string out(declaration);
  out +=
      "<sdnList "
      "xmlns=\"https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML\">\n<publshInformation>" +
      tag("Publish_Date", "11/01/2025") + tag("Record_Count", std::to_string(all.size())) + "</publshInformation>\n";
  for (const ListedEntity& e : all) {
    out += "<sdnEntry>" + tag("uid", std::to_string(e.number));
    if (e.kind == Listed::person) out += tag("firstName", e.given);
    out += tag("lastName", e.family) + tag("sdnType", e.kind == Listed::person ? "Individual"
                                                      : e.kind == Listed::ship ? "Vessel"
                                                                               : "Entity");
    out += "<programList>" + tag("program", e.programme) + "</programList><idList><id>" + tag("uid", "1") +
           tag("idType", e.kind == Listed::person ? "Passport" : "Registration Number") + tag("idNumber", e.passport) +
           "</id>";
    if (!e.gender.empty())
      out += "<id>" + tag("uid", "2") + tag("idType", "Gender") + tag("idNumber", e.gender) + "</id>";
    out += "</idList><akaList>";
    for (const ListedAlias& alias : e.aliases) {
      const std::size_t space = alias.text.find(' ');
      out += "<aka>" + tag("uid", "3") + tag("type", "a.k.a.") + tag("category", alias.weak ? "weak" : "strong");
      out += e.kind == Listed::person && space != std::string::npos
                 ? tag("lastName", alias.text.substr(space + 1)) + tag("firstName", alias.text.substr(0, space))
                 : tag("lastName", alias.text);
      out += "</aka>";
    }
    if (!e.native.empty())
      out += "<aka>" + tag("type", "a.k.a.") + tag("category", "strong") + tag("lastName", e.native) + "</aka>";
    out += "</akaList><nationalityList><nationality>" + tag("country", e.country_name) + tag("mainEntry", "true") +
           "</nationality></nationalityList>";
    if (e.year != 0) {
      const std::string birth = e.month == 0 ? std::to_string(e.year)
                                             : two(e.day) + " " + month_names[e.month] + " " + std::to_string(e.year);
      out += "<dateOfBirthList><dateOfBirthItem>" + tag("dateOfBirth", birth) + tag("mainEntry", "true") +
             "</dateOfBirthItem></dateOfBirthList>";
    }
    out += "</sdnEntry>\n";
  }
  return out + "</sdnList>\n";
}

std::string ofac_advanced_xml(const std::vector<ListedEntity>& all) {
  std::string out(declaration);
  out +=
      "<Sanctions xmlns=\"https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML\" "
      "Version=\"3\">"
      "<DateOfIssue><Year>2025</Year><Month>11</Month><Day>1</Day></DateOfIssue><ReferenceValueSets>"
      "<CountryValues>";
  std::vector<std::string> countries;
  const auto country_id = [&](const std::string& name) {
    for (std::size_t i = 0; i < countries.size(); ++i) {
      if (countries[i] == name) return i;
    }
    countries.push_back(name);
    return countries.size() - 1;
  };
  for (const ListedEntity& e : all) country_id(e.country_name);
  for (std::size_t i = 0; i < countries.size(); ++i)
    out += "<Country ID=\"" + std::to_string(i) + "\">" + countries[i] + "</Country>";
  out +=
      "</CountryValues><FeatureTypeValues><FeatureType ID=\"8\">Birthdate</FeatureType><FeatureType "
      "ID=\"10\">Nationality Country</FeatureType>"
      "</FeatureTypeValues><NamePartTypeValues><NamePartType ID=\"1520\">Last Name</NamePartType><NamePartType "
      "ID=\"1521\">First Name</NamePartType>"
      "<NamePartType ID=\"1525\">Entity Name</NamePartType></NamePartTypeValues><PartySubTypeValues>"
      "<PartySubType ID=\"1\" PartyTypeID=\"5\">Vessel</PartySubType><PartySubType ID=\"3\" "
      "PartyTypeID=\"2\">Unknown</PartySubType>"
      "<PartySubType ID=\"4\" PartyTypeID=\"1\">Unknown</PartySubType></PartySubTypeValues><PartyTypeValues><PartyType "
      "ID=\"1\">Individual</PartyType>"
      "<PartyType ID=\"2\">Entity</PartyType><PartyType "
      "ID=\"5\">Transport</PartyType></PartyTypeValues></ReferenceValueSets><Locations>";
  for (std::size_t i = 0; i < countries.size(); ++i) {
    out += "<Location ID=\"L" + std::to_string(i) + "\"><LocationCountry CountryID=\"" + std::to_string(i) +
           "\"/></Location>";
  }
  out += "</Locations><DistinctParties>\n";
  for (const ListedEntity& e : all) {
    const std::string id = std::to_string(e.number);
    const auto part = [&](int group, const std::string& text) {
      return "<DocumentedNamePart><NamePartValue NamePartGroupID=\"" + std::to_string(group) + "\" ScriptID=\"215\">" +
             escaped(text) + "</NamePartValue></DocumentedNamePart>";
    };
    const bool person = e.kind == Listed::person;
    out += "<DistinctParty FixedRef=\"" + id + "\"><Profile ID=\"" + id + "\" PartySubTypeID=\"" +
           (person                   ? "4"
            : e.kind == Listed::ship ? "1"
                                     : "3") +
           "\"><Identity ID=\"1\" Primary=\"true\">";
    out += "<Alias Primary=\"true\" LowQuality=\"false\"><DocumentedName ID=\"1\">" + part(1, e.family) +
           (person ? part(2, e.given) : "") + "</DocumentedName></Alias>";
    for (const ListedAlias& alias : e.aliases) {
      out += std::string("<Alias Primary=\"false\" LowQuality=\"") + (alias.weak ? "true" : "false") +
             "\"><DocumentedName ID=\"2\">" + part(3, alias.text) + "</DocumentedName></Alias>";
    }
    out += "<NamePartGroups><MasterNamePartGroup><NamePartGroup ID=\"1\" NamePartTypeID=\"" +
           std::string(person ? "1520" : "1525") +
           "\"/></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID=\"2\" "
           "NamePartTypeID=\"1521\"/></MasterNamePartGroup></NamePartGroups></Identity>";
    if (e.year != 0) {
      const auto date = [&](int month, int day) {
        return tag("Year", std::to_string(e.year)) + tag("Month", std::to_string(month)) +
               tag("Day", std::to_string(day));
      };
      out += "<Feature FeatureTypeID=\"8\"><FeatureVersion><DatePeriod><Start><From>" +
             (e.month ? date(e.month, e.day) : date(1, 1)) + "</From></Start><End><To>" +
             (e.month ? date(e.month, e.day) : date(12, 31)) + "</To></End></DatePeriod></FeatureVersion></Feature>";
    }
    out += "<Feature FeatureTypeID=\"10\"><FeatureVersion><VersionLocation LocationID=\"L" +
           std::to_string(country_id(e.country_name)) + "\"/></FeatureVersion></Feature></Profile></DistinctParty>\n";
  }
  out += "</DistinctParties><SanctionsEntries>";
  for (const ListedEntity& e : all) {
    const std::string day = std::to_string(std::stoi(e.listed_on.substr(8, 2)));
    out += "<SanctionsEntry ProfileID=\"" + std::to_string(e.number) + "\"><EntryEvent><Date>" +
           tag("Year", e.listed_on.substr(0, 4)) + tag("Month", e.listed_on.substr(6, 1)) + tag("Day", day) +
           "</Date></EntryEvent><SanctionsMeasure SanctionsTypeID=\"1\">" + tag("Comment", e.programme) +
           "</SanctionsMeasure></SanctionsEntry>\n";
  }
  return out + "</SanctionsEntries></Sanctions>\n";
}

std::string uk_xml(const std::vector<ListedEntity>& all) {
  std::string out(declaration);
  out += "<Designations>" + tag("DateGenerated", "01/11/2025") + "\n";
  for (const ListedEntity& e : all) {
    const bool person = e.kind == Listed::person;
    const std::string date = e.listed_on.substr(8, 2) + "/" + e.listed_on.substr(5, 2) + "/" + e.listed_on.substr(0, 4);
    out += "<Designation>" + tag("LastUpdated", "01/11/2025") + tag("DateDesignated", date) +
           tag("UniqueID", "UK" + std::to_string(e.number)) + tag("OFSIGroupID", std::to_string(e.number)) +
           "<Names><Name>" + (person ? tag("Name1", e.given) : "") + tag("Name6", e.family) +
           tag("NameType", "Primary Name") + "</Name>";
    for (const ListedAlias& alias : e.aliases) {
      out += "<Name>" + tag("Name6", alias.text) + tag("NameType", "Alias") +
             tag("AliasStrength", alias.weak ? "Weak" : "Strong") + "</Name>";
    }
    out += "</Names>";
    if (!e.native.empty())
      out += "<NonLatinNames><NonLatinName>" + tag("NameNonLatinScript", e.native) + "</NonLatinName></NonLatinNames>";
    out += tag("RegimeName", e.programme) + tag("IndividualEntityShip", person                   ? "Individual"
                                                                        : e.kind == Listed::ship ? "Ship"
                                                                                                 : "Entity");
    if (person) {
      const std::string birth = e.month == 0 ? "dd/mm/" + std::to_string(e.year)
                                             : two(e.day) + "/" + two(e.month) + "/" + std::to_string(e.year);
      out += "<IndividualDetails><Individual><DOBs>" + tag("DOB", birth) + "</DOBs><Nationalities>" +
             tag("Nationality", e.country_name) + "</Nationalities><Genders>" + tag("Gender", e.gender) +
             "</Genders></Individual></IndividualDetails>";
    } else {
      out += "<Addresses><Address>" + tag("AddressCountry", e.country_name) + "</Address></Addresses>";
    }
    out += "</Designation>\n";
  }
  return out + "</Designations>\n";
}

std::string un_xml(const std::vector<ListedEntity>& all) {
  std::string people, entities;
  for (const ListedEntity& e : all) {
    const bool person = e.kind == Listed::person;
    const std::string kind = person ? "INDIVIDUAL" : "ENTITY";
    std::string one = "<" + kind + ">" + tag("DATAID", std::to_string(e.number)) + tag("VERSIONNUM", "1") +
                      tag("FIRST_NAME", person ? e.given : e.name) + (person ? tag("SECOND_NAME", e.family) : "") +
                      tag("UN_LIST_TYPE", e.programme) + tag("REFERENCE_NUMBER", "UNi." + std::to_string(e.number)) +
                      tag("LISTED_ON", e.listed_on);
    if (!e.gender.empty()) one += tag("GENDER", e.gender);
    if (!e.native.empty()) one += tag("NAME_ORIGINAL_SCRIPT", e.native);
    if (person) one += "<NATIONALITY>" + tag("VALUE", e.country_name) + "</NATIONALITY>";
    for (const ListedAlias& alias : e.aliases) {
      one += "<" + kind + "_ALIAS>" + tag("QUALITY", alias.weak ? "Low" : "Good") + tag("ALIAS_NAME", alias.text) +
             "</" + kind + "_ALIAS>";
    }
    if (!person) one += "<ENTITY_ADDRESS>" + tag("COUNTRY", e.country_name) + "</ENTITY_ADDRESS>";
    if (person) {
      one += "<INDIVIDUAL_DATE_OF_BIRTH>" +
             (e.month ? tag("TYPE_OF_DATE", "EXACT") + tag("DATE", iso_birth(e))
                      : tag("TYPE_OF_DATE", "APPROXIMATELY") + tag("YEAR", std::to_string(e.year))) +
             "</INDIVIDUAL_DATE_OF_BIRTH><INDIVIDUAL_DOCUMENT>" + tag("TYPE_OF_DOCUMENT", "Passport") +
             tag("NUMBER", e.passport) + "</INDIVIDUAL_DOCUMENT>";
    }
    one += "</" + kind + ">\n";
    (person ? people : entities) += one;
  }
  return std::string(declaration) + "<CONSOLIDATED_LIST dateGenerated=\"2025-11-01T02:00:00.000Z\">\n<INDIVIDUALS>" +
         people + "</INDIVIDUALS>\n<ENTITIES>" + entities + "</ENTITIES>\n</CONSOLIDATED_LIST>\n";
}

}  // namespace testudo::lab
