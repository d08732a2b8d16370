#include "detect/row_condition.h"

#include <algorithm>

#include "base/text.h"
#include "detect/row_condition_parser.h"

namespace testudo {
namespace {

char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

// SQLite's functions on text take it as a C string.
std::string_view before_nul(std::string_view text) { return text.substr(0, text.find('\0')); }

// The octet of a part to search for: signs and seldom letters first, so that a search stops seldom. The order of
// letters is that of English texts.
std::size_t rarest(std::string_view part) {
  constexpr std::string_view often = " etaoinsrhldcumfpgwybvkxjqz./:";
  std::size_t best = 0, best_rank = 0;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const std::size_t rank = std::min(often.find(fold(part[i])), often.size());
    if (rank > best_rank) best = i, best_rank = rank;
  }
  return best;
}

// Characters as SQLite's length() counts them.
std::int64_t characters(std::string_view text) {
  text = before_nul(text);
  if (is_ascii(text)) return static_cast<std::int64_t>(text.size());
  std::int64_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    const auto c = static_cast<unsigned char>(text[i++]);
    if (c < 0xC0) continue;
    while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) ++i;
  }
  return count;
}

}  // namespace

std::optional<TextPattern> TextPattern::compile(std::string_view pattern, Dialect dialect) {
  const bool like = dialect == Dialect::like;
  if (!is_ascii(pattern) || pattern.find('\0') != std::string_view::npos) return std::nullopt;
  if (pattern.find_first_of(like ? "_" : "?[]") != std::string_view::npos) return std::nullopt;
  TextPattern made;
  made.folds_ = like;
  for (std::string_view text : split(pattern, like ? '%' : '*'))
    made.parts_.push_back({like ? lower_ascii(text) : std::string(text), rarest(text)});
  if (made.parts_.empty()) made.parts_.emplace_back();
  made.whole_ = made.parts_.size() == 1;
  return made;
}

bool TextPattern::equal_at(std::string_view text, std::size_t at, const Part& part) const {
  if (at > text.size() || part.text.size() > text.size() - at) return false;
  if (!folds_) return text.substr(at, part.text.size()) == part.text;
  for (std::size_t i = 0; i < part.text.size(); ++i)
    if (fold(text[at + i]) != part.text[i]) return false;
  return true;
}

std::size_t TextPattern::find(std::string_view text, const Part& part) const {
  if (part.text.empty()) return 0;
  if (!folds_) return text.find(part.text);
  if (text.size() < part.text.size()) return std::string_view::npos;
  // The rare octet in either case, each by the fast search for one octet.
  const char low = part.text[part.rare];
  const char high = low >= 'a' && low <= 'z' ? static_cast<char>(low & ~0x20) : low;
  const std::string_view space = text.substr(0, text.size() - part.text.size() + part.rare + 1);
  std::size_t next_low = space.find(low, part.rare);
  std::size_t next_high = high == low ? std::string_view::npos : space.find(high, part.rare);
  for (;;) {
    const std::size_t at = std::min(next_low, next_high);
    if (at == std::string_view::npos) return at;
    if (equal_at(text, at - part.rare, part)) return at - part.rare;
    (at == next_low ? next_low : next_high) = space.find(at == next_low ? low : high, at + 1);
  }
}

bool TextPattern::matches(std::string_view text) const {
  const Part &first = parts_.front(), &last = parts_.back();
  if (!folds_ && !first.text.empty() && !text.starts_with(first.text)) return false;  // by far the most
  text = before_nul(text);
  if (!equal_at(text, 0, first)) return false;
  if (whole_) return text.size() == first.text.size();
  text.remove_prefix(first.text.size());
  if (text.size() < last.text.size() || !equal_at(text, text.size() - last.text.size(), last)) return false;
  text.remove_suffix(last.text.size());
  for (std::size_t i = 1; i + 1 < parts_.size(); ++i) {
    const std::size_t at = find(text, parts_[i]);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + parts_[i].text.size());
  }
  return true;
}

std::optional<RowCondition> RowCondition::compile(std::string_view expression, const RecordType& type) {
  return RowConditionParser(expression, type).whole();
}

RowCondition::Answer RowCondition::of(const Row& row, std::size_t index) const {
  const Node& node = nodes_[index];
  switch (node.op) {
    case Op::all:
    case Op::any:
      return of_list(row, node);
    case Op::no: {
      const Answer answer = of(row, node.children[0]);
      return answer == Answer::yes ? Answer::no : answer == Answer::no ? Answer::yes : answer;
    }
    default:
      return predicate(node, operand(node, row));
  }
}

// One "no" decides AND and one "yes" OR, whatever the others are.
RowCondition::Answer RowCondition::of_list(const Row& row, const Node& node) const {
  const Answer decisive = node.op == Op::all ? Answer::no : Answer::yes;
  Answer answer = node.op == Op::all ? Answer::yes : Answer::no;
  for (const std::size_t child : node.children) {
    const Answer part = of(row, child);
    if (part == decisive) return part;
    if (part == Answer::unsure || (part == Answer::null && answer != Answer::unsure)) answer = part;
  }
  return answer;
}

RowCondition::Operand RowCondition::operand(const Node& node, const Row& row) {
  using Class = Operand::Class;
  const Value& value = row.values[node.field];
  switch (value.type()) {
    case Value::Type::null:
      if (!node.instead) return {};
      return {node.instead->is_text ? Class::text : Class::number, node.instead->number, node.instead->text};
    case Value::Type::integer:
      return {node.is_length ? Class::other : Class::number, value.integer(), {}};
    case Value::Type::text:
      if (node.is_length) return {Class::number, characters(value.text()), {}};
      return {Class::text, 0, value.text()};
    default:
      return {Class::other, 0, {}};
  }
}

// Numbers stand before all texts.
int RowCondition::compare(const Operand& operand, const Literal& literal) {
  const bool is_text = operand.type == Operand::Class::text;
  if (is_text != literal.is_text) return is_text ? 1 : -1;
  if (is_text) return operand.text.compare(literal.text);
  return operand.number < literal.number ? -1 : operand.number > literal.number ? 1 : 0;
}

RowCondition::Answer RowCondition::predicate(const Node& node, const Operand& operand) {
  const bool is_null = operand.type == Operand::Class::null;
  const auto answer = [&](bool yes) { return yes != node.negated ? Answer::yes : Answer::no; };
  if (node.op == Op::is_null) return answer(is_null);
  if (operand.type == Operand::Class::other) return Answer::unsure;
  if (node.op == Op::is) return answer(!is_null && compare(operand, node.literals[0]) == 0);
  if (is_null) return Answer::null;
  switch (node.op) {
    case Op::equal:
      return answer(compare(operand, node.literals[0]) == 0);
    case Op::less: {
      const int order = compare(operand, node.literals[0]) * (node.swapped ? -1 : 1);
      return answer(order < 0 || (node.or_equal && order == 0));
    }
    case Op::in:
      return answer(std::ranges::any_of(node.literals, [&](const Literal& l) { return compare(operand, l) == 0; }));
    case Op::between:
      return answer(compare(operand, node.literals[0]) >= 0 && compare(operand, node.literals[1]) <= 0);
    default:
      if (operand.type != Operand::Class::text) return Answer::unsure;
      return answer(node.pattern->matches(operand.text));
  }
}

}  // namespace testudo
