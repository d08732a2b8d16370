// What the parsers of browsers share: times as browsers leave them unset, and whether two addresses are one site.
// Floor 4.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "base/url.h"
#include "evidence/database.h"
#include "record/sink.h"

namespace testudo::browser {

// A stored time. NULL and the clock's "never" (zero and below for the clocks that start in 1601 or 1970) are nothing;
// a value beyond the calendar is nothing and reported as `time_out_of_range` at `rowid`.
inline std::optional<Time> mac_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  const auto seconds = row.real(column);
  if (!seconds) return std::nullopt;
  return out.checked(from_mac_seconds(*seconds), static_cast<std::uint64_t>(rowid));
}

inline std::optional<Time> unix_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  const auto seconds = row.real(column);
  if (!seconds || *seconds <= 0) return std::nullopt;
  return out.checked(from_unix_seconds(*seconds), static_cast<std::uint64_t>(rowid));
}

inline std::optional<Time> chrome_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  const auto micros = row.integer(column);
  if (!micros || *micros <= 0) return std::nullopt;
  return out.checked(from_webkit_micros(*micros), static_cast<std::uint64_t>(rowid));
}

// How far apart the hosts of two addresses are.
struct Distance {
  bool other_host = false;  // another name, "www." not counted
  bool other_site = false;  // another registrable domain
};

// Nothing if either has no host. Cost: two URL readings; not for every row.
std::optional<Distance> distance(std::string_view from, std::string_view to);

}  // namespace testudo::browser
