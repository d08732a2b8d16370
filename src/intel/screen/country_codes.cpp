// country_codes.h.
#include "intel/screen/country_codes.h"

#include <unicode/locid.h>

#include <unordered_map>

#include "base/text.h"
#include "intel/screen/name_text.h"

namespace testudo {
namespace {

struct Alias {
  std::string_view name, code;
};
// Names that lists use and CLDR's English does not.
constexpr Alias aliases[] = {
    {"russian federation", "ru"},
    {"the russian federation", "ru"},
    {"iran islamic republic of", "ir"},
    {"islamic republic of iran", "ir"},
    {"syrian arab republic", "sy"},
    {"democratic peoples republic of korea", "kp"},
    {"korea north", "kp"},
    {"dprk", "kp"},
    {"korea south", "kr"},
    {"republic of korea", "kr"},
    {"united states of america", "us"},
    {"usa", "us"},
    {"uk", "gb"},
    {"great britain", "gb"},
    {"libyan arab jamahiriya", "ly"},
    {"democratic republic of the congo", "cd"},
    {"drc", "cd"},
    {"congo democratic republic of the", "cd"},
    {"republic of belarus", "by"},
    {"burma", "mm"},
    {"peoples republic of china", "cn"},
    {"republic of moldova", "md"},
    {"united republic of tanzania", "tz"},
    {"viet nam", "vn"},
    {"lao peoples democratic republic", "la"},
    {"venezuela bolivarian republic of", "ve"},
    {"bolivarian republic of venezuela", "ve"},
    {"ivory coast", "ci"},
    {"cote d ivoire", "ci"},
    {"turkey", "tr"},
    {"turkiye", "tr"},
    {"czech republic", "cz"},
    {"macedonia", "mk"},
    {"palestine", "ps"},
    {"uae", "ae"},
    {"region gaza", "ps"},
    {"west bank", "ps"},
    {"hong kong", "hk"},
    {"macau", "mo"},
    {"cape verde", "cv"},
    {"swaziland", "sz"},
    {"congo democratic republic", "cd"},
    {"congo kinshasa", "cd"},
    {"democratic republic of congo", "cd"},
    {"congo", "cg"},
    {"republic of the congo", "cg"},
    {"congo republic of the", "cg"},
    {"palestinian", "ps"},
    {"state of palestine", "ps"},
    {"occupied palestinian territories", "ps"},
    {"myanmar", "mm"},
    {"bahamas the", "bs"},
    {"the bahamas", "bs"},
    {"gambia the", "gm"},
    {"the gambia", "gm"},
    {"saint kitts and nevis", "kn"},
    {"saint lucia", "lc"},
    {"saint vincent and the grenadines", "vc"},
    {"brunei darussalam", "bn"},
    {"east timor", "tl"},
    {"kosovo", "xk"},
    {"micronesia federated states of", "fm"},
    {"the netherlands", "nl"},
    {"bolivia plurinational state of", "bo"},
    {"taiwan province of china", "tw"},
};

std::string folded(std::string_view text) {
  std::string out;
  for (const NameWord& word : name_words(text)) {
    if (!out.empty()) out.push_back(' ');
    out += word.text;
  }
  return out;
}

std::unordered_map<std::string, std::string> read_names() {
  std::unordered_map<std::string, std::string> names;
  for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    const icu::Locale country("", *code);
    icu::UnicodeString display;
    std::string name;
    country.getDisplayCountry(icu::Locale::getEnglish(), display).toUTF8String(name);
    const std::string low = lower_ascii(*code);
    names.try_emplace(folded(name), low);
    names.try_emplace(low, low);
    names.try_emplace(lower_ascii(country.getISO3Country()), low);
  }
  for (const Alias& alias : aliases) names.try_emplace(std::string(alias.name), std::string(alias.code));
  return names;
}

}  // namespace

std::string country_code(std::string_view text) {
  static const std::unordered_map<std::string, std::string> names = read_names();
  const std::string key = folded(text);
  const auto found = names.find(key);
  return found == names.end() ? key : found->second;
}

}  // namespace testudo
