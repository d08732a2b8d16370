// hebrew_letters.h.
#include "intel/screen/hebrew_letters.h"

#include <algorithm>

#include "intel/screen/name_sound.h"

namespace testudo {
namespace {

constexpr std::size_t most_letters = 32, most_keys = 24;

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

// One character a Hebrew letter, as append_hebrew() wrote them: S is sh, T ts, v also a double vav.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (std::size_t i = 0; i < text.size() && letters.size() < most_letters; ++i) {
    const std::string_view pair = text.substr(i, 2);
    const bool two = pair == "sh" || pair == "ts" || pair == "uu" || pair == "ii";
    if (text[i] != 'e')
      letters.push_back(!two ? text[i] : pair == "sh" ? 'S' : pair == "ts" ? 'T' : pair == "uu" ? 'v' : 'i');
    i += two;
  }
  return letters;
}

struct Reading {
  char letter;
  std::string_view sounds, rarer;  // of name_sound(); the rarer ones cost something
};
constexpr Reading readings[] = {{'b', "bv", ""},  {'g', "gJ", ""},    {'h', "hxC", "k"}, {'v', "v", "uoif"},
                                {'u', "uov", ""}, {'z', "zJ", "s"},   {'t', "t", "d"},   {'i', "ie", "aJ"},
                                {'y', "iJ", "e"}, {'k', "kxC", "gS"}, {'s', "s", "zS"},  {'p', "pf", ""},
                                {'f', "fp", "v"}, {'T', "sC", "zt"},  {'S', "S", "sC"},  {'a', "aeiou", ""}};

// What it costs to read this letter as this sound.
float reading_cost(char letter, char sound, bool last) {
  if (letter == sound) return 0;
  if (letter == 'h' && last && is_vowel(sound)) return 0;  // "Malka", "Moshe"
  for (const Reading& reading : readings) {
    if (reading.letter != letter) continue;
    if (reading.sounds.find(sound) != std::string_view::npos) return 0;
    return reading.rarer.find(sound) != std::string_view::npos ? 0.35F : 1.1F;
  }
  return 1.1F;
}

// A letter that stands for no sound.
float silent_cost(char letter, bool last) {
  if (letter == 'a') return 0;
  if (letter == 'h') return 0.2F;
  return letter == 'y' || letter == 'i' ? (last ? 0.8F : 0.4F) : 1;
}

// A sound that no letter stands for: short vowels, but at the beginning and the end of a word they mostly have one.
float unwritten_cost(std::string_view sound, std::size_t at) {
  const char c = sound[at];
  if (c == 'h') return 0.3F;
  if (!is_vowel(c)) return 1;
  if (at == 0) return 0.7F;
  if (at + 1 == sound.size()) return 0.5F;
  return c == 'u' ? 0.3F : c == 'a' || c == 'e' ? 0 : 0.15F;
}

// The sounds of name_sound() that a word with this letter is found by; 'a' stands for none.
std::string key_sounds(char letter) {
  switch (letter) {
    case 'b':
      return "bv";
    case 'u':
    case 'v':
      return "av";
    case 'k':
      return "kaC";
    case 'h':
      return "aC";
    case 'p':
    case 'f':
      return "pf";
    case 'T':
      return "sC";
    case 'i':
    case 'y':
      return "a";
    default:
      return {letter};
  }
}

}  // namespace

float hebrew_distance(std::string_view hebrew, std::string_view latin) {
  const std::string letters = letters_of(hebrew), sound = name_sound(latin).substr(0, most_letters);
  std::vector<float> above(sound.size() + 1), row(sound.size() + 1);
  for (std::size_t j = 0; j < sound.size(); ++j) above[j + 1] = above[j] + unwritten_cost(sound, j);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool last = i + 1 == letters.size();
    const float silent = silent_cost(letters[i], last);
    row[0] = above[0] + silent;
    for (std::size_t j = 0; j < sound.size(); ++j) {
      const float read = above[j] + reading_cost(letters[i], sound[j], last);
      row[j + 1] = std::min({read, above[j + 1] + silent, row[j] + unwritten_cost(sound, j)});
    }
    std::swap(above, row);
  }
  const auto weighs = [](char c) { return c != 'a'; };
  const auto consonant = [](char c) { return !is_vowel(c); };
  const auto written = static_cast<float>(std::count_if(letters.begin(), letters.end(), weighs));
  const auto heard = static_cast<float>(std::count_if(sound.begin(), sound.end(), consonant));
  const float length = std::max(written, heard);
  return length < 2 ? 1 : above[sound.size()] / length;
}

std::vector<std::uint32_t> hebrew_skeletons(std::string_view hebrew) {
  std::vector<std::string> ways{""};
  for (const char letter : letters_of(hebrew)) {
    std::string sounds = key_sounds(letter);
    if (ways.size() * sounds.size() > most_keys) sounds.resize(1);
    std::vector<std::string> longer;
    for (const std::string& way : ways) {
      // A vowel behind each keeps them apart: Hebrew writes no doubled letters.
      for (const char sound : sounds) longer.push_back(way + sound + 'a');
    }
    ways = std::move(longer);
  }
  std::vector<std::uint32_t> skeletons;
  skeletons.reserve(ways.size());
  for (const std::string& way : ways) skeletons.push_back(sound_skeleton(way));
  std::sort(skeletons.begin(), skeletons.end());
  skeletons.erase(std::unique(skeletons.begin(), skeletons.end()), skeletons.end());
  return skeletons;
}

}  // namespace testudo
