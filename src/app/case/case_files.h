// Case files: what of a case is written to files for others. Floor 7.
#pragma once

#include <string>

#include "app/check/output_folder.h"
#include "base/catalogue.h"
#include "report/check_report.h"
#include "report/finding_json.h"
#include "store/case_store.h"

namespace testudo {

// findings.ndjson, coverage.json, summary.json and report.html, as `check --out` writes them, into a folder that is
// still to be kept. With Redaction::content all four are redacted.
Result<void> export_report(CheckReport report, OutputFolder& out, const Catalogue& words, Redaction redaction);

// timeline.csv from the stored records; `file` must not exist. Gives their number.
Result<std::uint64_t> write_case_timeline(const Connection& connection, const CheckReport& report,
                                          const std::string& file);

// The rows of a query, as tab-separated lines with a heading or as JSON lines, to standard output. The store is opened
// read-only by the caller; the statement must be a single SELECT ("case_query_one").
Result<void> print_query(CaseStore& store, const std::string& sql, bool json);

}  // namespace testudo
