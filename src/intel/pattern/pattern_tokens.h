// Tokens of the STIX pattern language. Floor 3.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace testudo {

struct PatternToken {
  enum class Type : std::uint8_t { end, word, string, number, symbol, typed /* t'…', b'…', h'…' */ };
  Type type = Type::end;
  std::string_view raw;  // as it stands in the pattern; for a symbol: one of "[ ] ( ) , : . * = != < <= > >="
  std::string text;      // of a string or typed literal, escapes resolved
  std::size_t column = 1;
  char quote = '\'';  // of a string
  char prefix = ' ';  // of a typed literal: t, b or h

  bool is(std::string_view symbol) const { return type == Type::symbol && raw == symbol; }
  bool word(std::string_view keyword) const;  // in any case
};

class PatternTokens {
 public:
  explicit PatternTokens(std::string_view pattern) : pattern_(pattern) {}
  // The next token; `end` again and again at the end.
  Result<PatternToken> next();

 private:
  void skip_space();
  Result<PatternToken> quoted(PatternToken token, PatternToken::Type type);
  std::string_view pattern_;
  std::size_t at_ = 0;
};

}  // namespace testudo
