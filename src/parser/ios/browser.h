// What the parsers of browsers share: times as browsers leave them unset, remaining columns, and how far apart two
// addresses are.
// Floor 4.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "base/url.h"
#include "evidence/database.h"
#include "record/sink.h"

namespace testudo::browser {

// A stored number that may become a time; text and bytes in its place are reported as `unexpected_type` at `rowid`.
inline std::optional<double> number(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  if (row.is_number(column)) return row.real(column);
  if (!row.is_null(column)) out.anomaly("unexpected_type", static_cast<std::uint64_t>(rowid));
  return std::nullopt;
}

// A stored time. NULL and the clock's "never" (zero; below it too for the clocks that start in 1601 or 1970) are
// nothing; a value beyond the calendar is nothing and reported as `time_out_of_range` at `rowid`.
inline std::optional<Time> mac_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  const auto seconds = number(out, row, column, rowid);
  if (!seconds || *seconds == 0) return std::nullopt;
  return out.checked(from_mac_seconds(*seconds), static_cast<std::uint64_t>(rowid));
}

inline std::optional<Time> unix_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  const auto seconds = number(out, row, column, rowid);
  if (!seconds || *seconds <= 0) return std::nullopt;
  return out.checked(from_unix_seconds(*seconds), static_cast<std::uint64_t>(rowid));
}

inline std::optional<Time> chrome_time(Sink& out, const QueryRow& row, int column, std::int64_t rowid) {
  if (const auto stored = number(out, row, column, rowid); !stored || *stored <= 0) return std::nullopt;
  return out.checked(from_webkit_micros(row.integer(column).value_or(0)), static_cast<std::uint64_t>(rowid));
}

// A text that is there and not empty.
inline std::optional<std::string_view> filled(const QueryRow& row, int column) {
  const auto text = row.text(column);
  return text && !text->empty() ? text : std::nullopt;
}

// How far apart the hosts of two addresses are.
struct Distance {
  bool other_host = false;  // another name, "www." not counted
  bool other_site = false;  // another registrable domain
};

// Nothing if either has no host. Cost: two URL readings; not for every row.
std::optional<Distance> distance(std::string_view from, std::string_view to);

}  // namespace testudo::browser
