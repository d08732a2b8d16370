// Values of literals.
#include "intel/pattern/pattern_literal.h"

#include <charconv>

#include "base/text.h"

namespace testudo {
namespace {

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return text;
}

bool is_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

Result<PatternLiteral> number(const PatternToken& token, PatternStrictness strictness) {
  PatternLiteral literal;
  literal.text = std::string(token.raw);
  std::string_view digits = token.raw;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (is_pattern_integer(token.raw)) {
    literal.type = PatternLiteral::Type::integer;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), literal.integer).ec != std::errc()) {
      if (strictness == PatternStrictness::strict)
        return error(Fault::malformed, "a number out of range", token.column);
    }
    literal.real = static_cast<double>(literal.integer);
    return literal;
  }
  literal.type = PatternLiteral::Type::real;
  if (strictness == PatternStrictness::strict && !is_pattern_real(token.raw))
    return error(Fault::malformed, "no number looks like this", token.column);
  std::from_chars(digits.data(), digits.data() + digits.size(), literal.real);
  return literal;
}

Result<PatternLiteral> typed(PatternToken token, PatternStrictness strictness) {
  PatternLiteral literal;
  literal.text = std::move(token.text);
  literal.type = token.prefix == 't' ? PatternLiteral::Type::time : PatternLiteral::Type::binary;
  if (strictness == PatternStrictness::lenient) return literal;
  if (token.prefix == 't') {
    const auto instant = parse_pattern_instant(token.raw);
    if (!instant) return error(Fault::malformed, "no time looks like this", token.column);
    literal.time = *instant;
    return literal;
  }
  const bool hex = token.prefix == 'h';
  const std::optional<std::string> bytes = hex ? from_hex(token.raw) : from_base64(token.raw);
  if (!bytes || (!hex && (token.raw.size() % 4 != 0 || token.raw.starts_with('=') ||
                          token.raw.find_first_of(" \t\r\n") != std::string_view::npos)))
    return error(Fault::malformed, hex ? "not hexadecimal" : "not base64", token.column);
  literal.bytes = *bytes;
  return literal;
}

}  // namespace

std::optional<PatternInstant> parse_pattern_instant(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (text.size() < shape.size() + 1 || text.back() != 'Z') return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return std::nullopt;
  std::string_view fraction = text.substr(shape.size(), text.size() - shape.size() - 1);
  std::string spelled(text.substr(0, shape.size()));
  PatternInstant instant;
  if (!fraction.empty()) {
    if (fraction[0] != '.' || fraction.size() < 2 || !is_digits(fraction.substr(1))) return std::nullopt;
    constexpr std::size_t micros = 6, picos = 12;
    std::string digits(fraction.substr(1, picos));
    digits.resize(picos, '0');
    spelled += "." + digits.substr(0, micros);
    std::from_chars(digits.data() + micros, digits.data() + picos, instant.picoseconds);
  }
  const std::optional<Time> time = parse_rfc3339(spelled + "Z");
  if (!time) return std::nullopt;
  instant.time = *time;
  return instant;
}

bool is_pattern_integer(std::string_view text) {
  const std::string_view digits = without_sign(text);
  return !digits.empty() && is_digits(digits) && (digits.size() == 1 || digits[0] != '0');
}

bool is_pattern_real(std::string_view text) {
  const std::string_view digits = without_sign(text);
  const std::size_t point = digits.find('.');
  return point != std::string_view::npos && point + 1 < digits.size() && is_digits(digits.substr(0, point)) &&
         is_digits(digits.substr(point + 1));
}

Result<void> check_string(const PatternToken& token) {
  if (token.quote != '\'') return error(Fault::malformed, "strings stand in single quotes", token.column);
  for (std::size_t at = 0; at < token.raw.size(); ++at) {
    if (token.raw[at] != '\\') continue;
    ++at;
    if (at >= token.raw.size() || (token.raw[at] != '\'' && token.raw[at] != '\\'))
      return error(Fault::malformed, "only \\' and \\\\ are escapes", token.column + at);
  }
  if (!is_utf8(token.raw)) return error(Fault::malformed, "not UTF-8", token.column);
  return {};
}

Result<PatternLiteral> pattern_literal(PatternToken token, PatternStrictness strictness) {
  const bool strict = strictness == PatternStrictness::strict;
  PatternLiteral literal;
  switch (token.type) {
    case PatternToken::Type::string:
      if (strict) TRY(check_string(token));
      literal.text = std::move(token.text);
      return literal;
    case PatternToken::Type::typed:
      return typed(std::move(token), strictness);
    case PatternToken::Type::number:
      return number(token, strictness);
    case PatternToken::Type::word:
      if (strict ? token.raw != "true" && token.raw != "false" : !token.word("true") && !token.word("false")) break;
      literal.type = PatternLiteral::Type::boolean;
      literal.text = lower_ascii(token.raw);
      literal.boolean = literal.text == "true";
      return literal;
    default:
      break;
  }
  return error(Fault::malformed, "a value should stand here", token.column);
}

}  // namespace testudo
