// Birth, country and gender: how each raises or lowers the evidence of a name. The sizes are ours
// (docs/design/screening.md).
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "intel/screen/country_codes.h"
#include "intel/screen/screen_entity.h"

namespace testudo {
namespace {

struct Birth {
  int year = 0, month = 0, day = 0;
  int last_year = 0;  // of a range of years
};

std::optional<Birth> parse_birth(std::string_view text) {
  Birth birth;
  const auto number = [&](std::size_t at, std::size_t size, int& out) {
    if (text.size() < at + size) return false;
    return std::from_chars(text.data() + at, text.data() + at + size, out).ptr == text.data() + at + size;
  };
  if (!number(0, 4, birth.year) || birth.year < 1000) return std::nullopt;
  birth.last_year = birth.year;
  if (text.size() == 9 && text[4] == '/' && number(5, 4, birth.last_year)) {
    if (birth.last_year < birth.year) std::swap(birth.year, birth.last_year);
    return birth;
  }
  if (text.size() >= 7 && text[4] == '-') number(5, 2, birth.month);
  if (text.size() >= 10 && text[7] == '-') number(8, 2, birth.day);
  return birth;
}

QualifierEffect compare_births(const Birth& a, const Birth& b) {
  const int years = std::max({0, a.year - b.last_year, b.year - a.last_year});
  const bool days = a.day != 0 && b.day != 0;
  if (years > 5) return {"birth_other_year", "", -3.0};
  if (years > 1) return {"birth_other_year", "", -1.8};
  if (years == 1) return {"birth_near_year", "", days && a.month == b.month && a.day == b.day ? 0.6 : -0.4};
  // The wider the range, the less a year inside it says.
  if (const int span = std::max(a.last_year - a.year, b.last_year - b.year); span > 0)
    return {"birth_in_range", "", std::max(0.1, 0.7 - 0.05 * span)};
  if (days && a.month == b.month && a.day == b.day) return {"birth_same_day", "", 1.6};
  if (days && a.month == b.day && a.day == b.month) return {"birth_swapped_day", "", 1.0};
  if (days) return {"birth_other_day", "", -0.6};
  return {"birth_same_year", "", 0.7};
}

std::optional<QualifierEffect> birth_effect(const std::string& asked, const std::vector<std::string>& listed) {
  const std::optional<Birth> birth = parse_birth(asked);
  if (!birth) return std::nullopt;
  std::optional<QualifierEffect> best;
  for (const std::string& text : listed) {
    const std::optional<Birth> other = parse_birth(text);
    if (!other) continue;
    QualifierEffect effect = compare_births(*birth, *other);
    effect.values = asked + " | " + text;
    if (!best || effect.effect > best->effect) best = std::move(effect);
  }
  return best;
}

std::optional<QualifierEffect> country_effect(const std::vector<std::string>& asked,
                                              const std::vector<std::string>& listed) {
  if (asked.empty() || listed.empty()) return std::nullopt;
  std::string values;
  for (const std::string& text : asked) {
    const std::string code = country_code(text);
    if (std::find(listed.begin(), listed.end(), code) != listed.end())
      return QualifierEffect{"country_same", code, 0.5};
    values += code + " ";
  }
  values += "|";
  for (const std::string& code : listed) values += " " + code;
  return QualifierEffect{"country_other", values, -0.9};
}

}  // namespace

std::vector<QualifierEffect> compare_qualifiers(const ScreenQualifiers& asked, const ScreenEntity& entity) {
  std::vector<QualifierEffect> effects;
  if (auto birth = birth_effect(asked.birth, entity.births)) effects.push_back(std::move(*birth));
  if (auto country = country_effect(asked.countries, entity.countries)) effects.push_back(std::move(*country));
  if (!asked.gender.empty() && !entity.gender.empty()) {
    const bool same = asked.gender == entity.gender;
    effects.push_back({same ? "gender_same" : "gender_other", asked.gender + " | " + entity.gender, same ? 0.1 : -1.8});
  }
  return effects;
}

NameMode entity_mode(const ScreenEntity& entity) { return name_mode(entity.schema); }

}  // namespace testudo
