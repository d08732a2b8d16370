// Outputs of a check: where records go while they stream by, and the folder of the contract (docs/manual/outputs.md).
// Floor 7.
#pragma once

#include <optional>
#include <string>

#include "app/check/options.h"
#include "app/check/output_folder.h"
#include "base/catalogue.h"
#include "report/check_report.h"
#include "report/record_files.h"
#include "report/timeline.h"
#include "store/case_store.h"

namespace testudo {

// Without finish(), what was written goes with the object.
class Outputs {
 public:
  // Makes the --out folder (0700; it must be absent or empty) and begins the case's new state, if there is a case.
  static Result<Outputs> create(const CheckOptions& options, std::optional<CaseLock> case_lock,
                                const std::vector<const RecordType*>& types);
  // Whether every record is wanted, or only those with findings.
  bool wants_all() const { return options_.records == KeepRecords::all && (files_ || case_); }
  // `has_finding`: an indicator or a rule hit it. Redaction: a folder for sharing gets no records.
  Result<void> write(const Row& row, std::string_view evidence_path, bool has_finding);
  // Writes everything else that the folder holds, then puts the case's new state in place: a folder that cannot be
  // written leaves the case as it was. `hashes`: content of evidence.sha256, empty where it was not asked for.
  Result<void> finish(const CheckReport& report, const std::string& hashes, const Catalogue& words);

 private:
  Result<void> write_folder(const CheckReport& report, const std::string& hashes, const Catalogue& words);
  Result<void> write_case(const CheckReport& report);
  CheckOptions options_;
  // In this order: what lies in the folder goes before it.
  std::optional<OutputFolder> folder_;
  std::optional<RecordFiles> files_;
  std::optional<Timeline> timeline_;
  std::optional<CaseWriter> case_;
};

}  // namespace testudo
