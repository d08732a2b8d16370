// OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML: words stand in reference tables, parties name them by number.
#include <map>
#include <string>
#include <unordered_map>

#include "intel/screen/xml_list.h"

namespace testudo {
namespace {

using Words = std::unordered_map<std::string, std::string>;

// <PartySubTypeValues><PartySubType ID="3">Unknown</PartySubType>…: what an ID means, and which ID stands above it.
struct Table {
  Words text, above;
};

Table read_values(const pugi::xml_node& sets, std::string_view outer, std::string_view inner, const char* above) {
  Table table;
  each_in(sets, outer, inner, [&](const pugi::xml_node& n) {
    const std::string id(attribute(n, "ID"));
    table.text.try_emplace(id, text_of(n));
    table.above.try_emplace(id, attribute(n, above));
  });
  return table;
}

std::string_view look_up(const Words& words, std::string_view id) {
  const auto found = words.find(std::string(id));
  return found == words.end() ? std::string_view() : std::string_view(found->second);
}

struct Listing {
  std::vector<std::string> programmes;
  std::string listed_on;
  bool sdn = false, other = false;  // the SDN list, another list
};

struct References {
  Table sub_types, types, features, parts, countries, lists;
  Words location_country;
  std::unordered_map<std::string, Listing> listings;  // by profile
};

std::string date_of(const pugi::xml_node& node) {
  const auto two = [](std::string_view text) { return text.size() == 1 ? "0" + std::string(text) : std::string(text); };
  std::string date(child_text(node, "Year"));
  if (!child_text(node, "Month").empty()) date += "-" + two(child_text(node, "Month"));
  if (!child_text(node, "Day").empty()) date += "-" + two(child_text(node, "Day"));
  return date;
}

References read_references(const pugi::xml_node& root) {
  References out;
  const pugi::xml_node sets = child_named(root, "ReferenceValueSets");
  out.sub_types = read_values(sets, "PartySubTypeValues", "PartySubType", "PartyTypeID");
  out.types = read_values(sets, "PartyTypeValues", "PartyType", "ID");
  out.features = read_values(sets, "FeatureTypeValues", "FeatureType", "ID");
  out.parts = read_values(sets, "NamePartTypeValues", "NamePartType", "ID");
  out.countries = read_values(sets, "CountryValues", "Country", "ID");
  out.lists = read_values(sets, "ListValues", "List", "ID");
  each_in(root, "Locations", "Location", [&](const pugi::xml_node& n) {
    each_child(n, "LocationCountry", [&](const pugi::xml_node& country) {
      out.location_country.try_emplace(std::string(attribute(n, "ID")),
                                       look_up(out.countries.text, attribute(country, "CountryID")));
    });
  });
  each_in(root, "SanctionsEntries", "SanctionsEntry", [&](const pugi::xml_node& n) {
    Listing& listing = out.listings[std::string(attribute(n, "ProfileID"))];
    const std::string_view name = look_up(out.lists.text, attribute(n, "ListID"));
    if (!name.empty()) (name == "SDN List" ? listing.sdn : listing.other) = true;
    each_child(n, "SanctionsMeasure", [&](const pugi::xml_node& m) {
      if (!child_text(m, "Comment").empty() && listing.programmes.size() < 32)
        listing.programmes.emplace_back(child_text(m, "Comment"));
    });
    each_in(n, "EntryEvent", "Date", [&](const pugi::xml_node& d) { listing.listed_on = date_of(d); });
  });
  return out;
}

std::string_view schema_of(const References& refs, std::string_view sub_type) {
  const std::string_view word = look_up(refs.sub_types.text, sub_type);
  if (word == "Vessel") return "Vessel";
  if (word == "Aircraft") return "Airplane";
  const std::string_view type = look_up(refs.types.text, look_up(refs.sub_types.above, sub_type));
  if (type == "Individual") return "Person";
  return type == "Entity" ? "Organization" : "LegalEntity";
}

// The family name last, whichever order the file has.
void read_alias(const References& refs, const Words& groups, const pugi::xml_node& alias, EntityBuilder& entity) {
  const bool weak = attribute(alias, "LowQuality") == "true", primary = attribute(alias, "Primary") == "true";
  each_child(alias, "DocumentedName", [&](const pugi::xml_node& documented) {
    std::multimap<int, std::string_view> parts;
    each_in(documented, "DocumentedNamePart", "NamePartValue", [&](const pugi::xml_node& value) {
      const std::string_view kind = look_up(refs.parts.text, look_up(groups, attribute(value, "NamePartGroupID")));
      parts.emplace(kind == "Last Name" ? 2 : kind == "First Name" ? 0 : 1, text_of(value));
    });
    std::string joined;
    for (const auto& [order, text] : parts) joined += (joined.empty() ? "" : " ") + std::string(text);
    entity.name(joined, weak, primary);
  });
}

void read_feature(const References& refs, const pugi::xml_node& feature, EntityBuilder& entity) {
  const std::string_view kind = look_up(refs.features.text, attribute(feature, "FeatureTypeID"));
  each_child(feature, "FeatureVersion", [&](const pugi::xml_node& version) {
    if (kind == "Birthdate") {
      each_child(version, "DatePeriod", [&](const pugi::xml_node& period) {
        const std::string from = date_of(child_named(child_named(period, "Start"), "From"));
        const std::string to = date_of(child_named(child_named(period, "End"), "To"));
        // A span over a year says no more than its years.
        if (!to.empty() && from.substr(0, 4) != to.substr(0, 4)) return entity.birth_between(from, to);
        entity.birth(!to.empty() && from != to && from.ends_with("-01-01") ? from.substr(0, 4) : from);
      });
    }
    if (contains(kind, "Country") || kind == "Location") {
      each_child(version, "VersionLocation", [&](const pugi::xml_node& place) {
        entity.country(look_up(refs.location_country, attribute(place, "LocationID")));
      });
    }
    if (kind == "Gender") entity.gender(child_text(version, "Comment"));
  });
}

void read_party(const References& refs, const pugi::xml_node& party, SanctionList& list) {
  each_child(party, "Profile", [&](const pugi::xml_node& profile) {
    const std::string_view id = attribute(party, "FixedRef");
    const auto listing = refs.listings.find(std::string(attribute(profile, "ID")));
    const bool cons = listing != refs.listings.end() && listing->second.other && !listing->second.sdn;
    EntityBuilder entity(list, cons ? "us-ofac-cons" : "us-ofac-sdn", id.empty() ? attribute(profile, "ID") : id);
    entity.schema(schema_of(refs, attribute(profile, "PartySubTypeID")));
    each_child(profile, "Identity", [&](const pugi::xml_node& identity) {
      Words groups;
      each_in(identity, "NamePartGroups", "MasterNamePartGroup", [&](const pugi::xml_node& master) {
        each_child(master, "NamePartGroup", [&](const pugi::xml_node& n) {
          groups.try_emplace(std::string(attribute(n, "ID")), attribute(n, "NamePartTypeID"));
        });
      });
      each_child(identity, "Alias", [&](const pugi::xml_node& alias) { read_alias(refs, groups, alias, entity); });
    });
    each_child(profile, "Feature", [&](const pugi::xml_node& feature) { read_feature(refs, feature, entity); });
    if (listing != refs.listings.end()) {
      for (const std::string& programme : listing->second.programmes) entity.programme(programme);
      entity.listed_on(listing->second.listed_on);
    }
    entity.finish();
  });
}

}  // namespace

Result<void> read_ofac_advanced_xml(std::string_view content, SanctionList& list) {
  pugi::xml_document document;
  const pugi::xml_node root = TRY(parse_list_xml(content, document, list));
  if (!is_named(root, "Sanctions")) return error(Fault::malformed, "the root is no <Sanctions>", 0);
  list.date = date_of(child_named(root, "DateOfIssue"));
  const References refs = read_references(root);
  each_in(root, "DistinctParties", "DistinctParty",
          [&](const pugi::xml_node& party) { read_party(refs, party, list); });
  return {};
}

}  // namespace testudo
