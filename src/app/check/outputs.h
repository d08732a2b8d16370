// Outputs of a check: where records go while they stream by, and the folder of the contract (docs/manual/outputs.md).
// Floor 7.
#pragma once

#include <optional>
#include <string>

#include "app/check/options.h"
#include "report/check_report.h"
#include "report/record_files.h"
#include "report/timeline.h"
#include "store/case_store.h"

namespace testudo {

class Outputs {
 public:
  // Makes the --out folder (0700; it must be absent or empty) and begins the case's new state.
  static Result<Outputs> create(const CheckOptions& options, const std::vector<const RecordType*>& types);
  // Whether every record is wanted, or only those with findings.
  bool wants_all() const { return keep_ == KeepRecords::all && (files_ || case_); }
  // `has_finding`: an indicator or a rule hit it. Redaction: a folder for sharing gets no records.
  Result<void> write(const Row& row, std::string_view evidence_path, bool has_finding);
  // Writes findings.ndjson, coverage.json, summary.json, timeline.csv and closes the case's state.
  Result<void> finish(const CheckReport& report);

 private:
  KeepRecords keep_ = KeepRecords::none;
  Redaction redaction_ = Redaction::none;
  std::string folder_;
  std::optional<RecordFiles> files_;
  std::optional<Timeline> timeline_;
  std::optional<CaseWriter> case_;
};

// Makes the folder that --out names (0700), or takes one that is there. "output_is_file", "output_no_parent",
// "output_closed" where that may not be done.
Result<void> make_folder(const std::string& path);
// The same; "output_not_empty" if it holds something.
Result<void> make_empty_folder(const std::string& path);

// Writes one whole file into a folder, mode 0600; Fault::io if it exists.
Result<void> write_new_file(const std::string& path, std::string_view content);

}  // namespace testudo
