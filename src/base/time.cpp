#include "base/time.h"

#include <cmath>

#include <fmt/format.h>

namespace testudo {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;
constexpr std::int64_t mac_epoch = 978'307'200 * second;         // 2001-01-01
constexpr std::int64_t webkit_epoch = -11'644'473'600 * second;  // 1601-01-01
constexpr std::int64_t earliest = -62'135'596'800 * second;      // 0001-01-01
constexpr std::int64_t latest = 253'402'300'800 * second - 1;    // end of 9999

std::optional<Time> checked(std::int64_t micros) {
  if (micros < earliest || micros > latest) return std::nullopt;
  return Time{micros};
}

std::optional<Time> shifted(std::int64_t micros, std::int64_t epoch) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(micros, epoch, &sum)) return std::nullopt;
  return checked(sum);
}

std::optional<Time> from_seconds(double seconds, std::int64_t epoch) {
  if (!(std::abs(seconds) < 1e12)) return std::nullopt;  // also refuses NaN
  return shifted(std::llround(seconds * 1e6), epoch);
}

// Days since 1970-01-01 of a proleptic Gregorian date, and back: Howard Hinnant's published algorithms
// (https://howardhinnant.github.io/date_algorithms.html).
constexpr std::int64_t days_from_civil(std::int64_t y, unsigned m, unsigned d) {
  y -= m <= 2;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const auto yoe = static_cast<unsigned>(y - era * 400);
  const unsigned doy = (153 * (m + (m > 2 ? -3U : 9U)) + 2) / 5 + d - 1;
  const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146'097 + static_cast<std::int64_t>(doe) - 719'468;
}

struct Civil {
  std::int64_t year;
  unsigned month, day;
};

constexpr Civil civil_from_days(std::int64_t z) {
  z += 719'468;
  const std::int64_t era = (z >= 0 ? z : z - 146'096) / 146'097;
  const auto doe = static_cast<unsigned>(z - era * 146'097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const unsigned m = mp < 10 ? mp + 3 : mp - 9;
  return {static_cast<std::int64_t>(yoe) + era * 400 + (m <= 2), m, doy - (153 * mp + 2) / 5 + 1};
}

constexpr unsigned days_in(unsigned year, unsigned month) {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

void digits(char* at, unsigned value, int width) {
  for (int i = width - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

bool number(std::string_view& text, std::size_t width, unsigned& out) {
  if (text.size() < width) return false;
  unsigned value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const unsigned digit = static_cast<unsigned>(static_cast<unsigned char>(text[i])) - '0';
    if (digit > 9) return false;
    value = value * 10 + digit;
  }
  out = value;
  text.remove_prefix(width);
  return true;
}

bool literal(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// "Z", "+HH:MM" or nothing, as microseconds to subtract.
std::optional<std::int64_t> zone(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") return 0;
  const char sign = text.front();
  if (sign != '+' && sign != '-') return std::nullopt;
  text.remove_prefix(1);
  unsigned hours = 0, minutes = 0;
  if (!number(text, 2, hours)) return std::nullopt;
  literal(text, ':');
  if (!number(text, 2, minutes) || !text.empty() || hours > 23 || minutes > 59) return std::nullopt;
  const std::int64_t shift = (std::int64_t{hours} * 60 + minutes) * 60 * second;
  return sign == '+' ? shift : -shift;
}

}  // namespace

std::optional<Time> from_unix_seconds(double seconds) { return from_seconds(seconds, 0); }
std::optional<Time> from_unix_micros(std::int64_t micros) { return checked(micros); }
std::optional<Time> from_mac_seconds(double seconds) { return from_seconds(seconds, mac_epoch); }
std::optional<Time> from_webkit_micros(std::int64_t micros) { return shifted(micros, webkit_epoch); }

std::optional<Time> from_unix_millis(std::int64_t millis) {
  std::int64_t micros = 0;
  if (__builtin_mul_overflow(millis, std::int64_t{1000}, &micros)) return std::nullopt;
  return checked(micros);
}

std::optional<Time> from_mac_seconds_or_nanos(std::int64_t value) {
  constexpr std::int64_t nanos_from = 100'000'000'000;
  if (value > nanos_from || value < -nanos_from) return shifted(value / 1000, mac_epoch);
  return shifted(value * second, mac_epoch);
}

void append_rfc3339(std::string& text, Time time) {
  std::int64_t days = time.micros / day;
  std::int64_t rest = time.micros % day;
  if (rest < 0) rest += day, --days;
  const Civil date = civil_from_days(days);
  const auto in_day = static_cast<unsigned>(rest / second);
  auto fraction = static_cast<unsigned>(rest % second);
  char out[28];
  digits(out, static_cast<unsigned>(date.year), 4);
  out[4] = '-';
  digits(out + 5, date.month, 2);
  out[7] = '-';
  digits(out + 8, date.day, 2);
  out[10] = 'T';
  digits(out + 11, in_day / 3600, 2);
  out[13] = ':';
  digits(out + 14, in_day / 60 % 60, 2);
  out[16] = ':';
  digits(out + 17, in_day % 60, 2);
  std::size_t size = 19;
  if (fraction != 0) {
    int width = 6;
    while (fraction % 10 == 0) fraction /= 10, --width;
    out[size++] = '.';
    digits(out + size, fraction, width);
    size += static_cast<std::size_t>(width);
  }
  out[size++] = 'Z';
  text.append(out, size);
}

std::string to_rfc3339(Time time) {
  std::string text;
  append_rfc3339(text, time);
  return text;
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  unsigned year = 0, month = 0, mday = 0, hours = 0, minutes = 0, seconds = 0;
  if (!number(text, 4, year) || !literal(text, '-') || !number(text, 2, month) || !literal(text, '-') ||
      !number(text, 2, mday) || year < 1 || month < 1 || month > 12 || mday < 1 || mday > days_in(year, month))
    return std::nullopt;
  const std::int64_t days = days_from_civil(year, month, mday);
  if (text.empty()) return checked(days * day);
  if (!literal(text, 'T') && !literal(text, 't') && !literal(text, ' ')) return std::nullopt;
  if (!number(text, 2, hours) || !literal(text, ':') || !number(text, 2, minutes) || hours > 23 || minutes > 59)
    return std::nullopt;
  if (literal(text, ':') && (!number(text, 2, seconds) || seconds > 60)) return std::nullopt;
  std::int64_t fraction = 0;
  if (literal(text, '.')) {
    std::int64_t unit = second;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
      unit /= 10;
      fraction += (text.front() - '0') * unit;
      text.remove_prefix(1);
    }
  }
  const auto shift = zone(text);
  if (!shift) return std::nullopt;
  const std::int64_t in_day = (std::int64_t{hours} * 3600 + minutes * 60 + seconds) * second;
  return checked(days * day + in_day + fraction - *shift);
}

}  // namespace testudo
