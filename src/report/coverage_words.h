// Coverage in words: which sources the evidence holds and were not read in full. Floor 5.
#pragma once

#include <string>

#include "base/catalogue.h"
#include "report/check_report.h"

namespace testudo {

// Whether a source is in the evidence and its content not all known: read in part, or in a form that is not known.
bool is_gap(const SourceCoverage& source);
// The plain names of those, "Messages (SMS and iMessage), Calls"; empty where there is none.
std::string names_of_gaps(const CheckReport& report, const Catalogue& words);
// What stands where a finding would, and there is none: never without what was not read.
std::string nothing_found(const CheckReport& report, const Catalogue& words);

}  // namespace testudo
