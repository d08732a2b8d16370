// name_sound.h.
#include "intel/screen/name_sound.h"

#include <algorithm>
#include <array>

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

// Pairs of letters that lists write for one another, by sound or by shape.
constexpr std::string_view confused[] = {"sz", "ck", "kq", "vw", "fv", "iy", "ij", "gj", "td", "bp", "0o", "1i",
                                         "1l", "5s", "3e", "4a", "9g", "9q", "6b", "8b", "cs", "xk", "uv", "uw",
                                         "jy", "jz", "kg", "qg", "Sx", "sS", "CS", "JC", "Jg", "zJ", "SC", "xk",
                                         "xh", "kx", "rn", "mn", "jZ", "ei", "ou", "ao", "xs", "JS"};

constexpr int whole_change = 10;  // costs are tenths of it
constexpr std::size_t alphabet = 128;
using Costs = std::array<std::array<std::int8_t, alphabet>, alphabet>;
constexpr Costs substitution = [] {
  Costs made{};
  for (std::size_t a = 0; a < alphabet; ++a) {
    for (std::size_t b = 0; b < alphabet; ++b) {
      const bool vowels = is_vowel(static_cast<char>(a)) && is_vowel(static_cast<char>(b));
      made[a][b] = a == b ? 0 : vowels ? 7 : whole_change;
    }
  }
  for (const std::string_view pair : confused) {
    const auto a = static_cast<unsigned char>(pair[0]), b = static_cast<unsigned char>(pair[1]);
    made[a][b] = made[b][a] = 6;
  }
  return made;
}();

int gap(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (at > 0 && text[at - 1] == c) return 4;
  if (at + 1 < text.size() && text[at + 1] == c) return 4;
  if (c == 'h') return 5;
  return is_vowel(c) ? 8 : whole_change;
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

// Counted in tenths of a change.
float edit_cost(std::string_view a, std::string_view b, float limit) {
  constexpr std::size_t most = 64;
  constexpr int swap = 8;
  a = a.substr(0, most);
  b = b.substr(0, most);
  const float limit_tenths = limit * whole_change;
  int rows[3][most + 1]{}, insert[most]{};
  int *before = rows[0], *previous = rows[1], *current = rows[2];
  previous[0] = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    insert[j] = gap(b, j);
    previous[j + 1] = previous[j] + insert[j];
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    const int remove = gap(a, i);
    const auto& cost = substitution[static_cast<unsigned char>(a[i]) & 127];
    current[0] = previous[0] + remove;
    int least = current[0];
    for (std::size_t j = 0; j < b.size(); ++j) {
      const int replace = previous[j] + cost[static_cast<unsigned char>(b[j]) & 127];
      int best = std::min(std::min(replace, previous[j + 1] + remove), current[j] + insert[j]);
      if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != b[j])
        best = std::min(best, before[j - 1] + swap);
      current[j + 1] = best;
      least = std::min(least, best);
    }
    if (static_cast<float>(least) > limit_tenths) return limit + 1;
    int* const free = before;
    before = previous;
    previous = current;
    current = free;
  }
  return static_cast<float>(previous[b.size()]) / whole_change;
}

}  // namespace testudo
