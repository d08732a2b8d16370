// Token by token, and then with the brackets that may be missing.
#include "intel/lint/pattern_mend.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "intel/pattern/pattern_tokens.h"
#include "intel/stix_pattern.h"

namespace testudo {
namespace {

constexpr std::size_t longest_mended = 4096;

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t found = text.find(from, at);
    out += text.substr(at, found - at);
    if (found == std::string_view::npos) return out;
    out += to;
    at = found + from.size();
  }
}

std::string with_straight_quotes(std::string_view text) {
  std::string straight(text);
  for (const std::string_view quote : {"\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D"})
    straight = replaced(straight, quote, "'");
  return straight;
}

// As the specification writes the keyword; empty for any other word.
std::string_view keyword_of(const PatternToken& token) {
  constexpr std::array<std::string_view, 18> keywords{
      "AND",    "OR",     "NOT",   "FOLLOWEDBY", "IN",    "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET",
      "EXISTS", "WITHIN", "START", "STOP",       "TIMES", "true", "false",   "REPEATS",  "SECONDS"};
  const auto* const found =
      std::ranges::find_if(keywords, [&](std::string_view keyword) { return token.word(keyword); });
  return found == keywords.end() ? std::string_view{} : *found;
}

bool is_plain_key(std::string_view word) {
  return !(word[0] >= '0' && word[0] <= '9') && std::ranges::all_of(word, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  });
}

// A string in single quotes: a backslash that escapes nothing stands for itself, as in the paths of Windows.
std::string quoted(std::string_view raw, char quote) {
  std::string out = "'";
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char next = raw[i] == '\\' && i + 1 < raw.size() ? raw[i + 1] : '\0';
    if (next == '"' && quote == '"') {
      out += raw[++i];
    } else if (next == '\\' || next == '\'') {
      out.append({'\\', raw[++i]});
    } else {
      if (raw[i] == '\\' || raw[i] == '\'') out += '\\';
      out += raw[i];
    }
  }
  return out + "'";
}

// What should stand instead of the token; empty where nothing else.
std::string instead_of(const PatternToken& token, bool is_key, std::string_view rest) {
  using Type = PatternToken::Type;
  if (token.type == Type::string) return quoted(token.raw, token.quote);
  const bool word = token.type == Type::word;
  if (is_key && (word || token.type == Type::number) && !is_plain_key(token.raw)) return quoted(token.raw, '\'');
  const bool is_object_type = rest.substr(std::min(rest.find_first_not_of(' '), rest.size())).starts_with(':');
  return word && !is_key && !is_object_type ? std::string(keyword_of(token)) : std::string();
}

// The tokens as the specification spells them.
std::string to_the_letter(std::string_view text) {
  std::string out;
  std::size_t copied = 0;
  bool is_key = false;
  PatternTokens tokens(text);
  for (;;) {
    const Result<PatternToken> next = tokens.next();
    if (!next || next->type == PatternToken::Type::end) return out.append(text.substr(copied));
    const bool string = next->type == PatternToken::Type::string;
    const std::size_t begin = next->column - 1;
    const std::size_t end = begin + next->raw.size() + (string ? 2 : 0);
    if (next->type != PatternToken::Type::symbol) {
      if (const std::string instead = instead_of(*next, is_key, text.substr(end)); !instead.empty()) {
        out.append(text.substr(copied, begin - copied)).append(instead);
        copied = end;
      }
    }
    is_key = next->is(".") || next->is(":");
  }
}

}  // namespace

std::string pattern_mend(std::string_view pattern) {
  if (pattern.size() > longest_mended) return {};
  const std::string straight = with_straight_quotes(pattern);
  for (const std::string& text : {straight, to_the_letter(straight)})
    for (const std::string& closed : {text, "[" + text + "]", text + "]", "[" + text, text + "']", "[" + text + "']"})
      if (check_stix_pattern(closed)) return closed;
  return {};
}

}  // namespace testudo
