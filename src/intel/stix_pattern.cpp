// A recursive-descent parser of STIX patterns.
#include "intel/stix_pattern.h"

#include <algorithm>

#include "base/text.h"
#include "intel/stix_tokens.h"

namespace testudo {
namespace {

constexpr std::size_t size_limit = 1 << 20;
constexpr int depth_limit = 200;

// Recursive descent over:
//   observations: or_observations (FOLLOWEDBY or_observations)*
//   or_observations: and_observations (OR …)* ; and_observations: observation (AND …)*
//   observation: ('[' comparisons ']' | '(' observations ')') qualifier*
//   comparisons: and_comparisons (OR …)* ; and_comparisons: comparison (AND …)*
//   comparison: '(' comparisons ')' | [NOT] EXISTS path | path [NOT] operator literal
// Terms are collected as they come; whatever makes a part more than a choice of values takes its terms back.
class PatternParser {
 public:
  explicit PatternParser(std::string_view pattern) : tokens_(pattern) {}

  Result<StixPattern> parse() {
    TRY(advance());
    TRY(observations());
    if (token_.type != StixToken::Type::end) return wrong("the pattern should end here");
    return std::move(out_);
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
  Result<bool> accept(std::string_view keyword) {
    if (!token_.word(keyword)) return false;
    TRY(advance());
    return true;
  }
  void leave_out(std::string_view reason, std::size_t first_term) {
    out_.terms.resize(first_term);
    if (std::ranges::find(out_.left_out, reason) == out_.left_out.end()) out_.left_out.push_back(reason);
  }

  // One level of `operand (keyword operand)*`; several operands joined by anything but OR are more than one value.
  template <typename Operand>
  Result<void> chain(std::string_view keyword, std::string_view reason, Operand operand) {
    const std::size_t first = out_.terms.size();
    TRY(operand());
    while (TRY(accept(keyword))) {
      TRY(operand());
      if (!reason.empty()) leave_out(reason, first);
    }
    return {};
  }

  Result<void> deeper() {
    if (++depth_ > depth_limit) return error(Fault::limit, "parentheses nested too deeply", token_.column);
    return {};
  }

  Result<void> observations() {
    return chain("FOLLOWEDBY", "followedby",
                 [&] { return chain("OR", "", [&] { return chain("AND", "and", [&] { return observation(); }); }); });
  }

  Result<void> observation() {
    const std::size_t first = out_.terms.size();
    if (token_.is("(")) {
      TRY(deeper());
      TRY(advance());
      TRY(observations());
      TRY(expect(")", "a closing parenthesis is missing"));
      --depth_;
    } else {
      TRY(expect("[", "an observation starts with '['"));
      TRY(comparisons());
      TRY(expect("]", "an observation ends with ']'"));
    }
    return qualifiers(first);
  }

  Result<void> qualifiers(std::size_t first) {
    for (;;) {
      if (TRY(accept("WITHIN"))) {
        TRY(number());
        if (!TRY(accept("SECONDS"))) return wrong("WITHIN is followed by a number and SECONDS");
        leave_out("within", first);
      } else if (TRY(accept("REPEATS"))) {
        TRY(number());
        if (!TRY(accept("TIMES"))) return wrong("REPEATS is followed by a number and TIMES");
        leave_out("repeats", first);
      } else if (TRY(accept("START"))) {
        TRY(timestamp());
        if (!TRY(accept("STOP"))) return wrong("START is followed by a time and STOP");
        TRY(timestamp());
        leave_out("start_stop", first);
      } else {
        return {};
      }
    }
  }
  Result<void> number() {
    if (token_.type != StixToken::Type::number) return wrong("a number should stand here");
    return advance();
  }
  // A time is t'…'; STIX 2.0 wrote it as a plain string.
  Result<void> timestamp() {
    if (token_.type != StixToken::Type::typed && token_.type != StixToken::Type::string)
      return wrong("a time should stand here");
    return advance();
  }

  Result<void> comparisons() {
    return chain("OR", "", [&] { return chain("AND", "and", [&] { return comparison(); }); });
  }

  Result<void> comparison() {
    const std::size_t first = out_.terms.size();
    if (token_.is("(")) {
      TRY(deeper());
      TRY(advance());
      TRY(comparisons());
      --depth_;
      return expect(")", "a closing parenthesis is missing");
    }
    const bool negated = TRY(accept("NOT"));
    if (token_.word("EXISTS")) {
      TRY(advance());
      TRY(path());
      leave_out(negated ? "not" : "exists", first);
      return {};
    }
    const std::string where = TRY(path());
    const bool negated_after = TRY(accept("NOT"));
    TRY(test(where, first));
    if (negated || negated_after) leave_out("not", first);
    return {};
  }

  Result<void> test(const std::string& where, std::size_t first) {
    if (token_.is("=")) {
      TRY(advance());
      out_.terms.push_back({where, TRY(literal())});
      return {};
    }
    if (TRY(accept("IN"))) return set(where, first);
    if (TRY(accept("LIKE"))) return like(where, first);
    if (TRY(accept("ISSUBSET"))) return subset(where, first);
    for (const auto& [keyword, reason] :
         {std::pair<std::string_view, std::string_view>{"MATCHES", "matches"}, {"ISSUPERSET", "superset"}}) {
      if (!TRY(accept(keyword))) continue;
      static_cast<void>(TRY(string()));
      leave_out(reason, first);
      return {};
    }
    for (const std::string_view order : {"!=", "<", "<=", ">", ">="}) {
      if (!token_.is(order)) continue;
      TRY(advance());
      static_cast<void>(TRY(literal()));
      leave_out(order == "!=" ? "not" : "order", first);
      return {};
    }
    return wrong("a comparison operator should stand here");
  }

  Result<void> set(const std::string& where, std::size_t first) {
    TRY(expect("(", "IN is followed by a list in parentheses"));
    if (token_.is(")")) leave_out("empty_set", first);
    while (!token_.is(")")) {
      out_.terms.push_back({where, TRY(literal())});
      if (!token_.is(",")) break;
      TRY(advance());
    }
    return expect(")", "the list after IN should end or go on here");
  }

  // Without a wildcard LIKE is '='.
  Result<void> like(const std::string& where, std::size_t first) {
    std::string value = TRY(string());
    if (value.find_first_of("%_") == std::string::npos) {
      out_.terms.push_back({where, std::move(value)});
    } else {
      leave_out("like", first);
    }
    return {};
  }

  // An address that lies in a network is what an indicator of that network means; elsewhere it cannot be evaluated.
  Result<void> subset(const std::string& where, std::size_t first) {
    std::string value = TRY(string());
    if (where == "ipv4-addr:value" || where == "ipv6-addr:value") {
      out_.terms.push_back({where, std::move(value)});
    } else {
      leave_out("subset", first);
    }
    return {};
  }

  Result<std::string> string() {
    if (token_.type != StixToken::Type::string) return wrong("a string should stand here");
    std::string text = std::move(token_.text);
    TRY(advance());
    return text;
  }

  Result<std::string> literal() {
    std::string text;
    switch (token_.type) {
      case StixToken::Type::string:
      case StixToken::Type::typed:
        text = std::move(token_.text);
        break;
      case StixToken::Type::number:
        text = std::string(token_.raw);
        break;
      case StixToken::Type::word:
        if (!token_.word("true") && !token_.word("false")) return wrong("a value should stand here");
        text = lower_ascii(token_.raw);
        break;
      default:
        return wrong("a value should stand here");
    }
    TRY(advance());
    return text;
  }

  Result<std::string> path() {
    if (token_.type != StixToken::Type::word) return wrong("an object path should stand here");
    std::string where = lower_ascii(token_.raw);
    TRY(advance());
    TRY(expect(":", "an object type is followed by ':'"));
    where += ":";
    TRY(step(where));
    for (;;) {
      if (token_.is(".")) {
        TRY(advance());
        where += ".";
        TRY(step(where));
      } else if (token_.is("[")) {
        TRY(index(where));
      } else {
        return where;
      }
    }
  }

  // A key: a word, a quoted key, or what feeds write for one (digits first, as in an unquoted hash name).
  Result<void> step(std::string& where) {
    const bool key = token_.type == StixToken::Type::word || token_.type == StixToken::Type::number;
    if (key) {
      where += lower_ascii(token_.raw);
      if (where.find("hashes.") != std::string::npos) out_.quoted_key_missing |= !is_standard_key(token_.raw);
    } else if (token_.type == StixToken::Type::string) {
      where += lower_ascii(token_.text);
    } else {
      return wrong("a property should stand here");
    }
    return advance();
  }
  static bool is_standard_key(std::string_view raw) { return raw == "MD5" || raw == "SSDEEP" || raw == "TLSH"; }

  Result<void> index(std::string& where) {
    TRY(advance());
    if (!token_.is("*") && token_.type != StixToken::Type::number) return wrong("an index is a number or '*'");
    where += "[*]";
    TRY(advance());
    return expect("]", "an index ends with ']'");
  }

  StixTokens tokens_;
  StixToken token_;
  StixPattern out_;
  int depth_ = 0;
};

}  // namespace

Result<StixPattern> parse_stix_pattern(std::string_view pattern) {
  if (pattern.size() > size_limit) return error(Fault::limit, "a pattern of more than 1 MiB", size_limit);
  return PatternParser(pattern).parse();
}

}  // namespace testudo
