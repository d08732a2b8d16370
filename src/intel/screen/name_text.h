// Names as comparable words: any script into lower-case Latin letters and digits. Floor 3.
// ICU gives case folding (NFKC_Casefold) and the scripts that have no table of ours; docs/design/screening.md says
// which have one and why. Cost: 0.2 microseconds for a Latin name, 5 to 50 where ICU transliterates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace testudo {

enum class NameScript : std::uint8_t { latin, cyrillic, greek, arabic, hebrew, han, hangul, kana, other };

// What stood between a word and the one before it.
enum class NameBreak : std::uint8_t { space, comma, hyphen, dot, slash };

struct NameWord {
  std::string text;                       // a–z and 0–9 alone, never empty
  NameScript script = NameScript::latin;  // that it was written in
  NameBreak before = NameBreak::space;
  char32_t native = 0;      // the character of one Han or Hangul syllable, simplified; else 0
  bool dotted = false;      // letters with full stops between them, joined: "S.p.A." is "spa"
  bool one_letter = false;  // of its script, which may be several here: "Ю" is "yu"
  // It stands for a longer word: such a letter, or what Latin writes for one, with a full stop behind it: "Ю.",
  // "Shch.".
  bool letter = false;
  std::vector<std::string> letters;  // of a dotted word, one by one
};

// At most 48 words are returned and 1024 octets read: names are not longer (the longest of the published lists have
// about 600 octets); what is cut off is lost. Never fails: octets that are not UTF-8 separate words.
std::vector<NameWord> name_words(std::string_view name);

// What Latin writes for one letter of another script, and shortens as one: "yu", "shch", "th".
bool writes_one_letter(std::string_view text);

// Loads ICU's data and the tables of this folder now, so that a process may give up its file access afterwards.
void load_name_tables();

}  // namespace testudo
