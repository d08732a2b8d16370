// The table of formats, and reading by it (sanction_list.h).
#include "intel/screen/sanction_list.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "intel/screen/list_builder.h"
#include "intel/screen/list_text.h"

namespace testudo {
namespace {

constexpr std::size_t max_size = std::size_t{256} << 20, head_size = 65536;

// The first element's name, or nothing.
bool has_root(std::string_view head, std::string_view root) {
  for (std::size_t at = 0; (at = head.find('<', at)) != std::string_view::npos; ++at) {
    if (at + 1 >= head.size() || head[at + 1] == '?' || head[at + 1] == '!') continue;
    std::string_view name = head.substr(at + 1);
    name = name.substr(0, name.find_first_of(" \t\r\n>/"));
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    return name == root;
  }
  return false;
}

// A row as OFAC's files without a header begin: number, comma.
bool has_number_row(std::string_view head, std::size_t commas) {
  const std::string_view line = head.substr(0, head.find('\n'));
  const std::size_t digits = line.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos || line[digits] != ',') return false;
  bool quoted = false;
  std::size_t found = 0;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    found += c == ',' && !quoted;
  }
  return found == commas;
}

constexpr ListFormat formats[] = {
    {"eu-xml", "EU consolidated financial sanctions list, XML 1.1", "eu-fsf",
     [](std::string_view h) { return has_root(h, "export") && contains(h, "sanctionEntity"); }, read_eu_xml},
    {"eu-csv", "EU consolidated financial sanctions list, CSV 1.1", "eu-fsf",
     [](std::string_view h) { return contains(h, "Entity_LogicalId") && contains(h, "NameAlias_WholeName"); },
     read_eu_csv},
    {"ofac-xml", "US OFAC SDN and consolidated list, XML", "us-ofac-sdn",
     [](std::string_view h) { return has_root(h, "sdnList"); }, read_ofac_xml},
    {"ofac-advanced-xml", "US OFAC SDN and consolidated list, advanced XML", "us-ofac-sdn",
     [](std::string_view h) { return has_root(h, "Sanctions") && contains(h, "ReferenceValueSets"); },
     read_ofac_advanced_xml},
    // A file of changes, of the same elements, is no list.
    {"ofac-enhanced-xml", "US OFAC SDN and consolidated list, enhanced XML", "us-ofac-sdn",
     [](std::string_view h) { return has_root(h, "sanctionsData") && !contains(h, "DeltaFile"); },
     read_ofac_enhanced_xml},
    {"uk-xml", "UK Sanctions List and OFSI consolidated list, XML", "gb-uksl",
     [](std::string_view h) { return has_root(h, "Designations") || has_root(h, "ArrayOfFinancialSanctionsTarget"); },
     read_uk_xml},
    {"un-xml", "UN Security Council consolidated list, XML", "un-sc",
     [](std::string_view h) { return has_root(h, "CONSOLIDATED_LIST"); }, read_un_xml},
    {"uk-csv", "UK OFSI consolidated list (2022 format) and UK Sanctions List, CSV", "gb-uksl",
     [](std::string_view h) { return contains(h, "Name 6") && contains(h, "Group ID"); }, read_uk_csv},
    {"csl-csv", "US Consolidated Screening List, CSV", "us-csl",
     [](std::string_view h) {
       return contains(h, "alt_names") && contains(h, "entity_number") && !begins_with(h, "{");
     },
     read_csl_csv},
    {"csl-json", "US Consolidated Screening List, JSON", "us-csl",
     [](std::string_view h) { return (begins_with(h, "{") || begins_with(h, "[")) && contains(h, "\"alt_names\""); },
     read_csl_json},
    {"ftm-json", "FollowTheMoney entities, one JSON object a line", "ftm",
     [](std::string_view h) {
       return (begins_with(h, "{") || begins_with(h, "[")) && contains(h, "\"schema\"") &&
              contains(h, "\"properties\"");
     },
     read_ftm_json},
    {"senzing-json", "OpenSanctions senzing.json", "senzing",
     [](std::string_view h) {
       return (begins_with(h, "{") || begins_with(h, "[")) && contains(h, "\"RECORD_ID\"") &&
              contains(h, "\"DATA_SOURCE\"");
     },
     read_senzing_json},
    {"statements-csv", "OpenSanctions statements.csv", "opensanctions",
     [](std::string_view h) {
       const std::string_view line = h.substr(0, h.find('\n'));
       return contains(line, "prop_type") && contains(line, "schema") && contains(line, "entity_id");
     },
     read_statements_csv},
    {"targets-csv", "OpenSanctions targets.simple.csv", "opensanctions",
     [](std::string_view h) { return contains(h.substr(0, h.find('\n')), "birth_date") && contains(h, "schema"); },
     read_targets_csv},
    {"ofac-csv", "US OFAC SDN.CSV", "us-ofac-sdn", [](std::string_view h) { return has_number_row(h, 11); },
     read_ofac_csv},
    {"ofac-alt-csv", "US OFAC ALT.CSV (aliases of SDN.CSV)", "us-ofac-sdn",
     [](std::string_view h) { return has_number_row(h, 4); }, read_ofac_alt_csv},
    {"ofac-add-csv", "US OFAC ADD.CSV (addresses of SDN.CSV)", "us-ofac-sdn",
     [](std::string_view h) { return has_number_row(h, 5); }, read_ofac_add_csv},
    {"ofac-comments-csv", "US OFAC SDN_COMMENTS.CSV (remarks that SDN.CSV cuts)", "us-ofac-sdn",
     [](std::string_view h) { return has_number_row(h, 1) && trim(h.substr(0, h.find('\n'))).ends_with(".\""); },
     read_ofac_comments_csv},
};

}  // namespace

bool ListNote::loses_names() const {
  return name != "doctype" && name != "bad_date" && name != "no_name" && name != "short_row";
}

std::span<const ListFormat> list_formats() { return formats; }

Result<SanctionList> read_sanction_list(std::string_view content, std::string_view format) {
  if (content.size() > max_size) return error(Fault::limit, "a list of more than 256 MB");
  std::string owned;
  content = list_text(content, owned);
  const std::string_view head = content.substr(0, head_size);
  const auto found = std::find_if(std::begin(formats), std::end(formats), [&](const ListFormat& f) {
    return format.empty() ? f.recognise(head) : f.name == format;
  });
  if (found == std::end(formats)) return error(Fault::unsupported, "no known format of a sanction list", 0);
  SanctionList list;
  list.format = found->name;
  TRY(found->read(content, list));
  return list;
}

void merge_entities(std::vector<ScreenEntity>& entities) {
  std::unordered_map<std::string, std::size_t> places;
  std::vector<ScreenEntity> merged;
  const auto add_all = [](std::vector<std::string>& to, std::vector<std::string>& from) {
    for (std::string& value : from) {
      if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(std::move(value));
    }
  };
  for (ScreenEntity& entity : entities) {
    const auto [place, is_new] = places.try_emplace(entity.list + '\n' + entity.id, merged.size());
    if (is_new) {
      merged.push_back(std::move(entity));
      continue;
    }
    ScreenEntity& kept = merged[place->second];
    // The file of aliases may come first; only the list itself says what an entity is, and which name is shown.
    if (kept.schema.empty() && !entity.schema.empty()) std::swap(kept, entity);
    for (ScreenName& name : entity.names) {
      const bool known =
          std::any_of(kept.names.begin(), kept.names.end(), [&](const ScreenName& n) { return n.text == name.text; });
      if (!known) kept.names.push_back(std::move(name));
    }
    add_all(kept.births, entity.births);
    add_all(kept.countries, entity.countries);
    add_all(kept.identifiers, entity.identifiers);
    for (auto field : {&ScreenEntity::schema, &ScreenEntity::programme, &ScreenEntity::gender, &ScreenEntity::listed_on,
                       &ScreenEntity::source}) {
      if ((kept.*field).empty()) kept.*field = std::move(entity.*field);
    }
  }
  std::erase_if(merged, [](const ScreenEntity& e) { return e.names.empty(); });
  entities = std::move(merged);
}

}  // namespace testudo
