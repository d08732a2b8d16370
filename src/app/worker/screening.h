// Screening: names against vendors and sanction lists, in a worker. Floor 7.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "intel/screen/screen_entity.h"
#include "sandbox/zygote.h"

namespace testudo {

// A JSON document a line: first one for each list, {"list":its place in
// `lists`,"format","date","entries","lost":[{"what", "count","value"}]}, where `lost` is what of it could not be read;
// where nobody is asked about, also "again": the place of the list before it that is another day's version of it. Then
// one for each name, as append_screen_json() writes it. `lists`: files of sanction lists in any format of
// list_formats(); the vendors that the program knows are always among the entities.
Result<std::string> screen_names(Zygote& zygote, const std::vector<std::string>& names, const ScreenQualifiers& asked,
                                 const std::vector<std::string>& lists);

}  // namespace testudo
