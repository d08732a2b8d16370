// Life: the device's life as a picture needs it: one lane a group of sources with the span that each source covers, and
// the findings as marks. Floor 5.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "report/check_report.h"

namespace testudo {

enum class Lane : std::uint8_t { messages, calls, browsing, apps, network, system, other };
inline constexpr std::size_t lane_count = static_cast<std::size_t>(Lane::other) + 1;
std::string_view lane_name(Lane lane);  // "messages", …: report.lane.<name> in the catalogue
// By the source's name; sources that are not known lie in `other`.
Lane lane_of(std::string_view source);

struct CoveredSpan {
  Time first, last;
};

struct LifeMark {
  Time time;
  Severity severity;
};

struct LaneLife {
  std::vector<CoveredSpan> covered;  // one a source
  std::vector<LifeMark> marks;       // in order of time
  std::optional<CoveredSpan> whole() const;
};

struct Life {
  std::array<LaneLife, lane_count> lanes;
  CoveredSpan drawn;          // what the picture shows; empty if first == last
  std::uint64_t undrawn = 0;  // spans and findings that reach beyond it
};

// The picture begins with the first time that is not before 2007, when the first iPhone was sold, and ends at most a
// day after the date of the evidence: dates beyond those are clocks or values gone wrong, and would leave no room for
// the rest.
Life life_of(const CheckReport& report);
// The part of a life in which findings of at least medium severity lie, with some room around, if that is less than a
// quarter of the whole.
std::optional<Life> busy_part(const Life& life);

}  // namespace testudo
