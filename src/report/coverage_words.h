// Words for coverage: what a source, and what was odd in it, is called in plain words, and which sources the evidence
// holds that were not read in full. Floor 5.
#pragma once

#include <string>
#include <string_view>

#include "base/catalogue.h"
#include "record/coverage.h"
#include "report/check_report.h"

namespace testudo {

// The name that people know a source by; the parser's own where the catalogue has none.
std::string name_of_source(const Catalogue& words, std::string_view source);
// The sentence of an anomaly; its bare name where the catalogue has none.
std::string sentence_of_anomaly(const Catalogue& words, const Anomaly& anomaly);

// The sentences of the first three oddities of a source, and "…" where there are more; empty where there is none.
std::string oddities_of(const Catalogue& words, const SourceCoverage& source);

// Whether a source is in the evidence and its content not all known: read in part, or in a form that is not known.
bool is_gap(const SourceCoverage& source);
// The plain names of those, "Messages (SMS and iMessage), Calls"; empty where there is none.
std::string names_of_gaps(const CheckReport& report, const Catalogue& words);
// The sentence that names the rules that could not be run; empty where all were.
std::string rules_not_run(const CheckReport& report, const Catalogue& words);
// What stands where a finding would, and there is none: never without what was not read.
std::string nothing_found(const CheckReport& report, const Catalogue& words);

}  // namespace testudo
