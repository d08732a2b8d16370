// Source jobs: which worker gets which stored files, and what stands in coverage where there is nothing to give.
// Floor 7.
#pragma once

#include <string>
#include <vector>

#include "app/check/file_hashes.h"
#include "app/check/unlocked_backup.h"
#include "app/worker/parse.h"
#include "record/coverage.h"

namespace testudo {

// One parser's work, and its row of coverage as far as it is known before reading.
struct SourceJob {
  ParseJob job;                       // job.files is empty where there is nothing to read
  std::vector<std::string> evidence;  // a path for each file of the job: "HomeDomain/Library/SMS/sms.db"
  SourceCoverage coverage;
  std::uint64_t bytes = 0;  // stored octets: longer jobs start first
};

struct JobList {
  std::vector<SourceJob> jobs;  // one a parser, in order of parser
  std::size_t wanted = 0;       // files that the manifest lists and parsers want
  std::size_t missing = 0;      // those of them that are not stored
};

// Why a source is partial that had these anomalies before it was read; a key of the catalogue below "coverage.reason.".
std::string reason_of_gaps(const SourceCoverage& coverage);

// Opens the stored files. `hashes` is given each once. An unreadable or missing file is an anomaly of its source.
Result<JobList> make_jobs(const UnlockedBackup& backup, const Located& located, bool keep_all, FileHashes& hashes);

}  // namespace testudo
