// Hunting in hostile files, done by a worker: files, lists and seeds in, ranked candidates out as lines of JSON.
// Floor 7.
#pragma once

#include <string>
#include <vector>

#include "intel/hunt/hunt.h"
#include "sandbox/zygote.h"

namespace testudo {

struct HuntRequest {
  HuntOptions options;
  std::vector<std::string> files;                    // to hunt in
  std::vector<std::string> brands, train, ordinary;  // files of names
  std::string format;                                // of all files; empty: as their content looks
  std::string store;                                 // whose warning lists are used; empty: none
  std::vector<HuntSeed> seeds;
};

// One candidate a line, best first; then {"note":…} for each thing that could not be read; the last line is
// {"summary":…}. Errors: Fault::usage "hunt_no_such_format"; what open_named() says.
Result<std::string> hunt_files(Zygote& zygote, const HuntRequest& request);

}  // namespace testudo
