// Progress on standard error: a line that is redrawn on a terminal, NDJSON where the caller asked for JSON, nothing
// when piped. Silent for the first second. Floor 7.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace testudo {

class Progress {
 public:
  enum class Style : std::uint8_t { none, terminal, json };
  // Terminal if standard error is one; JSON if asked for; otherwise none.
  static Style choose(bool json, bool quiet);

  // `what`: a sentence from the catalogue; `total` in units (octets, rounds), 0 if unknown.
  Progress(Style style, std::string what, std::uint64_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  // `done` in the same unit. Draws at most ten times a second.
  void at(std::uint64_t done);
  // More work has come to light.
  void set_total(std::uint64_t total) { total_ = total; }

 private:
  void draw(std::uint64_t done, double seconds);
  Style style_;
  std::string what_;
  std::uint64_t total_;
  std::chrono::steady_clock::time_point start_, last_;
  bool drawn_ = false;
};

}  // namespace testudo
