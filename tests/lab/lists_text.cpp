// The CSV and JSON formats, and the command (lists.h).
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <string_view>

#include "base/json_text.h"
#include "base/text.h"
#include "fail.h"
#include "lists.h"

namespace testudo::lab {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}
std::string line(std::initializer_list<std::string> fields, char separator = ',') {
  std::string out;
  for (const std::string& field : fields) out += (out.empty() ? "" : std::string(1, separator)) + in_quotes(field);
  return out + "\r\n";
}
std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }
std::string iso_birth(const ListedEntity& e) {
  if (e.year == 0) return "";
  return e.month == 0 ? std::to_string(e.year) : std::to_string(e.year) + "-" + two(e.month) + "-" + two(e.day);
}
std::string id_of(const ListedEntity& e) { return std::to_string(e.number); }
std::string type_of(const ListedEntity& e, const char* person, const char* company, const char* ship) {
  return e.kind == Listed::person ? person : e.kind == Listed::company ? company : ship;
}
std::string all_aliases(const ListedEntity& e) {
  std::string out;
  for (const ListedAlias& alias : e.aliases) out += (out.empty() ? "" : "; ") + alias.text;
  return out;
}
constexpr const char* month_names[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string eu_csv(const std::vector<ListedEntity>& all) {
  std::string out =
      "\xEF\xBB\xBF"
      "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_SubjectType;Entity_SubjectType_"
      "ClassificationCode;Entity_Regulation_PublicationDate;"
      "Entity_Regulation_Programme;NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;"
      "NameAlias_Gender;BirthDate_BirthDate;"
      "BirthDate_Year;Identification_Number;Identification_TypeCode;Citizenship_CountryIso2Code;Citizenship_"
      "CountryDescription\r\n";
  for (const ListedEntity& e : all) {
    const auto row = [&](const std::string& name, const std::string& birth, const std::string& country) {
      out += line({"01/11/2025", id_of(e), "EU." + id_of(e), type_of(e, "person", "enterprise", "enterprise"),
                   type_of(e, "P", "E", "E"), e.listed_on, e.programme, "", "", "", name,
                   name.empty() ? "" : e.gender.substr(0, 1), e.month == 0 ? "" : birth, birth.substr(0, 4), "", "",
                   country, ""},
                  ';');
    };
    row(e.name, "", "");
    if (!e.native.empty()) row(e.native, "", "");
    for (const ListedAlias& alias : e.aliases) row(alias.text, "", "");
    row("", iso_birth(e), e.country);
  }
  return out;
}

std::string ofac_csv(const std::vector<ListedEntity>& all) {
  std::string out;
  for (const ListedEntity& e : all) {
    std::string remarks;
    if (e.year != 0) {
      remarks = "DOB " + (e.month ? two(e.day) + " " + month_names[e.month] + " " : "") + std::to_string(e.year) +
                "; nationality " + e.country_name + "; Gender " + e.gender + "; Passport " + e.passport + " (" +
                e.country_name + ").";
    }
    const std::string name = e.kind == Listed::person ? e.family + ", " + e.given : e.name;
    out += id_of(e) + "," + in_quotes(name) + "," +
           (e.kind == Listed::company ? "-0- " : in_quotes(type_of(e, "individual", "", "vessel"))) + "," +
           in_quotes(e.programme) + ",-0- ,-0- ,-0- ,-0- ,-0- ," +
           (e.kind == Listed::ship ? in_quotes(e.country_name) : "-0- ") + ",-0- ," +
           (remarks.empty() ? "-0- " : in_quotes(remarks)) + "\r\n";
  }
  return out + "\x1A";
}

std::string ofac_alt_csv(const std::vector<ListedEntity>& all) {
  std::string out;
  int number = 1;
  for (const ListedEntity& e : all) {
    for (const ListedAlias& alias : e.aliases)
      out += id_of(e) + "," + std::to_string(number++) + ",\"aka\"," + in_quotes(alias.text) + ",-0- \r\n";
  }
  return out;
}

std::string csl_csv(const std::vector<ListedEntity>& all) {
  std::string out =
      "_id,source,entity_number,type,programs,name,title,addresses,start_date,alt_names,citizenships,dates_of_birth,"
      "nationalities,source_list_url,ids\n";
  for (const ListedEntity& e : all) {
    out += line({"csl-" + id_of(e), "Specially Designated Nationals (SDN) - Treasury Department", id_of(e),
                 type_of(e, "Individual", "Entity", "Vessel"), e.programme, e.name, "", "", e.listed_on, all_aliases(e),
                 "", iso_birth(e), e.country, "https://list.example/",
                 e.gender.empty() ? "" : "Gender, " + e.gender + "; Passport, " + e.country + ", " + e.passport});
  }
  return out;
}

std::string csl_json(const std::vector<ListedEntity>& all) {
  std::string out;
  JsonText json(out);
  json.object().key("results").array();
  for (const ListedEntity& e : all) {
    json.object();
    json.key("id").string("csl-" + id_of(e));
    json.key("source").string("Specially Designated Nationals (SDN) - Treasury Department");
    json.key("type").string(type_of(e, "Individual", "Entity", "Vessel"));
    json.key("name").string(e.name);
    json.key("alt_names").array();
    for (const ListedAlias& alias : e.aliases) json.string(alias.text);
    json.end().key("programs").array().string(e.programme).end();
    json.key("nationalities").array().string(e.country).end();
    json.key("dates_of_birth").array();
    if (e.year != 0) json.string(iso_birth(e));
    json.end().key("ids").array();
    if (!e.gender.empty()) json.object().key("type").string("Gender").key("number").string(e.gender).end();
    json.object().key("type").string("Passport").key("number").string(e.passport).end();
    json.end().key("start_date").string(e.listed_on).end();
  }
  json.end().end();
  return out + "\n";
}

std::string uk_csv(const std::vector<ListedEntity>& all) {
  std::string out =
      "Last Updated,01/11/2025\r\nName 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin "
      "Script,DOB,Nationality,Passport Number,Country,Group Type,Alias Type,Alias Quality,"
      "Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID\r\n";
  for (const ListedEntity& e : all) {
    const bool person = e.kind == Listed::person;
    const std::string date = e.listed_on.substr(8, 2) + "/" + e.listed_on.substr(5, 2) + "/" + e.listed_on.substr(0, 4);
    const std::string birth = !person        ? ""
                              : e.month == 0 ? "00/00/" + std::to_string(e.year)
                                             : two(e.day) + "/" + two(e.month) + "/" + std::to_string(e.year);
    const auto row = [&](const std::string& six, const std::string& one, const std::string& native,
                         const std::string& type, const std::string& quality) {
      out += line({six,
                   one,
                   "",
                   "",
                   "",
                   "",
                   "",
                   native,
                   birth,
                   person ? e.country_name : "",
                   person ? e.passport : "",
                   e.country_name,
                   type_of(e, "Individual", "Entity", "Ship"),
                   type,
                   quality,
                   e.programme,
                   date,
                   date,
                   "01/11/2025",
                   id_of(e)});
    };
    row(e.family, person ? e.given : "", e.native, "Primary name", "");
    for (const ListedAlias& alias : e.aliases)
      row(alias.text, "", "", "AKA", alias.weak ? "Low quality a.k.a" : "Good quality a.k.a");
  }
  return out;
}

std::string ftm_json(const std::vector<ListedEntity>& all) {
  std::string out;
  for (const ListedEntity& e : all) {
    JsonText json(out);
    json.object();
    json.key("id")
        .string("lab-" + id_of(e))
        .key("caption")
        .string(e.name)
        .key("schema")
        .string(type_of(e, "Person", "Company", "Vessel"));
    json.key("properties").object();
    json.key("name").array().string(e.name);
    if (!e.native.empty()) json.string(e.native);
    json.end();
    json.key("alias").array();
    for (const ListedAlias& alias : e.aliases) {
      if (!alias.weak) json.string(alias.text);
    }
    json.end().key("weakAlias").array();
    for (const ListedAlias& alias : e.aliases) {
      if (alias.weak) json.string(alias.text);
    }
    json.end();
    if (e.year != 0) json.key("birthDate").array().string(iso_birth(e)).end();
    json.key("country").array().string(lower_ascii(e.country)).end();
    if (!e.gender.empty()) json.key("gender").array().string(lower_ascii(e.gender)).end();
    json.end().key("datasets").array().string("lab_list").end().key("first_seen").string(e.listed_on).end();
    out += "\n";
    JsonText measure(out);
    measure.object().key("id").string("lab-m-" + id_of(e)).key("schema").string("Sanction").key("properties").object();
    measure.key("entity")
        .array()
        .string("lab-" + id_of(e))
        .end()
        .key("program")
        .array()
        .string(e.programme)
        .end()
        .end()
        .end();
    out += "\n";
  }
  return out;
}

std::string targets_csv(const std::vector<ListedEntity>& all) {
  std::string out =
      "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\","
      "\"phones\",\"emails\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n";
  for (const ListedEntity& e : all) {
    out += line({"lab-" + id_of(e), type_of(e, "Person", "Company", "Vessel"), e.name, all_aliases(e), iso_birth(e),
                 lower_ascii(e.country), "", e.passport, e.programme, "", "", "Laboratory", e.listed_on, "", ""});
  }
  return out;
}

int write_lists(int argc, char** argv) {
  std::string out;
  std::uint64_t seed = 1, count = 1000;
  const auto number = [](std::string_view text, std::uint64_t& to) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), to);
    return fault == std::errc() && end == text.data() + text.size();
  };
  bool good = argc % 2 == 0;
  for (int i = 2; good && i + 1 < argc; i += 2) {
    const std::string_view name = argv[i], value = argv[i + 1];
    if (name == "--out") {
      out = value;
    } else if (name == "--seed") {
      good = number(value, seed);
    } else {
      good = name == "--entities" && number(value, count) && count <= 1'000'000;
    }
  }
  if (!good || out.empty()) {
    std::fprintf(stderr, "testudo-lab lists --out DIR [--seed N] [--entities N]\n");
    return 2;
  }
  const std::vector<ListedEntity> all = listed_entities(seed, count);
  const std::pair<const char*, std::function<std::string(const std::vector<ListedEntity>&)>> files[] = {
      {"eu.xml", eu_xml},
      {"eu.csv", eu_csv},
      {"ofac-sdn.xml", ofac_xml},
      {"ofac-advanced.xml", ofac_advanced_xml},
      {"ofac-sdn.csv", ofac_csv},
      {"ofac-alt.csv", ofac_alt_csv},
      {"csl.csv", csl_csv},
      {"csl.json", csl_json},
      {"uk-conlist.csv", uk_csv},
      {"uk.xml", uk_xml},
      {"un.xml", un_xml},
      {"entities.ftm.json", ftm_json},
      {"targets.simple.csv", targets_csv}};
  std::filesystem::create_directories(out);
  for (const auto& [name, make] : files) {
    std::ofstream file(out + "/" + name, std::ios::binary | std::ios::trunc);
    file << make(all);
    file.close();
    if (!file) fail(std::string("cannot write ") + name);
  }
  std::printf("%s\n", out.c_str());
  return 0;
}

}  // namespace testudo::lab
