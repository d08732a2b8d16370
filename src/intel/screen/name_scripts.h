// Letters of one script into Latin, as lists of names spell them: Cyrillic, Greek, Arabic, Hebrew, Hangul. Floor 3.
// ICU's rules for these aim at scholars (ŝ, ḥ, ʿ, hy¯); lists follow passports and BGN/PCGN. Sources: ICAO Doc 9303-3
// (Cyrillic, Arabic tables), BGN/PCGN romanisation systems, the Revised Romanisation of Korean (2000).
#pragma once

#include <string>
#include <string_view>

namespace testudo {

// Each takes folded code points (NFKC_Casefold) of one word and appends a–z; letters unknown to the table are left out.
void append_cyrillic(std::string& out, std::u32string_view word);
void append_greek(std::string& out, std::u32string_view word);
// `persian`: read as Persian, Urdu and Pashto do (ض ذ as z, ث as s, و as v).
void append_arabic(std::string& out, std::u32string_view word, bool persian);
void append_hebrew(std::string& out, std::u32string_view word);
// One syllable U+AC00 to U+D7A3.
void append_hangul(std::string& out, char32_t syllable);
// The Latin letter that a Cyrillic or Greek letter looks like, or 0: "сompany" with a Cyrillic first letter.
char latin_look_alike(char32_t letter);
// A Latin letter that NFD does not take apart (ß, ø, ł …) as a–z; empty if it is none.
std::string_view latin_letter(char32_t letter);

}  // namespace testudo
