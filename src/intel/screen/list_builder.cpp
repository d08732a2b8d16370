// list_builder.h.
#include "intel/screen/list_builder.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "intel/screen/country_codes.h"
#include "intel/screen/list_text.h"

namespace testudo {
namespace {

constexpr std::size_t max_entities = 2'000'000, max_names = 256, max_values = 64, max_name = 1024, max_notes = 1000;

std::string cut(std::string_view text, std::size_t most) {
  text = trim(text);
  if (text.size() <= most) return to_utf8(text);
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return to_utf8(text.substr(0, most));
}

void add_once(std::vector<std::string>& values, std::string value) {
  if (value.empty() || values.size() >= max_values) return;
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(std::move(value));
}

constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};

int month_of(std::string_view word) {
  if (word.size() < 3) return 0;
  const std::string low = lower_ascii(word.substr(0, 3));
  const auto found = std::find(months.begin(), months.end(), low);
  return found == months.end() ? 0 : static_cast<int>(found - months.begin()) + 1;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The numbers and month names of a date, in order.
struct DateWords {
  std::vector<std::pair<int, std::size_t>> numbers;  // value and digits
  int month = 0;
};
DateWords date_words(std::string_view text) {
  DateWords words;
  for (std::size_t i = 0; i < text.size() && words.numbers.size() < 3;) {
    std::size_t end = i;
    if (is_digit(text[i])) {
      while (end < text.size() && is_digit(text[end])) ++end;
      int value = 0;
      std::from_chars(text.data() + i, text.data() + end, value);
      words.numbers.emplace_back(value, end - i);
    } else if (is_letter(text[i])) {
      while (end < text.size() && is_letter(text[end])) ++end;
      if (text.substr(i, end - i) == "T" && !words.numbers.empty()) break;  // a time of day follows
      if (words.month == 0) words.month = month_of(text.substr(i, end - i));
      // dd/mm/1970: the parts that are not known.
      if (end - i == 2 && words.month == 0 && end < text.size() && text[end] == '/') words.numbers.emplace_back(0, 2);
    } else {
      ++end;
    }
    i = end;
  }
  return words;
}

std::string two_digits(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::optional<std::string> list_date(std::string_view text) {
  const DateWords words = date_words(text.substr(0, 64));
  const auto& n = words.numbers;
  const auto is_year = [](const auto& number) {
    return number.second == 4 && number.first >= 1000 && number.first < 3000;
  };
  const auto year = std::find_if(n.begin(), n.end(), is_year);
  if (year == n.end()) return std::nullopt;
  const auto at = year - n.begin();
  int month = words.month, day = 0;
  if (at == 0 && n.size() > 1) {  // 1970-05-21, 1970-05
    if (month == 0) month = n[1].first;
    if (n.size() > 2) day = n[2].first;
    if (is_year(n[1])) month = day = 0;  // a range of years
  } else if (at == 2) {                  // 21/05/1970
    day = n[0].first;
    month = n[1].first;
  } else if (at == 1) {  // 21 May 1970, 05/1970
    if (words.month != 0) {
      day = n[0].first;
    } else {
      month = n[0].first;
    }
  }
  std::string date = std::to_string(year->first);
  if (month < 1 || month > 12) return date;
  date += "-" + two_digits(month);
  if (day >= 1 && day <= 31) date += "-" + two_digits(day);
  return date;
}

bool is_low_quality(std::string_view remark) {
  const std::string low = lower_ascii(trim(remark));
  return low == "low" || low == "weak" || contains(low, "low quality") || contains(low, "low-quality");
}

std::vector<std::string_view> list_values(std::string_view text, char separator) {
  std::vector<std::string_view> values;
  for (const std::string_view value : split(text, separator)) {
    if (!trim(value).empty()) values.push_back(trim(value));
  }
  return values;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool begins_with(std::string_view text, std::string_view start) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && (text[0] == ' ' || text[0] == '\n' || text[0] == '\r' || text[0] == '\t'))
    text.remove_prefix(1);
  return equals_ignoring_case(text.substr(0, start.size()), start);
}

void add_note(SanctionList& list, std::string_view name, std::string_view value, std::uint64_t offset) {
  const auto found =
      std::find_if(list.notes.begin(), list.notes.end(), [&](const ListNote& n) { return n.name == name; });
  if (found != list.notes.end()) {
    ++found->count;
  } else if (list.notes.size() < max_notes) {
    list.notes.push_back({std::string(name), offset, 1, cut(value, 120)});
  }
}

EntityBuilder::EntityBuilder(SanctionList& list, std::string_view list_name, std::string_view id) : list_(list) {
  entity_.list = cut(list_name, 120);
  entity_.id = cut(id, 200);
}

void EntityBuilder::name(std::string_view text, bool weak, bool primary) {
  std::string kept = cut(text, max_name);
  if (contains(kept, "&") && contains(kept, ";")) kept = without_html_references(kept);
  if (kept.empty()) return;
  if (primary && primary_.empty()) primary_ = kept;
  for (ScreenName& known : entity_.names) {
    if (known.text != kept) continue;
    known.weak = known.weak && weak;
    return;
  }
  if (entity_.names.size() >= max_names) return add_note(list_, "too_many_names", entity_.id);
  entity_.names.push_back({std::move(kept), weak});
}

void EntityBuilder::name_parts(std::initializer_list<std::string_view> parts, bool weak, bool primary) {
  std::string joined;
  for (const std::string_view part : parts) {
    const std::string_view plain = trim(part);
    if (plain.empty() || plain == "-0-") continue;
    if (!joined.empty()) joined.push_back(' ');
    joined += plain;
  }
  name(joined, weak, primary);
}

void EntityBuilder::birth(std::string_view text) {
  if (trim(text).empty()) return;
  const std::optional<std::string> date = list_date(text);
  if (!date) return add_note(list_, "bad_date", text);
  const std::string low = lower_ascii(text);
  const auto date_behind = [&](std::string_view between) {
    const std::size_t at = low.find(between);
    return at == std::string::npos ? std::nullopt : list_date(text.substr(at + between.size()));
  };
  if (const auto last = date_behind(" to "); last && last->substr(0, 4) != date->substr(0, 4))
    return birth_between(*date, *last);
  if (date->size() != 4) return add_once(entity_.births, *date);
  const auto year_behind = [&](std::string_view between) {
    const auto other = date_behind(between);
    return other && other->size() == 4 ? other : std::nullopt;
  };
  for (const std::string_view through : {" to ", "-", "\xE2\x80\x93"}) {
    if (const auto last = year_behind(through)) return birth_between(*date, *last);
  }
  if (const auto last = year_behind(" and "); last && contains(low, "between")) return birth_between(*date, *last);
  if (contains(low, *date + "s")) return birth_between(date->substr(0, 3) + "0", date->substr(0, 3) + "9");
  add_once(entity_.births, *date);
  for (const std::string_view either : {" and ", " or ", "/"}) {
    if (const auto other = year_behind(either)) add_once(entity_.births, *other);
  }
  if (contains(low, "circa") || contains(low, "approx")) birth_about(*date);
}

void EntityBuilder::birth_about(std::string_view text) {
  constexpr int unsure = 2;  // years; ours: no list says how far it may be off
  const std::optional<std::string> date = list_date(text);
  if (!date) return;
  add_once(entity_.births, *date);
  const int year = std::stoi(date->substr(0, 4));
  if (date->size() == 4) birth_between(std::to_string(year - unsure), std::to_string(year + unsure));
}

void EntityBuilder::birth(std::string_view year, std::string_view month, std::string_view day) {
  std::string date(trim(year));
  if (date.empty()) return;
  for (const std::string_view part : {trim(month), trim(day)}) {
    if (part.empty()) break;
    date += part.size() == 1 ? "-0" : "-";
    date += part;
  }
  birth(date);
}

void EntityBuilder::birth_between(std::string_view from, std::string_view to) {
  const std::optional<std::string> first = list_date(from), last = list_date(to);
  if (!first || !last || first->substr(0, 4) == last->substr(0, 4)) {
    birth(from);
    return birth(to);
  }
  const std::string a = first->substr(0, 4), b = last->substr(0, 4);
  add_once(entity_.births, std::min(a, b) + "/" + std::max(a, b));
}

// What lists write of a country that is not known: "00" and "UNKNOWN" the EU, "undetermined" OFAC.
void EntityBuilder::country(std::string_view text) {
  std::string code = country_code(text.substr(0, 200));
  if (code == "cs") code = "rs";  // the list's Serbia, by a code that is no longer one
  if (code != "00" && code != "unknown" && code != "undetermined") add_once(entity_.countries, code);
}

void EntityBuilder::countries(std::string_view text) {
  std::string one;
  for (const char c : text) {
    if (c == '(' || c == '|' || c == ';') country(one);
    if (c == '(' || c == '|' || c == ';' || c == ')') {
      one.clear();
    } else {
      one.push_back(c);
    }
  }
  country(one);
}

void EntityBuilder::programme(std::string_view text) {
  const std::string kept = cut(text, 200);
  if (kept.empty() || entity_.programme.size() > 2000 || contains("; " + entity_.programme + "; ", "; " + kept + "; "))
    return;
  if (!entity_.programme.empty()) entity_.programme += "; ";
  entity_.programme += kept;
}

void EntityBuilder::gender(std::string_view text) {
  const std::string low = lower_ascii(trim(text));
  if (low == "m" || low == "male") entity_.gender = "male";
  if (low == "f" || low == "female") entity_.gender = "female";
}

void EntityBuilder::identifier(std::string_view kind, std::string_view value) {
  if (trim(value).empty()) return;
  const std::string what = lower_ascii(cut(kind, 60));
  add_once(entity_.identifiers, (what.empty() ? "id" : what) + ":" + cut(value, 200));
}

void EntityBuilder::listed_on(std::string_view text) {
  const auto date = list_date(text);
  if (date && (entity_.listed_on.empty() || *date < entity_.listed_on)) entity_.listed_on = *date;
}

void EntityBuilder::source(std::string_view text) {
  if (entity_.source.empty()) entity_.source = cut(text, 500);
}

void EntityBuilder::finish(bool needs_name) {
  if (entity_.id.empty()) return add_note(list_, "no_id", entity_.names.empty() ? "" : entity_.names[0].text);
  if (entity_.names.empty() && needs_name) return add_note(list_, "no_name", entity_.id);
  if (list_.entities.size() >= max_entities) return add_note(list_, "too_many_entities");
  // A weak alias is never shown as the entity's name where there is a better one.
  const auto shown = std::find_if(entity_.names.begin(), entity_.names.end(),
                                  [&](const ScreenName& n) { return primary_.empty() ? !n.weak : n.text == primary_; });
  if (shown != entity_.names.end()) std::rotate(entity_.names.begin(), shown, shown + 1);
  list_.entities.push_back(std::move(entity_));
  entity_ = {};
}

std::string_view us_list_schema(std::string_view type) {
  if (type == "Individual") return "Person";
  if (type == "Entity") return "Organization";
  if (type == "Vessel") return "Vessel";
  return type == "Aircraft" ? "Airplane" : "LegalEntity";
}

}  // namespace testudo
