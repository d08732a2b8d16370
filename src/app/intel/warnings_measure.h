// What warning lists would do to feeds: hits by list. Floor 7.
#pragma once

#include "app/intel/sub_verb.h"

namespace testudo {

// Prints, for each list that names any value of the feeds, how many, and how; and how many are names or addresses that
// a list of the verdict `suppress` would keep off a block list. `lists` empty: those of the store.
Result<int> measure_warnings(const IntelCall& call, const std::string& lists, const std::vector<std::string>& feeds,
                             bool markdown);

}  // namespace testudo
