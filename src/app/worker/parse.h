// Parse: one source of the evidence read by one worker. The worker matches every record and sends those that somebody
// wants; the parent looks again at what it is told, because a worker is not trusted. Floor 7.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "evidence/blob.h"
#include "parser/parser.h"
#include "record/coverage.h"
#include "record/row_frame.h"
#include "record/seizure.h"
#include "sandbox/zygote.h"

namespace testudo {

// One stored file as a worker gets it.
struct JobFile {
  std::string domain, path;  // as in the manifest
  FileRole role = FileRole::primary;
  Descriptor stored;
  std::optional<FileKey> key;  // of an encrypted backup
  std::optional<std::uint64_t> plain_size;
  Descriptor log;  // the database's write-ahead log, if there is one
  std::optional<FileKey> log_key;
  std::optional<std::uint64_t> log_size;
};

struct ParseJob {
  const Parser* parser = nullptr;
  std::vector<JobFile> files;
  bool keep_all = false;           // send every record, not only those that an indicator or rule looks at
  std::optional<Seizure> seizure;  // what rules about it ask
};

// Why a record was sent.
struct RowFlags {
  bool matched = false;  // a field meets an indicator
  bool ruled = false;    // a rule may look at it
};

struct SourceResult {
  std::uint64_t records = 0;
  SourceStatus status = SourceStatus::partial;
  std::vector<Anomaly> anomalies;
  std::optional<Time> first_time, last_time;
};

// The parent's end of a running job.
class RunningSource {
 public:
  using OnRow = std::function<Result<void>(RowFlags, const Row&)>;
  // `image` is the matcher's memory file, or -1.
  static Result<RunningSource> start(Zygote& zygote, const ParseJob& job, int image);
  int descriptor() { return worker_.frames().descriptor(); }
  // Takes what is there: blocks for at most one frame, then takes all that are buffered. True when the source has
  // ended; result() is then set. A worker that dies or lies ends its source as partial.
  Result<bool> advance(const OnRow& on_row);
  const SourceResult& result() const { return result_; }

 private:
  RunningSource(Worker worker, const Parser* parser, std::size_t files)
      : worker_(std::move(worker)), parser_(parser), files_(files) {}
  Result<bool> take(const Frame& frame, const OnRow& on_row);
  Result<void> take_row(std::string_view payload, const OnRow& on_row);
  Result<void> take_result(std::string_view payload);
  void broken(std::string_view anomaly);

  Worker worker_;
  const Parser* parser_;
  std::size_t files_;
  DecodedRow row_;  // its memory serves the next row
  SourceResult result_;
};

}  // namespace testudo
