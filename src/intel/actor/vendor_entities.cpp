#include "intel/actor/vendor_entities.h"

#include <algorithm>

#include "base/text.h"

namespace testudo {
namespace {

void add_country(ScreenEntity& entity, std::string_view code) {
  if (code.empty()) return;
  const std::string lower = lower_ascii(code);
  if (std::ranges::find(entity.countries, lower) == entity.countries.end()) entity.countries.push_back(lower);
}

// A remark in brackets is no part of a name; a short one is a second name.
void add_name(ScreenEntity& entity, std::string_view spelled, bool weak) {
  const std::size_t open = spelled.find(" (");
  entity.names.push_back({std::string(spelled.substr(0, open)), weak});
  if (open == std::string_view::npos) return;
  const std::string_view inner = spelled.substr(open + 2, spelled.find(')', open) - open - 2);
  if (inner.size() <= 16 || !is_ascii(inner)) entity.names.push_back({std::string(inner), true});
}

// Measures against this name: programme, and the day of the first of them.
void add_measures(ScreenEntity& entity, const VendorFile& vendor) {
  for (const VendorStatement& s : vendor.of(VendorField::measure)) {
    const std::string target = vendor_key(s.attribute("target"));
    const auto meets = [&](const ScreenName& name) { return !target.empty() && vendor_key(name.text) == target; };
    if (std::ranges::none_of(entity.names, meets)) continue;
    entity.programme += (entity.programme.empty() ? "" : "; ") + s.value;
    const std::string on(s.attribute("on"));
    if (!on.empty() && (entity.listed_on.empty() || on < entity.listed_on)) entity.listed_on = on;
  }
}

ScreenEntity entity_of(const VendorFile& vendor, const VendorStatement& s, std::string_view schema) {
  ScreenEntity entity;
  entity.id = vendor.id + '#' + std::to_string(s.line);
  entity.list = "vendors";
  entity.schema = schema;
  entity.source = vendor.sources[s.sources.front()].url;
  add_name(entity, s.value, false);
  add_country(entity, s.attribute("country"));
  if (const std::string_view born = s.attribute("born"); !born.empty()) entity.births.emplace_back(born);
  if (const std::string_view number = s.attribute("number"); !number.empty())
    entity.identifiers.push_back("registration:" + std::string(number));
  return entity;
}

ScreenEntity company(const VendorFile& vendor, const VendorStatement& name) {
  ScreenEntity entity = entity_of(vendor, name, "Organization");
  for (const VendorStatement& s : vendor.of(VendorField::alias)) {
    const std::string_view kind = s.attribute("kind");
    add_name(entity, s.value, kind == "short" || kind == "tracking" || kind == "misspelling");
  }
  for (const VendorStatement& s : vendor.of(VendorField::country)) add_country(entity, s.value);
  return entity;
}

}  // namespace

std::vector<ScreenEntity> vendor_entities(const VendorCatalogue& catalogue) {
  std::vector<ScreenEntity> all;
  for (const VendorFile& vendor : catalogue.vendors())
    for (const VendorStatement& s : vendor.statements) {
      switch (s.field) {
        case VendorField::name:
          all.push_back(company(vendor, s));
          break;
        case VendorField::entity:
          all.push_back(entity_of(vendor, s, "Company"));
          break;
        case VendorField::person:
          all.push_back(entity_of(vendor, s, "Person"));
          break;
        // An owner is a person, a fund or a company: the file does not say which.
        case VendorField::owner:
        case VendorField::investor:
          all.push_back(entity_of(vendor, s, "LegalEntity"));
          break;
        default:
          continue;
      }
      add_measures(all.back(), vendor);
    }
  return all;
}

std::vector<ScreenEntity> vendor_entities() {
  const auto catalogue = VendorCatalogue::load();
  return catalogue ? vendor_entities(*catalogue) : std::vector<ScreenEntity>();
}

}  // namespace testudo
