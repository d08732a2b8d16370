// Column names of public feeds, in the spellings seen (docs/formats/feeds.md).
#include "intel/feed/csv_columns.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "intel/feed/claim_words.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

struct Name {
  std::string_view name;  // lower-case letters and digits alone
  ColumnUse use;
};
constexpr std::array names{Name{"indicator", ColumnUse::value},
                           Name{"indicators", ColumnUse::value},
                           Name{"indicatorvalue", ColumnUse::value},
                           Name{"ioc", ColumnUse::value},
                           Name{"iocs", ColumnUse::value},
                           Name{"iocvalue", ColumnUse::value},
                           Name{"value", ColumnUse::value},
                           Name{"observable", ColumnUse::value},
                           Name{"observablevalue", ColumnUse::value},
                           Name{"indicatorofcompromise", ColumnUse::value},
                           Name{"indicatorsofcompromise", ColumnUse::value},
                           Name{"indikator", ColumnUse::value},
                           Name{"indikatoren", ColumnUse::value},
                           Name{"indicateur", ColumnUse::value},
                           Name{"indicateurs", ColumnUse::value},
                           Name{"indicador", ColumnUse::value},
                           Name{"indicadores", ColumnUse::value},
                           Name{"indicatore", ColumnUse::value},
                           Name{"indicatori", ColumnUse::value},
                           Name{"type", ColumnUse::type},
                           Name{"indicatortype", ColumnUse::type},
                           Name{"ioctype", ColumnUse::type},
                           Name{"entitytype", ColumnUse::type},
                           Name{"kind", ColumnUse::type},
                           Name{"typ", ColumnUse::type},
                           Name{"tipo", ColumnUse::type},
                           Name{"observabletype", ColumnUse::type},
                           Name{"comment", ColumnUse::comment},
                           Name{"comments", ColumnUse::comment},
                           Name{"description", ColumnUse::comment},
                           Name{"desc", ColumnUse::comment},
                           Name{"note", ColumnUse::comment},
                           Name{"notes", ColumnUse::comment},
                           Name{"title", ColumnUse::comment},
                           Name{"context", ColumnUse::comment},
                           Name{"customerguess", ColumnUse::comment},
                           Name{"malware", ColumnUse::threat},
                           Name{"malwarefamily", ColumnUse::threat},
                           Name{"malwarename", ColumnUse::threat},
                           Name{"malwarefamilies", ColumnUse::threat},
                           Name{"adversary", ColumnUse::threat},
                           Name{"actors", ColumnUse::threat},
                           Name{"malwareprintable", ColumnUse::threat},
                           Name{"family", ColumnUse::threat},
                           Name{"app", ColumnUse::threat},
                           Name{"appname", ColumnUse::threat},
                           Name{"campaign", ColumnUse::threat},
                           Name{"threat", ColumnUse::threat},
                           Name{"threatname", ColumnUse::threat},
                           Name{"signature", ColumnUse::threat},
                           Name{"listingreason", ColumnUse::threat},
                           Name{"threatactor", ColumnUse::threat},
                           Name{"actor", ColumnUse::threat},
                           Name{"tag", ColumnUse::tags},
                           Name{"tags", ColumnUse::tags},
                           Name{"labels", ColumnUse::tags},
                           Name{"attributetag", ColumnUse::tags},
                           Name{"confidence", ColumnUse::confidence},
                           Name{"confidencelevel", ColumnUse::confidence},
                           Name{"maliciousconfidence", ColumnUse::confidence},
                           Name{"role", ColumnUse::role},
                           Name{"uuid", ColumnUse::object},
                           Name{"id", ColumnUse::object},
                           Name{"created", ColumnUse::created},
                           Name{"dateadded", ColumnUse::created},
                           Name{"date", ColumnUse::created},
                           Name{"ds", ColumnUse::created},
                           Name{"listingdate", ColumnUse::created},
                           Name{"timestamp", ColumnUse::created},
                           Name{"modified", ColumnUse::modified},
                           Name{"updated", ColumnUse::modified},
                           Name{"validfrom", ColumnUse::valid_from},
                           Name{"validuntil", ColumnUse::valid_until},
                           Name{"expires", ColumnUse::valid_until},
                           Name{"expiration", ColumnUse::valid_until},
                           Name{"expirationdate", ColumnUse::valid_until},
                           Name{"expirationdatetime", ColumnUse::valid_until},
                           Name{"expirationtime", ColumnUse::valid_until},
                           Name{"expirydate", ColumnUse::valid_until},
                           Name{"expiry", ColumnUse::valid_until},
                           Name{"expiresat", ColumnUse::valid_until},
                           Name{"validto", ColumnUse::valid_until},
                           Name{"firstseen", ColumnUse::first_seen},
                           Name{"firstseenutc", ColumnUse::first_seen},
                           Name{"monthfirstseen", ColumnUse::first_seen},
                           Name{"lastseen", ColumnUse::last_seen},
                           Name{"lastseenutc", ColumnUse::last_seen},
                           Name{"lastonline", ColumnUse::last_seen},
                           Name{"revoked", ColumnUse::revoked},
                           Name{"shown", ColumnUse::shown},
                           Name{"escaped", ColumnUse::escaped}};

bool has_word(const std::string& words, std::initializer_list<std::string_view> known) {
  return std::ranges::any_of(
      known, [&](std::string_view word) { return words.find(" " + std::string(word) + " ") != std::string::npos; });
}

Column column_of(std::string_view name) {
  Column column;
  column.name = to_utf8(name.substr(0, 200));
  std::string plain;
  for (const char c : lower_ascii(name.substr(0, 64)))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain.push_back(c);
  if (const auto* found = std::ranges::find(names, std::string_view(plain), &Name::name); found != names.end()) {
    column.use = found->use;
  } else if (const std::optional<Kind> kind = kind_of_word(plain); kind && plain != "as") {
    column.use = ColumnUse::typed;
    column.kind = *kind;
  }
  const std::string words = plain_words(name.substr(0, 64));
  if (names_tlp(name)) column.use = ColumnUse::tlp;
  column.status = has_word(words, {"status", "state", "verdict", "disposition", "classification", "category",
                                   "assessment", "judgement", "judgment"});
  column.action = has_word(words, {"action"});
  column.sharing = has_word(words, {"sharing", "marking", "markings", "classification", "dissemination", "handling"});
  const std::optional<Role> role = role_of(name);
  if (names_victims(name)) {
    column.role = Role::victim;
  } else if (role == Role::attacker || role == Role::victim || role == Role::benign) {
    column.role = *role;
  }
  return column;
}

// "Indicator_type,Data,Notes", "Indicator,Data,Note" (sophoslabs/IoCs): values stand under "Data", and "Indicator" is
// their type.
void values_called_data(std::vector<Column>& columns) {
  const auto named = [&](std::string_view name) {
    return std::ranges::find_if(columns,
                                [&](const Column& column) { return equals_ignoring_case(trim(column.name), name); });
  };
  const auto data = named("data"), indicator = named("indicator");
  if (data == columns.end() || data->use != ColumnUse::unknown) return;
  if (indicator != columns.end()) indicator->use = ColumnUse::type;
  if (std::ranges::find(columns, ColumnUse::type, &Column::use) != columns.end()) data->use = ColumnUse::value;
}

}  // namespace

std::vector<Column> columns_of(const std::vector<std::string>& header) {
  std::vector<Column> columns;
  columns.reserve(header.size());
  for (const std::string& name : header) columns.push_back(column_of(name));
  values_called_data(columns);
  // SSLBL lists certificates: "Listingdate,SHA1,Listingreason".
  const bool listed = std::ranges::any_of(
      header, [](const std::string& name) { return equals_ignoring_case(trim(name), "listingreason"); });
  for (Column& column : columns)
    if (listed && column.use == ColumnUse::typed && column.kind == Kind::sha1) column.kind = Kind::cert_sha1;
  return columns;
}

bool is_own_export(const std::vector<Column>& columns) {
  return std::ranges::find(columns, ColumnUse::escaped, &Column::use) != columns.end();
}

bool is_header(const std::vector<std::string>& row) {
  bool values = false, data = false;
  for (const std::string& cell : row) {
    const Column column = column_of(cell);
    values |= column.use == ColumnUse::value || column.use == ColumnUse::typed;
    if (column.use == ColumnUse::unknown && kind_of_value(cell)) return false;
    data |= equals_ignoring_case(trim(cell), "data");
  }
  if (values || !data) return values;
  const std::vector<Column> columns = columns_of(row);
  return std::ranges::find(columns, ColumnUse::value, &Column::use) != columns.end();
}

}  // namespace testudo
