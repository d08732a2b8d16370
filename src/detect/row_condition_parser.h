// RowConditionParser: reads the part of SQL that row_condition.h names. Floor 4.
#pragma once

#include "detect/row_condition.h"

namespace testudo {

// Recursive descent; nothing as soon as anything else is met.
class RowConditionParser {
 public:
  RowConditionParser(std::string_view sql, const RecordType& type) : rest_(sql), type_(type) { advance(); }
  std::optional<RowCondition> whole();

 private:
  using Node = RowCondition::Node;
  using Literal = RowCondition::Literal;
  using Op = RowCondition::Op;
  enum class Token : std::uint8_t { end, word, number, text, sign, unknown };

  void advance();
  void take_text();
  bool accept(std::string_view word_or_sign);
  std::optional<std::size_t> list(Op op);  // a AND b …, or a OR b …
  std::optional<std::size_t> negation();
  std::optional<std::size_t> predicate();
  bool operand(Node& node);
  bool column(Node& node);
  std::optional<Literal> literal();
  bool comparison(Node& node);
  bool negatable(Node& node);
  std::size_t keep(Node node);

  static constexpr int deepest = 32;
  std::string_view rest_;
  const RecordType& type_;
  Token token_ = Token::end;
  std::string_view word_;  // of the token, as written
  std::string text_;       // of a string literal, without its quotes
  int depth_ = 0;
  RowCondition made_;
};

}  // namespace testudo
