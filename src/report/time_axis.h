// Time axis: which dates stand below a picture of a span of time. Floor 5.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace testudo {

struct Tick {
  Time at;
  std::string label;  // "2024", "2024-05", "2024-05-01" or "05-01 12:00", always UTC
};

// Round dates from `from` to `to`, at most `most` of them, in order: hours, days, months or years, as coarse as needed.
// None if the span is empty or turned round.
std::vector<Tick> axis_ticks(Time from, Time to, std::size_t most);

}  // namespace testudo
