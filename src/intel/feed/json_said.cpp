// The words are those of tables (csv_columns.h, claim_words.h).
#include "intel/feed/json_said.h"

#include <algorithm>
#include <string>

#include "intel/feed/claim_words.h"
#include "intel/feed/csv_columns.h"
#include "intel/feed/tlp_said.h"

namespace testudo {
namespace {

namespace dom = simdjson::dom;

constexpr unsigned deepest = 4;

// "falsePositives" is "false Positives".
std::string apart(std::string_view key) {
  constexpr std::size_t longest = 64;
  std::string words;
  for (const char c : key.substr(0, longest)) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !words.empty() && words.back() >= 'a' && words.back() <= 'z') words += ' ';
    words += c;
  }
  return words;
}

bool spares(Role role) { return role == Role::victim || role == Role::benign || role == Role::context; }

JsonSaid said_by_text(std::string_view key, std::string_view text, FeedNotes& notes) {
  JsonSaid said;
  if (names_tlp(key)) {
    said.tlp = tlp_of(text);
    if (!said.tlp && !says_nothing(text)) {
      notes.add("", "unreadable_tlp", text);
      said.tlp = Tlp::amber_strict;
    }
    return said;
  }
  const Column column = columns_of({std::string(key)}).front();
  said.tlp = stricter(column.sharing ? tlp_of(text) : std::nullopt, tlp_said_in_parts(text, Brackets::part).stated());
  const bool tells = column.use == ColumnUse::type || column.use == ColumnUse::tags || column.use == ColumnUse::role;
  if (tells) said.role = role_of_remark(text).value_or(Role::unstated);
  if (column.status) said.role = least_blocking(said.role, role_of_status(text).value_or(Role::unstated));
  return said;
}

JsonSaid said(std::string_view key, dom::element value, FeedNotes& notes, unsigned depth) {
  JsonSaid all;
  std::string_view text;
  bool flag = false;
  dom::array list;
  dom::object object;
  if (depth == deepest) return all;
  if (value.get(text) == simdjson::SUCCESS) return said_by_text(key, text, notes);
  if (value.get(flag) == simdjson::SUCCESS) return flag ? said_by_key(key) : all;
  if (value.get(list) == simdjson::SUCCESS)
    for (const dom::element item : list) all.add(said(key, item, notes, depth + 1));
  if (value.get(object) == simdjson::SUCCESS)
    for (const dom::key_value_pair member : object) all.add(said(member.key, member.value, notes, depth + 1));
  return all;
}

// Whether nothing in it can be a table or a list of values: one value, a list of texts that are tags, or an object of
// these.
bool speaks(std::string_view key, dom::element value, unsigned depth) {
  dom::array list;
  dom::object object;
  if (value.get(list) == simdjson::SUCCESS) {
    const bool texts = std::ranges::all_of(list, [](dom::element item) { return item.is_string(); });
    return texts && (names_tlp(key) || columns_of({std::string(key)}).front().use == ColumnUse::tags);
  }
  if (value.get(object) != simdjson::SUCCESS) return true;
  return depth < deepest &&
         std::ranges::all_of(
             object, [&](const dom::key_value_pair& member) { return speaks(member.key, member.value, depth + 1); });
}

}  // namespace

void JsonSaid::add(const JsonSaid& more) {
  tlp = stricter(tlp, more.tlp);
  role = least_blocking(role, more.role);
}

JsonSaid said_by_key(std::string_view key) {
  const std::string words = apart(key);
  if (names_victims(words)) return {.tlp = {}, .role = Role::victim};
  const Role role = role_of(words).value_or(Role::unstated);
  return {.tlp = {}, .role = spares(role) ? role : Role::unstated};
}

JsonSaid said_by_member(std::string_view key, dom::element value, FeedNotes& notes) {
  return said(key, value, notes, 0);
}

JsonSaid said_beside(dom::object object, FeedNotes& notes) {
  JsonSaid all;
  for (const dom::key_value_pair member : object)
    if (speaks(member.key, member.value, 0)) all.add(said_by_member(member.key, member.value, notes));
  return all;
}

}  // namespace testudo
