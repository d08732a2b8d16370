// name_sound.h.
#include "intel/screen/name_sound.h"

namespace testudo {
namespace {

struct Spelling {
  std::string_view from;
  char to;
};
// Longest first. Each says what sound the letters stand for in at least one language's spelling of foreign names.
constexpr Spelling spellings[] = {
    {"shch", 'S'}, {"schtsch", 'S'}, {"tsch", 'C'}, {"tch", 'C'}, {"sch", 'S'}, {"dsch", 'J'}, {"dzh", 'J'},
    {"tsh", 'C'},  {"cz", 'C'},      {"sz", 'S'},   {"ch", 'C'},  {"sh", 'S'},  {"zh", 'J'},   {"dj", 'J'},
    {"kh", 'x'},   {"gh", 'g'},      {"ph", 'f'},   {"th", 't'},  {"dh", 'd'},  {"cks", 'k'},  {"ck", 'k'},
    {"qu", 'k'},   {"ks", 'k'},      {"tj", 'C'},   {"ts", 's'},  {"tz", 's'},  {"dz", 'z'},   {"ou", 'u'},
    {"oo", 'u'},   {"ee", 'i'},      {"ei", 'e'},   {"ey", 'e'},  {"ay", 'e'},  {"ai", 'e'},   {"ae", 'e'},
    {"oe", 'o'},   {"ue", 'u'},      {"iy", 'i'},   {"yi", 'i'},  {"ij", 'i'},  {"yj", 'i'},   {"ii", 'i'},
    {"yy", 'i'},   {"aa", 'a'},      {"au", 'o'},   {"aw", 'o'},  {"ow", 'o'},  {"eu", 'u'},
};

constexpr bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

char single(std::string_view text, std::size_t at) {
  const char c = text[at];
  const char next = at + 1 < text.size() ? text[at + 1] : '\0';
  switch (c) {
    case 'c':
      return next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
    case 'q':
      return 'k';
    case 'w':
      return 'v';
    case 'x':
      return at == 0 ? 's' : 'k';
    case 'y':
      return 'i';
    case 'j':
      if (at != 0 && !is_vowel(next)) return 'i';
      // A glide behind these: "Fjodor", "Wjatscheslaw", "Bjorn".
      return at != 0 && std::string_view("bfghkmpvw").find(text[at - 1]) != std::string_view::npos ? 'i' : 'J';
    default:
      return c;
  }
}

int skeleton_class(char c) {
  switch (c) {
    case 'b':
    case 'p':
      return 1;
    case 'f':
    case 'v':
      return 2;
    case 'k':
    case 'g':
      return 3;
    case 's':
    case 'z':
    case 'S':
      return 4;
    case 'C':
    case 'J':
      return 5;
    case 't':
    case 'd':
      return 6;
    case 'm':
      return 7;
    case 'n':
      return 8;
    case 'l':
      return 9;
    case 'r':
      return 10;
    default:
      return c >= '0' && c <= '9' ? 11 : 0;  // vowels, h and x: nothing
  }
}

}  // namespace

std::string name_sound(std::string_view text) {
  std::string sound;
  for (std::size_t i = 0; i < text.size();) {
    char to = '\0';
    std::size_t size = 1;
    for (const Spelling& spelling : spellings) {
      if (spelling.from[0] == text[i] && text.substr(i).starts_with(spelling.from)) {
        // "Nowak", "Schukowa": a consonant before a vowel.
        const std::size_t end = i + spelling.from.size();
        if (spelling.from[1] == 'w' && end < text.size() && is_vowel(text[end])) continue;
        to = spelling.to;
        size = spelling.from.size();
        break;
      }
    }
    if (to == '\0') to = single(text, i);
    const bool silent = to == 'h' && i != 0;
    if (!silent && (sound.empty() || sound.back() != to)) sound.push_back(to);
    i += size;
  }
  return sound;
}

std::uint32_t sound_skeleton(std::string_view sound) {
  std::uint32_t skeleton = 0;
  int count = 0, last = -1;
  for (const char c : sound) {
    const int now = skeleton_class(c);
    if (now == 0) {
      last = 0;
      continue;
    }
    if (now == last) continue;
    last = now;
    if (++count > 8) break;
    skeleton = skeleton << 4 | static_cast<std::uint32_t>(now);
  }
  return skeleton;
}

}  // namespace testudo
