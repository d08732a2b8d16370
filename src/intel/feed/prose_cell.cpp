// Cells hold more than a value: two of them, a remark, a footnote, marks of emphasis.
#include "intel/feed/prose_cell.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/octet_set.h"
#include "base/text.h"
#include "intel/feed/defang.h"
#include "intel/feed/value_kind.h"

namespace testudo {
namespace {

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

struct Piece {
  std::string_view text;  // what it stands for
  std::size_t size = 0;   // octets that it takes; 0: it is none
};

// "<br>", "</b>", "<https://evil.test>". What is no tag of a text's form is left alone: "<random>.exe".
Piece tag(std::string_view rest) {
  constexpr std::size_t longest = 300;
  constexpr std::array<std::string_view, 16> inside{"b",   "i",   "em", "strong", "code", "span", "u",     "s",
                                                    "del", "ins", "a",  "kbd",    "tt",   "mark", "small", "wbr"};
  constexpr std::array<std::string_view, 10> breaks{"br", "p", "li", "ul", "ol", "div", "pre", "hr", "sup", "sub"};
  const std::size_t end = rest.substr(0, longest).find('>');
  if (end == std::string_view::npos) return {};
  const std::string_view whole = rest.substr(1, end - 1);
  if (whole.find("://") != std::string_view::npos && !blanks.is_in(whole)) return {whole, end + 1};
  std::string name = lower_ascii(whole.substr(0, whole.find(' ')));
  std::erase(name, '/');
  if (std::ranges::find(inside, name) != inside.end()) return {"", end + 1};
  return std::ranges::find(breaks, name) != breaks.end() ? Piece{" ", end + 1} : Piece{};
}

struct Entity {
  std::string_view name, text;
};
constexpr std::array entities{
    Entity{"nbsp", " "}, Entity{"amp", "&"},    Entity{"lt", "<"},     Entity{"gt", ">"},     Entity{"quot", "\""},
    Entity{"apos", "'"}, Entity{"period", "."}, Entity{"colon", ":"},  Entity{"sol", "/"},    Entity{"lsqb", "["},
    Entity{"rsqb", "]"}, Entity{"lbrack", "["}, Entity{"rbrack", "]"}, Entity{"commat", "@"}, Entity{"zwsp", ""},
    Entity{"ensp", " "}, Entity{"emsp", " "},   Entity{"shy", ""},     Entity{"vert", "|"},   Entity{"bsol", "\\"}};

// "&#46;" and "&#x2E;" of ASCII, the blank that does not break, and the one without width.
std::optional<std::string_view> numbered(std::string_view digits) {
  static constexpr auto ascii = [] {
    std::array<char, 128> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<char>(i);
    return all;
  }();
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  unsigned code = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  if (fault != std::errc() || end != digits.data() + digits.size() || code < 0x20) return std::nullopt;
  if (code < ascii.size()) return std::string_view(&ascii[code], 1);
  if (code == 0xA0) return " ";
  return code == 0x200B ? std::optional<std::string_view>("") : std::nullopt;
}

Piece entity(std::string_view rest) {
  constexpr std::size_t longest = 10;
  const std::size_t end = rest.substr(0, longest).find(';');
  if (end == std::string_view::npos) return {};
  const std::string_view name = rest.substr(1, end - 1);
  if (name.starts_with('#')) {
    const auto text = numbered(name.substr(1));
    return text ? Piece{*text, end + 1} : Piece{};
  }
  const auto* known = std::ranges::find(entities, name, &Entity::name);
  return known == entities.end() ? Piece{} : Piece{known->text, end + 1};
}

// "[text](address)" and "[^1]".
Piece link(std::string_view rest) {
  constexpr std::size_t longest_link = 4096;
  rest = rest.substr(0, longest_link);
  const std::size_t end = rest.find(']');
  if (end == std::string_view::npos) return {};
  if (rest.starts_with("[^") && end <= 20) return {" ", end + 1};
  const std::size_t middle = rest.find("](");
  // The bracket of a defanged dot is no link's.
  if (middle == std::string_view::npos || middle < 4) return {};
  const std::size_t close = rest.find(')', middle);
  if (close == std::string_view::npos) return {};
  return {unlinked(rest.substr(0, close + 1)), close + 1};
}

Piece piece(std::string_view rest) {
  if (rest[0] == '<') return tag(rest);
  if (rest[0] == '&') return entity(rest);
  if (rest[0] == '[') return link(rest);
  if (rest.starts_with("\xC2\xA0")) return {" ", 2};
  if (rest.starts_with("\xC2\xAB") || rest.starts_with("\xC2\xBB")) return {"\"", 2};
  if (rest.starts_with("\xE2\x80\x8B")) return {"", 3};
  const bool quote = rest.size() > 2 && rest.starts_with("\xE2\x80") && static_cast<unsigned char>(rest[2]) >= 0x98 &&
                     static_cast<unsigned char>(rest[2]) <= 0x9F;
  if (quote) return {"\"", 3};
  return {};
}

// Signs that Markdown keeps from being marks: "\\*.evil[.]test". In a path a backslash stands before letters.
std::string unescaped(std::string text) {
  constexpr OctetSet signs("*_-.[](){}~`#+!|:");
  for (std::size_t at = text.find('\\'); at != std::string::npos; at = text.find('\\', at + 2))
    if (at + 1 >= text.size() || !signs.has(text[at + 1])) return text;
  std::erase(text, '\\');
  return text;
}

// Marks that stand around the whole text in pairs.
std::string_view without_emphasis(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    text = trim(text);
    for (const std::string_view mark : {"**", "__", "~~", "++", "==", "*", "_", "`", "+"}) {
      if (text.size() <= 2 * mark.size() || !text.starts_with(mark) || !text.ends_with(mark)) continue;
      // Two marked words are not one marked text.
      const std::string_view inner = text.substr(mark.size(), text.size() - 2 * mark.size());
      if (inner.find(mark) != std::string_view::npos && inner.find(' ') != std::string_view::npos) continue;
      text = inner;
      again = true;
    }
  }
  return text;
}

// "evil.test (sinkholed)": what is said of it.
std::string_view without_remark(std::string_view text) {
  const std::size_t open = text.rfind(" (");
  if (open == std::string_view::npos || !text.ends_with(')') || is_defanged(text.substr(open))) return text;
  return trim(text.substr(0, open));
}

bool is_connector(std::string_view word) {
  constexpr std::array<std::string_view, 6> known{"and", "or", "und", "et", "y", "to"};
  return std::ranges::find(known, word) != known.end() ||
         word.find_first_not_of("/&+-*\\=~_") == std::string_view::npos;
}

}  // namespace

std::string_view unlinked(std::string_view text) {
  const std::size_t middle = text.find("](");
  if (middle == std::string_view::npos || !text.starts_with('[')) return text;
  const std::string_view address = text.substr(middle + 2, text.find(')', middle + 2) - middle - 2);
  return is_defanged(address) ? address : text.substr(1, middle - 1);
}

std::string_view bare_word(std::string_view word) {
  const auto overfull = [&](char open, char close) {
    return word.ends_with(close) && std::ranges::count(word, close) > std::ranges::count(word, open);
  };
  word = unlinked(word);
  while (!word.empty() && is_one_of(word.front(), "*+([{")) word.remove_prefix(1);
  while (!word.empty() &&
         (is_one_of(word.back(), ".:*+!?") || overfull('(', ')') || overfull('[', ']') || overfull('{', '}')))
    word.remove_suffix(1);
  for (const std::string_view mark : {"~~", "__", "_"})
    if (word.size() > 2 * mark.size() && word.starts_with(mark) && word.ends_with(mark))
      word = word.substr(mark.size(), word.size() - 2 * mark.size());
  return word;
}

std::string cell_text(std::string_view cell) {
  std::string text;
  constexpr OctetSet begins_piece("<&[\xC2\xE2");
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t next = begins_piece.find_in(cell, at);
    text.append(cell.substr(at, next - at));
    if (next == cell.size()) break;
    const Piece found = piece(cell.substr(next));
    text.append(found.size == 0 ? cell.substr(next, 1) : found.text);
    at = next + std::max<std::size_t>(found.size, 1);
  }
  return std::string(without_emphasis(unescaped(std::move(text))));
}

namespace {

// Where a link ends: a comma is its own unless another value begins behind it.
std::size_t end_of_link(std::string_view text, std::size_t at) {
  const std::size_t end = OctetSet(" \t<>\"'`").find_in(text, at);
  constexpr OctetSet separators(",;");
  for (std::size_t next = separators.find_in(text, at); next < end; next = separators.find_in(text, next + 1)) {
    const std::string_view behind = text.substr(next + 1, separators.find_in(text, next + 1) - next - 1);
    if (behind.empty() || blanks.has(behind[0])) return next;
    if (kind_of_value(refang(behind.substr(0, blanks.find_in(behind))))) return next;
  }
  return end;
}

}  // namespace

std::vector<std::string_view> cell_words(std::string_view text) {
  std::vector<std::string_view> words;
  text = without_remark(trim(text));
  for (std::size_t at = 0; at < text.size();) {
    const bool url = text.substr(at, 32).find("://") < OctetSet(" \t|").find_in(text.substr(at, 32));
    const std::size_t end = url ? end_of_link(text, at) : OctetSet(" \t|<>\"'`,;").find_in(text, at);
    const std::string_view word = bare_word(text.substr(at, end - at));
    // "https://evil.test/<random>": what is left of it is another link.
    const bool cut = url && end < text.size() && text[end] == '<';
    at = end + 1;
    if (!cut && !word.empty() && !is_connector(word)) words.push_back(word);
  }
  return words;
}

}  // namespace testudo
