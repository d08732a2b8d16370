// Options: the command line and the table of releases. Test tool.
#include "options.h"

#include <charconv>
#include <cstdio>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "damage.h"

namespace testudo::lab {
namespace {

constexpr std::string_view usage =
    "testudo-lab backup --out DIR [--seed N] [--ios 12..26] [--size small|medium|large]\n"
    "                   [--messages N] [--visits N] [--whatsapp N] [--files N] [--clean] [--wal]\n"
    "                   [--password P] [--rounds N] [--damage KIND]\n"
    "testudo-lab feed --format stix --indicators N --out FILE [--seed N]\n"
    "testudo-lab lists --out DIR [--seed N] [--entities N]\n";

// Version, build and phone: public release notes. The identifiers are invented, in each generation's form.
constexpr Release releases[] = {
    {12, "12.5.7", "16H81", "iPhone7,2", "iPhone 6", "2023-02-11T09:30:00Z", 0,
     "5f0c2b7a9d4e41638b1f7e2a60c39d58e4a1b7c6"},
    {13, "13.7", "17H35", "iPhone8,1", "iPhone 6s", "2020-09-20T09:30:00Z", 0,
     "9a3e5d1c70b24f8866a0c4127df9be35108c64d2"},
    {14, "14.8.1", "18H107", "iPhone10,6", "iPhone X", "2021-11-07T09:30:00Z", 0,
     "2d71c6e8b05f49a3911ed06a57b8c4f30e92a6d4"},
    {15, "15.8.2", "19H384", "iPhone11,8", "iPhone XR", "2024-03-17T09:30:00Z", 0, "00008020-001A5D4E3C88002E"},
    {16, "16.7.5", "20H307", "iPhone12,1", "iPhone 11", "2024-02-11T09:30:00Z", 0, "00008030-000C2D910E45802E"},
    {17, "17.4.1", "21E236", "iPhone14,5", "iPhone 13", "2024-04-14T09:30:00Z", 0, "00008110-0019643A2E84801E"},
    {18, "18.3.2", "22D82", "iPhone15,4", "iPhone 15", "2025-04-06T09:30:00Z", 0, "00008120-000E65A12C9B401E"},
    {26, "26.1", "23B85", "iPhone17,3", "iPhone 16", "2025-11-16T09:30:00Z", 0, "00008140-00117C2A3E08801C"},
};

bool number(std::string_view text, std::int64_t& out) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  return fault == std::errc() && end == text.data() + text.size() && out >= 0;
}

bool size(std::string_view name, Options& o) {
  if (name == "small") {
    o.messages = 1000, o.visits = 500, o.whatsapp = 400, o.files = 2000, o.http_redirects = 5;
  } else if (name == "medium") {
    o.messages = 50000, o.visits = 30000, o.whatsapp = 20000, o.files = 43000, o.http_redirects = 30;
  } else if (name == "large") {
    o.messages = 500000, o.visits = 300000, o.whatsapp = 200000, o.files = 153000, o.http_redirects = 300;
  } else {
    return false;
  }
  return true;
}

bool apply(std::string_view name, std::string_view value, Options& o) {
  std::int64_t n = 0;
  const bool is_number = number(value, n);
  if (name == "--out")
    o.out = value;
  else if (name == "--size")
    return size(value, o);
  else if (name == "--password")
    o.password = value;
  else if (name == "--damage") {
    o.damage = value;
    return is_damage(value);
  } else if (!is_number)
    return false;
  else if (name == "--seed")
    o.seed = static_cast<std::uint64_t>(n);
  else if (name == "--ios") {
    o.ios = static_cast<int>(n);
    return n >= 12 && n <= 26;
  } else if (name == "--messages")
    o.messages = n;
  else if (name == "--visits")
    o.visits = n;
  else if (name == "--whatsapp")
    o.whatsapp = n;
  else if (name == "--files")
    o.files = n;
  else if (name == "--rounds") {
    o.rounds = static_cast<int>(n);
    return n > 0;
  } else
    return false;
  return true;
}

}  // namespace

void print_usage(std::FILE* out) { std::fwrite(usage.data(), 1, usage.size(), out); }

Release release_of(int major) {
  Release best = releases[0];
  for (const Release& r : releases) {
    if (r.major <= major) best = r;
  }
  if (const auto at = parse_rfc3339(best.backup_date)) {
    best.now = static_cast<double>(at->micros / 1'000'000 - 978'307'200);
  }
  return best;
}

std::optional<Options> read_options(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  Options o;
  const auto complain = [](std::string_view word) -> std::optional<Options> {
    std::fprintf(stderr, "testudo-lab: cannot use '%.*s'\n", static_cast<int>(word.size()), word.data());
    print_usage(stderr);
    return std::nullopt;
  };
  if (words.empty() || words[0] != "backup") return complain(words.empty() ? "no verb" : words[0]);
  for (int pass = 0; pass < 2; ++pass) {  // --size first, so that the counts beside it win
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (words[i] == "--clean")
        o.clean = true;
      else if (words[i] == "--wal")
        o.wal = true;
      else if (i + 1 == words.size())
        return complain(words[i]);
      else if ((words[i] == "--size") != (pass == 0))
        ++i;
      else if (!apply(words[i], words[i + 1], o))
        return complain(words[i]);
      else
        ++i;
    }
  }
  if (o.out.empty()) return complain("no --out");
  return o;
}

}  // namespace testudo::lab
