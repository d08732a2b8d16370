#include "intel/actor/vendor_schema.h"

#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "base/text.h"

namespace testudo {
namespace {

using Words = std::string_view;

constexpr std::array alias_kinds{Words("former"), Words("brand"), Words("tracking"), Words("misspelling"),
                                 Words("short")};
constexpr std::array entity_roles{Words("operating"),   Words("parent"),    Words("holding"),  Words("subsidiary"),
                                  Words("predecessor"), Words("successor"), Words("reseller"), Words("affiliate")};
constexpr std::array source_extents{Words("whole"), Words("beginning")};
constexpr std::array country_roles{Words("seat"), Words("office"), Words("development")};
constexpr std::array product_kinds{Words("spyware"),         Words("exploit"),   Words("zero-click"),
                                   Words("interception"),    Words("location"),  Words("forensics"),
                                   Words("hacking-service"), Words("influence"), Words("analytics")};
constexpr std::array platforms{Words("ios"),   Words("android"),    Words("windows"), Words("macos"),
                               Words("linux"), Words("blackberry"), Words("watchos")};
constexpr std::array bases{Words("confirmed"), Words("admitted"), Words("leaked"),
                           Words("technical"), Words("reported"), Words("alleged")};
constexpr std::array measure_kinds{
    Words("sanction"), Words("export-control"),  Words("visa-ban"), Words("procurement-ban"), Words("indictment"),
    Words("fine"),     Words("regulator-order"), Words("ban"),      Words("exclusion")};
constexpr std::array relation_kinds{Words("owns"),
                                    Words("owned-by"),
                                    Words("successor-of"),
                                    Words("predecessor-of"),
                                    Words("subsidiary-of"),
                                    Words("parent-of"),
                                    Words("same-group"),
                                    Words("partner-of"),
                                    Words("supplies"),
                                    Words("supplied-by"),
                                    Words("founded-by-former-staff-of"),
                                    Words("competitor-bought")};

using enum VendorValue;
using Attributes = VendorAttribute;

constexpr std::array source_attributes{Attributes{"title", text, {}, true},
                                       Attributes{"publisher", text, {}, true},
                                       Attributes{"date", date},
                                       Attributes{"read", day, {}, true},
                                       Attributes{"grade", grade, {}, true},
                                       Attributes{"extent", word, source_extents}};
constexpr std::array alias_attributes{Attributes{"kind", word, alias_kinds}, Attributes{"by"}, Attributes{"from", date},
                                      Attributes{"to", date}};
constexpr std::array entity_attributes{Attributes{"country", country}, Attributes{"role", word, entity_roles},
                                       Attributes{"number"}, Attributes{"from", date}, Attributes{"to", date}};
constexpr std::array country_attributes{Attributes{"role", word, country_roles}, Attributes{"from", date},
                                        Attributes{"to", date}};
constexpr std::array owner_attributes{Attributes{"country", country}, Attributes{"from", date}, Attributes{"to", date},
                                      Attributes{"share"}};
constexpr std::array person_attributes{Attributes{"role"}, Attributes{"from", date}, Attributes{"to", date},
                                       Attributes{"born", year}, Attributes{"country", country}};
constexpr std::array product_attributes{Attributes{"kind", word, product_kinds},
                                        Attributes{"platforms", words, platforms}, Attributes{"from", date},
                                        Attributes{"to", date}};
constexpr std::array customer_attributes{
    Attributes{"country", country}, Attributes{"agency"},     Attributes{"basis", word, bases, true},
    Attributes{"product"},          Attributes{"from", date}, Attributes{"to", date}};
constexpr std::array cve_attributes{Attributes{"product"}, Attributes{"date", date}};
constexpr std::array measure_attributes{Attributes{"authority"},        Attributes{"kind", word, measure_kinds},
                                        Attributes{"country", country}, Attributes{"on", date},
                                        Attributes{"ended", date},      Attributes{"target"},
                                        Attributes{"reference"}};
constexpr std::array case_attributes{Attributes{"court"}, Attributes{"number"}, Attributes{"country", country},
                                     Attributes{"filed", date}, Attributes{"status"}};
constexpr std::array relation_attributes{Attributes{"kind", word, relation_kinds, true}, Attributes{"from", date},
                                         Attributes{"to", date}};

constexpr std::array<VendorFieldRule, vendor_field_count> rules{{
    {VendorField::name, "name", text, {}, true},
    {VendorField::alias, "alias", text, alias_attributes},
    {VendorField::summary, "summary", text, {}, true},
    {VendorField::entity, "entity", text, entity_attributes},
    {VendorField::country, "country", country, country_attributes},
    {VendorField::owner, "owner", text, owner_attributes},
    {VendorField::investor, "investor", text, owner_attributes},
    {VendorField::person, "person", text, person_attributes},
    {VendorField::product, "product", text, product_attributes},
    {VendorField::customer, "customer", text, customer_attributes},
    {VendorField::cve, "cve", cve, cve_attributes},
    {VendorField::measure, "measure", text, measure_attributes},
    {VendorField::legal_case, "case", text, case_attributes},
    {VendorField::relation, "relation", text, relation_attributes},
    {VendorField::threat, "threat", text, {}},
}};

bool digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

unsigned number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

bool is_year(std::string_view text) {
  return text.size() == 4 && digits(text) && number(text) >= 1900 && number(text) < 2100;
}

bool is_word(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

bool are_words(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::all_of(split(text, ','), [&](std::string_view one) { return is_word(trim(one), words); });
}

bool is_cve(std::string_view text) {
  return text.size() >= 13 && text.size() <= 20 && text.starts_with("CVE-") && is_year(text.substr(4, 4)) &&
         text[8] == '-' && digits(text.substr(9));
}

bool is_grade(std::string_view text) {
  return text.size() == 2 && text[0] >= 'A' && text[0] <= 'F' && text[1] >= '1' && text[1] <= '6';
}

bool is_url(std::string_view text) {
  const bool scheme = text.starts_with("https://") || text.starts_with("http://");
  return scheme && text.size() > 10 && text.find_first_of(" \t\"<>") == std::string_view::npos;
}

}  // namespace

bool is_vendor_date(std::string_view text) {
  if (text.size() == 4) return is_year(text);
  if (text.size() < 7 || !is_year(text.substr(0, 4)) || text[4] != '-' || !digits(text.substr(5, 2))) return false;
  const unsigned month = number(text.substr(5, 2));
  if (month < 1 || month > 12) return false;
  if (text.size() == 7) return true;
  if (text.size() != 10 || text[7] != '-' || !digits(text.substr(8))) return false;
  using namespace std::chrono;
  return year_month_day(std::chrono::year(static_cast<int>(number(text.substr(0, 4)))), std::chrono::month(month),
                        std::chrono::day(number(text.substr(8))))
      .ok();
}

bool is_country_code(std::string_view text) {
  static const std::set<std::string, std::less<>> codes = [] {
    std::set<std::string, std::less<>> all;
    for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) all.insert(*code);
    return all;
  }();
  return codes.contains(text);
}

bool is_vendor_value(std::string_view text, VendorValue kind, std::span<const std::string_view> words) {
  switch (kind) {
    case VendorValue::text:
      return true;
    case VendorValue::date:
      return is_vendor_date(text);
    case VendorValue::day:
      return text.size() == 10 && is_vendor_date(text);
    case VendorValue::year:
      return is_year(text);
    case VendorValue::country:
      return is_country_code(text);
    case VendorValue::word:
      return is_word(text, words);
    case VendorValue::words:
      return are_words(text, words);
    case VendorValue::cve:
      return is_cve(text);
    case VendorValue::grade:
      return is_grade(text);
    case VendorValue::url:
      return is_url(text);
  }
  return false;
}

std::optional<VendorField> vendor_field_from_name(std::string_view name) {
  const auto found = std::ranges::find(rules, name, &VendorFieldRule::name);
  return found == rules.end() ? std::nullopt : std::optional(found->field);
}

const VendorFieldRule& vendor_field_rule(VendorField field) { return rules[static_cast<std::size_t>(field)]; }

std::string_view vendor_field_name(VendorField field) { return vendor_field_rule(field).name; }

std::span<const VendorAttribute> vendor_source_attributes() { return source_attributes; }

std::string_view inverse_relation(std::string_view kind) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> pairs{{
      {"owns", "owned-by"},
      {"owned-by", "owns"},
      {"successor-of", "predecessor-of"},
      {"predecessor-of", "successor-of"},
      {"subsidiary-of", "parent-of"},
      {"parent-of", "subsidiary-of"},
      {"supplies", "supplied-by"},
      {"supplied-by", "supplies"},
      {"founded-by-former-staff-of", "former-staff-founded"},
      {"former-staff-founded", "founded-by-former-staff-of"},
      {"competitor-bought", "bought-by-competitor"},
      {"bought-by-competitor", "competitor-bought"},
  }};
  const auto found = std::ranges::find(pairs, kind, &std::pair<std::string_view, std::string_view>::first);
  return found == pairs.end() ? kind : found->second;
}

}  // namespace testudo
