// STIX patterns as trees: the whole grammar, read strictly as the specification has it or as leniently as feeds need.
// Floor 3. Source: STIX 2.1 part 9 (OASIS Standard, 10 June 2021), STIX 2.0 part 5; docs/formats/stix-patterns.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace testudo {

// An instant with more digits than a Time: two time stamps may differ in their nanoseconds alone.
struct PatternInstant {
  Time time;
  std::uint32_t picoseconds = 0;  // below the microsecond
  auto operator<=>(const PatternInstant&) const = default;
};
// "2024-05-01T10:00:00.25Z", as the grammar has it: upper case, UTC, seconds, a date that exists.
std::optional<PatternInstant> parse_pattern_instant(std::string_view text);

struct PatternLiteral {
  enum class Type : std::uint8_t { string, integer, real, boolean, time, binary };
  Type type = Type::string;
  std::string text;   // as the feed means it: escapes resolved; of a number, boolean or typed literal as it is written
  std::string bytes;  // of a binary one: what b'…' or h'…' decode to
  std::int64_t integer = 0;
  double real = 0;  // of an integer too
  bool boolean = false;
  PatternInstant time;
  std::size_t column = 0;
};

struct PatternStep {
  enum class Type : std::uint8_t { key, index, any };
  Type type = Type::key;
  std::string key;
  std::size_t index = 0;
  bool quoted = false;
};

struct PatternPath {
  std::string type;
  std::vector<PatternStep> steps;
};

enum class PatternOperator : std::uint8_t {
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  like,
  matches,
  subset,
  superset,
  exists
};

struct PatternComparison {
  PatternOperator op = PatternOperator::equal;
  bool negated = false;
  PatternPath path;
  std::vector<PatternLiteral> values;  // one; several or none of IN; none of EXISTS
};

enum class PatternJoin : std::uint8_t { leaf, all, any, followed_by };

// What stands in brackets: a comparison, or several joined by AND (`all`) or OR (`any`).
struct ComparisonTree {
  PatternJoin join = PatternJoin::leaf;
  std::vector<ComparisonTree> children;
  PatternComparison comparison;  // of a leaf
};

struct PatternQualifier {
  enum class Type : std::uint8_t { within, repeats, start_stop };
  Type type = Type::within;
  std::int64_t micros = 0;  // of WITHIN
  std::uint64_t times = 0;  // of REPEATS
  PatternInstant start, stop;
};

struct ObservationTree {
  PatternJoin join = PatternJoin::leaf;
  std::vector<ObservationTree> children;
  ComparisonTree comparison;                 // of a leaf
  std::vector<PatternQualifier> qualifiers;  // innermost first
};

enum class PatternStrictness : std::uint8_t {
  strict,   // the grammar, its types, and regular expressions that can be evaluated
  lenient,  // keywords in any case, keys without the quotes they need, typed literals unchecked, other escapes
};

// Fault::malformed (or ::unsupported, for a regular expression with what RE2 has not) with the column as its offset, 1
// being the first octet; Fault::limit for a pattern over 1 MiB or nested deeper than 200 parentheses. Cost: linear.
Result<ObservationTree> parse_pattern(std::string_view pattern, PatternStrictness strictness);

}  // namespace testudo
