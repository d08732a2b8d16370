// A name in Hebrew letters beside one in Latin letters. Floor 3. Hebrew writes consonants and some vowels; ב כ פ are
// read in two ways, ו in three. Source: the letters' readings as general knowledge; docs/design/screening.md.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace testudo {

// Edits a letter between a Hebrew word, as append_hebrew() writes it, and a Latin one: 0 where each letter can be read
// as the sound that stands there and nothing but short vowels is unwritten; 1 where one of them has less than two
// letters that say something. Cost: a microsecond.
float hebrew_distance(std::string_view hebrew, std::string_view latin);

// sound_skeleton() of the readings of a Hebrew word, at most 24: a Latin spelling of it has one of them.
std::vector<std::uint32_t> hebrew_skeletons(std::string_view hebrew);

}  // namespace testudo
