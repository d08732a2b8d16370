// Says what each word of a name is (name_parts.h).
#include "intel/screen/name_parts.h"

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_set>

#include "base/text.h"
#include "intel/screen/edit_cost.h"
#include "intel/screen/name_numbers.h"
#include "intel/screen/name_sound.h"

namespace testudo {
namespace {

constexpr std::string_view kind_names[] = {"name", "initial", "number",   "gloss", "place",
                                           "form", "title",   "particle", "stop"};

std::string joined(std::span<const NameWord> words, std::string_view between) {
  std::string text;
  for (const NameWord& word : words) {
    if (!text.empty()) text += between;
    text += word.text;
  }
  return text;
}

std::uint8_t word_kinds(const std::string& text) {
  const auto& words = name_tables().words;
  const auto found = words.find(text);
  return found == words.end() ? 0 : found->second;
}

NamePart part_of(const NameWord& word, PartKind kind) {
  NamePart part = plain_part(word.text, word.script);
  part.kind = kind;
  part.native = word.native;
  if (word.native != 0) {
    const auto found = name_tables().native_variants.find(word.native);
    part.groups = found == name_tables().native_variants.end() ? NameGroups{} : found->second;
  }
  return part;
}

// Initials stand apart in a person's name: "J.-C.", "A.B. Ivanov".
std::vector<NameWord> with_initials_apart(std::vector<NameWord> words) {
  std::vector<NameWord> out;
  for (NameWord& word : words) {
    if (!word.dotted) {
      out.push_back(std::move(word));
      continue;
    }
    for (std::string& letter : word.letters)
      out.push_back({.text = std::move(letter), .script = word.script, .before = word.before, .letter = true});
  }
  return out;
}

// "Kovalchuk Yu V": beside another initial it is one without its full stop too.
void mark_initials(std::vector<NameWord>& words) {
  const auto is_initial = [&](std::size_t at) {
    return at < words.size() && (words[at].letter || (words[at].text.size() == 1 && words[at].native == 0));
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].script != NameScript::latin ? !words[i].one_letter : !writes_one_letter(words[i].text)) continue;
    if (words.size() > 2 && (is_initial(i + 1) || (i > 0 && is_initial(i - 1)))) words[i].letter = true;
  }
}

// "Putin, Vladimir": what stands before the only comma goes to the end.
void undo_comma(std::vector<NameWord>& words, bool& comma) {
  const auto is_comma = [](const NameWord& w) { return w.before == NameBreak::comma; };
  if (std::count_if(words.begin(), words.end(), is_comma) != 1) return;
  const auto at = std::find_if(words.begin(), words.end(), is_comma);
  if (at == words.begin()) return;
  at->before = NameBreak::space;
  std::rotate(words.begin(), at, words.end());
  comma = true;
}

std::size_t title_length(std::span<const NameWord> words) {
  for (std::size_t n = std::min<std::size_t>(3, words.size()); n > 0; --n) {
    if ((word_kinds(joined(words.first(n), " ")) & title_word) != 0) return n;
  }
  return 0;
}

PartKind person_kind(const NameWord& word, std::size_t at, std::size_t count) {
  if ((word.text.size() == 1 || word.letter) && word.native == 0) return PartKind::initial;
  if (word.native != 0) return PartKind::name;
  const bool last = at + 1 == count;
  if (!last && (word_kinds(word.text) & particle_word) != 0) return PartKind::particle;
  const bool digits = std::all_of(word.text.begin(), word.text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? PartKind::number : PartKind::name;
}

// "Jr." and "III" behind a name: which of several of that name.
std::uint16_t generation_of(std::string_view text) {
  if (text == "sr" || text == "senior") return 1;
  if (text == "jr" || text == "junior" || text == "ii") return 2;
  return text == "iii" ? 3 : text == "iv" ? 4 : 0;
}

NameParts person_parts(std::vector<NameWord> words) {
  NameParts out;
  words = with_initials_apart(std::move(words));
  mark_initials(words);
  undo_comma(words, out.comma);
  bool leading = true;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t titles = title_length(std::span(words).subspan(i));
    const bool trailing = titles > 0 && i + titles == words.size();
    const bool title = titles > 0 && (leading || trailing) && words[i].native == 0;
    const std::size_t count = title ? titles : 1;
    for (std::size_t k = i; k < i + count; ++k) {
      out.parts.push_back(part_of(words[k], title ? PartKind::title : person_kind(words[k], k, words.size())));
    }
    leading = leading && title;
    i += count;
  }
  for (std::size_t i = 1; out.parts.size() > 2 && i < out.parts.size(); ++i) {
    const std::uint16_t generation = generation_of(out.parts[i].text);
    if (generation == 0 || out.parts[i].script != NameScript::latin) continue;
    out.parts[i].kind = PartKind::title;
    out.parts[i].gloss = generation;
  }
  // A "title" is the name where little else is left: "Prince", "King Lee".
  const auto names =
      std::count_if(out.parts.begin(), out.parts.end(), [](const NamePart& p) { return p.kind == PartKind::name; });
  for (NamePart& part : out.parts) {
    if (names == 0 && (part.kind == PartKind::title || part.kind == PartKind::particle)) part.kind = PartKind::name;
  }
  return out;
}

struct FormAt {
  LegalForm form = LegalForm::none;
  std::size_t words = 0;
};

// The first words of all phrases and forms: most words of names begin neither, and need no search of the tables.
struct FirstWords {
  std::unordered_set<std::string> phrases, forms;
};
const FirstWords& first_words() {
  static const FirstWords words = [] {
    FirstWords made;
    for (const auto& [text, place] : name_tables().phrases) made.phrases.insert(text.substr(0, text.find(' ')));
    for (const auto& [text, form] : name_tables().forms) made.forms.insert(text.substr(0, text.find(' ')));
    return made;
  }();
  return words;
}

FormAt lookup_form(std::span<const NameWord> words, std::string_view between) {
  const auto& forms = name_tables().forms;
  const auto found = forms.find(joined(words, between));
  return found == forms.end() ? FormAt{} : FormAt{found->second, words.size()};
}

// Two or three letters are a legal form only at either end, or beside another: "AS Roma" and "Roma AS", not "as"
// inside.
FormAt form_at(std::span<const NameWord> words, std::size_t at, bool beside_form) {
  const std::span<const NameWord> rest = words.subspan(at);
  if (rest[0].text.size() > 2 && !first_words().forms.contains(rest[0].text)) return {};
  for (std::size_t n = std::min(name_tables().longest_form, rest.size()); n > 0; --n) {
    const bool letters = n > 1 && std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(n),
                                              [](const NameWord& w) { return w.text.size() <= 2; });
    FormAt found = lookup_form(rest.first(n), " ");
    if (found.words == 0 && letters) found = lookup_form(rest.first(n), "");
    if (found.words == 0) continue;
    const bool is_short = n == 1 && rest[0].text.size() <= 3 && !rest[0].dotted && found.form != LegalForm::co;
    if (!is_short || at == 0 || at + 1 == words.size() || beside_form) return found;
  }
  return {};
}

NamePart form_part(std::span<const NameWord> words, LegalForm form) {
  NamePart part = plain_part(joined(words, ""), words[0].script);
  part.kind = PartKind::form;
  part.form = form;
  part.groups = {};
  return part;
}

// A long word that misses one letter of a form: "Aktiengeselschaft", "joint stock compan".
FormAt nearly_form(std::span<const NameWord> words) {
  for (std::size_t n = std::min<std::size_t>(4, words.size()); n > 0; --n) {
    const std::string text = joined(words.first(n), " ");
    if (text.size() < 12) continue;
    for (const auto& [known, form] : name_tables().forms) {
      if (known.size() < 12 || known.size() + 1 < text.size() || text.size() + 1 < known.size() || known[0] != text[0])
        continue;
      if (edit_cost(known, text, 1.0F) <= 1.0F) return {form, n};
    }
  }
  return {};
}

// "United States" and "U.S." are one word.
std::optional<NamePart> phrase_part(std::span<const NameWord> words, std::size_t& used) {
  if (!first_words().phrases.contains(words[0].text)) return std::nullopt;
  const auto& phrases = name_tables().phrases;
  for (std::size_t n = std::min<std::size_t>(5, words.size()); n > 0; --n) {
    const auto found = phrases.find(joined(words.first(n), " "));
    if (found == phrases.end() || (n == 1 && words[0].text.size() == 2 && !words[0].dotted)) continue;
    used = n;
    NamePart part = plain_part(found->second, NameScript::latin);
    part.kind = PartKind::place;
    return part;
  }
  return std::nullopt;
}

NamePart organisation_part(std::span<const NameWord> words, std::size_t at, bool vessel, std::size_t& used) {
  const NameWord& word = words[at];
  used = 1;
  const std::uint8_t kinds = word_kinds(word.text);
  if (vessel && (kinds & vessel_word) != 0 && at + 1 < words.size()) return part_of(word, PartKind::title);
  if (auto phrase = phrase_part(words.subspan(at), used)) return std::move(*phrase);
  if (const auto number = read_number(words.subspan(at), at > 0)) {
    used = number->words;
    NamePart part = plain_part(number->digits, NameScript::latin);
    part.kind = PartKind::number;
    return part;
  }
  for (std::size_t n = std::min<std::size_t>(word.native != 0 ? 4 : 1, words.size() - at); n > 0; --n) {
    const auto gloss = name_tables().glosses.find(joined(words.subspan(at, n), " "));
    if (gloss == name_tables().glosses.end() || (word.native != 0 && n == 1)) continue;
    used = n;
    NamePart part = plain_part(joined(words.subspan(at, n), ""), word.script);
    part.kind = PartKind::gloss;
    part.gloss = gloss->second;
    return part;
  }
  if ((kinds & place_word) != 0) return part_of(word, PartKind::place);
  if ((kinds & stop_word) != 0 && !word.dotted && word.native == 0) return part_of(word, PartKind::stop);
  return part_of(word, PartKind::name);
}

NameParts organisation_parts(std::vector<NameWord> words, bool vessel) {
  NameParts out;
  bool beside_form = true;
  for (std::size_t i = 0; i < words.size();) {
    const FormAt form = vessel ? FormAt{} : form_at(words, i, beside_form);
    if (form.words > 0) {
      out.parts.push_back(form_part(std::span(words).subspan(i, form.words), form.form));
      i += form.words;
      beside_form = true;
      continue;
    }
    std::size_t used = 1;
    out.parts.push_back(organisation_part(words, i, vessel, used));
    beside_form = false;
    i += used;
  }
  return out;
}

// Forms with a slip, looked for only in names that end without one: the search walks the table.
void mend_forms(NameParts& out, const std::vector<NameWord>& words) {
  if (out.parts.size() != words.size() || out.parts.back().kind == PartKind::form) return;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const FormAt form = nearly_form(std::span(words).subspan(i));
    if (form.words == 0 || i + form.words != words.size()) continue;
    out.parts.resize(i);
    out.parts.push_back(form_part(std::span(words).subspan(i), form.form));
    return;
  }
}

}  // namespace

std::string_view part_kind_name(PartKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

NameMode name_mode(std::string_view schema) {
  const std::string low = lower_ascii(schema);
  if (low == "person" || low == "individual") return NameMode::person;
  if (low == "vessel" || low == "airplane" || low == "aircraft" || low == "vehicle" || low == "ship")
    return NameMode::vessel;
  if (low == "company" || low == "organization" || low == "organisation" || low == "publicbody" || low == "entity" ||
      low == "enterprise") {
    return NameMode::organisation;
  }
  return NameMode::unknown;
}

NamePart plain_part(std::string text, NameScript script) {
  NamePart part;
  part.text = std::move(text);
  part.script = script;
  part.sound = name_sound(part.text);
  part.skeleton = sound_skeleton(part.sound);
  const auto& variants = name_tables().variants;
  if (const auto found = variants.find(part.text); found != variants.end()) part.groups = found->second;
  return part;
}

NameParts name_parts(std::string_view name, NameMode mode) {
  std::vector<NameWord> words = name_words(name);
  if (mode == NameMode::person || mode == NameMode::unknown) return person_parts(std::move(words));
  NameParts parts = organisation_parts(words, mode == NameMode::vessel);
  if (mode == NameMode::organisation && words.size() > 1) mend_forms(parts, words);
  return parts;
}

}  // namespace testudo
