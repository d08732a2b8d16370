#include "report/time_axis.h"

#include <fmt/format.h>

#include <chrono>

namespace testudo {
namespace {

namespace ch = std::chrono;
constexpr std::int64_t hour = 3'600'000'000, day = 24 * hour;
constexpr std::int64_t month = 30 * day, year = 365 * day;  // near enough to choose a step

struct Step {
  std::int64_t length;  // in microseconds, or of a month near enough
  int hours, months;    // one of them is not zero
};
constexpr Step steps[] = {{hour, 1, 0},           {3 * hour, 3, 0},    {6 * hour, 6, 0},    {12 * hour, 12, 0},
                          {day, 24, 0},           {2 * day, 48, 0},    {7 * day, 168, 0},   {month, 0, 1},
                          {3 * month, 0, 3},      {6 * month, 0, 6},   {year, 0, 12},       {2 * year, 0, 24},
                          {5 * year, 0, 60},      {10 * year, 0, 120}, {50 * year, 0, 600}, {100 * year, 0, 1200},
                          {1000 * year, 0, 12000}};

std::int64_t floor_to(std::int64_t value, std::int64_t step) {
  const std::int64_t rest = value % step;
  return value - (rest < 0 ? rest + step : rest);
}

ch::year_month_day date_of(Time time) {
  return ch::year_month_day(ch::sys_days(ch::days(floor_to(time.micros, day) / day)));
}

Time start_of_month(std::int64_t months) {  // since January of the year 0
  const auto y = static_cast<int>(months / 12);
  const auto m = static_cast<unsigned>(months % 12) + 1;
  const ch::sys_days first = ch::year(y) / ch::month(m) / 1;
  return Time{static_cast<std::int64_t>(first.time_since_epoch().count()) * day};
}

std::vector<Tick> month_ticks(Time from, Time to, int step) {
  const auto date = date_of(from);
  std::int64_t at =
      floor_to(std::int64_t{static_cast<int>(date.year())} * 12 + static_cast<unsigned>(date.month()) - 1, step);
  std::vector<Tick> ticks;
  for (; at < 10'000 * 12; at += step) {
    const Time time = start_of_month(at);
    if (time > to) break;
    if (time < from) continue;
    ticks.push_back(
        {time, step >= 12 ? fmt::format("{:04}", at / 12) : fmt::format("{:04}-{:02}", at / 12, at % 12 + 1)});
  }
  return ticks;
}

std::vector<Tick> hour_ticks(Time from, Time to, int step) {
  std::vector<Tick> ticks;
  for (std::int64_t at = floor_to(from.micros, step * hour); at <= to.micros; at += step * hour) {
    if (at < from.micros) continue;
    const std::string text = to_rfc3339(Time{at});
    if (text.size() < 16) continue;
    ticks.push_back({Time{at}, step >= 24 ? text.substr(0, 10) : text.substr(5, 5) + " " + text.substr(11, 5)});
  }
  return ticks;
}

}  // namespace

std::vector<Tick> axis_ticks(Time from, Time to, std::size_t most) {
  if (to <= from || most == 0) return {};
  const std::int64_t span = to.micros - from.micros;
  for (const Step& step : steps)
    if (span / step.length < static_cast<std::int64_t>(most))
      return step.hours > 0 ? hour_ticks(from, to, step.hours) : month_ticks(from, to, step.months);
  return {};
}

}  // namespace testudo
