// name_versions.h.
#include "intel/screen/name_versions.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "intel/screen/name_parts.h"

namespace testudo {
namespace {

constexpr std::size_t most_versions = 8, longest_name = 1024;
constexpr std::string_view between_words = " \t\r\n,;:()[]\"";

struct Word {
  std::size_t begin = 0, end = 0;  // octets
  std::string_view text;           // without stops at its end
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  words.reserve(8);
  for (std::size_t at = 0; (at = text.find_first_not_of(between_words, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(between_words, at), text.size());
    std::string_view word = text.substr(at, end - at);
    while (word.ends_with('.')) word.remove_suffix(1);
    words.push_back({at, end, word});
    at = end;
  }
  return words;
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&known)[N]) {
  return std::ranges::any_of(known, [&](std::string_view one) { return equals_ignoring_case(word, one); });
}

// How many words from here on say that another name follows; 0 if they do not. `bare` are those that may be names or
// forms themselves.
std::size_t marker_words(const std::vector<Word>& words, std::size_t at, bool in_bracket, bool& bare) {
  constexpr std::string_view sure[] = {"formerly", "previously", "f/k/a",   "f.k.a",       "a/k/a",
                                       "a.k.a",    "n/k/a",      "n.k.a",   "d/b/a",       "d.b.a",
                                       "t/a",      "ehemals",    "vormals", "anciennement"};
  constexpr std::string_view opening[] = {"now",      "ex",      "antes",  "anteriormente", "früher",
                                          "voorheen", "dawniej", "già",    "tidligere",     "tidigare",
                                          "ранее",    "бывшее",  "бывшая", "бывший",        "прежнее"};
  constexpr std::string_view unsure[] = {"aka", "fka", "nka", "dba", "alias"};
  constexpr std::string_view known_as[] = {"also", "now", "formerly", "previously"};
  const auto is_word = [&](std::size_t place, std::string_view text) {
    return place < words.size() && equals_ignoring_case(words[place].text, text);
  };
  bare = false;
  const std::string_view word = words[at].text;
  if (is_one_of(word, known_as) && (is_word(at + 1, "known") || is_word(at + 1, "called") || is_word(at + 1, "listed")))
    return is_word(at + 2, "as") ? 3 : 2;
  if (is_word(at, "trading") && is_word(at + 1, "as")) return 2;
  if (is_word(at, "doing") && is_word(at + 1, "business") && is_word(at + 2, "as")) return 3;
  if (is_one_of(word, sure) || (in_bracket && is_one_of(word, opening))) return 1;
  bare = is_one_of(word, unsure);
  return bare ? 1 : 0;
}

bool opens_bracket(std::string_view text, std::size_t word_begin) {
  const std::size_t before = word_begin == 0 ? std::string_view::npos : text.find_last_not_of(" \t", word_begin - 1);
  return before != std::string_view::npos && (text[before] == '(' || text[before] == '[');
}

// Adds without what stood around it: separators, and brackets of which it has one half.
void add_version(std::vector<std::string>& versions, std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t,;:(["), to = text.find_last_not_of(" \t,;:([");
  if (from == std::string_view::npos) return;
  std::string version(text.substr(from, to - from + 1));
  if (version.find('(') == std::string::npos) std::erase(version, ')');
  if (version.find('[') == std::string::npos) std::erase(version, ']');
  if (!words_of(version).empty() && versions.size() < most_versions) versions.push_back(std::move(version));
}

// "Aka" is a name in Ivory Coast, "DBA" may be a firm's: such a word is taken for one between names if it alone is
// written small, stands first in a bracket, or has two words on either side.
bool says_another(std::string_view text, const std::vector<Word>& words, std::size_t at, bool in_bracket) {
  if (in_bracket || (at >= 2 && at + 2 < words.size())) return true;
  const std::string_view word = text.substr(words[at].begin, words[at].end - words[at].begin);
  return word == lower_ascii(word) && text != lower_ascii(text);
}

std::vector<std::string> versions_between(std::string_view text, const std::vector<Word>& words) {
  std::vector<std::string> versions;
  std::string whole;      // the name that brackets stand in
  std::size_t piece = 0;  // where the version that is being read begins
  bool in_other = false, in_bracket = false;
  const auto end_piece = [&](std::size_t end) {
    if (in_other) {
      add_version(versions, text.substr(piece, end - piece));
    } else {
      whole += text.substr(piece, end - piece);
    }
  };
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::size_t close = in_bracket ? text.find_first_of(")]", piece) : std::string_view::npos;
    if (close < words[at].begin) {
      end_piece(close);
      piece = close + 1;
      in_other = in_bracket = false;
    }
    const bool bracket = opens_bracket(text, words[at].begin);
    bool bare = false;
    const std::size_t count = marker_words(words, at, bracket, bare);
    if (count == 0 || at == 0 || at + count >= words.size()) continue;
    if (bare && !says_another(text, words, at, bracket)) continue;
    end_piece(bracket ? text.find_last_of("([", words[at].begin) : words[at].begin);
    at += count - 1;
    piece = words[at].end;
    in_other = true;
    in_bracket |= bracket;
  }
  end_piece(text.size());
  std::vector<std::string> all;
  add_version(all, whole);
  for (std::string& version : versions)
    if (all.size() < most_versions) all.push_back(std::move(version));
  return all;
}

// The abbreviation in brackets at the end: capitals that are no form, place or line of business.
std::string_view final_abbreviation(std::string_view text, const std::vector<Word>& words) {
  if (words.size() < 3 || !text.ends_with(')') || !opens_bracket(text, words.back().begin)) return {};
  const std::string_view word = text.substr(words.back().begin, words.back().end - words.back().begin);
  const bool capitals = std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!capitals || word.size() < 3 || word.size() > 10) return {};
  const NameParts parts = name_parts(word, NameMode::organisation);
  return parts.parts.size() == 1 && parts.parts[0].kind == PartKind::name ? word : std::string_view();
}

}  // namespace

std::vector<std::string> name_versions(std::string_view name) {
  const std::string_view text = trim(name.substr(0, longest_name));
  const std::vector<Word> words = words_of(text);
  std::vector<std::string> versions{std::string(name)};
  if (words.size() < 3) return versions;
  if (std::vector<std::string> between = versions_between(text, words); between.size() > 1) return between;
  if (const std::string_view word = final_abbreviation(text, words); !word.empty()) versions.emplace_back(word);
  return versions;
}

}  // namespace testudo
