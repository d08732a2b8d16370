#include "detect/row_condition_parser.h"

#include <charconv>

#include "base/text.h"

namespace testudo {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

void RowConditionParser::advance() {
  rest_ = trim(rest_);
  word_ = rest_.substr(0, 1);
  if (rest_.empty()) {
    token_ = Token::end;
    return;
  }
  if (rest_[0] == '\'') return take_text();
  if (is_word(rest_[0])) {
    std::size_t size = 0;
    bool digits = true;
    for (; size < rest_.size() && is_word(rest_[size]); ++size) digits = digits && is_digit(rest_[size]);
    word_ = rest_.substr(0, size);
    token_ = digits ? Token::number : is_digit(word_[0]) ? Token::unknown : Token::word;
  } else {
    constexpr std::string_view signs[] = {"<=", ">=", "<>", "!=", "==", "<", ">", "=", "(", ")", ","};
    token_ = Token::unknown;
    for (const std::string_view sign : signs)
      if (token_ == Token::unknown && rest_.starts_with(sign)) token_ = Token::sign, word_ = sign;
  }
  rest_.remove_prefix(word_.size());
  // "1.5" and "x.y" are not read.
  if (!rest_.empty() && rest_[0] == '.') token_ = Token::unknown;
}

void RowConditionParser::take_text() {
  token_ = Token::unknown;
  text_.clear();
  rest_.remove_prefix(1);
  for (;;) {
    const auto end = rest_.find('\'');
    if (end == std::string_view::npos) return;
    text_ += rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (!rest_.starts_with('\'')) break;
    text_.push_back('\'');
    rest_.remove_prefix(1);
  }
  token_ = Token::text;
}

bool RowConditionParser::accept(std::string_view word_or_sign) {
  if (token_ != Token::word && token_ != Token::sign) return false;
  if (!equals_ignoring_case(word_, word_or_sign)) return false;
  advance();
  return true;
}

std::size_t RowConditionParser::keep(Node node) {
  made_.nodes_.push_back(std::move(node));
  return made_.nodes_.size() - 1;
}

std::optional<RowCondition> RowConditionParser::whole() {
  const auto root = list(Op::any);
  if (!root || token_ != Token::end) return std::nullopt;
  made_.root_ = *root;
  return std::move(made_);
}

std::optional<std::size_t> RowConditionParser::list(Op op) {
  Node node;
  node.op = op;
  do {
    const auto child = op == Op::any ? list(Op::all) : negation();
    if (!child) return std::nullopt;
    node.children.push_back(*child);
  } while (accept(op == Op::any ? "OR" : "AND"));
  return node.children.size() == 1 ? node.children[0] : keep(std::move(node));
}

std::optional<std::size_t> RowConditionParser::negation() {
  if (++depth_ > deepest) return std::nullopt;
  std::optional<std::size_t> made;
  if (accept("NOT")) {
    Node node;
    node.op = Op::no;
    if (const auto child = negation()) {
      node.children.push_back(*child);
      made = keep(std::move(node));
    }
  } else if (accept("(")) {
    made = list(Op::any);
    if (!accept(")")) made.reset();
  } else {
    made = predicate();
  }
  --depth_;
  return made;
}

bool RowConditionParser::column(Node& node) {
  if (token_ != Token::word) return false;
  const auto field = type_.field(word_);
  if (!field) return false;
  node.field = *field;
  advance();
  return true;
}

bool RowConditionParser::operand(Node& node) {
  if (column(node)) return true;
  if (accept("length")) {
    node.is_length = true;
    return accept("(") && column(node) && accept(")");
  }
  if (!accept("coalesce") || !accept("(") || !column(node) || !accept(",")) return false;
  node.instead = literal();
  return node.instead && accept(")");
}

std::optional<RowCondition::Literal> RowConditionParser::literal() {
  Literal made;
  if (token_ == Token::text) {
    made.is_text = true;
    made.text = text_;
  } else if (token_ == Token::number) {
    const auto [end, fault] = std::from_chars(word_.data(), word_.data() + word_.size(), made.number);
    if (fault != std::errc{} || end != word_.data() + word_.size()) return std::nullopt;
  } else {
    return std::nullopt;
  }
  advance();
  return made;
}

bool RowConditionParser::comparison(Node& node) {
  const std::string_view sign = token_ == Token::sign ? word_ : std::string_view();
  if (sign == "=" || sign == "==" || sign == "<>" || sign == "!=") {
    node.op = Op::equal;
    node.negated = sign == "<>" || sign == "!=";
  } else if (sign.starts_with('<') || sign.starts_with('>')) {
    node.op = Op::less;
    node.or_equal = sign.ends_with('=');
    node.swapped = sign.starts_with('>');
  } else {
    return false;
  }
  advance();
  auto value = literal();
  if (value) node.literals.push_back(std::move(*value));
  return value.has_value();
}

// What may stand behind NOT: IN, BETWEEN, LIKE, GLOB.
bool RowConditionParser::negatable(Node& node) {
  const bool like = accept("LIKE");
  if (like || accept("GLOB")) {
    node.op = Op::like;
    if (token_ != Token::text) return false;
    node.pattern = TextPattern::compile(text_, like ? TextPattern::Dialect::like : TextPattern::Dialect::glob);
    advance();
    return node.pattern.has_value();
  }
  const bool between = accept("BETWEEN");
  if (!between && (!accept("IN") || !accept("("))) return false;
  node.op = between ? Op::between : Op::in;
  do {
    auto value = literal();
    if (!value) return false;
    node.literals.push_back(std::move(*value));
  } while (between ? node.literals.size() < 2 && accept("AND") : accept(","));
  return between ? node.literals.size() == 2 : accept(")");
}

std::optional<std::size_t> RowConditionParser::predicate() {
  Node node;
  if (!operand(node)) return std::nullopt;
  bool good = false;
  if (accept("IS")) {
    node.negated = accept("NOT");
    node.op = Op::is_null;
    good = accept("NULL");
    if (!good) {
      node.op = Op::is;
      auto value = literal();
      good = value.has_value();
      if (good) node.literals.push_back(std::move(*value));
    }
  } else if (accept("NOT")) {
    node.negated = true;
    good = negatable(node);
  } else {
    good = token_ == Token::sign ? comparison(node) : negatable(node);
  }
  return good ? std::optional(keep(std::move(node))) : std::nullopt;
}

}  // namespace testudo
