// Feeds: a STIX 2.1 bundle as threat-intelligence platforms write it, all members filled.
#include "feed.h"

#include <charconv>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fail.h"
#include "random.h"

namespace testudo::lab {
namespace {

struct FeedOptions {
  std::string format = "stix", out;
  std::uint64_t indicators = 1000, seed = 1;
};

constexpr std::string_view malware = "malware--5f0c2b7a-9d4e-4163-8b1f-7e2a60c39d58";
constexpr std::string_view stamp = "2025-03-14T09:26:53.589Z";

std::string pattern(Random& random, std::uint64_t number) {
  switch (random.below(8)) {
    case 0:
      return "[file:hashes.'SHA-256' = '" + random.hex(64) + "']";
    case 1:
      return "[ipv4-addr:value = '198." + std::to_string(18 + random.below(2)) + "." +
             std::to_string(random.below(256)) + "." + std::to_string(random.below(256)) + "']";
    case 2:
      return "[url:value = 'https://cdn" + std::to_string(number) + ".example/" + random.hex(12) +
             "?id=" + random.hex(8) + "']";
    default:
      return "[domain-name:value = 'h" + std::to_string(number) + "-" + random.hex(6) + ".test']";
  }
}

std::string uuid(Random& random) { return lower_ascii(random.uuid()); }

void append_common(std::string& out, std::string_view type, std::string_view id) {
  out.append("{\"type\": \"").append(type).append("\", \"spec_version\": \"2.1\", \"id\": \"").append(id);
  out.append("\", \"created\": \"").append(stamp).append("\", \"modified\": \"").append(stamp).append("\"");
}

void append_indicator(std::string& out, Random& random, std::uint64_t number) {
  const std::string id = "indicator--" + uuid(random);
  append_common(out, "indicator", id);
  out.append(", \"name\": \"Infrastructure ").append(std::to_string(number)).append("\", \"description\": \"");
  out.append("Seen by the laboratory's sensors in a delivery chain; made up, with a \\\"quoted\\\" word and a line\\n");
  out.append("of its own, as analysts write them. Reference ").append(random.hex(32)).append("\"");
  out.append(", \"indicator_types\": [\"malicious-activity\"], \"confidence\": ");
  out.append(std::to_string(random.below(101)));
  out.append(", \"object_marking_refs\": [\"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487\"]");
  out.append(", \"pattern_type\": \"stix\", \"pattern_version\": \"2.1\", \"valid_from\": \"").append(stamp);
  out.append("\", \"valid_until\": \"2027-03-14T09:26:53Z\", \"pattern\": \"").append(pattern(random, number));
  out.append("\"},\n");
  append_common(out, "relationship", "relationship--" + uuid(random));
  out.append(", \"relationship_type\": \"indicates\", \"source_ref\": \"").append(id);
  out.append("\", \"target_ref\": \"").append(malware).append("\"}");
}

void write_stix(const FeedOptions& options) {
  std::ofstream out(options.out, std::ios::binary | std::ios::trunc);
  Random random(options.seed, "feed");
  std::string text = "{\"type\": \"bundle\", \"id\": \"bundle--" + uuid(random) + "\", \"objects\": [\n";
  append_common(text, "malware", malware);
  text += ", \"name\": \"LabRat\", \"is_family\": true}";
  for (std::uint64_t i = 0; i < options.indicators && out; ++i) {
    text += ",\n";
    append_indicator(text, random, i);
    out << text;
    text.clear();
  }
  out << text << "\n]}\n";
  out.close();
  if (!out) fail("cannot write " + options.out);
}

void read_number(std::string_view text, std::uint64_t& number) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) fail("a number should stand for " + std::string(text));
}

}  // namespace

int write_feed(int argc, char** argv) {
  FeedOptions options;
  for (int i = 2; i < argc; i += 2) {
    const std::string_view name = argv[i];
    if (i + 1 == argc) fail("nothing follows " + std::string(name));
    if (name == "--format")
      options.format = argv[i + 1];
    else if (name == "--out")
      options.out = argv[i + 1];
    else if (name == "--indicators")
      read_number(argv[i + 1], options.indicators);
    else if (name == "--seed")
      read_number(argv[i + 1], options.seed);
    else
      fail("cannot use " + std::string(name));
  }
  if (options.format != "stix" || options.out.empty()) fail("feed --format stix --indicators N --out FILE [--seed N]");
  write_stix(options);
  return 0;
}

}  // namespace testudo::lab
