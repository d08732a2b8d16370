// testudo-lab: makes iPhone backups that are structurally real and hold nobody's data, and feeds. Test tool.
// docs/design/laboratory.md says what is in them and where each shape was seen.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string_view>

#include "damage.h"
#include "fail.h"
#include "feed.h"
#include "lab.h"
#include "lists.h"

namespace {

using namespace testudo::lab;

void write(const std::string& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << content;
  out.close();
  if (!out) fail("cannot write " + path);
}

}  // namespace

int main(int argc, char** argv) {
  const auto asks_for_help = [](std::string_view word) { return word == "--help" || word == "-h"; };
  if (std::any_of(argv + 1, argv + argc, asks_for_help)) {
    print_usage(stdout);
    return 0;
  }
  if (argc > 1 && std::string_view(argv[1]) == "feed") return write_feed(argc, argv);
  if (argc > 1 && std::string_view(argv[1]) == "lists") return write_lists(argc, argv);
  const auto options = read_options(argc, argv);
  if (!options) return 2;
  install_seeded_sqlite(options->seed);
  const Release release = release_of(options->ios);
  Backup backup(*options, release);
  Planted planted;
  Lab lab{*options, release, backup, planted, {}};
  for (const Registered& source : sources()) source.write(lab);
  backup.finish(lab.applications);
  damage_backup(options->damage, backup);
  write(options->out + "/indicators.stix2", indicators_stix2());
  write(options->out + "/planted.json", planted.json());
  std::printf("%s\n", backup.folder().c_str());
  return 0;
}
