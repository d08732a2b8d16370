// Stored report: the documents of a check (summary.json, coverage.json) read back, so that a case can be shown,
// exported and matched again without its evidence. Floor 5.
#pragma once

#include <string_view>

#include "base/result.h"
#include "report/check_report.h"

namespace testudo {

// What summary_json() and coverage_json() wrote; findings stay empty. Fault::malformed for anything else. A field that
// an older version did not write stays empty.
Result<CheckReport> report_from_documents(std::string_view summary, std::string_view coverage);

}  // namespace testudo
