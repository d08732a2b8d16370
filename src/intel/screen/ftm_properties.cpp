// ftm_properties.h.
#include "intel/screen/ftm_properties.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace testudo {
namespace {

enum class Use : unsigned char { name, weak_name, birth, country, gender, programme, identifier, source };
struct Property {
  std::string_view name;
  Use use;
};
constexpr Property properties[] = {
    {"name", Use::name},
    {"alias", Use::name},
    {"previousName", Use::name},
    {"weakAlias", Use::weak_name},
    {"abbreviation", Use::weak_name},
    {"birthDate", Use::birth},
    {"nationality", Use::country},
    {"citizenship", Use::country},
    {"country", Use::country},
    {"jurisdiction", Use::country},
    {"mainCountry", Use::country},
    {"flag", Use::country},
    {"gender", Use::gender},
    {"programId", Use::programme},
    {"program", Use::programme},
    {"passportNumber", Use::identifier},
    {"idNumber", Use::identifier},
    {"registrationNumber", Use::identifier},
    {"imoNumber", Use::identifier},
    {"innCode", Use::identifier},
    {"ogrnCode", Use::identifier},
    {"leiCode", Use::identifier},
    {"taxNumber", Use::identifier},
    {"sourceUrl", Use::source},
};

}  // namespace

bool is_ftm_subject(std::string_view schema) {
  constexpr std::string_view subjects[] = {"Person",     "Organization", "Company",  "LegalEntity",
                                           "PublicBody", "Vessel",       "Airplane", "Vehicle"};
  return std::ranges::find(subjects, schema) != std::end(subjects);
}

std::span<const std::string_view> ftm_properties() {
  static const auto names = [] {
    std::array<std::string_view, std::size(properties)> out;
    std::ranges::transform(properties, out.begin(), &Property::name);
    return out;
  }();
  return names;
}

void add_ftm_property(EntityBuilder& entity, std::string_view property, std::string_view value) {
  const auto found = std::ranges::find(properties, property, &Property::name);
  if (found == std::end(properties)) return;
  switch (found->use) {
    case Use::name:
      return entity.name(value);
    case Use::weak_name:
      return entity.name(value, true);
    case Use::birth:
      return entity.birth(value);
    case Use::country:
      return entity.country(value);
    case Use::gender:
      return entity.gender(value);
    case Use::programme:
      return entity.programme(value);
    case Use::identifier:
      return entity.identifier(property, value);
    case Use::source:
      return entity.source(value);
  }
}

}  // namespace testudo
