// How likely two names are one person's, company's or ship's. Floor 3. docs/design/screening.md: features, weights,
// figures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intel/screen/name_align.h"

namespace testudo {

// At and above this score two names are worth an analyst's look. Fixed; chosen by cross-validation (docs).
inline constexpr double screen_threshold = 0.7;

// One line of an explanation: which part met which, how, and how much it says.
struct NameMeeting {
  std::string query, listed;  // parts as they are compared; empty: the other side alone has this part
  Meeting how = Meeting::none;
  float similarity = 0;
  float weight = 0;
};

struct NameScore {
  double evidence = 0;  // natural logarithm of the odds; may be added to
  double score = 0;     // 0 to 1, never either: score_of(evidence)
  NameMode mode = NameMode::person;
  NameEvidence features;
  std::vector<NameMeeting> meetings;  // filled only by match_names
};

// Evidence 0 gives the threshold, 0.7: the number at which other matchers of this field ask for a look, too.
double score_of(double evidence);

// Names as a person reads them. `unknown` is tried as a person and as an organisation; the better counts.
// Cost: 2 to 10 microseconds for Latin names.
NameScore match_names(std::string_view a, std::string_view b, NameMode mode);
std::vector<NameMeeting> explain(PartsView a, PartsView b, const NameAlignment& alignment);

}  // namespace testudo
