// The clocks that evidence uses, and RFC 3339 there and back.
#include "base/time.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace testudo {
namespace {

std::string shown(std::optional<Time> time) { return time ? to_rfc3339(*time) : "(none)"; }

TEST(Time, clocks) {
  EXPECT_EQ(shown(from_unix_seconds(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(shown(from_unix_seconds(1'714'557'600.25)), "2024-05-01T10:00:00.25Z");
  EXPECT_EQ(shown(from_unix_seconds(-1)), "1969-12-31T23:59:59Z");
  EXPECT_EQ(shown(from_unix_millis(1'714'557'600'001)), "2024-05-01T10:00:00.001Z");
  EXPECT_EQ(shown(from_unix_micros(1'714'557'600'000'001)), "2024-05-01T10:00:00.000001Z");
  EXPECT_EQ(shown(from_mac_seconds(0)), "2001-01-01T00:00:00Z");
  EXPECT_EQ(shown(from_mac_seconds(736'250'400)), "2024-05-01T10:00:00Z");
  EXPECT_EQ(shown(from_mac_seconds_or_nanos(736'250'400)), "2024-05-01T10:00:00Z");
  EXPECT_EQ(shown(from_mac_seconds_or_nanos(736'250'400'000'000'000)), "2024-05-01T10:00:00Z");
  EXPECT_EQ(shown(from_webkit_micros(0)), "1601-01-01T00:00:00Z");
  EXPECT_EQ(shown(from_webkit_micros(13'359'031'200'000'000)), "2024-05-01T10:00:00Z");
}

TEST(Time, outside_the_calendar_is_nothing) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
  for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL, 1e18, -1e18, 253'402'300'800.0, -62'135'596'801.0}) {
    EXPECT_FALSE(from_unix_seconds(value)) << value;
  }
  EXPECT_FALSE(from_mac_seconds(1e300));
  for (const std::int64_t value : {most, least}) {
    EXPECT_FALSE(from_unix_micros(value));
    EXPECT_FALSE(from_unix_millis(value));
    EXPECT_FALSE(from_webkit_micros(value));
  }
  EXPECT_EQ(shown(from_mac_seconds_or_nanos(most)), "2293-04-11T23:47:16.854775Z");
}

TEST(Time, bounds_of_the_calendar) {
  EXPECT_EQ(shown(parse_rfc3339("0001-01-01T00:00:00Z")), "0001-01-01T00:00:00Z");
  EXPECT_EQ(shown(parse_rfc3339("9999-12-31T23:59:59.999999Z")), "9999-12-31T23:59:59.999999Z");
  EXPECT_FALSE(parse_rfc3339("0000-12-31T00:00:00Z"));
  EXPECT_FALSE(parse_rfc3339("9999-12-31T23:59:59-00:01"));
  EXPECT_FALSE(parse_rfc3339("0001-01-01T00:00:00+00:01"));
}

TEST(Time, parses_what_rfc3339_allows) {
  EXPECT_EQ(shown(parse_rfc3339("2024-05-01")), "2024-05-01T00:00:00Z");
  EXPECT_EQ(shown(parse_rfc3339("2024-05-01T10:00:00")), "2024-05-01T10:00:00Z");
  EXPECT_EQ(shown(parse_rfc3339("2024-05-01 10:00:00z")), "2024-05-01T10:00:00Z");
  EXPECT_EQ(shown(parse_rfc3339("2024-05-01T12:30:00+02:30")), "2024-05-01T10:00:00Z");
  EXPECT_EQ(shown(parse_rfc3339("2024-04-30T22:00:00-1200")), "2024-05-01T10:00:00Z");
  EXPECT_EQ(shown(parse_rfc3339("2024-02-29T23:59:60Z")), "2024-03-01T00:00:00Z");
  EXPECT_EQ(shown(parse_rfc3339("2024-05-01T10:00:00.1234567890Z")), "2024-05-01T10:00:00.123456Z");
}

TEST(Time, refuses_the_rest) {
  for (std::string_view text :
       {"", "2024", "2024-05", "2024-5-1", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31",
        "2024-05-01T", "2024-05-01T24:00:00Z", "2024-05-01T10:60:00Z", "2024-05-01T10:00:61Z",
        "2024-05-01T10:00:00+24:00", "2024-05-01T10:00:00Zx", "2024-05-01X10:00:00", "-024-05-01",
        "2024-05-01T10:00:00+0", "１024-05-01"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Time, text_and_back) {
  std::uint64_t state = 7;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const auto span = static_cast<std::uint64_t>(253'402'300'800 + 62'135'596'800) * 1'000'000;
    const Time time{static_cast<std::int64_t>(state % span) - 62'135'596'800 * 1'000'000};
    EXPECT_EQ(parse_rfc3339(to_rfc3339(time)), time) << time.micros;
  }
}

}  // namespace
}  // namespace testudo
