// What is known of words in names: legal forms, titles, particles, sector words, variants of given names. Floor 3.
// Data: knowledge/company_forms.txt, knowledge/name_words.txt, knowledge/name_variants.txt; read once, then unchanged.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace testudo {

// Groups of equal names that a form belongs to: group number times two, plus one for a short form; 0 is none.
using NameGroups = std::array<std::uint16_t, 4>;

enum class LegalForm : std::uint8_t { none, llc, jsc, lp, gp, sole, coop, found, assoc, state, fz, co, group };

// Kinds of words that weigh little; a word may be of several.
enum WordKind : std::uint8_t { title_word = 1, particle_word = 2, stop_word = 4, vessel_word = 8, place_word = 16 };

struct NameTables {
  std::unordered_map<std::string, NameGroups> variants;      // by Latin text
  std::unordered_map<char32_t, NameGroups> native_variants;  // by Han or Hangul character
  std::unordered_map<std::string, LegalForm> forms;          // words joined by one space
  std::unordered_map<std::string, std::uint16_t> glosses;    // sector words: number of their line, from 1
  std::unordered_map<std::string, std::uint8_t> words;       // the other kinds, as a set of WordKind
  std::unordered_map<std::string, std::string> phrases;      // "united states" is "usa": joined words to one word
  std::size_t longest_form = 1;                              // in words
};
const NameTables& name_tables();

}  // namespace testudo
