// Time: an instant in UTC, in microseconds since 1970-01-01T00:00:00Z, and the clocks that evidence uses. Floor 0.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace testudo {

struct Time {
  std::int64_t micros = 0;
  auto operator<=>(const Time&) const = default;
};

// A length of time in microseconds. May be negative in hostile evidence.
struct Duration {
  std::int64_t micros = 0;
  auto operator<=>(const Duration&) const = default;
};

// The conversions return nothing for a value that is not a number or lies outside the years 1 to 9999: callers report
// that as the anomaly `time_out_of_range` and never guess.
std::optional<Time> from_unix_seconds(double seconds);
std::optional<Time> from_unix_millis(std::int64_t millis);
std::optional<Time> from_unix_micros(std::int64_t micros);
// Apple's absolute time: seconds since 2001-01-01T00:00:00Z (CFAbsoluteTime).
std::optional<Time> from_mac_seconds(double seconds);
// Apple's absolute time as stored by Messages: nanoseconds since iOS 11, seconds before. Magnitudes above 10^11 are
// nanoseconds (10^11 s would be the year 5169).
std::optional<Time> from_mac_seconds_or_nanos(std::int64_t value);
// Chrome's clock: microseconds since 1601-01-01T00:00:00Z.
std::optional<Time> from_webkit_micros(std::int64_t micros);

// RFC 3339 with `Z`; microseconds only where they are not zero: "2024-05-01T10:00:00Z", "2024-05-01T10:00:00.25Z".
std::string to_rfc3339(Time time);
void append_rfc3339(std::string& text, Time time);
// Accepts RFC 3339 with any offset, "YYYY-MM-DD" (midnight UTC) and "YYYY-MM-DDTHH:MM:SS" (UTC).
std::optional<Time> parse_rfc3339(std::string_view text);

}  // namespace testudo
