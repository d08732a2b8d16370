// Reads the tables of names. A form is read as a name is, so that "ООО", "OOO" and "О.О.О." are one.
#include "intel/screen/name_tables.h"

#include <algorithm>

#include "base/data_rows.h"
#include "intel/screen/name_text.h"

namespace testudo {
namespace {

constexpr std::string_view form_names[] = {"none",  "llc",   "jsc",   "lp", "gp", "sole", "coop",
                                           "found", "assoc", "state", "fz", "co", "group"};

std::string joined(const std::vector<NameWord>& words, std::string_view between) {
  std::string text;
  for (const NameWord& word : words) {
    if (!text.empty()) text += between;
    text += word.text;
  }
  return text;
}

void add_group(NameGroups& groups, std::uint16_t group) {
  for (std::uint16_t& slot : groups) {
    if (slot == group) return;
    if (slot == 0) {
      slot = group;
      return;
    }
  }
}

void read_variants(NameTables& tables) {
  std::uint16_t group = 0;
  each_data_row("knowledge/name_variants.txt", [&](const auto& fields) {
    ++group;
    for (std::string_view form : split(fields[0], ';')) {
      form = trim(form);
      const bool is_short = form.starts_with('~');
      if (is_short) form.remove_prefix(1);
      const std::vector<NameWord> words = name_words(form);
      if (words.empty()) continue;
      const auto mark = static_cast<std::uint16_t>(group * 2 + (is_short ? 1 : 0));
      if (words.size() == 1 && words[0].native != 0) {
        add_group(tables.native_variants[words[0].native], mark);
      } else {
        add_group(tables.variants[joined(words, "")], mark);
      }
    }
  });
}

void read_forms(NameTables& tables) {
  each_data_row("knowledge/company_forms.txt", [&](const auto& fields) {
    if (fields.size() < 3) return;
    const auto found = std::find(std::begin(form_names), std::end(form_names), trim(fields[0]));
    if (found == std::end(form_names)) return;
    const auto form = static_cast<LegalForm>(found - std::begin(form_names));
    for (const std::string_view text : split(fields[2], ';')) {
      const std::vector<NameWord> words = name_words(trim(text));
      if (words.empty()) continue;
      tables.longest_form = std::max(tables.longest_form, words.size());
      tables.forms.try_emplace(joined(words, " "), form);
    }
  });
}

std::uint8_t word_kind(std::string_view name) {
  if (name == "title") return title_word;
  if (name == "particle") return particle_word;
  if (name == "stop") return stop_word;
  if (name == "vessel") return vessel_word;
  return name == "place" ? place_word : 0;
}

void read_words(NameTables& tables) {
  std::uint16_t line = 0;
  each_data_row("knowledge/name_words.txt", [&](const auto& fields) {
    if (fields.size() < 2) return;
    const std::string_view kind = trim(fields[0]);
    ++line;
    std::string first;
    for (const std::string_view text : split(fields[1], ';')) {
      const std::string word = joined(name_words(trim(text)), " ");
      if (word.empty()) continue;
      if (first.empty()) first = word;
      if (kind == "phrase") {
        tables.phrases.try_emplace(word, first);
      } else if (kind == "gloss") {
        tables.glosses.try_emplace(word, line);
      } else {
        tables.words[word] = static_cast<std::uint8_t>(tables.words[word] | word_kind(kind));
      }
    }
  });
}

}  // namespace

const NameTables& name_tables() {
  static const NameTables tables = [] {
    NameTables made;
    read_variants(made);
    read_forms(made);
    read_words(made);
    return made;
  }();
  return tables;
}

}  // namespace testudo
