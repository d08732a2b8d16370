#include "app/terminal/progress.h"

#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "base/json_text.h"

namespace testudo {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

Progress::Style Progress::choose(bool json, bool quiet) {
  if (quiet) return Style::none;
  if (json) return Style::json;
  return ::isatty(STDERR_FILENO) ? Style::terminal : Style::none;
}

Progress::Progress(Style style, std::string what, std::uint64_t total)
    : style_(style), what_(std::move(what)), total_(total), start_(Clock::now()), last_(start_) {}

Progress::~Progress() {
  if (drawn_ && style_ == Style::terminal) std::fputs("\r\x1b[K", stderr);
}

void Progress::at(std::uint64_t done) {
  if (style_ == Style::none) return;
  const auto now = Clock::now();
  if (seconds_between(start_, now) < 1 || seconds_between(last_, now) < 0.1) return;
  last_ = now;
  drawn_ = true;
  draw(done, seconds_between(start_, now));
}

void Progress::draw(std::uint64_t done, double seconds) {
  const double rate = static_cast<double>(done) / seconds;
  const double left = rate > 0 && total_ > done ? static_cast<double>(total_ - done) / rate : 0;
  if (style_ == Style::json) {
    std::string line;
    JsonText json(line);
    json.object().key("progress").string(what_).key("done").integer(static_cast<std::int64_t>(done));
    json.key("total").integer(static_cast<std::int64_t>(total_)).key("seconds_left").real(left).end();
    line.push_back('\n');
    std::fputs(line.c_str(), stderr);
    return;
  }
  const double share = total_ > 0 ? 100.0 * static_cast<double>(done) / static_cast<double>(total_) : 0;
  fmt::print(stderr, "\r{} {:3.0f} %  {:.1f} M/s  {:.0f} s\x1b[K", what_, share, rate / 1e6, left);
  std::fflush(stderr);
}

}  // namespace testudo
