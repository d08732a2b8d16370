// Sanction lists that a store keeps for all questions. Floor 7.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sandbox/zygote.h"

namespace testudo {

// Their files, in order of name. Errors: `denied`.
Result<std::vector<std::string>> kept_lists(const std::string& store);

struct KeptList {
  std::string name;        // in the store
  std::string instead_of;  // the kept list whose place it took; empty if none
};

// Copies lists that can be read into a store that is open. A kept list of the same format gives its place to one of its
// name, or to one with half of its entries: publishers put the day into the name. A list of another format whose name
// is taken gets its format before its own: two publishers call theirs consolidated.xml. Errors: `io`, `denied`.
Result<std::vector<KeptList>> keep_lists(Zygote& zygote, const std::string& store,
                                         const std::vector<std::string>& lists);

}  // namespace testudo
