// The lexer of STIX patterns. Source: STIX 2.1 part 9 (OASIS Standard, 10 June 2021).
#include "intel/pattern/pattern_tokens.h"

#include "base/text.h"

namespace testudo {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// A digit, or a sign or point before one; a point right behind a key goes before the next key.
bool is_number(std::string_view rest, char before) {
  const std::size_t sign = rest[0] == '-' || rest[0] == '+' ? 1 : 0;
  const std::string_view digits = rest.substr(sign);
  if (!digits.empty() && is_digit(digits[0])) return true;
  const bool behind_key = sign == 0 && (is_word(before) || before == '\'' || before == '"' || before == ']');
  return digits.size() > 1 && digits[0] == '.' && is_digit(digits[1]) && !behind_key;
}

// The grammar also allows the no-break and typographic spaces of Unicode; U+00A0 and U+FEFF are those that copying from
// a web page leaves behind.
std::size_t wide_space(std::string_view rest) {
  if (rest.starts_with("\xC2\xA0")) return 2;
  if (rest.starts_with("\xEF\xBB\xBF") || rest.starts_with("\xE3\x80\x80")) return 3;
  return 0;
}

}  // namespace

bool PatternToken::word(std::string_view keyword) const {
  return type == Type::word && equals_ignoring_case(raw, keyword);
}

void PatternTokens::skip_space() {
  while (at_ < pattern_.size()) {
    const std::string_view rest = pattern_.substr(at_);
    if (is_space(rest[0])) {
      ++at_;
    } else if (const std::size_t wide = wide_space(rest)) {
      at_ += wide;
    } else if (rest.starts_with("/*")) {
      const std::size_t end = rest.find("*/", 2);
      at_ = end == std::string_view::npos ? pattern_.size() : at_ + end + 2;
    } else if (rest.starts_with("//")) {
      const std::size_t end = rest.find('\n');
      at_ = end == std::string_view::npos ? pattern_.size() : at_ + end;
    } else {
      return;
    }
  }
}

// `at_` stands on the opening quote, single as the grammar says or double as drafts of STIX 2.0 wrote keys.
Result<PatternToken> PatternTokens::quoted(PatternToken token, PatternToken::Type type) {
  const char quote = pattern_[at_++];
  const std::size_t begin = at_;
  for (; at_ < pattern_.size() && pattern_[at_] != quote; ++at_) {
    if (pattern_[at_] == '\\' && at_ + 1 < pattern_.size()) ++at_;
    token.text.push_back(pattern_[at_]);
  }
  if (at_ >= pattern_.size()) return error(Fault::malformed, "a string without its end", token.column);
  token.raw = pattern_.substr(begin, at_ - begin);
  ++at_;
  token.type = type;
  token.quote = quote;
  return token;
}

Result<PatternToken> PatternTokens::next() {
  skip_space();
  PatternToken token;
  token.column = at_ + 1;
  const std::string_view rest = pattern_.substr(at_);
  if (rest.empty()) return token;
  const char c = rest[0];
  if (c == '\'' || c == '"') return quoted(std::move(token), PatternToken::Type::string);
  if ((c == 't' || c == 'b' || c == 'h') && rest.size() > 1 && rest[1] == '\'') {
    token.prefix = c;
    ++at_;
    return quoted(std::move(token), PatternToken::Type::typed);
  }
  if (is_number(rest, at_ == 0 ? ' ' : pattern_[at_ - 1])) {
    std::size_t size = 1;
    while (size < rest.size() && (is_word(rest[size]) || rest[size] == '.')) ++size;
    token.type = PatternToken::Type::number;
    token.raw = rest.substr(0, size);
    at_ += size;
    return token;
  }
  if (is_word(c)) {
    std::size_t size = 1;
    while (size < rest.size() && is_word(rest[size]) && wide_space(rest.substr(size)) == 0) ++size;
    token.type = PatternToken::Type::word;
    token.raw = rest.substr(0, size);
    at_ += size;
    return token;
  }
  token.type = PatternToken::Type::symbol;
  for (const std::string_view two : {"==", "!=", "<>", "<=", ">="}) {
    if (!rest.starts_with(two)) continue;
    at_ += 2;
    token.raw = two == "==" ? std::string_view("=") : two == "<>" ? std::string_view("!=") : two;
    return token;
  }
  constexpr std::string_view symbols = "[](),:.*=<>";
  if (symbols.find(c) == std::string_view::npos)
    return error(Fault::malformed, "a character that no pattern has here", token.column);
  token.raw = rest.substr(0, 1);
  ++at_;
  return token;
}

}  // namespace testudo
