// Compare: two states of a case, which are two checks of one phone: what is new, gone and unchanged. Floor 7.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "report/check_report.h"

namespace testudo {

struct CoverageChange {
  std::string source;
  SourceStatus before, now;
};

struct Comparison {
  Time before, now;            // the dates of the evidence
  bool same_device = true;     // false if both name a device and they differ
  bool same_feeds = true;      // false if the two states were made with different indicators
  std::vector<Finding> fresh;  // only in the later state, in its order
  std::vector<Finding> gone;   // only in the earlier one: the trace may have been deleted, or the source not be read
  std::uint64_t unchanged = 0;
  std::vector<CoverageChange> coverage;  // sources whose status differs
  std::vector<SourceCoverage> gaps;      // sources that the later check did not read in full
  bool incomplete = false;               // the later check did not look at everything: something new may be missed
};

Comparison compare_reports(const CheckReport& before, const CheckReport& now);

// Compares the case's state with an earlier one: a number or file name of history/, or empty for the last before.
// Fault:: not_found ("case_no_history", "case_no_state") if there is none.
Result<Comparison> compare_case(const std::string& folder, const std::string& state);

}  // namespace testudo
