// Coverage: for each expected source, what was read of it and what was not. Floor 1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace testudo {

enum class SourceStatus : std::uint8_t {
  parsed,       // read to its end
  partial,      // present, and not all of it could be read: the anomalies say what
  absent,       // not in this evidence: the reason says why, where it is known
  unsupported,  // present in a form that we do not read
};
std::string_view source_status_name(SourceStatus status);

struct Anomaly {
  std::string name;                     // short and stable: "database_corrupt", "time_out_of_range", ...
  std::optional<std::uint64_t> offset;  // of the first occurrence, or its rowid for a table
  std::uint64_t count = 0;
};

struct SourceFile {
  std::string path;    // inside the evidence: "HomeDomain/Library/SMS/sms.db"
  std::string stored;  // as it is stored: "3d/3d0d7e5fb2ce288813306e4d4636395e047a3d28"
  std::uint64_t bytes = 0;
  std::string sha256;  // of the stored file
};

struct SourceCoverage {
  std::string source;  // parser name: "ios.sms"
  SourceStatus status = SourceStatus::absent;
  std::string reason;  // a key of the message catalogue below "coverage.reason.", empty for `parsed`
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
  std::vector<Anomaly> anomalies;
  std::optional<Time> first_time, last_time;  // over all event times of its records: the span that it covers
  std::vector<SourceFile> files;
};

}  // namespace testudo
