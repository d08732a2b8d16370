// OFAC's SDN.CSV, ALT.CSV, ADD.CSV and SDN_COMMENTS.CSV, and the same of CONS_…: no header line, "-0-" for nothing,
// what is known of a person in words in the last column.
#include <algorithm>

#include "base/text.h"
#include "intel/screen/csv_list.h"

namespace testudo {
namespace {

std::string_view field(const std::vector<std::string>& row, std::size_t at) {
  const std::string_view text = at < row.size() ? trim(row[at]) : std::string_view();
  return text == "-0-" ? std::string_view() : text;
}

// "DOB 10 Dec 1948; POB Baghdad, Iraq; nationality Iraq; Gender Male; Passport A1234567 (Iraq); a.k.a. 'ABU ALI'."
void read_remarks(EntityBuilder& entity, std::string_view remarks) {
  for (std::string_view remark : list_values(remarks, ';')) {
    while (remark.ends_with('.')) remark.remove_suffix(1);
    const auto after = [&](std::string_view start) {
      return begins_with(remark, start) ? std::optional(remark.substr(start.size())) : std::nullopt;
    };
    if (const auto value = after("DOB ")) entity.birth(*value);
    if (const auto value = after("alt. DOB ")) entity.birth(*value);
    for (const std::string_view start : {"nationality ", "alt. nationality ", "citizen ", "alt. citizen "})
      if (const auto value = after(start)) entity.country(*value);
    if (const auto value = after("Gender ")) entity.gender(*value);
    if (const auto value = after("Passport ")) entity.identifier("passport", value->substr(0, value->find(' ')));
    if (const auto value = after("Vessel Registration Identification ")) entity.identifier("imo", *value);
    if (const auto value = after("a.k.a. '")) entity.name(value->substr(0, value->find('\'')), true);
  }
}

std::string_view schema_of(std::string_view type) {
  if (equals_ignoring_case(type, "individual")) return "Person";
  if (equals_ignoring_case(type, "vessel")) return "Vessel";
  if (equals_ignoring_case(type, "aircraft")) return "Airplane";
  return "Organization";
}

// Rows whose first field is a number; the last line of the published file is an end-of-file mark (0x1A).
template <typename Each>
Result<void> each_numbered(std::string_view content, SanctionList& list, std::size_t columns, Each each) {
  TableRows rows(content);
  std::vector<std::string> row;
  std::uint64_t good = 0;
  while (rows.next(row)) {
    const std::string_view id = field(row, 0);
    if (id == "\x1A") continue;
    if (id.empty() || id.find_first_not_of("0123456789") != std::string_view::npos || row.size() < columns) {
      add_note(list, "bad_row", id, rows.offset());
      continue;
    }
    ++good;
    each(row);
  }
  if (rows.open_quote()) add_note(list, "truncated", "a quote is never closed", rows.offset());
  if (good == 0) return error(Fault::malformed, "no row of such a list", 0);
  return {};
}

}  // namespace

Result<void> read_ofac_csv(std::string_view content, SanctionList& list) {
  return each_numbered(content, list, 4, [&](const std::vector<std::string>& row) {
    EntityBuilder entity(list, "us-ofac-sdn", field(row, 0));
    entity.schema(schema_of(field(row, 2)));
    entity.name(field(row, 1));
    for (const std::string_view programme : list_values(field(row, 3), ']')) {
      const std::size_t from = programme.find_first_not_of("[ ");
      if (from != std::string_view::npos) entity.programme(programme.substr(from));
    }
    entity.country(field(row, 9));
    read_remarks(entity, field(row, 11));
    entity.finish();
  });
}

Result<void> read_ofac_alt_csv(std::string_view content, SanctionList& list) {
  return each_numbered(content, list, 4, [&](const std::vector<std::string>& row) {
    EntityBuilder entity(list, "us-ofac-sdn", field(row, 0));
    entity.name(field(row, 3), contains(field(row, 4), "weak"));
    entity.finish();
  });
}

Result<void> read_ofac_add_csv(std::string_view content, SanctionList& list) {
  return each_numbered(content, list, 5, [&](const std::vector<std::string>& row) {
    EntityBuilder entity(list, "us-ofac-sdn", field(row, 0));
    entity.country(field(row, 4));
    entity.finish(false);
  });
}

Result<void> read_ofac_comments_csv(std::string_view content, SanctionList& list) {
  return each_numbered(content, list, 2, [&](const std::vector<std::string>& row) {
    EntityBuilder entity(list, "us-ofac-sdn", field(row, 0));
    // It goes on where SDN.CSV's remarks were cut, most often inside one.
    const std::string_view rest = field(row, 1);
    read_remarks(entity, rest.substr(std::min(rest.find(';'), rest.size())));
    entity.finish(false);
  });
}

}  // namespace testudo
