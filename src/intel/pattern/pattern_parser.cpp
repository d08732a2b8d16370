// A recursive-descent parser over the tokens of a pattern:
//   observations: or_observations (FOLLOWEDBY or_observations)*
//   or_observations: and_observations (OR …)* ; and_observations: observation (AND …)*
//   observation: ('[' comparisons ']' | '(' observations ')') qualifier*
//   comparisons: and_comparisons (OR …)* ; and_comparisons: comparison (AND …)*
//   comparison: '(' comparisons ')' | [NOT] EXISTS path | path [NOT] operator literal
// Source: STIX 2.1 part 9 (OASIS Standard, 10 June 2021) and its grammar.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "intel/network.h"
#include "intel/pattern/pattern_literal.h"
#include "intel/pattern/pattern_regex.h"

namespace testudo {
namespace {

constexpr std::size_t size_limit = 1 << 20;
constexpr int depth_limit = 200;

bool is_identifier(std::string_view word, bool with_hyphen) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !word.empty() && letter(word[0]) && std::ranges::all_of(word, [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || (c == '-' && with_hyphen);
  });
}

class PatternParser {
 public:
  PatternParser(std::string_view pattern, PatternStrictness strictness)
      : tokens_(pattern), strictness_(strictness), strict_(strictness == PatternStrictness::strict) {}

  Result<ObservationTree> parse() {
    TRY(advance());
    ObservationTree tree = TRY(observations());
    if (token_.type != PatternToken::Type::end) return wrong("the pattern should end here");
    return tree;
  }

 private:
  Error wrong(std::string_view what) const { return error(Fault::malformed, what, token_.column); }
  Result<void> advance() {
    token_ = TRY(tokens_.next());
    return {};
  }
  Result<void> expect(std::string_view symbol, std::string_view what) {
    if (!token_.is(symbol)) return wrong(what);
    return advance();
  }
  // The specification's keywords are upper case; feeds write them in any.
  bool at_word(std::string_view keyword) const {
    return strict_ ? token_.type == PatternToken::Type::word && token_.raw == keyword : token_.word(keyword);
  }
  Result<bool> accept(std::string_view keyword) {
    if (!at_word(keyword)) return false;
    TRY(advance());
    return true;
  }
  Result<void> deeper() {
    if (++depth_ > depth_limit) return error(Fault::limit, "parentheses nested too deeply", token_.column);
    return {};
  }

  // One level of `operand (keyword operand)*`; a single operand stands for itself.
  template <typename Tree, typename Operand>
  Result<Tree> chain(std::string_view keyword, PatternJoin join, Operand operand) {
    Tree first = TRY(operand());
    if (!at_word(keyword)) return first;
    Tree tree;
    tree.join = join;
    tree.children.push_back(std::move(first));
    while (TRY(accept(keyword))) tree.children.push_back(TRY(operand()));
    return tree;
  }

  Result<ObservationTree> observations() {
    using Tree = ObservationTree;
    const auto both = [&] { return chain<Tree>("AND", PatternJoin::all, [&] { return observation(); }); };
    const auto either = [&] { return chain<Tree>("OR", PatternJoin::any, both); };
    return chain<Tree>("FOLLOWEDBY", PatternJoin::followed_by, either);
  }

  Result<ObservationTree> observation() {
    ObservationTree tree;
    if (token_.is("(")) {
      TRY(deeper());
      TRY(advance());
      tree = TRY(observations());
      TRY(expect(")", "a closing parenthesis is missing"));
      --depth_;
      TRY(qualifiers(tree, false));
    } else {
      TRY(expect("[", "an observation starts with '['"));
      tree.comparison = TRY(comparisons());
      TRY(expect("]", "an observation ends with ']'"));
      TRY(qualifiers(tree, strict_));
    }
    return tree;
  }

  // Those of an expression in parentheses come after those inside. Whether each may stand behind it only once, the
  // specification leaves open: the reference validator says so of expressions in brackets alone.
  Result<void> qualifiers(ObservationTree& tree, bool each_once) {
    for (;;) {
      const std::size_t column = token_.column;
      PatternQualifier qualifier;
      if (TRY(accept("WITHIN"))) {
        TRY(within(qualifier));
      } else if (TRY(accept("REPEATS"))) {
        TRY(repeats(qualifier));
      } else if (TRY(accept("START"))) {
        TRY(start_stop(qualifier));
      } else {
        return {};
      }
      const auto same = std::ranges::find(tree.qualifiers, qualifier.type, &PatternQualifier::type);
      if (each_once && same != tree.qualifiers.end())
        return error(Fault::malformed, "an observation has a qualifier only once", column);
      tree.qualifiers.push_back(qualifier);
    }
  }

  Result<void> within(PatternQualifier& qualifier) {
    const std::size_t column = token_.column;
    const PatternLiteral seconds = TRY(number());
    if (strict_ && seconds.real <= 0) return error(Fault::malformed, "WITHIN is followed by a number above 0", column);
    constexpr double micros = 1e6, most = 9e18;
    qualifier.micros = static_cast<std::int64_t>(std::clamp(seconds.real * micros, 0.0, most));
    if (!TRY(accept("SECONDS"))) return wrong("WITHIN is followed by a number and SECONDS");
    return {};
  }
  Result<void> repeats(PatternQualifier& qualifier) {
    qualifier.type = PatternQualifier::Type::repeats;
    const std::size_t column = token_.column;
    const PatternLiteral times = TRY(number());
    if (strict_ && (times.type != PatternLiteral::Type::integer || times.integer < 1))
      return error(Fault::malformed, "REPEATS is followed by a whole number above 0", column);
    qualifier.times = static_cast<std::uint64_t>(std::max<std::int64_t>(times.integer, 1));
    if (!TRY(accept("TIMES"))) return wrong("REPEATS is followed by a number and TIMES");
    return {};
  }
  Result<void> start_stop(PatternQualifier& qualifier) {
    qualifier.type = PatternQualifier::Type::start_stop;
    qualifier.start = TRY(timestamp());
    if (!TRY(accept("STOP"))) return wrong("START is followed by a time and STOP");
    qualifier.stop = TRY(timestamp());
    return {};
  }
  Result<PatternLiteral> number() {
    if (token_.type != PatternToken::Type::number) return wrong("a number should stand here");
    PatternLiteral literal = TRY(pattern_literal(token_, strictness_));
    TRY(advance());
    return literal;
  }
  // A time is t'…'; STIX 2.0 wrote it as a plain string.
  Result<PatternInstant> timestamp() {
    const bool plain = token_.type == PatternToken::Type::string;
    if (!plain && (token_.type != PatternToken::Type::typed || (strict_ && token_.prefix != 't')))
      return wrong("a time should stand here");
    const std::optional<PatternInstant> instant = parse_pattern_instant(token_.raw);
    if (!instant && strict_) return wrong("no time looks like this");
    TRY(advance());
    return instant.value_or(PatternInstant{});
  }

  Result<ComparisonTree> comparisons() {
    const auto both = [&] { return chain<ComparisonTree>("AND", PatternJoin::all, [&] { return comparison(); }); };
    return chain<ComparisonTree>("OR", PatternJoin::any, both);
  }

  Result<ComparisonTree> comparison() {
    ComparisonTree tree;
    if (token_.is("(")) {
      TRY(deeper());
      TRY(advance());
      tree = TRY(comparisons());
      --depth_;
      TRY(expect(")", "a closing parenthesis is missing"));
      return tree;
    }
    PatternComparison& test = tree.comparison;
    test.negated = TRY(accept("NOT"));
    if (TRY(accept("EXISTS"))) {
      test.op = PatternOperator::exists;
      test.path = TRY(path());
      return tree;
    }
    if (test.negated && strict_) return wrong("NOT stands behind the path, or before EXISTS");
    test.path = TRY(path());
    test.negated |= TRY(accept("NOT"));
    TRY(comparison_operator(test));
    return tree;
  }

  Result<void> comparison_operator(PatternComparison& test) {
    using enum PatternOperator;
    for (const auto& [symbol, op] : {std::pair<std::string_view, PatternOperator>{"=", equal},
                                     {"!=", not_equal},
                                     {"<", less},
                                     {"<=", less_equal},
                                     {">", greater},
                                     {">=", greater_equal}}) {
      if (!token_.is(symbol)) continue;
      test.op = op;
      TRY(advance());
      if (strict_ && op != equal && op != not_equal && token_.type == PatternToken::Type::word)
        return wrong("what has an order should stand here");
      test.values.push_back(TRY(literal()));
      return {};
    }
    for (const auto& [keyword, op] : {std::pair<std::string_view, PatternOperator>{"LIKE", like},
                                      {"MATCHES", matches},
                                      {"ISSUBSET", subset},
                                      {"ISSUPERSET", superset}}) {
      if (!TRY(accept(keyword))) continue;
      test.op = op;
      return string_operand(test);
    }
    if (!TRY(accept("IN"))) return wrong("a comparison operator should stand here");
    test.op = in;
    return set(test);
  }

  Result<void> string_operand(PatternComparison& test) {
    if (token_.type != PatternToken::Type::string) return wrong("a string should stand here");
    const std::size_t column = token_.column;
    test.values.push_back(TRY(literal()));
    const std::string& text = test.values[0].text;
    if (!strict_) return {};
    if (test.op == PatternOperator::matches || test.op == PatternOperator::like) {
      const bool like = test.op == PatternOperator::like;
      const Result<PatternRegex> regex = like ? PatternRegex::compile_like(text) : PatternRegex::compile(text);
      if (!regex) return error(regex.error().fault, regex.error().what, column);
    }
    const bool network = test.op == PatternOperator::subset || test.op == PatternOperator::superset;
    if (network && !parse_network(text))
      return error(Fault::malformed, "no address or network looks like this", column);
    return {};
  }

  static bool is_number(const PatternLiteral& literal) {
    return literal.type == PatternLiteral::Type::integer || literal.type == PatternLiteral::Type::real;
  }

  Result<void> set(PatternComparison& test) {
    TRY(expect("(", "IN is followed by a list in parentheses"));
    while (!token_.is(")")) {
      const std::size_t column = token_.column;
      test.values.push_back(TRY(literal()));
      const PatternLiteral &first = test.values.front(), &last = test.values.back();
      if (strict_ && first.type != last.type && !(is_number(first) && is_number(last)))
        return error(Fault::malformed, "the values of a list are of one type", column);
      if (!token_.is(",")) break;
      TRY(advance());
      if (strict_ && token_.is(")")) return wrong("a value should stand here");
    }
    return expect(")", "the list after IN should end or go on here");
  }

  Result<PatternLiteral> literal() {
    const std::size_t column = token_.column;
    PatternLiteral literal = TRY(pattern_literal(std::move(token_), strictness_));
    literal.column = column;
    TRY(advance());
    return literal;
  }

  Result<PatternPath> path() {
    if (token_.type != PatternToken::Type::word) return wrong("an object path should stand here");
    if (strict_ && !is_identifier(token_.raw, true)) return wrong("no object type looks like this");
    PatternPath path;
    path.type = std::string(token_.raw);
    TRY(advance());
    TRY(expect(":", "an object type is followed by ':'"));
    TRY(key(path));
    for (;;) {
      if (token_.is(".")) {
        TRY(advance());
        TRY(key(path));
      } else if (token_.is("[")) {
        TRY(index(path));
      } else {
        return path;
      }
    }
  }

  // A key: a word, a quoted key, or what feeds write for one (digits first, as in an unquoted hash name).
  Result<void> key(PatternPath& path) {
    PatternStep step;
    if (token_.type == PatternToken::Type::word || (!strict_ && token_.type == PatternToken::Type::number)) {
      if (strict_ && !is_identifier(token_.raw, false)) return wrong("such a property stands in quotes");
      step.key = std::string(token_.raw);
    } else if (token_.type == PatternToken::Type::string) {
      if (strict_) TRY(check_string(token_));
      step.key = std::move(token_.text);
      step.quoted = true;
    } else {
      return wrong("a property should stand here");
    }
    path.steps.push_back(std::move(step));
    return advance();
  }

  Result<void> index(PatternPath& path) {
    TRY(advance());
    PatternStep step;
    step.type = PatternStep::Type::any;
    if (token_.type == PatternToken::Type::number) {
      step.type = PatternStep::Type::index;
      const std::string_view raw = token_.raw;
      const auto read = std::from_chars(raw.data(), raw.data() + raw.size(), step.index);
      if (strict_ && (read.ec != std::errc() || read.ptr != raw.data() + raw.size() || !is_pattern_integer(token_.raw)))
        return wrong("an index is a number or '*'");
    } else if (!token_.is("*")) {
      return wrong("an index is a number or '*'");
    }
    TRY(advance());
    path.steps.push_back(std::move(step));
    return expect("]", "an index ends with ']'");
  }

  PatternTokens tokens_;
  PatternToken token_;
  PatternStrictness strictness_;
  bool strict_;
  int depth_ = 0;
};

}  // namespace

Result<ObservationTree> parse_pattern(std::string_view pattern, PatternStrictness strictness) {
  if (pattern.size() > size_limit) return error(Fault::limit, "a pattern of more than 1 MiB", size_limit);
  return PatternParser(pattern, strictness).parse();
}

}  // namespace testudo
