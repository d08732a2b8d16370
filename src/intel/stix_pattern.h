// What a single value on a device can meet of a STIX pattern, taken out of its tree (intel/pattern/). Floor 3.
// What feeds write instead of the grammar: docs/formats/stix.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace testudo {

// One comparison `path = 'value'` that is enough, alone, to meet the pattern. A folder and a name in it are one path.
struct PatternTerm {
  std::string path;   // lower case, quotes of keys dropped: "file:hashes.sha-256", "email-message:to_refs[*].value"
  std::string value;  // escapes resolved; a number or boolean as it is written
};

struct StixPattern {
  std::vector<PatternTerm> terms;
  // Why the rest of the pattern is not among the terms, once each, in order of appearance: "and", "not", "like",
  // "matches", "followedby", "within", "repeats", "start_stop", "subset", "superset", "exists", "order", "empty_set".
  // Empty: the terms are the whole pattern.
  std::vector<std::string_view> left_out;
  bool quoted_key_missing = false;  // a hash key with a hyphen and without its quotes, or `sha256` for 'SHA-256'
};

// Fault::malformed with the column (1 is the first octet) as its offset; Fault::limit for a pattern over 1 MiB or
// nested deeper than 200 parentheses. Cost: linear.
Result<StixPattern> parse_stix_pattern(std::string_view pattern);

// Whether the text is a pattern for tools that keep to the letter: errors as parse_pattern() gives them where it is
// strict. Cost: linear; a few hundred instructions for `[path = 'value']`.
Result<void> check_stix_pattern(std::string_view pattern);

}  // namespace testudo
