// A STIX pattern against observed data: what `testudo intel eval` answers. Floor 3. docs/formats/stix-patterns.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace testudo {

// The values are exit statuses.
enum class PatternOutcome : std::uint8_t { match = 0, no_match = 1, not_a_pattern = 2, bad_observation = 3 };

struct PatternEvaluation {
  PatternOutcome outcome = PatternOutcome::no_match;
  // Of a match: the ids of the observed-data that meet the pattern, in the order of the file; "#N", from 1, for one
  // without an id.
  std::vector<std::string> observations;
  std::size_t column = 0;  // of what is no pattern; 1 is the first octet
  std::string why;         // of what is no pattern or no observation file
  // The search for a binding, or a regular expression, took too many steps: `no_match` is not certain.
  bool gave_up = false;
};

// The pattern is judged first. Cost: linear in both but for AND, FOLLOWEDBY and REPEATS over observations that can
// stand for each other, where it is bounded.
PatternEvaluation evaluate_pattern(std::string_view pattern, std::string_view observed_json);

}  // namespace testudo
