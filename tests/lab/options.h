// Options of the laboratory, and the iOS release that they choose. Test tool.
#pragma once

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace testudo::lab {

struct Options {
  std::string out;
  std::uint64_t seed = 1;
  int ios = 17;
  std::int64_t messages = 1000, visits = 500, whatsapp = 400, files = 2000;  // files: rows of the manifest
  std::int64_t http_redirects = 5;
  bool clean = false;
  bool wal = false;
  std::optional<std::string> password;
  int rounds = 10000;  // DPIC; real phones: 10 000 000
  std::string damage;
};

// A release that exists, and a phone that ran it.
struct Release {
  int major = 17;
  std::string_view version, build, product, model;
  std::string_view backup_date;  // RFC 3339
  double now = 0;                // the same, in seconds since 2001
  std::string_view udid;
};

// 19 to 25 were never published (Apple went from 18 to 26): they give 18.
Release release_of(int major);

// What the program can be asked for.
void print_usage(std::FILE* out);
// Prints usage or a complaint and returns nothing where the command line makes no sense.
std::optional<Options> read_options(int argc, char** argv);

}  // namespace testudo::lab
