// Types, octets, Unicode's form C (Unicode 15, annex 15).
#include "intel/pattern/pattern_compare.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "base/text.h"

namespace testudo {
namespace {

int order(auto a, auto b) { return a < b ? -1 : b < a ? 1 : 0; }

std::optional<std::string> octets_of(const ObservedValue& value, std::string_view key) {
  if (key.ends_with("_hex")) return from_hex(value.text);
  if (key.ends_with("_bin")) return from_base64(value.text);
  return std::nullopt;
}

// A text whose characters are all below 256, as octets.
std::optional<std::string> as_octets(std::string_view text) {
  std::string octets;
  while (!text.empty()) {
    const CodePoint next = decode_utf8(text);
    if (!next.valid || next.value > 0xFF) return std::nullopt;
    octets.push_back(static_cast<char>(next.value));
    text.remove_prefix(next.size);
  }
  return octets;
}

std::optional<int> order_octets(const std::optional<std::string>& a, const std::optional<std::string>& b) {
  if (!a || !b) return std::nullopt;
  return order(std::string_view(*a).compare(*b), 0);
}

std::optional<int> compare_text(const ObservedValue& value, std::string_view key, const PatternLiteral& literal) {
  const std::optional<std::string> octets = octets_of(value, key);
  if (literal.type == PatternLiteral::Type::binary)
    return order_octets(octets ? octets : as_octets(value.text), literal.bytes);
  if (literal.type == PatternLiteral::Type::time) {
    const auto instant = parse_pattern_instant(value.text);
    return instant ? std::optional(order(*instant, literal.time)) : std::nullopt;
  }
  if (literal.type != PatternLiteral::Type::string) return std::nullopt;
  if (octets) return order_octets(octets, as_octets(literal.text));
  return order(value.text.compare(literal.text), 0);
}

}  // namespace

std::optional<int> compare(const ObservedValue& value, std::string_view key, const PatternLiteral& literal) {
  const bool whole = literal.type == PatternLiteral::Type::integer;
  switch (value.type) {
    case ObservedValue::Type::integer:
      if (whole) return order(value.integer, literal.integer);
      [[fallthrough]];
    case ObservedValue::Type::real:
      if (!whole && literal.type != PatternLiteral::Type::real) return std::nullopt;
      return order(value.real, literal.real);
    case ObservedValue::Type::boolean:
      if (literal.type != PatternLiteral::Type::boolean) return std::nullopt;
      return value.boolean == literal.boolean ? 0 : 1;
    case ObservedValue::Type::text:
      return compare_text(value, key, literal);
    default:
      return std::nullopt;
  }
}

std::string normal_form_c(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 1U << 30)));
  const icu::UnicodeString normal = form->normalize(icu::UnicodeString::fromUTF8(piece), status);
  if (U_FAILURE(status)) return std::string(text);
  std::string out;
  normal.toUTF8String(out);
  return out;
}

std::optional<std::string> comparable_text(const ObservedValue& value, std::string_view key) {
  if (value.type != ObservedValue::Type::text) return std::nullopt;
  const std::optional<std::string> octets = octets_of(value, key);
  if (!octets) return normal_form_c(value.text);
  std::string text;
  for (const char c : *octets) append_utf8(text, static_cast<unsigned char>(c));
  return text;
}

}  // namespace testudo
