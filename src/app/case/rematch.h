// Rematch: new indicators and today's rules over the records of an old case, without its evidence. Floor 7.
#pragma once

#include <string>
#include <vector>

#include "base/catalogue.h"
#include "report/check_report.h"
#include "sandbox/zygote.h"
#include "store/case_store.h"

namespace testudo {

struct Rematch {
  CheckReport report;            // as it stands in the case now
  std::vector<Finding> fresh;    // findings that were not in the case before, in order
  std::vector<Finding> gone;     // findings that the new indicators and rules no longer make
  std::uint64_t indicators = 0;  // distinct ones that were given
  std::uint64_t records = 0;     // stored, and so looked at
  std::uint64_t expected = 0;    // that the check read: more than `records` if it did not keep all
  bool whole() const { return records >= expected; }
};

// Changes nothing; keep_rematch() does. A check of the same evidence with the same indicators makes the same findings.
// Where the case does not hold all records, what is not there may still have met what it met before: earlier findings
// and feeds stay, new ones are added, and no rule runs, because a table that is not whole makes findings of its own.
// Fault::usage ("rematch_without_feeds") if nothing named is a feed: all findings by indicators would go. Cost: one
// pass over all records; memory for the findings.
Result<Rematch> rematch_case(Zygote& zygote, CaseStore& store, const std::vector<std::string>& intel,
                             const Catalogue& words);

// Replaces the case's findings and summary by those of a rematch in one transaction; facts, dispositions and records
// stay.
Result<void> keep_rematch(CaseStore& store, const CheckReport& report);

}  // namespace testudo
