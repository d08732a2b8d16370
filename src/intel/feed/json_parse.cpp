#include "intel/feed/json_parse.h"

#include <algorithm>

#include "base/octet_set.h"

namespace testudo {
namespace {

// Whether digits without sign are more than 64 bits hold, signed where there was a minus.
bool is_long(std::string_view digits, bool negative) {
  const std::string_view most = negative ? "9223372036854775808" : "18446744073709551615";
  return digits.size() > most.size() || (digits.size() == most.size() && digits > most);
}

std::size_t end_of_string(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) at += json[at] == '\\' ? 1U : 0U;
  return std::min(at + 1, json.size());
}

}  // namespace

std::optional<std::string> with_short_integers(std::string_view json) {
  constexpr OctetSet digit("0123456789"), begins(R"("0123456789)"), fraction(".eE");
  constexpr std::size_t largest = 300;  // digits that a double can stand for
  std::string out;
  std::size_t taken = 0;
  for (std::size_t at = begins.find_in(json); at < json.size(); at = begins.find_in(json, at)) {
    if (json[at] == '"') {
      at = end_of_string(json, at);
      continue;
    }
    const std::size_t begin = at;
    at = digit.others().find_in(json, at);
    const std::string_view digits = json.substr(begin, at - begin);
    if (at < json.size() && fraction.has(json[at])) {
      // The digits behind the point or in the exponent are none of an integer.
      while (at < json.size() && (digit.has(json[at]) || fraction.has(json[at]) || json[at] == '-' || json[at] == '+'))
        ++at;
      continue;
    }
    if (!is_long(digits, begin > 0 && json[begin - 1] == '-')) continue;
    out.append(json.substr(taken, begin + std::min(digits.size(), largest) - taken)).append("e0");
    taken = at;
  }
  if (taken == 0) return std::nullopt;
  return out.append(json.substr(taken));
}

simdjson::error_code parse_long_integers(simdjson::error_code code, simdjson::dom::parser& parser,
                                         std::string_view json, simdjson::dom::element& root) {
  if (code != simdjson::NUMBER_ERROR) return code;
  const std::optional<std::string> mended = with_short_integers(json);
  return mended ? parser.parse(*mended).get(root) : code;
}

simdjson::error_code parse_json(simdjson::dom::parser& parser, std::string_view json, simdjson::dom::element& root) {
  return parse_long_integers(parser.parse(json.data(), json.size()).get(root), parser, json, root);
}

}  // namespace testudo
